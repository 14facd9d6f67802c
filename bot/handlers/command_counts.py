"""How many commands people have sent to this process within the current minute."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class CommandCounts:
    """Of one minute; those of an earlier one are forgotten with it."""

    _minute: datetime | None = None
    _counts: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def add(self, team: str, user: str, now: datetime) -> tuple[int, int]:
        """Counts a command; how many there are by now of the person, and of their workspace."""
        minute = now.replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[team, user] += 1
            self._counts[team, None] += 1
            return self._counts[team, user], self._counts[team, None]
