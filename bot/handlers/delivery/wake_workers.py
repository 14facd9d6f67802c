"""Wakes lanes: a lane is the one place that sends a workspace's messages of one queue, whichever process runs it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.handlers.ports import Queue
from bot.store import outbox
from bot.store.outbox import QueueName
from bot.store.store import Store

WORKER_STALE_AFTER = timedelta(seconds=5)
"""A lane of which nothing was heard for so long, although it has work, has died or was never queued."""


def wake_worker(
    connection: Connection, queue: Queue, name: QueueName, team: str, now: datetime, delay: timedelta | None = None
) -> None:
    """Queues the next job of a lane, in the caller's transaction. One too many finds nothing to do."""
    run = outbox.next_job_number(connection, name, team, now + (delay or timedelta(0)))
    queue.enqueue(connection, name, team, f"{name}|{team}|{run}", str(run), delay)


def wake_workers(connection: Connection, queue: Queue, lanes: Iterable[tuple[QueueName, str]], now: datetime) -> None:
    """Wakes some lanes, always in the same order, and after whatever is done to their messages: no two transactions
    then wait for each other."""
    for name, team in sorted(lanes, key=lambda lane: (lane[1], lane[0] != "update")):
        wake_worker(connection, queue, name, team, now)


def wake_stalled_workers(store: Store, queue: Queue, now: datetime, quiet: timedelta = WORKER_STALE_AFTER) -> None:
    """Wakes every lane that has work and is quiet: whatever went wrong before, what is owed is sent. Whoever starts
    need not wait until they are."""
    with store.reading() as connection:
        found = outbox.stalled_workers(connection, now, now - quiet)
    for name, team in found:
        with store.writing() as connection:
            wake_worker(connection, queue, name, team, now)
