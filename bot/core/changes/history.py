"""What was announced lately, as a list."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.briefs.brief import ChangeKind


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One announced change set. `note` is the maintainer's, `again` the command that shows all of it."""

    on: date
    title: str
    kind: ChangeKind
    note: str | None
    changes: int
    command: str


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What was announced, newest first. `more`: there was more than is shown."""

    entries: tuple[ChangeEntry, ...]
    brief: str | None
    since: timedelta | date | None
    more: bool
    typed: str
