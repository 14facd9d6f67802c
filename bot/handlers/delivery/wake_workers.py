"""Wakes delivery workers: there is one per workspace and queue in all processes, and these functions queue its runs."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex

from bot.handlers.context import Services
from bot.handlers.ports import Queue
from bot.store.outbox import NewDelivery, QueueName
from bot.store.store import Transaction

Worker = tuple[QueueName, str]
"""A queue and the id of a workspace."""


def _wake_worker(tx: Transaction, queue: Queue, worker: Worker, wake_after: datetime) -> None:
    """Queues a run of a worker in the caller's transaction. Idempotent: a superfluous run finds nothing due and ends.
    The sweep leaves the worker alone until `wake_after`."""
    name, team = worker
    tx.delivery_workers.expect_run(name, team, wake_after)
    # A new id for each run: the queue takes an id only once.
    queue.enqueue(tx, name, team, f"{name}|{team}|{token_hex(8)}")


def wake_workers(tx: Transaction, queue: Queue, workers: Iterable[Worker], wake_after: datetime) -> None:
    """Wakes some workers. Call it after every change of their deliveries: all transactions then lock rows in the same
    order (deliveries first, then workers by team), and none waits for another in a circle."""
    for worker in sorted(set(workers), key=lambda each: (each[1], each[0] != "update")):
        _wake_worker(tx, queue, worker, wake_after)


def workers_of(deliveries: Iterable[NewDelivery]) -> set[Worker]:
    """The workers of new deliveries that are pending, each once; others are sent only after something else happens."""
    return {(each.queue, each.team) for each in deliveries if each.state == "pending"}


def add_and_wake(tx: Transaction, services: Services, deliveries: list[NewDelivery]) -> None:
    """Owes deliveries, and wakes their workers. Nothing of the transaction may change deliveries after it."""
    tx.outbox.add(deliveries)
    wake_workers(tx, services.queue, workers_of(deliveries), services.wake_after(services.now()))


def wake_stalled_workers(services: Services, now: datetime) -> None:
    """Wakes every worker with deliveries due by `now` and no run expected until then: whatever went wrong before, they
    are sent. Who starts looks a little ahead, as the runs of processes that ended with it will not go on."""
    with services.store.snapshot() as tx:
        stalled = tx.delivery_workers.stalled(now)
    # A transaction each: the row of one worker is not held while others are woken.
    for worker in stalled:
        with services.store.transaction() as tx:
            # A worker that cannot begin is not given one run after the other.
            if not services.queue.is_waiting(tx, *worker):
                wake_workers(tx, services.queue, [worker], services.wake_after(services.now()))
