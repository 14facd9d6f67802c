"""The words of a digest, from top to bottom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.core.answers.answer import Excerpt, excerpts
from bot.core.briefs.brief import Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, Show
from bot.core.digests.digest import Digest, Plan, Report, Review
from bot.core.digests.time_zones import zone
from bot.render.changes.announcement_head import kind_word, preface
from bot.render.changes.change_items import cited_claims, item_lines, sections_with
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.document.document import Button, Context, Document, Heading, Item, Layout, Line, Passage, Text, line
from bot.render.document.paging import page_of, paginate
from bot.render.document.phrases import count, day, format_datetime, weekday

LISTED_MAX = 15
"""Of what maintainers look after; what is more is counted."""

OPEN_BRIEF = "Open the brief"
CONTINUED = "continues in the thread"


@dataclass(frozen=True, slots=True)
class DigestItem:
    """An item of a digest, and the claim that it shows as it reads now, as (slug, id)."""

    item: Item
    claim: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a digest: its items from `start` up to `end`, as number `number` of `count`."""

    number: int
    count: int
    start: int
    end: int


def digest_layout(found: Digest, command: str, again: Command | None = None) -> Layout:
    """A digest; `again` is the command behind *Continue*, None where it goes on in its thread."""
    return _layout(found, tuple(each.item for each in digest_items(found, command)), again)


def _layout(found: Digest, items: tuple[Item, ...], again: Command | None) -> Layout:
    plan = found.plan
    window = Context(
        f"{_how_much(found)} · {format_datetime(plan.since, plan.zone)} to {format_datetime(plan.until, plan.zone)}"
    )
    small = (plan.reason,) if plan.reason else ()
    return Layout((Heading(f"Digest · {_day(plan)}"), window), items, small_print=small, command=again)


def _day(plan: Plan) -> str:
    local = plan.until.astimezone(zone(plan.zone)).date()
    return f"{weekday(local)}, {day(local)}"


def _how_much(found: Digest) -> str:
    number = sum(max(1, len(list(_shown(group)))) for group in found.groups)
    slugs = {group.change_set.slug for group in found.groups}
    if not slugs:
        return "Nothing changed" if found.plan.specs else "For maintainers"
    return f"{count(number, 'change')} in {count(len(slugs), 'brief')}"


def _shown(group: Announcement) -> Iterator[tuple[Item, Change]]:
    return item_lines(group, _numbered([group])[0])


# Items


def digest_items(found: Digest, command: str) -> tuple[DigestItem, ...]:
    """What a digest tells, in reading order: an item is never split between two messages."""
    changed = [
        each
        for group, cited in zip(found.groups, _numbered(found.groups), strict=True)
        for each in _group(group, cited, command)
    ]
    behind = [*_reviews(found.plan.overdue, "Reviews overdue", command), *_report(found.plan.report, command)]
    return tuple(_apart((*(changed or _nothing(found)), *map(DigestItem, behind))))


def _numbered(groups: Sequence[Announcement]) -> list[list[Excerpt]]:
    """The excerpts of each group; sources are numbered through all of them."""
    all_ = iter(excerpts([spot for group in groups for spot in cited_claims(group)]))
    return [list(islice(all_, len(cited_claims(group)))) for group in groups]


def _nothing(found: Digest) -> Iterable[DigestItem]:
    if found.plan.report is None:
        yield DigestItem(Item(Passage((line("Nothing changed in what this channel follows."),))))


def _group(group: Announcement, cited: Iterable[Excerpt], command: str) -> Iterator[DigestItem]:
    """The notes and the changes of one kind in one brief, under a line that names both."""
    under = _under(group)
    changes = list(item_lines(group, cited))
    for each in preface(group):
        opened = each if changes else _opened(each, _opening(group, None), command)
        yield DigestItem(replace(opened, heading=under))
    for item, change in changes:
        shown = (group.change_set.slug, change.id) if isinstance(change.after, Claim) else None
        yield DigestItem(replace(_opened(item, _opening(group, change), command), heading=under), shown)


def _under(group: Announcement) -> Line:
    found = group.change_set
    versions = " → ".join(f"{b.slug}@{b.revision}" for b in (found.before, found.after) if b)
    return line(Text(f"{kind_word(group.kind, group)} · {found.brief.title}", bold=True), f" · {versions}")


def _opening(group: Announcement, change: Change | None) -> tuple[str, Show] | None:
    """What a button under a change says, and what it asks for; None where the brief is gone."""
    after = group.change_set.after
    if after is None:
        return None
    section = _section(group, change)
    return (
        (f"Open {group.titles[section]}", Show(section, after.slug))
        if section
        else (OPEN_BRIEF, Show(None, after.slug))
    )


def _opened(item: Item, opening: tuple[str, Show] | None, command: str) -> Item:
    if opening is None:
        return item
    label, asked = opening
    return replace(
        item, controls=(Button(label, "open:item", encode_command(asked)),), typed_alternative=f"{command} {asked}"
    )


def _apart(items: Iterable[DigestItem]) -> Iterator[DigestItem]:
    """With an id of its own for each button, as Slack asks of those of one message."""
    for n, each in enumerate(items, 1):
        controls = tuple(replace(control, action=f"{control.action}-{n}") for control in each.item.controls)
        yield replace(each, item=replace(each.item, controls=controls))


def _section(group: Announcement, change: Change | None) -> str | None:
    """Where to look: the section of the change, or the first with what a source, or else a note, is about."""
    after = group.change_set.after
    if after is None or after.status == "withdrawn":
        return None
    if change and change.section in after.sections:
        return change.section
    sources = {change.id} if change and change.what == "source" else set()
    claims = {name for note in group.notes for name in note.claims} if change is None else set()
    found = set(sections_with(after, claims, sources))
    return next((key for key in group.titles if key in found), None)


# What is to be looked after


def _reviews(found: Sequence[Review], title: str, command: str) -> Iterator[Item]:
    under = line(Text(title, bold=True))
    for review in found:
        words = line(f"{review.title} · review due {day(review.due)} · {review.owner}")
        yield _opened(Item(Passage((words,)), heading=under), (OPEN_BRIEF, Show(None, review.slug)), command)


def _report(found: Report | None, command: str) -> Iterator[Item]:
    if found is None:
        return
    yield from _reviews(found.reviews, "Reviews due", command)
    claims = [f"{each.title} · {each.section} · {each.claim}" for each in found.unverified]
    questions = [f"“{words}” · {_times(number)}" for words, number in found.questions]
    failed = [f"{error} · {count(number, 'message')}" for error, number in found.failed]
    yield from _listed("Unverified claims", claims)
    yield from _listed("Questions that found nothing", questions)
    yield from _listed("Messages that Slack refused for good; the log says which", failed)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _listed(title: str, words: Sequence[str]) -> Iterator[Item]:
    if not words:
        return
    lines = [line(f"• {each}") for each in words[:LISTED_MAX]]
    more = [line(f"• and {len(words) - LISTED_MAX} more")] if len(words) > LISTED_MAX else []
    yield Item(Passage((line(Text(title, bold=True)), *lines, *more)))


# Messages


def parts(layout: Layout) -> list[Part]:
    """The messages of a digest: the first in the channel, the others in its thread."""
    pages = list(paginate(layout))
    ends = [sum(len(page) for page in pages[: n + 1]) for n in range(len(pages))]
    return [Part(n, len(pages), end - len(page), end) for n, (page, end) in enumerate(zip(pages, ends, strict=True), 1)]


def part_of(layout: Layout, part: Part, corrections: Sequence[Correction] = ()) -> Document:
    """One message of a digest, with what was corrected of it since."""
    more = (CONTINUED,) if part.number == 1 < part.count else ()
    shown = replace(layout, items=layout.items[part.start : part.end], small_print=(*layout.small_print, *more))
    return page_of(with_corrections(shown, corrections, now=True), part.number, part.count)
