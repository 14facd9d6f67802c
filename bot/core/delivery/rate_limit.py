"""Rate limit of posts to one workspace: calls per minute, and a pause between two calls in one channel."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `per_minute` calls in any 60 seconds, and at least `gap` between two calls in one channel."""

    per_minute: int
    gap: timedelta = timedelta(0)


class RateLimiter:
    """Computes when the next call is allowed, from the calls of the last minute and the last one in each channel.

    Not thread-safe: each delivery worker has its own. Instants are aware. Where they decrease, a clock has stepped
    back: earlier calls then count as made at that moment, so that nobody waits longer than `WINDOW` or the gap.
    """

    def __init__(self, limit: RateLimit, earlier_calls: Iterable[tuple[str, datetime]] = ()) -> None:
        """`earlier_calls` are (channel, instant), oldest first."""
        self._limit = limit
        self._calls: deque[datetime] = deque()
        self.last_calls: dict[str, datetime] = {}
        """By channel; of some that were longer ago, too."""
        for channel, at in earlier_calls:
            self.record_call(channel, at)

    def record_call(self, channel: str, at: datetime) -> None:
        """Counts a call made in a channel at an instant."""
        self._follow_clock(at)
        self._calls.append(at)
        self.last_calls[channel] = at

    def next_allowed_at(self, channel: str, now: datetime) -> datetime:
        """The first instant, `now` or later, at which a call in the channel keeps the limit."""
        self._follow_clock(now)
        while self._calls and self._calls[0] <= now - WINDOW:
            self._calls.popleft()
        allowed_from = [now]
        if channel in self.last_calls:
            allowed_from.append(self.last_calls[channel] + self._limit.gap)
        if len(self._calls) >= self._limit.per_minute:
            allowed_from.append(self._calls[-self._limit.per_minute] + WINDOW)
        return max(allowed_from)

    def _follow_clock(self, now: datetime) -> None:
        # Those of a channel are never later than the last of all, which stays as long as it is ahead.
        if self._calls and self._calls[-1] > now:
            self._calls = deque(min(at, now) for at in self._calls)
            self.last_calls = {channel: min(at, now) for channel, at in self.last_calls.items()}
