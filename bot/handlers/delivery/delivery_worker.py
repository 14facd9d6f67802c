"""Trigger: a lane has messages to send. It sends them one after the other, at the workspace's pace."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.delivery.rate_limit import WINDOW, RateLimiter
from bot.handlers.context import Services
from bot.handlers.delivery.send_delivery import HISTORY, METHODS, REPLIES, SETTLE_TIME, send_delivery
from bot.handlers.delivery.wake_workers import wake_worker
from bot.store import outbox, subscriptions
from bot.store.outbox import Delivery, QueueName

MAX_INLINE_WAIT = timedelta(seconds=5)
"""A lane that would have to wait longer ends, and is queued again for then: others need its thread."""

BATCH = 100
RUN_MAX = timedelta(seconds=60)
POLL_INTERVAL = timedelta(seconds=1)
HEARTBEAT_EVERY = timedelta(seconds=2)


def run_worker(services: Services, name: QueueName, team: str, run: str) -> None:
    """One run of a lane, by its number. Raises whatever the database raises: the sweep wakes the lane again."""
    with services.store.writing() as connection:
        lane = DeliveryWorker(connection, services, name, team, int(run))
    lane.send_all()


class DeliveryWorker:
    """One run. At most one is under way in all replicas; one that was thought dead ends at its next step (`epoch`)."""

    def __init__(self, connection: Connection, services: Services, name: QueueName, team: str, run: int) -> None:
        now = services.now()
        self.services, self.name, self.team, self._run = services, name, team, run
        self.ended = subscriptions.stop_reason(connection, team) is not None
        """Nothing more is sent: the workspace is stopped, or a newer run has begun."""
        self._fencing_token = outbox.start_run(connection, name, team, now)
        self._backoffs = outbox.backoffs(connection, team)
        self.rate_limiter = RateLimiter(
            services.limits[name], outbox.recent_attempts(connection, name, team, now - WINDOW)
        )
        self._seen = now
        self._batch: list[Delivery] = []

    def send_all(self) -> None:
        """Until there is nothing to do, or only later."""
        ends = self.services.now() + RUN_MAX
        while not self._stopped() and self.services.now() < ends:
            self._heartbeat()
            row, opens = self._next()
            if row is None or opens - self.services.now() > MAX_INLINE_WAIT:
                break
            if opens > self.services.now():
                self.services.stopping.wait(min(opens - self.services.now(), POLL_INTERVAL).total_seconds())
            else:
                self._batch.remove(row)
                send_delivery(row, self)
        if not self._stopped():
            self._schedule_next()

    def _stopped(self) -> bool:
        return self.ended or self.services.stopping.is_set()

    def _heartbeat(self) -> None:
        """Says now and then that this run lives."""
        now = self.services.now()
        if now - self._seen > HEARTBEAT_EVERY:
            self._seen = now
            with self.services.store.writing() as connection:
                self.ended = not outbox.heartbeat(connection, self.name, self.team, self._fencing_token, now)

    def is_current(self, connection: Connection) -> bool:
        """Whether no newer run has begun."""
        self.ended = not outbox.holds_token(connection, self.name, self.team, self._fencing_token)
        return not self.ended

    def back_off(self, connection: Connection, method: str, opens_at: datetime) -> None:
        """Slack said when this workspace may call a method again."""
        self._backoffs[method] = opens_at
        outbox.set_backoff(connection, self.team, method, opens_at)

    def _next(self) -> tuple[Delivery | None, datetime]:
        """The first message that may go out now, else the one that may go out first."""
        now = self.services.now()
        if not self._batch:
            with self.services.store.reading() as connection:
                self._batch = outbox.due_batch(connection, self.name, self.team, now, BATCH)
        first: tuple[Delivery | None, datetime] = (None, now)
        for row in self._batch:
            opens = self._sendable_at(row, now)
            if opens <= now:
                return row, opens
            if first[0] is None or opens < first[1]:
                first = row, opens
        return first

    def _sendable_at(self, row: Delivery, now: datetime) -> datetime:
        """When a message may go out; one of unknown outcome when it can be looked for."""
        opens = max(self.rate_limiter.next_allowed_at(row.channel, now), self._backoffs.get(METHODS[self.name], now))
        if row.attempt_at is None:
            return opens
        return max(
            opens, row.attempt_at + SETTLE_TIME, *(self._backoffs.get(method, now) for method in (HISTORY, REPLIES))
        )

    def _schedule_next(self) -> None:
        """The next run is queued for when there is something to do, unless one is queued already; after edits their
        notes are due."""
        now, queue = self.services.now(), self.services.queue
        with self.services.store.writing() as connection:
            if not self.is_current(connection):
                return
            due = outbox.next_due(connection, self.name, self.team)
            if due is not None and outbox.newest_job_number(connection, self.name, self.team) == self._run:
                opens = min((self._sendable_at(row, now) for row in self._batch), default=now)
                delay = max(due, opens) - now
                wake_worker(connection, queue, self.name, self.team, now, max(delay, timedelta(0)))
            if self.name == "update" and outbox.next_due(connection, "post", self.team) is not None:
                wake_worker(connection, queue, "post", self.team, now)
