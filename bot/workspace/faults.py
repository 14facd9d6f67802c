"""Faults between a bot and Slack: rate limits, errors of the service, dropped connections."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from random import Random
from threading import Lock
from typing import Literal

from bot.workspace.answers import Answer, word

Kind = Literal["ratelimited", "unavailable", "drop_before", "drop_after", "slow", "expired", "ordered"]

WINDOW_S = 60
"""Seconds over which the calls of a method are counted."""

POST_CHANNEL_GAP_S = 1.0
POST_TEAM_MAX = 240
"""`chat.postMessage`: about one a second and channel, several hundred a minute and workspace; this workspace lets 240
through. Source: docs.slack.dev, rate limits."""

BY_CHANCE: tuple[Kind, ...] = ("ratelimited", "unavailable", "drop_before", "drop_after", "slow")
WAIT_S = (1, 3)
"""Least and most seconds of a `Retry-After` by chance, both included."""


@dataclass(slots=True)
class Fault:
    """A fault of the next `times` calls of a method (`*`: any; `response_url`). `drop_before` drops the connection
    before the effect, `drop_after` after it. `seconds` is the `Retry-After`, or how slow the answer is. `ordered` gives
    `answer`, None for every other kind; `effect` says whether the call is carried out all the same."""

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 1.0
    answer: Answer | None = None
    effect: bool = False

    @property
    def takes_effect(self) -> bool:
        """Whether the call is carried out."""
        return self.effect or self.kind in ("slow", "drop_after")


class Faults:
    """The faults of a workspace: scripted ones in their order, after them random ones. Safe to use from several
    threads."""

    def __init__(self) -> None:
        self.scripted: list[Fault] = []
        self.counts: Counter[Kind] = Counter()
        """How many calls got a fault of each kind."""
        self._lock = Lock()
        self._chance: Callable[[str], Fault | None] = _never

    def script(self, method: str, kind: Kind, *, times: int = 1, seconds: float = 1.0) -> None:
        """Gives the next `times` calls of the method this fault, after those scripted before."""
        with self._lock:
            self.scripted.append(Fault(method, kind, times, seconds))

    def order(self, method: str, answer: Answer | str, *, times: int = 1, effect: bool = False) -> None:
        """Gives the next `times` calls of the method this answer, or a refusal by this word (`update_failed`), after
        what was scripted before. `effect`: the call is carried out all the same, as an answer without a body always
        asks."""
        given = word(answer) if isinstance(answer, str) else answer
        with self._lock:
            self.scripted.append(Fault(method, "ordered", times, 0.0, given, effect or given.body is None))

    def inject(
        self, seed: int, rates: Mapping[Kind, float], methods: frozenset[str] | None = None, *, slow_s: float = 0.2
    ) -> None:
        """Gives calls random faults from now on, each kind as often as its rate says (0.1: one in ten); without rates
        no more. Which call of a method gets which fault follows from the seed alone. `methods`: only these, None for
        all, `response_url` among them. `slow_s`: seconds of a slow answer. Raises: ValueError for a kind that is not
        in `BY_CHANCE`, a rate below 0, and a sum above 1."""
        if excluded := set(rates) - set(BY_CHANCE):
            raise ValueError(f"not by chance: {', '.join(sorted(excluded))}")
        if min(rates.values(), default=0) < 0 or sum(rates.values()) > 1:
            raise ValueError("rates are from 0 to 1, and so is their sum")
        chance = _Chance(seed, rates, methods, slow_s)
        with self._lock:
            self._chance = chance

    def take(self, method: str) -> Fault | None:
        """The fault of this call; None where it has none."""
        with self._lock:
            fault = self._next(method) or self._chance(method)
            if fault:
                self.counts[fault.kind] += 1
        return fault

    def give_back(self, fault: Fault) -> None:
        """The fault of a call that did not get so far: the next call has it."""
        with self._lock:
            fault.times += 1
            self.counts[fault.kind] -= 1

    def _next(self, method: str) -> Fault | None:
        for fault in self.scripted:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                return fault
        return None


def _never(method: str) -> Fault | None:
    return None


class _Chance:
    """Random faults that are the same in every run, whatever other methods are called in between."""

    def __init__(self, seed: int, rates: Mapping[Kind, float], methods: frozenset[str] | None, slow_s: float) -> None:
        self._seed, self._rates, self._methods, self._slow_s = seed, dict(rates), methods, slow_s
        self._calls: Counter[str] = Counter()

    def __call__(self, method: str) -> Fault | None:
        if self._methods is not None and method not in self._methods:
            return None
        self._calls[method] += 1
        chance = Random(f"{self._seed} {method} {self._calls[method]}")  # noqa: S311  repeatable on purpose
        position = chance.random()
        for kind, rate in self._rates.items():
            if position < rate:
                return Fault(method, kind, 0, self._slow_s if kind == "slow" else chance.randint(*WAIT_S))
            position -= rate
        return None


class Limits:
    """Slack's rate limits of one workspace, on unless a test says that it needs none. `clock` gives seconds. Safe to
    use from several threads. A refused call does not count towards a limit."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.on = True
        self.speed = 1.0
        """How many times as fast as at Slack the minutes and seconds of the limits pass; a `Retry-After` is of whole
        seconds all the same."""
        self.grace = 0.0
        """Seconds after a refusal in which further calls may have been under way already, and are not counted below."""
        self.calls_before_retry_after = 0
        """Calls within the time for which a `Retry-After` had asked the caller to wait."""
        self.refused: Counter[str] = Counter()
        """How many calls of a method got 429, from a limit or a fault."""
        self._clock = clock
        self._lock = Lock()
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posted: dict[str, float] = {}
        self._waits: dict[tuple[str, str | None], tuple[float, float]] = {}

    def retry_after(self, method: str, per_minute: int | None, channel: str | None) -> int | None:
        """Seconds to wait if this call is one too many; None where it may go on, and then it counts. `per_minute` None
        is no limit. `channel` is that of `chat.postMessage`, where a thread counts with its channel; else None."""
        with self._lock:
            now = self._arrived(method, channel)
            if not self.on:
                return None
            if channel is not None:
                wait = self._posted.get(channel, 0.0) + POST_CHANNEL_GAP_S / self.speed - now
                if wait > 0:
                    return self._refuse(method, channel, ceil(wait), now)
                # Its tier (t5) names no number: this method has the two limits of its own.
                per_minute = POST_TEAM_MAX
            calls, window = self._calls[method], WINDOW_S / self.speed
            while calls and calls[0] <= now - window:
                calls.popleft()
            if per_minute is not None and len(calls) >= per_minute:
                return self._refuse(method, None, ceil(calls[0] + window - now), now)
            calls.append(now)
            if channel is not None:
                self._posted[channel] = now
            return None

    def refuse(self, method: str, seconds: int, channel: str | None = None) -> None:
        """Counts a call that a fault refuses, and makes the whole workspace wait with this method for so many seconds.
        `channel` is that of `chat.postMessage`, else None."""
        with self._lock:
            self._refuse(method, None, seconds, self._arrived(method, channel))

    def arrived(self, method: str, channel: str | None = None) -> None:
        """Counts a call that a fault stopped before the limits saw it; `channel` is that of `chat.postMessage`, else
        None."""
        with self._lock:
            self._arrived(method, channel)

    def _arrived(self, method: str, channel: str | None) -> float:
        now = self._clock()
        # Each key once: without a channel both are the same, and a call counts once.
        for key in dict.fromkeys(((method, None), (method, channel))):
            since, until = self._waits.get(key, (now, now))
            if since + self.grace <= now < until:
                self.calls_before_retry_after += 1
                break
        return now

    def _refuse(self, method: str, channel: str | None, seconds: int, now: float) -> int:
        self.refused[method] += 1
        since, until = self._waits.get((method, channel), (now, now))
        # A refusal during a wait prolongs it; `grace` still counts from the first.
        since = since if now < until else now
        self._waits[method, channel] = since, max(until, now + seconds)
        return seconds
