"""The layout of a post about the changes of many briefs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.answers.answer import Excerpt
from bot.core.briefs.brief import ChangeKind, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.summary import KindCount, Summary, grave_part, kind_of_brief
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import ShowChanges
from bot.render.changes.announcement_head import brief_heading, head_items, uncited_item
from bot.render.changes.change_items import excerpts_by_announcement, items_with_changes
from bot.render.document.document import Button, Context, Heading, Item, Layout, line
from bot.render.document.paging import fits_one_page, paginate
from bot.render.document.phrases import count, day

SHOW_ALL = "Show all changes"

KIND_NOUNS: dict[ChangeKind, str] = {
    "withdrawal": "withdrawal",
    "correction": "correction",
    "new": "addition",
    "update": "update",
    "clarification": "clarification",
    "evidence": "change of evidence",
    "editorial": "editorial change",
}
PLURALS = {"change of evidence": "changes of evidence"}


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """An item of a summary: the index of its brief among those shown, how many changes it tells, and the (slug, id) of
    the claim whose current text it shows; None if it shows none."""

    item: Item
    brief: int
    changes: int
    claim: tuple[str, str] | None = None


def summary_layout(summary: Summary, every: Sequence[SummaryItem], command: str, number: int) -> Layout:
    """The post with the first `number` of its `summary_items`; a line counts the other briefs, and a button lists all.
    `command` is the slash command's name."""
    items, listing = [each.item for each in every[:number]], ShowChanges(None, summary.since)
    if items and (rest := _rest(summary, every, number)):
        items.append(uncited_item([line(f"and {', '.join(rest)}")]))
    return Layout(
        head=(
            Heading(_title(summary.briefs)),
            Context(f"{_days(summary)} · {', '.join(map(counted, summary.counts))}"),
        ),
        items=tuple(items),
        small_print=(summary.reason,) if summary.reason else (),
        controls=(Button(SHOW_ALL, "open:changes", encode_command(listing)),),
        typed=(f"{SHOW_ALL}: {command} {listing}",),
    )


def fitting_items(summary: Summary, items: Sequence[SummaryItem], command: str) -> int:
    """How many of the `summary_items` are shown in one message: those of whole briefs, as many as fit; if not even one
    brief fits, as many of its items as fit."""
    longest = len(next(paginate(summary_layout(summary, items, command, len(items)))))
    ends = [n for n, each in enumerate(items, 1) if n == len(items) or items[n].brief != each.brief]
    numbers = [*(n for n in reversed(ends) if n <= longest), *range(min(longest, *ends[:1], len(items)), 0, -1)]
    return next((n for n in numbers if fits_one_page(summary_layout(summary, items, command, n))), 0)


# Items


def summary_items(summary: Summary) -> tuple[SummaryItem, ...]:
    """The items of the shown briefs, in order."""
    grave = [grave_part(each) for each in summary.details]
    briefs = zip(summary.details, grave, excerpts_by_announcement(grave), strict=True)
    return tuple(item for n, brief in enumerate(briefs) for item in _brief_items(n, *brief))


def _brief_items(
    brief: int, announcement: Announcement, grave: Announcement, cited: Sequence[Excerpt]
) -> Iterator[SummaryItem]:
    """The notes, corrections and withdrawals of one brief under its heading, and the number of its other changes."""
    heading, slug = brief_heading(announcement), announcement.change_set.slug
    for item in head_items(grave):
        yield SummaryItem(replace(item, heading=heading), brief, 0)
    for item, change in items_with_changes(grave, cited):
        claim = (slug, change.id) if isinstance(change.after, Claim) else None
        yield SummaryItem(replace(item, heading=heading), brief, 1, claim)
    if others := _subjects(announcement) - _subjects(grave):
        rest = uncited_item([line(f"and {count(others, 'more change')}")])
        yield SummaryItem(replace(rest, heading=heading), brief, others)


def _subjects(announcement: Announcement) -> int:
    """How many claims, sources, sections and fields have changed."""
    return len({(change.what, change.id) for change in announcement.changes if change.what != "brief"})


# Counts


def _title(number: int) -> str:
    return f"{count(number, 'brief')} {'has' if number == 1 else 'have'} changed"


def _days(summary: Summary) -> str:
    return day(summary.on) if summary.since == summary.on else f"{day(summary.since)} to {day(summary.on)}"


def counted(each: KindCount, more: str = "") -> str:
    """`3 corrections`, or `3 more corrections` with that word."""
    noun = "new brief" if each.is_new_brief else KIND_NOUNS[each.kind]
    many = PLURALS.get(noun, f"{noun}s")
    return f"{each.number} {more}{noun if each.number == 1 else many}"


def _rest(summary: Summary, items: Sequence[SummaryItem], number: int) -> list[str]:
    """What the first `number` items do not show: changes of the brief that they end in, and numbers of briefs."""
    last = items[number - 1].brief
    cut = sum(each.changes for each in items[number:] if each.brief == last)
    kinds = [kind_of_brief(each) for each in summary.details[: last + 1]]
    left = [(each, kinds.count((each.kind, each.is_new_brief))) for each in summary.counts]
    rest = [counted(replace(each, number=each.number - n), "more " if n else "") for each, n in left if each.number > n]
    title = summary.details[last].change_set.brief.title
    return [*([f"{count(cut, 'more change')} in “{title}”"] if cut else []), *rest]
