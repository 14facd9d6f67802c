"""What was announced lately, as a list."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.briefs.brief import ChangeKind


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One announced change set: of the brief `slug`, between two revisions (None: not there). `note` is the
    maintainer's newest, None where there is none; `changes` counts what is shown."""

    on: date
    slug: str
    title: str
    before: str | None
    after: str | None
    kind: ChangeKind
    note: str | None
    changes: int


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What was announced, newest first; `brief` and `since` are what was asked for, None for all. `more`: the list was
    cut."""

    entries: tuple[ChangeEntry, ...]
    brief: str | None
    since: timedelta | date | None
    more: bool
