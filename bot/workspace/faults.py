"""What goes wrong between a bot and Slack: rate limits, errors of the service, connections that drop."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Literal

Kind = Literal["ratelimited", "unavailable", "drop_before", "drop_after", "slow", "expired"]

WINDOW_S = 60
POST_CHANNEL_GAP_S = 1.0
POST_TEAM_MAX = 240
"""`chat.postMessage`: about one a second and channel, several hundred a minute and workspace; this workspace lets 240
through. Source: docs.slack.dev, rate limits."""


@dataclass(slots=True)
class Fault:
    """What the next calls of a method (`*`: any; `response_url`) meet; `drop_before` drops the connection before the
    effect, `drop_after` after it. `seconds` is the `Retry-After`, or how slow the answer is."""

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 1.0


class Faults:
    """Faults that were ordered, in order."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def order(self, method: str, kind: Kind, *, times: int = 1, seconds: float = 1.0) -> None:
        """The next `times` calls of the method meet this."""
        self.ordered.append(Fault(method, kind, times, seconds))

    def take(self, method: str) -> Fault | None:
        """What this call meets, if anything."""
        for fault in self.ordered:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                return fault
        return None


class Limits:
    """Slack's rate limits, off until switched on. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.on = False
        self._clock = clock
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posted: dict[str, float] = {}

    def retry_after(self, method: str, per_minute: int | None, channel: str | None) -> int | None:
        """Seconds to wait if this call is one too many; None where it may go on, and then it counts."""
        if not self.on:
            return None
        now = self._clock()
        if method == "chat.postMessage" and channel is not None:
            wait = self._posted.get(channel, 0.0) + POST_CHANNEL_GAP_S - now
            if wait > 0:
                return ceil(wait)
            per_minute = POST_TEAM_MAX
        calls = self._calls[method]
        while calls and calls[0] <= now - WINDOW_S:
            calls.popleft()
        if per_minute is not None and len(calls) >= per_minute:
            return ceil(calls[0] + WINDOW_S - now)
        calls.append(now)
        if channel is not None:
            self._posted[channel] = now
        return None
