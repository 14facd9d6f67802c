"""A durable queue in memory: a fake of the port `Queue`, whose jobs run when a test says so.

tests/test_fake_queue.py runs one contract against this and against the real engine. One promise it does not keep: a job
that was enqueued in a transaction stays when that is rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

Run = Callable[[str, str], None]

START = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """A job that waits until `due_at`."""

    lane: str
    key: str
    id: str
    payload: str
    due_at: datetime


class FakeQueue:
    """`now` says when a delay begins and what is due."""

    def __init__(self, now: Callable[[], datetime] = lambda: START) -> None:
        self.jobs: list[Job] = []
        """What waits, in the order in which it was enqueued."""
        self._now = now
        self._ids: set[str] = set()
        self._handlers: dict[str, Run] = {}

    @property
    def waiting(self) -> list[tuple[str, str]]:
        """The jobs as (lane, key)."""
        return [(job.lane, job.key) for job in self.jobs]

    def enqueue(
        self,
        connection: Any,  # noqa: ARG002  the port's signature
        lane: str,
        key: str,
        id: str,
        payload: str,
        delay: timedelta | None,
    ) -> None:
        """See `Queue`."""
        if id not in self._ids:
            self._ids.add(id)
            self.jobs.append(Job(lane, key, id, payload, self._now() + (delay or timedelta(0))))

    def handler(self, lane: str, run: Run) -> None:
        """See `Queue`."""
        self._handlers[lane] = run

    def start(self) -> None:
        """See `Queue`. Jobs run in `run_due` only."""

    def stop(self) -> None:
        """See `Queue`."""

    def run_due(self) -> int:
        """Runs what is due, the oldest first, with what that enqueues for now; how many jobs ran."""
        count = 0
        while job := min((each for each in self.jobs if each.due_at <= self._now()), key=_due_at, default=None):
            self.jobs.remove(job)
            self._handlers[job.lane](job.key, job.payload)
            count += 1
        return count

    def lose(self) -> None:
        """Loses what waits, as a queue whose database was restored; the ids stay used."""
        self.jobs.clear()


def _due_at(job: Job) -> datetime:
    return job.due_at
