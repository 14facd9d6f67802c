"""The layout of a digest: of a page that somebody reads, and of the messages that are posted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from bot.core.changes.summary import KindCount
from bot.core.commands.button_value import encode_command
from bot.core.commands.digest_commands import PreviewDigest, ShowDigest
from bot.core.digests.digest import Digest, Plan
from bot.core.digests.time_zones import zone
from bot.render.changes.announcement_head import uncited_item
from bot.render.changes.summary import SHOW_ALL, counted
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.digests.items import DigestItem, group_items, task_items
from bot.render.document.document import Button, Context, Document, Heading, Item, Layout, line
from bot.render.document.paging import fill_page, page_of, paginate
from bot.render.document.phrases import count, day, format_datetime, weekday

MESSAGES_MAX = 10
"""Messages of a digest: one in the channel, and the others in its thread."""

WHOLE_MAX = 40
"""Items that are tried as one page where they nearly are; more are cut where a page is full."""

CONTINUED = "continues in the thread"
SHOW_REST = "Show the rest"


# What all pages have


def digest_frame(plan: Plan, changes: int, briefs: int) -> Layout:
    """A digest that tells so many changes in so many briefs, without its items."""
    window = f"{format_datetime(plan.since, plan.zone)} to {format_datetime(plan.until, plan.zone)}"
    return Layout(
        head=(Heading(f"Digest · {_day(plan)} · {_extent(plan, changes, briefs)}"),),
        items=(),
        small_print=(window, *((plan.reason,) if plan.reason else ())),
        compact=True,
        # Quotes and sources are behind *Evidence*.
        sources=None,
    )


def _day(plan: Plan) -> str:
    local = plan.until.astimezone(zone(plan.zone)).date()
    return f"{weekday(local)}, {day(local)}"


def _extent(plan: Plan, changes: int, briefs: int) -> str:
    """`3 changes in 2 briefs`."""
    if not briefs:
        return "Nothing changed" if plan.specs else "For maintainers"
    return f"{count(changes, 'change')} in {count(briefs, 'brief')}"


def with_items(frame: Layout, items: Iterable[DigestItem], start: int, plan: Plan) -> Layout:
    """The frame with these items of the digest, the first of which has the index `start`."""
    laid_out = tuple(_numbered(items, start))
    return replace(frame, items=laid_out or tuple(_nothing_changed(plan)))


def _nothing_changed(plan: Plan) -> Iterator[Item]:
    if plan.report is None:
        yield uncited_item((line("Nothing changed in what this channel follows."),))


def _numbered(items: Iterable[DigestItem], start: int) -> Iterator[Item]:
    """The items with numbered actions: Slack requires the action ids of one message to be unique."""
    for n, each in enumerate(items, start + 1):
        controls = tuple(replace(control, action=f"{control.action}-{n}") for control in each.item.controls)
        yield replace(each.item, controls=controls)


def take_page(frame: Layout, items: Iterable[DigestItem], number: int) -> list[DigestItem]:
    """As many items as fit into one page, at least one; `number` is how many there are. Few more are read."""
    source, taken = iter(items), list[DigestItem]()

    def read() -> Iterator[Item]:
        for each in source:
            taken.append(each)
            yield each.item

    length = len(fill_page(frame, read()))
    if length < number <= min(WHOLE_MAX, 2 * length):
        # Filled item by item, a page is judged by more than it takes.
        taken += source
        length = len(next(iter(paginate(replace(frame, items=tuple(each.item for each in taken))))))
    return taken[:length]


# Read page by page


def digest_layout(digest: Digest, command: str) -> Layout:
    """One page of a digest, from its first item on: as many as fit, and *Continue* where there are more."""
    outline, items = digest.outline, _items(digest, command)
    frame = digest_frame(digest.plan, outline.changes, outline.briefs)
    paged = _as_page(frame, digest, 1, command)
    number = outline.items + len(task_items(digest.plan, command)) - digest.start
    if digest.start > 0:
        page = take_page(paged, items, number)
    else:
        page = take_page(frame, items, number)
        if len(page) == number:
            return with_items(frame, page, 0, digest.plan)
        page = take_page(paged, page, len(page))
    return with_items(_as_page(frame, digest, len(page), command), page, digest.start, digest.plan)


def _items(digest: Digest, command: str) -> Iterator[DigestItem]:
    """The items from the first one of the page on, as far as the digest has them."""
    items = chain.from_iterable(group_items(group, command) for group in digest.groups)
    end = digest.start
    for end, item in enumerate(islice(items, digest.skipped, None), digest.start + 1):  # noqa: B007  used below
        yield item
    if end >= digest.outline.items:
        yield from task_items(digest.plan, command)[end - digest.outline.items :]


def _as_page(frame: Layout, digest: Digest, number: int, command: str) -> Layout:
    """The frame of a page with so many items: which changes stand on it, and *Continue* unless it is the last."""
    outline, end = digest.outline, digest.start + number
    before, after = (sum(each.number for each in outline.counts_from(item)) for item in (digest.start, end))
    first, last = outline.changes - before + 1, outline.changes - after
    which = [Context(f"changes {first} to {last} of {outline.changes}")] if first <= last else []
    following = ShowDigest(digest.number, end) if digest.number is not None else PreviewDigest(end)
    if end >= outline.items + len(task_items(digest.plan, command)):
        return replace(frame, head=(*frame.head, *which))
    button = Button("Continue", "open:continue", encode_command(following), primary=True)
    return replace(frame, head=(*frame.head, *which), controls=(button,), typed=(f"Continue: {command} {following}",))


# Posted


@dataclass(frozen=True, slots=True)
class DigestPart:
    """One message of a digest: message `number` of `count`, with the items from index `start` up to `end`, excluded."""

    number: int
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DigestMessage:
    """One message of a digest that tells `changes` in `briefs`: its `items`, which are those of its part, unless the
    digest is cut.

    A digest is cut where its messages do not hold all: the first then counts `every` change, the last those that none
    shows (`rest`), and shows what there is to look after, but for the last `untold` of it. `digest_id` is the number
    under which all of it is read, None in messages of earlier versions, which are not cut.
    """

    plan: Plan
    changes: int
    briefs: int
    part: DigestPart
    items: tuple[DigestItem, ...] = ()
    digest_id: int | None = None
    every: tuple[KindCount, ...] = ()
    rest: tuple[KindCount, ...] = ()
    untold: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether it counts changes that no message shows."""
        return bool(self.rest or self.untold)


def message_layout(message: DigestMessage, command: str) -> Layout:
    """The layout of one message."""
    frame, part = digest_frame(message.plan, message.changes, message.briefs), message.part
    layout = with_items(frame, message.items, part.start, message.plan)
    # Only the first stands in the channel; the others are in the thread already.
    more = [CONTINUED] if part.number == 1 < part.count else []
    if message.every and message.digest_id is not None:
        layout = _with_way(layout, SHOW_ALL, ShowDigest(message.digest_id), command)
        text = f"{_counts(message.every)}: more than {MESSAGES_MAX} messages hold"
        layout = replace(layout, head=(*layout.head, Context(text)))
        more.append(f"all of them: {command} {ShowDigest(message.digest_id)}")
    if message.is_cut and message.digest_id is not None:
        layout = _with_way(layout, SHOW_REST, ShowDigest(message.digest_id, part.end or None), command)
        layout = replace(layout, items=_with_rest(layout.items, message))
    return replace(layout, small_print=(*layout.small_print, *more))


def message_document(message: DigestMessage, command: str, corrections: Sequence[Correction] = ()) -> Document:
    """One message, with later corrections of it."""
    layout = with_corrections(message_layout(message, command), corrections, now=True)
    return page_of(layout, message.part.number, message.part.count)


def _with_way(layout: Layout, label: str, way: ShowDigest, command: str) -> Layout:
    return replace(
        layout, controls=(Button(label, "open:digest", encode_command(way)),), typed=(f"{label}: {command} {way}",)
    )


def room_for_rest(message: DigestMessage, command: str) -> Layout:
    """The layout of a message without items, in which what it counts takes the room that it needs below them."""
    layout = message_layout(replace(message, items=()), command)
    return replace(layout, head=(*layout.head, *(each.passage for each in layout.items)), items=())


def _with_rest(items: Sequence[Item], message: DigestMessage) -> tuple[Item, ...]:
    """The items, with a line for what is only counted below those of changes."""
    shown = sum(1 for each in message.items if each.group is not None)
    below = items[shown:] if message.items else ()
    left = (
        [f"{count(sum(each.number for each in message.rest), 'more change')}: {_counts(message.rest)}"]
        if message.rest
        else []
    )
    left += [f"{message.untold} more to look after"] if message.untold else []
    return (*items[:shown], uncited_item([line(f"and {'; '.join(left)}")]), *below)


def _counts(counts: Iterable[KindCount]) -> str:
    return ", ".join(map(counted, counts))
