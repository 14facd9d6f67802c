"""The list of recent changes, for `/brief changes`."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.briefs.brief import ChangeKind


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One announced change set of the brief with this slug and title, between two revisions (None: not there). `on` is
    the day of its publication, in UTC; `note` the maintainer's newest, None if there is none; `changes` the number of
    those announced. `reinstated`: the changes of this kind publish again what was withdrawn."""

    on: date
    slug: str
    title: str
    before: str | None
    after: str | None
    kind: ChangeKind
    note: str | None
    changes: int
    reinstated: bool = False


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
