"""What this process has done since its start, in numbers. Every name in them is of a short list; none is of a person,
a place or a workspace."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0)
"""Upper bounds. Slack gives a request up after three seconds."""


@dataclass(frozen=True, slots=True)
class Timings:
    """How many took how long: `counts` by bucket, and at last those that are beyond all; `total_s` of all together."""

    counts: tuple[int, ...] = (0,) * (len(BUCKETS_S) + 1)
    total_s: float = 0.0

    def plus(self, seconds: float) -> "Timings":
        """With one more."""
        place = bisect_left(BUCKETS_S, seconds)
        counts = (*self.counts[:place], self.counts[place] + 1, *self.counts[place + 1 :])
        return Timings(counts, self.total_s + seconds)


@dataclass(frozen=True, slots=True)
class TaskRuns:
    """Of a periodic task: runs, failures, when the last run ended (seconds since the epoch), and how long it took."""

    runs: int = 0
    failures: int = 0
    ended_at: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one moment: requests by (verb, outcome) and by the kind of payload, failed calls by (method,
    word), tasks by name, problems of brief files by severity, open connections by front."""

    requests: Mapping[tuple[str, str], int] = field(default_factory=dict)
    timings: Mapping[str, Timings] = field(default_factory=dict)
    slack_errors: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tasks: Mapping[str, TaskRuns] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    connections: Mapping[str, int] = field(default_factory=dict)


class Measures:
    """Thread-safe. `clock` gives seconds since the epoch."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._lock = clock, Lock()
        self._requests, self._slack_errors = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self._timings: dict[str, Timings] = {}
        self._tasks: dict[str, TaskRuns] = {}
        self._problems: dict[str, int] = {}
        self._connections: dict[str, int] = {}

    def count_request(self, kind: str, verb: str, outcome: str, seconds: float) -> None:
        """A request was answered."""
        with self._lock:
            self._requests[verb, outcome] += 1
            self._timings[kind] = self._timings.get(kind, Timings()).plus(seconds)

    def count_slack_error(self, method: str, word: str) -> None:
        """A call was not taken."""
        with self._lock:
            self._slack_errors[method, word] += 1

    def count_run(self, task: str, seconds: float, *, failed: bool) -> None:
        """A periodic task has run."""
        with self._lock:
            last = self._tasks.get(task, TaskRuns())
            self._tasks[task] = TaskRuns(last.runs + 1, last.failures + failed, self._clock(), seconds)

    def set_problems(self, problems: Mapping[str, int]) -> None:
        """What is wrong with the brief files now."""
        with self._lock:
            self._problems = dict(problems)

    def set_connections(self, front: str, number: int) -> None:
        """So many connections are open now."""
        with self._lock:
            self._connections[front] = number

    def figures(self) -> Figures:
        """As they are now."""
        with self._lock:
            return Figures(
                dict(self._requests),
                dict(self._timings),
                dict(self._slack_errors),
                dict(self._tasks),
                dict(self._problems),
                dict(self._connections),
            )


PROCESS = Measures()
"""Of this process: like its log, one for all that runs in it."""
