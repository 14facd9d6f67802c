"""What comes of asking for an address."""

from dataclasses import dataclass
from pathlib import Path

from yarl import URL

from bot.core.evidence.lock import UnreadReason


@dataclass(frozen=True, slots=True)
class Download:
    """An answer's body in a file, decompressed; `content_type` as the header has it, empty if there is none."""

    path: Path
    content_type: str


@dataclass(frozen=True, slots=True)
class Unread:
    """There is nothing to read. `detail` says why, for people, in a few words."""

    reason: UnreadReason
    detail: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """It is somewhere else."""

    to: URL


@dataclass(frozen=True, slots=True)
class Later:
    """The host asks to come again in a while, in seconds; None: it does not say when."""

    wait_s: float | None
    detail: str


Answer = Download | Unread | Redirect | Later
