"""An engine that runs jobs in real time, for tests. DBOS allows one at a time in a process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine

from bot.jobs.dbos_queue import DbosQueue
from bot.store.database import writing
from tests.databases import opened

POLL_S = 0.05

Run = Callable[[str], object]


class Running:
    """An engine that runs jobs; what each key's jobs do is told by `does`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.queue = DbosQueue(engine, poll_s=POLL_S)
        self.ran: list[tuple[str, str]] = []
        self.does: dict[str, Run] = {}
        for lane in ("post", "update"):
            self.queue.handler(lane, self._run)

    def _run(self, key: str, payload: str) -> None:
        if key in self.does:
            self.does[key](payload)
        self.ran.append((key, payload))

    def enqueue(
        self, key: str, id: str, payload: str = "", *, delay: timedelta | None = None, lane: str = "post"
    ) -> None:
        with writing(self.engine) as connection:
            self.queue.enqueue(tx, lane, key, id, payload, delay)

    def payloads(self, key: str) -> list[str]:
        """Of the jobs that have run."""
        return [payload for each, payload in self.ran if each == key]


@contextmanager
def started(url: str) -> Iterator[Running]:
    with opened(url) as engine:
        running = Running(engine)
        running.queue.start()
        try:
            yield running
        finally:
            running.queue.stop()
