"""A durable queue in memory: a fake of the port `Queue`, whose jobs run when a test says so.

tests/test_fake_queue.py runs one contract against this and against the real engine. One promise it does not keep: a job
that was enqueued in a transaction stays when that is rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.store.outbox import QueueName
from bot.store.store import Transaction

Run = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A job that waits."""

    queue: QueueName
    team: str
    id: str


class FakeQueue:
    """Jobs wait in the order in which they were enqueued."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        """What waits."""
        self._ids: set[str] = set()
        self._handlers: dict[QueueName, Run] = {}

    @property
    def waiting(self) -> list[tuple[str, str]]:
        """The jobs as (queue, team)."""
        return [(job.queue, job.team) for job in self.jobs]

    def enqueue(self, tx: Transaction | None, queue: QueueName, team: str, job_id: str) -> None:  # noqa: ARG002  port
        """See `Queue`."""
        if job_id not in self._ids:
            self._ids.add(job_id)
            self.jobs.append(Job(queue, team, job_id))

    def is_waiting(self, tx: Transaction | None, queue: QueueName, team: str) -> bool:  # noqa: ARG002  port
        """See `Queue`."""
        return (queue, team) in self.waiting

    def handler(self, queue: QueueName, run: Run) -> None:
        """See `Queue`."""
        self._handlers[queue] = run

    def start(self) -> None:
        """See `Queue`. Jobs run in `run_all` only."""

    def stop(self) -> None:
        """See `Queue`."""

    def run_all(self) -> int:
        """Runs what waits, the oldest first, with what that enqueues; how many jobs ran."""
        count = 0
        while self.jobs:
            job = self.jobs.pop(0)
            self._handlers[job.queue](job.team)
            count += 1
        return count

    def lose(self) -> None:
        """Loses what waits, as a queue whose database was restored; the ids stay used."""
        self.jobs.clear()
