"""An engine that runs jobs in real time, for tests. DBOS allows one at a time in a process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine

from bot.errors import DatabaseFailureError
from bot.jobs.dbos_queue import HANGS, DbosQueue
from bot.store.outbox import QueueName
from bot.store.store import Store
from tests.databases import opened

POLL_S = 0.05

Run = Callable[[int], object]


class Running:
    """An engine that runs jobs; what a team's jobs do is told by `does`, which gets how many of them ended before."""

    def __init__(self, engine: Engine, hangs: timedelta = HANGS) -> None:
        self.engine, self.store = engine, Store(engine)
        self.queue = DbosQueue(engine, poll=timedelta(seconds=POLL_S), hangs=hangs)
        self.ran: list[str] = []
        """The teams of the jobs that have run to their end, in order."""
        self.does: dict[str, Run] = {}
        self.queue.handler("post", self._run)
        self.queue.handler("update", self._run)

    def _run(self, team: str) -> None:
        if team in self.does:
            self.does[team](self.count(team))
        self.ran.append(team)

    def enqueue(self, team: str, job_id: str, *, queue: QueueName = "post") -> None:
        with self.store.transaction() as tx:
            self.queue.enqueue(tx, queue, team, job_id)

    def enqueued(self, team: str, job_id: str) -> bool:
        """Enqueues a job; False where the trouble of the database has not quite ended."""
        try:
            self.enqueue(team, job_id)
        except DatabaseFailureError:
            return False
        return True

    def count(self, team: str) -> int:
        """How many jobs of a team have run."""
        return self.ran.count(team)


@contextmanager
def started(url: str, hangs: timedelta = HANGS) -> Iterator[Running]:
    with opened(url) as engine:
        running = Running(engine, hangs)
        running.queue.start()
        try:
            yield running
        finally:
            running.queue.stop()
