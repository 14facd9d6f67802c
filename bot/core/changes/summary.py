"""The content of one post about the changes of many briefs: how many there are, and which of them it shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter

from bot.core.briefs.brief import ChangeKind
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import CORRECTING, SEVERITY

SHOWN_MAX = 25
"""Briefs of which a summary may show changes: more than fit into a message, where each takes at least two blocks."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """The number of changed briefs of a kind, or in a digest that of changes. `is_new_brief`: the briefs themselves are
    new, not something in them."""

    kind: ChangeKind
    is_new_brief: bool
    number: int


KIND_COUNTS = TypeAdapter(tuple[KindCount, ...])
"""Converts counts to JSON and back."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What changed in many briefs. `counts` has each brief once, by the gravest kind of its changes, the gravest first.
    `details` are the announcements of those with corrections or withdrawals, the gravest first, at most `SHOWN_MAX`.
    `since` and `on` are the days (UTC) of the first and the last publication. `reason` is a sentence that names the
    subscriptions behind the post, None if left out."""

    counts: tuple[KindCount, ...]
    details: tuple[Announcement, ...]
    since: date
    on: date
    reason: str | None = None

    @property
    def briefs(self) -> int:
        """How many briefs have changed."""
        return sum(each.number for each in self.counts)


def summarize(announcements: Iterable[Announcement], *, since: date, on: date) -> Summary:
    """The summary of announcements of different briefs, in any order."""
    ordered = sorted(
        announcements,
        key=lambda each: (SEVERITY.index(each.kind), each.change_set.brief.title, each.change_set.slug),
    )
    grave = [each for each in ordered if each.kind in CORRECTING]
    return Summary(_counts(ordered), tuple(grave[:SHOWN_MAX]), since, on)


def kind_of_brief(announcement: Announcement) -> tuple[ChangeKind, bool]:
    """The kind by which a brief is counted, and whether the brief itself is new."""
    return announcement.kind, announcement.kind == "new" and announcement.change_set.before is None


def grave_part(announcement: Announcement) -> Announcement:
    """An announcement without changes and notes that are neither corrections nor withdrawals."""
    changes = tuple(each for each in announcement.changes if each.kind in CORRECTING or each.is_withdrawal)
    notes = tuple(note for note in announcement.notes if note.kind in CORRECTING)
    return replace(announcement, changes=changes, notes=notes)


def _counts(announcements: Iterable[Announcement]) -> tuple[KindCount, ...]:
    numbers = Counter(map(kind_of_brief, announcements))
    # New briefs before what is new in others.
    ordered = sorted(numbers, key=lambda each: (SEVERITY.index(each[0]), not each[1]))
    return tuple(KindCount(*each, numbers[each]) for each in ordered)
