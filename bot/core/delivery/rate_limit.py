"""How fast a workspace may be posted to: so many calls in any minute, and a gap between two in one channel."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `per_minute` calls in any 60 seconds, and at least `gap` between two in one channel."""

    per_minute: int
    gap: timedelta = timedelta(0)


class RateLimiter:
    """The calls of the last minute. Not thread-safe: a lane has its own. Instants are aware, and never go back."""

    def __init__(self, limit: RateLimit, made: Iterable[tuple[str, datetime]] = ()) -> None:
        self._limit = limit
        self._calls: deque[datetime] = deque()
        self._channels: dict[str, datetime] = {}
        for channel, at in made:
            self.record_call(channel, at)

    def record_call(self, channel: str, at: datetime) -> None:
        """A call was made."""
        self._calls.append(at)
        self._channels[channel] = at

    def next_allowed_at(self, channel: str, now: datetime) -> datetime:
        """The first instant from now on at which a call may be made in a channel."""
        while self._calls and self._calls[0] <= now - WINDOW:
            self._calls.popleft()
        opens = [now]
        if channel in self._channels:
            opens.append(self._channels[channel] + self._limit.gap)
        if len(self._calls) >= self._limit.per_minute:
            opens.append(self._calls[-self._limit.per_minute] + WINDOW)
        return max(opens)
