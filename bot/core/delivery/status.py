"""How publishing and deliveries stand."""

from dataclasses import dataclass
from datetime import datetime


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
