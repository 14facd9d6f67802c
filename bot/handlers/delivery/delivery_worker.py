"""Trigger: a delivery worker was woken. It sends its workspace's deliveries one after the other, at Slack's pace."""

from datetime import datetime, timedelta

from bot.core.delivery.waiting import WAIT_MAX
from bot.handlers.context import Services
from bot.handlers.delivery.send_delivery import send_delivery
from bot.handlers.delivery.wake_workers import Worker, wake_workers
from bot.handlers.delivery.worker_run import WorkerRun
from bot.store.outbox import Delivery, Head, QueueName

BATCH = 100
SLEEP_MAX = timedelta(seconds=1)


def run_worker(services: Services, queue: QueueName, team: str) -> None:
    """Sends until nothing is due, or only after a longer wait. Raises: DatabaseFailureError; the sweep then wakes the
    worker again."""
    with services.store.transaction() as tx:
        run = WorkerRun(tx, services, queue, team)
    batch: list[Delivery] = []
    while not run.stopped and run.goes_on():
        # Each round: a run that waits for its pace must not look dead.
        run.heartbeat()
        # One read of the outbox serves up to `BATCH` channels.
        is_fresh, batch = not batch, batch or _due(run)
        delivery, sendable_at = _soonest(batch, run)
        wait = sendable_at - services.now()
        if delivery is None or wait > services.cadence.inline_wait:
            if is_fresh:
                break
            # Meanwhile others may have become due that can be sent now.
            batch = []
        elif wait > timedelta(0):
            # Not `sleep`: a process that is to end wakes at once.
            services.stopping.wait(min(wait, SLEEP_MAX).total_seconds())
            # Meanwhile something may have become due for another channel.
            batch = []
        else:
            batch.remove(delivery)
            send_delivery(delivery, run)
    if not run.stopped:
        _end(run, batch)


def _due(run: WorkerRun) -> list[Delivery]:
    """The first due delivery of each channel: replies, as somebody waits for them, then those of the channels that
    were served least recently, and last what can be sent only later. So a channel that is owed a thousand messages
    holds up no other, nor do those whose messages are yet to be looked for."""
    with run.services.store.snapshot() as tx:
        now = run.services.now()
        heads = tx.outbox.heads(run.queue, run.team, now)
        turns = sorted(heads, key=lambda each: (run.waits_until(each, now), *_turn(each, run)))
        return tx.outbox.read([each.id for each in turns[:BATCH]])


def _turn(head: Head, run: WorkerRun) -> tuple[bool, datetime, datetime, int]:
    return not head.is_reply, run.last_call(head.channel), head.due_at, head.id


def _soonest(batch: list[Delivery], run: WorkerRun) -> tuple[Delivery | None, datetime]:
    """The first delivery that may go out now, else the one that may go out soonest, and when. None where nothing is
    due."""
    now = run.services.now()
    soonest: tuple[Delivery | None, datetime] = (None, now)
    for delivery in batch:
        sendable_at = run.sendable_at(delivery, now)
        if sendable_at <= now:
            return delivery, sendable_at
        if soonest[0] is None or sendable_at < soonest[1]:
            soonest = delivery, sendable_at
    return soonest


def _end(run: WorkerRun, batch: list[Delivery]) -> None:
    """Leaves the rest to the next run: woken now where something can be sent now, by the sweep where only later."""
    services, now = run.services, run.look_at_clock()
    with services.store.transaction() as tx:
        due_at = tx.outbox.next_due(run.queue, run.team)
        sendable_at = min((run.sendable_at(each, now) for each in batch), default=now)
        wake_after = now if run.stepped_back else min(max(due_at or now, sendable_at), now + WAIT_MAX)
        if not run.set_wake_after(tx, wake_after):
            return
        workers: list[Worker] = []
        if due_at is not None and wake_after <= now:
            workers.append((run.queue, run.team))
        if run.queue == "update" and tx.outbox.next_due("post", run.team) is not None:
            # The notes that waited for the edits of this run.
            workers.append(("post", run.team))
        wake_workers(tx, services.queue, workers, services.wake_after(now))
