"""What goes wrong between a bot and Slack: rate limits, errors of the service, connections that drop."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from random import Random
from threading import Lock
from typing import Literal

Kind = Literal["ratelimited", "unavailable", "drop_before", "drop_after", "slow", "expired"]

WINDOW_S = 60
POST_CHANNEL_GAP_S = 1.0
POST_TEAM_MAX = 240
"""`chat.postMessage`: about one a second and channel, several hundred a minute and workspace; this workspace lets 240
through. Source: docs.slack.dev, rate limits."""

BY_CHANCE: tuple[Kind, ...] = ("ratelimited", "unavailable", "drop_before", "drop_after", "slow")
WAIT_S = (1, 3)
"""The least and most seconds of a `Retry-After` by chance."""


@dataclass(slots=True)
class Fault:
    """What the next calls of a method (`*`: any; `response_url`) meet; `drop_before` drops the connection before the
    effect, `drop_after` after it. `seconds` is the `Retry-After`, or how slow the answer is."""

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 1.0


class Faults:
    """Faults that were ordered, in order; after them those by chance. Safe to use from several threads."""

    def __init__(self) -> None:
        self.scripted: list[Fault] = []
        self.counts: Counter[Kind] = Counter()
        """How many faults of a kind calls have met."""
        self._lock = Lock()
        self._chance: Callable[[str], Fault | None] = _never

    def script(self, method: str, kind: Kind, *, times: int = 1, seconds: float = 1.0) -> None:
        """The next `times` calls of the method meet this."""
        with self._lock:
            self.scripted.append(Fault(method, kind, times, seconds))

    def inject(
        self, seed: int, rates: Mapping[Kind, float], methods: frozenset[str] | None = None, *, slow_s: float = 0.2
    ) -> None:
        """From now on a call meets each kind as often as its rate says (0.1: one in ten); no rates: none any more.
        Which call of a method meets what follows from the seed alone. `methods`: only these; else all that there are,
        `response_url` among them. `slow_s`: how slow a slow answer is. Raises: ValueError."""
        if unknown := set(rates) - set(BY_CHANCE):
            raise ValueError(f"not by chance: {', '.join(sorted(unknown))}")
        if min(rates.values(), default=0) < 0 or sum(rates.values()) > 1:
            raise ValueError("rates are from 0 to 1, and so is their sum")
        chance = _Chance(seed, rates, methods, slow_s)
        with self._lock:
            self._chance = chance

    def take(self, method: str) -> Fault | None:
        """What this call meets, if anything."""
        with self._lock:
            found = self._next(method) or self._chance(method)
            if found:
                self.counts[found.kind] += 1
        return found

    def _next(self, method: str) -> Fault | None:
        for fault in self.scripted:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                return fault
        return None


def _never(method: str) -> Fault | None:
    return None


class _Chance:
    """Chance that is the same in every run, whatever other methods are called in between."""

    def __init__(self, seed: int, rates: Mapping[Kind, float], methods: frozenset[str] | None, slow_s: float) -> None:
        self._seed, self._rates, self._methods, self._slow_s = seed, dict(rates), methods, slow_s
        self._calls: Counter[str] = Counter()

    def __call__(self, method: str) -> Fault | None:
        if self._methods is not None and method not in self._methods:
            return None
        self._calls[method] += 1
        chance = Random(f"{self._seed} {method} {self._calls[method]}")  # noqa: S311  repeatable on purpose
        drawn = chance.random()
        for kind, rate in self._rates.items():
            if drawn < rate:
                return Fault(method, kind, 0, self._slow_s if kind == "slow" else chance.randint(*WAIT_S))
            drawn -= rate
        return None


class Limits:
    """Slack's rate limits of one workspace, off until switched on. `clock` gives seconds. Safe to use from several
    threads. A call that is refused does not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.on = False
        self.grace = 0.0
        """Seconds after a refusal in which a call is not `early`: it was under way already."""
        self.calls_before_retry_after = 0
        """Calls that were made although a `Retry-After` had told the caller to wait."""
        self.refused: Counter[str] = Counter()
        """How many calls of a method were answered with 429, by a limit or by a fault."""
        self._clock = clock
        self._lock = Lock()
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posted: dict[str, float] = {}
        self._waits: dict[tuple[str, str | None], tuple[float, float]] = {}

    def retry_after(self, method: str, per_minute: int | None, channel: str | None) -> int | None:
        """Seconds to wait if this call is one too many; None where it may go on, and then it counts. `channel`: of
        `chat.postMessage`, in which a thread counts with its channel."""
        with self._lock:
            now = self._arrived(method, channel)
            if not self.on:
                return None
            if channel is not None:
                wait = self._posted.get(channel, 0.0) + POST_CHANNEL_GAP_S - now
                if wait > 0:
                    return self._refuse(method, channel, ceil(wait), now)
                per_minute = POST_TEAM_MAX
            calls = self._calls[method]
            while calls and calls[0] <= now - WINDOW_S:
                calls.popleft()
            if per_minute is not None and len(calls) >= per_minute:
                return self._refuse(method, None, ceil(calls[0] + WINDOW_S - now), now)
            calls.append(now)
            if channel is not None:
                self._posted[channel] = now
            return None

    def refuse(self, method: str, seconds: int, channel: str | None = None) -> None:
        """A fault refuses this call of a method and tells the whole workspace to wait."""
        with self._lock:
            self._refuse(method, None, seconds, self._arrived(method, channel))

    def arrived(self, method: str, channel: str | None = None) -> None:
        """A call that something else than a limit has stopped; it may still be early."""
        with self._lock:
            self._arrived(method, channel)

    def _arrived(self, method: str, channel: str | None) -> float:
        now = self._clock()
        for key in dict.fromkeys(((method, None), (method, channel))):
            begun, until = self._waits.get(key, (now, now))
            if begun + self.grace <= now < until:
                self.calls_before_retry_after += 1
                break
        return now

    def _refuse(self, method: str, channel: str | None, seconds: int, now: float) -> int:
        self.refused[method] += 1
        begun, until = self._waits.get((method, channel), (now, now))
        begun = begun if now < until else now
        self._waits[method, channel] = begun, max(until, now + seconds)
        return seconds
