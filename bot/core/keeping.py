"""Replies from what the database keeps: what changed, what channels follow, how deliveries stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.brief import ChangeKind
from bot.core.digest import Digest
from bot.core.schedule import Schedule
from bot.core.subscription import Subscription
from bot.core.update import Update


@dataclass(frozen=True, slots=True)
class Entry:
    """One announced change set. `note` is the maintainer's, `again` the command that shows all of it."""

    on: date
    title: str
    kind: ChangeKind
    note: str | None
    changes: int
    again: str


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What was announced, newest first. `more`: there was more than is shown."""

    entries: tuple[Entry, ...]
    brief: str | None
    since: timedelta | date | None
    more: bool
    typed: str


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What a channel follows, or every channel of the workspace, and the default brief's title."""

    found: tuple[Subscription, ...]
    everywhere: bool
    default: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A digest that was not posted, as nobody was there in time. `channel` is Slack's id."""

    channel: str
    fire_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """What is published, and what the workspace is still owed. Counts are of messages."""

    number: int
    published_at: datetime | None
    briefs: int
    broken: int
    following: int
    paused_channels: int
    waiting: int
    unknown: int
    held: int
    paused: int
    dead: int
    resent: int
    edits_done: int
    edits_open: int
    uneditable: int
    notes_failed: int
    stopped: str | None
    digests: int = 0
    skipped: int = 0
    newest_skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule by its number, and its next fire times."""

    number: int
    schedule: Schedule
    next_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Digests:
    """When the digests of a channel are due, and the subscriptions that feed them."""

    due: tuple[Due, ...]
    feeding: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody wanted was done, and the channel was told: there is nothing to say to them alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it was not done: what was typed, why not, and what to do next. `people` are the ids of those
    who can help; what stands between backticks is to be typed."""

    typed: str
    why: str
    advice: str
    people: tuple[str, ...] = ()


Kept = ChangeList | Update | Subscriptions | Status | Digests | Digest | Done | Refusal
