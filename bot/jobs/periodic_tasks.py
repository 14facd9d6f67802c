"""Runs tasks every so often, each on a thread of its own, so that a slow one holds up no other."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.errors import DatabaseFailureError
from bot.handlers.health import Health
from bot.handlers.measures import PROCESS
from bot.jobs.file_lease import LeaseLostError
from bot.store.failures import translated

logger = logging.getLogger(__name__)

JOIN_S = 10

RUN_MAX, REST_MAX = timedelta(minutes=5), timedelta(minutes=1)
"""A task that takes longer, or begins so much later than its interval says, is stuck."""

AWAY = "the database is away"


@dataclass(frozen=True, slots=True)
class PeriodicTask:
    """`run` is called with the time (UTC), soon after the start and then again `interval` after each end."""

    name: str
    interval: timedelta
    run: Callable[[datetime], object]


class PeriodicRunner:
    """Intervals are measured by a clock that never goes back; `now` only says which time a task is called with.
    `on_fatal` is called where the process must end; no task runs again after that. `health` hears of every run."""

    def __init__(
        self,
        tasks: Sequence[PeriodicTask],
        now: Callable[[], datetime],
        on_fatal: Callable[[Exception], None],
        health: Health | None = None,
    ) -> None:
        self._now, self._on_fatal, self._health = now, on_fatal, health or Health()
        self._stop = Event()
        self._threads = [Thread(target=self._loop, args=(task,), name=task.name, daemon=True) for task in tasks]

    def start(self) -> None:
        """Starts all threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends when the runs under way are done, or after ten seconds."""
        self._stop.set()
        ends = time.monotonic() + JOIN_S
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, ends - time.monotonic()))

    def _loop(self, task: PeriodicTask) -> None:
        failure = ""
        while not self._stop.is_set():
            began = time.monotonic()
            self._health.expect(task.name, RUN_MAX)
            failure = self._run(task, failure)
            self._health.expect(task.name, task.interval + REST_MAX)
            PROCESS.count_run(task.name, time.monotonic() - began, failed=bool(failure))
            self._stop.wait(task.interval.total_seconds())

    def _run(self, task: PeriodicTask, before: str) -> str:
        """Runs a task once; how it failed, or nothing. It runs again after its interval; the same failure as `before`
        is not logged again."""
        try:
            with translated():
                task.run(self._now())
        except LeaseLostError as error:
            self._stop.set()
            self._on_fatal(error)
            return str(error)
        except Exception as error:
            away = isinstance(error, DatabaseFailureError) and error.passing
            # While a database is away, or comes back, it fails in many words.
            failure = AWAY if away else repr(error)
            if failure != before:
                what, every = f"failed: {error}" if away else "failed", task.interval.total_seconds()
                logger.error("periodic task %s %s; retrying every %g s", task.name, what, every, exc_info=not away)
            return failure
        if before:
            logger.info("periodic task %s works again", task.name)
        return ""
