"""Trigger: a lane has messages to send. It sends them one after the other, at the workspace's pace."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.delivery.rate_limit import WINDOW, Pace
from bot.handlers.context import Office
from bot.handlers.delivery.send_delivery import HISTORY, METHODS, REPLIES, SETTLED, deliver
from bot.handlers.delivery.wake_workers import wake
from bot.store import outbox, subscriptions
from bot.store.outbox import Delivery, QueueName

PATIENCE = timedelta(seconds=5)
"""A lane that would have to wait longer ends, and is queued again for then: others need its thread."""

BATCH = 100
RUN_MAX = timedelta(seconds=60)
NAP = timedelta(seconds=1)
BEAT = timedelta(seconds=2)


def on_lane(office: Office, name: QueueName, team: str, run: str) -> None:
    """One run of a lane, by its number. Raises whatever the database raises: the sweep wakes the lane again."""
    with office.store.writing() as connection:
        lane = Lane(connection, office, name, team, int(run))
    lane.send_all()


class Lane:
    """One run. At most one is under way in all replicas; one that was thought dead ends at its next step (`epoch`)."""

    def __init__(self, connection: Connection, office: Office, name: QueueName, team: str, run: int) -> None:
        now = office.now()
        self.office, self.name, self.team, self._run = office, name, team, run
        self.ended = subscriptions.stopped(connection, team) is not None
        """Nothing more is sent: the workspace is stopped, or a newer run has begun."""
        self._epoch = outbox.begin(connection, name, team, now)
        self._gates = outbox.gates(connection, team)
        self.pace = Pace(office.limits[name], outbox.attempts(connection, name, team, now - WINDOW))
        self._seen = now
        self._batch: list[Delivery] = []

    def send_all(self) -> None:
        """Until there is nothing to do, or only later."""
        ends = self.office.now() + RUN_MAX
        while not self._over() and self.office.now() < ends:
            self._beat()
            row, opens = self._next()
            if row is None or opens - self.office.now() > PATIENCE:
                break
            if opens > self.office.now():
                self.office.stopping.wait(min(opens - self.office.now(), NAP).total_seconds())
            else:
                self._batch.remove(row)
                deliver(row, self)
        if not self._over():
            self._hand_over()

    def _over(self) -> bool:
        return self.ended or self.office.stopping.is_set()

    def _beat(self) -> None:
        """Says now and then that this run lives."""
        now = self.office.now()
        if now - self._seen > BEAT:
            self._seen = now
            with self.office.store.writing() as connection:
                self.ended = not outbox.alive(connection, self.name, self.team, self._epoch, now)

    def is_current(self, connection: Connection) -> bool:
        """Whether no newer run has begun."""
        self.ended = not outbox.is_newest(connection, self.name, self.team, self._epoch)
        return not self.ended

    def shut(self, connection: Connection, method: str, opens_at: datetime) -> None:
        """Slack said when this workspace may call a method again."""
        self._gates[method] = opens_at
        outbox.shut(connection, self.team, method, opens_at)

    def _next(self) -> tuple[Delivery | None, datetime]:
        """The first message that may go out now, else the one that may go out first."""
        now = self.office.now()
        if not self._batch:
            with self.office.store.reading() as connection:
                self._batch = outbox.batch(connection, self.name, self.team, now, BATCH)
        first: tuple[Delivery | None, datetime] = (None, now)
        for row in self._batch:
            opens = self._opens(row, now)
            if opens <= now:
                return row, opens
            if first[0] is None or opens < first[1]:
                first = row, opens
        return first

    def _opens(self, row: Delivery, now: datetime) -> datetime:
        """When a message may go out; one of unknown outcome when it can be looked for."""
        opens = max(self.pace.opens_at(row.channel, now), self._gates.get(METHODS[self.name], now))
        if row.attempt_at is None:
            return opens
        return max(opens, row.attempt_at + SETTLED, *(self._gates.get(method, now) for method in (HISTORY, REPLIES)))

    def _hand_over(self) -> None:
        """The next run is queued for when there is something to do, unless one is queued already; after edits their
        notes are due."""
        now, queue = self.office.now(), self.office.queue
        with self.office.store.writing() as connection:
            if not self.is_current(connection):
                return
            due = outbox.next_due(connection, self.name, self.team)
            if due is not None and outbox.newest_run(connection, self.name, self.team) == self._run:
                opens = min((self._opens(row, now) for row in self._batch), default=now)
                delay = max(due, opens) - now
                wake(connection, queue, self.name, self.team, now, max(delay, timedelta(0)))
            if self.name == "update" and outbox.next_due(connection, "post", self.team) is not None:
                wake(connection, queue, "post", self.team, now)
