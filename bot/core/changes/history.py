"""The list of recent changes, for `/brief changes`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.core.briefs.brief import ChangeKind, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change, Op
from bot.core.changes.normalization import equal_when_normalized

Aspect = Literal["text", "standing", "note", "evidence"]


class Tally(NamedTuple):
    """How many claims of a section (its title), or other things (then no title), changed in the same way. `what` is
    what a `Change` is of, `name` the name of a field. `aspect` is what first differs in an edited claim."""

    section: str | None
    what: str
    op: Op
    aspect: Aspect | None
    name: str | None
    number: int


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One announced change set of the brief with this slug and title, between two revisions (None: not there). `on` is
    the day of its publication, in UTC; `note` the maintainer's newest, None if there is none; `changes` the number of
    those announced, which `tallies` count. `reinstated`: the changes of this kind publish again what was withdrawn."""

    on: date
    slug: str
    title: str
    before: str | None
    after: str | None
    kind: ChangeKind
    note: str | None
    changes: int
    reinstated: bool = False
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Announced change sets, newest first without the first `skip`. `brief` is the slug that was asked for, None for
    all briefs; `since` the period or first day that was asked for, None for no limit. `more`: there are older ones that
    are not listed."""

    entries: tuple[ChangeEntry, ...]
    brief: str | None
    since: timedelta | date | None
    more: bool
    skip: int = 0


def tallies(announcement: Announcement) -> tuple[Tally, ...]:
    """What changed, counted, in reading order; nothing of the brief as a whole."""
    counts = Counter(_alike(announcement))
    sections = list(dict.fromkeys(tally.section for tally in counts))
    # What happened in a section stands together, of whatever kinds it is.
    in_order = sorted(counts, key=lambda tally: sections.index(tally.section))
    return tuple(tally._replace(number=counts[tally]) for tally in in_order)


def _alike(announcement: Announcement) -> Iterator[Tally]:
    for change in announcement.changes:
        if change.what == "claim":
            yield Tally(announcement.titles[change.section or ""], "claim", change.op, _aspect(change), None, 0)
        elif change.what == "section":
            yield Tally(announcement.titles[change.id], "section", change.op, None, None, 0)
        elif change.what == "source" or (change.what == "field" and change.id != "status"):
            name = change.id if change.what == "field" else None
            yield Tally(None, change.what, change.op, None, name, 0)


def _aspect(change: Change) -> Aspect | None:
    match change.before, change.after:
        case Claim() as old, Claim() as new:
            if not equal_when_normalized(old.text, new.text):
                return "text"
            if old.standing != new.standing:
                return "standing"
            return "evidence" if equal_when_normalized(old.note, new.note) else "note"
    return None
