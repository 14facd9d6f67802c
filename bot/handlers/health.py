"""Whether one process can post what is due, as its last look has found."""

import math
import time
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex

from bot.core.delivery.trouble import Trouble


class Health:
    """Read by whoever asks, without a word to the database. Thread-safe. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.id = f"health {token_hex(8)}"
        """Of what this process writes to see whether it can."""
        self._monotonic = monotonic
        self._wrote_at = monotonic()
        self._failed = False
        self.standing_workers: frozenset[tuple[str, str]] = frozenset()
        """(queue, team id) of the workers with messages that are due and that nobody sends."""

        self.disk_is_full = False
        """Nearly."""
        self._expected: dict[str, float] = {}
        self._said_at = -math.inf

    def is_standing_to_say(self, every: timedelta) -> bool:
        """Whether the log is to say that workers stand still: when it begins, and then every so often, as under load
        other ones do each time. True is given once."""
        now = self._monotonic()
        if self.standing_workers and now - self._said_at < every.total_seconds():
            return False
        self._said_at = now
        return True

    def expect(self, name: str, within: timedelta) -> None:
        """What does something every so often is there; within this time it is heard of again."""
        self._expected[name] = self._monotonic() + within.total_seconds()

    def silent(self) -> tuple[str, ...]:
        """What was not heard of in time: it is stuck, or has ended, and only a new start helps."""
        now = self._monotonic()
        return tuple(name for name, until in sorted(self._expected.items()) if now > until)

    def note_written(self, standing: frozenset[tuple[str, str]]) -> None:
        """The database takes writes. `standing`: see `standing_workers`."""
        self._wrote_at, self._failed, self.standing_workers = self._monotonic(), False, standing

    def note_failure(self) -> None:
        """The database takes no writes, or cannot be reached."""
        self._failed = True

    def troubles(self, patience: timedelta, team: str | None = None) -> tuple[Trouble, ...]:
        """All that is wrong, of one workspace or of any. A look that has gone on for longer than `patience` has
        failed."""
        late = self._monotonic() - self._wrote_at > patience.total_seconds()
        standing = any(team in (None, each) for _, each in self.standing_workers)
        found: dict[Trouble, bool] = {
            "no writes": self._failed or late,
            "standing": standing,
            "disk": self.disk_is_full,
        }
        return tuple(trouble for trouble, is_so in found.items() if is_so)
