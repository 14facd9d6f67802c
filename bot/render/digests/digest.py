"""The layout of a digest, and its messages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.answers.answer import Excerpt
from bot.core.briefs.brief import Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, Range, Show, ShowChanges
from bot.core.digests.digest import Digest, Plan, Report, Review
from bot.core.digests.time_zones import zone
from bot.render.changes.announcement_head import head_items, short_heading
from bot.render.changes.change_items import (
    IN_SHORT,
    change_items,
    excerpts_by_announcement,
    items_with_changes,
    sections_with,
)
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.document.document import (
    Bullet,
    Button,
    Document,
    Heading,
    Item,
    Layout,
    Line,
    Passage,
    Text,
    line,
)
from bot.render.document.open_questions import question_lines
from bot.render.document.paging import page_of, paginate
from bot.render.document.phrases import count, day, format_datetime, weekday

LISTED_MAX = 15
"""Lines of a list in a maintainers' digest; one more line counts the others."""

OPEN_BRIEF = "Open the brief"
CONTINUED = "continues in the thread"


@dataclass(frozen=True, slots=True)
class DigestItem:
    """An item of a digest, and the (slug, id) of the claim whose current text it shows; None if it shows none."""

    item: Item
    claim: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DigestPart:
    """One message of a digest: message `number` of `count`, with the items from index `start` up to `end`, excluded."""

    number: int
    count: int
    start: int
    end: int


def digest_layout(digest: Digest, command: str, continue_command: Command | None = None) -> Layout:
    """A digest. `continue_command` is the command behind *Continue*; None if it continues in its thread."""
    plan = digest.plan
    window = f"{format_datetime(plan.since, plan.zone)} to {format_datetime(plan.until, plan.zone)}"
    return Layout(
        head=(Heading(f"Digest · {_day(plan)} · {_extent(digest)}"),),
        items=tuple(each.item for each in digest_items(digest, command)),
        small_print=(window, *((plan.reason,) if plan.reason else ())),
        command=continue_command,
        compact=True,
        # Quotes and sources are behind *Evidence*.
        sources=None,
    )


def _day(plan: Plan) -> str:
    local = plan.until.astimezone(zone(plan.zone)).date()
    return f"{weekday(local)}, {day(local)}"


def _extent(digest: Digest) -> str:
    """`3 changes in 2 briefs`; a note without changes counts as one."""
    number = sum(max(1, len(change_items(group))) for group in digest.groups)
    slugs = {group.change_set.slug for group in digest.groups}
    if not slugs:
        return "Nothing changed" if digest.plan.specs else "For maintainers"
    return f"{count(number, 'change')} in {count(len(slugs), 'brief')}"


# Items


def digest_items(digest: Digest, command: str) -> tuple[DigestItem, ...]:
    """The items in reading order: changes by group, then what maintainers have to look after."""
    changes = [
        each
        for group, cited in zip(digest.groups, excerpts_by_announcement(digest.groups), strict=True)
        for each in _group_items(group, cited, command)
    ]
    plan = digest.plan
    tasks = [*_reviews(plan.overdue, "Reviews overdue", command), *_report_items(plan.report, command)]
    return tuple(_with_unique_actions((*(changes or _nothing_changed(plan)), *map(DigestItem, tasks))))


def _nothing_changed(plan: Plan) -> Iterable[DigestItem]:
    if plan.report is None:
        yield DigestItem(Item(Passage((line("Nothing changed in what this channel follows."),))))


def _group_items(group: Announcement, cited: Iterable[Excerpt], command: str) -> Iterator[DigestItem]:
    """The notes and changes of one kind in one brief, under a heading that names both."""
    heading, slug = short_heading(group), group.change_set.slug
    evidence = Button("Evidence", "open:evidence", encode_command(ShowChanges(slug, None, Range(*group.revisions))))
    changes = list(items_with_changes(group, cited, IN_SHORT))
    for note_item in head_items(group):
        item = note_item if changes else _with_open_button(note_item, _open_target(group, None), command)
        yield DigestItem(replace(item, heading=heading))
    for change_item, change in changes:
        item = _with_open_button(_as_bullet(change_item), _open_target(group, change), command)
        if not isinstance(change.after, Claim):
            yield DigestItem(replace(item, heading=heading))
        else:
            cited_item = replace(item, heading=heading, controls=(*item.controls, evidence))
            yield DigestItem(cited_item, (slug, change.id))


def _as_bullet(item: Item) -> Item:
    lines = tuple(part for part in item.passage.parts if isinstance(part, tuple))
    return replace(item, passage=Passage((Bullet(lines),)))


def _open_target(group: Announcement, change: Change | None) -> tuple[str, Show] | None:
    """(label, command) of the button under a change or, without one, under a note; None for an unpublished brief."""
    after = group.change_set.after
    if after is None:
        return None
    section = _section(group, change)
    label = f"Open {group.titles[section]}" if section else OPEN_BRIEF
    return label, Show(section, after.slug)


def _with_open_button(item: Item, target: tuple[str, Show] | None, command: str) -> Item:
    if target is None:
        return item
    label, show = target
    button = Button(label, "open:item", encode_command(show))
    return replace(item, controls=(button,), typed_alternative=f"{command} {show}")


def _with_unique_actions(items: Iterable[DigestItem]) -> Iterator[DigestItem]:
    """The items with numbered actions: Slack requires the action ids of one message to be unique."""
    for n, each in enumerate(items, 1):
        controls = tuple(replace(control, action=f"{control.action}-{n}") for control in each.item.controls)
        yield replace(each, item=replace(each.item, controls=controls))


def _section(group: Announcement, change: Change | None) -> str | None:
    """The key of the change's section; for a source or a note, of the first section that it concerns. None if there is
    none."""
    after = group.change_set.after
    if after is None or after.status == "withdrawn":
        return None
    if change and change.section in after.sections:
        return change.section
    sources = {change.id} if change and change.what == "source" else set()
    claims = {name for note in group.notes for name in note.claims} if change is None else set()
    keys = set(sections_with(after, claims, sources))
    return next((key for key in group.titles if key in keys), None)


# For maintainers


def _reviews(reviews: Sequence[Review], title: str, command: str) -> Iterator[Item]:
    heading = line(Text(title, bold=True))
    for review in reviews:
        text = line(f"• {review.title} · review due {day(review.due)} · {review.owner}")
        target = f"Open {review.title}", Show(None, review.slug)
        yield _with_open_button(Item(Passage((text,)), heading=heading), target, command)


def _report_items(report: Report | None, command: str) -> Iterator[Item]:
    if report is None:
        return
    yield from _reviews(report.reviews, "Reviews due", command)
    claims = [line(f"• {each.title} · {each.section} · {each.claim}") for each in report.unverified]
    questions = question_lines(report.questions, report.additions)
    failures = [line(f"• {error} · {count(number, 'message')}") for error, number in report.failed]
    yield from _list_item("Unverified claims", claims)
    yield from _list_item("Questions that found nothing", questions)
    yield from _list_item("Messages that Slack refused for good; the log says which", failures)


def _list_item(title: str, entries: Sequence[Line]) -> Iterator[Item]:
    if not entries:
        return
    lines = entries[:LISTED_MAX]
    more = [line(f"• and {len(entries) - LISTED_MAX} more")] if len(entries) > LISTED_MAX else []
    yield Item(Passage((*lines, *more)), heading=line(Text(title, bold=True)))


# Messages


def digest_parts(layout: Layout) -> list[DigestPart]:
    """The messages of a digest: the first in the channel, the others in its thread."""
    pages = list(paginate(layout))
    ends = [sum(len(page) for page in pages[: n + 1]) for n in range(len(pages))]
    numbered = enumerate(zip(pages, ends, strict=True), 1)
    return [DigestPart(number, len(pages), end - len(page), end) for number, (page, end) in numbered]


def part_document(layout: Layout, part: DigestPart, corrections: Sequence[Correction] = ()) -> Document:
    """One message of a digest, with later corrections of it."""
    # Only the first stands in the channel; the others are in the thread already.
    more = (CONTINUED,) if part.number == 1 < part.count else ()
    page = replace(layout, items=layout.items[part.start : part.end], small_print=(*layout.small_print, *more))
    return page_of(with_corrections(page, corrections, now=True), part.number, part.count)
