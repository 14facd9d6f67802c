"""Delivery workers, one per workspace and queue, and how long Slack has asked them to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, delete, literal, or_, select, update

from bot.core.delivery.rate_limit import WINDOW
from bot.core.delivery.waiting import AHEAD_MAX, BACKOFF_MAX, CLOCKS_DIFFER, WAIT_MAX
from bot.store.dialect import UtcDateTime, insert
from bot.store.outbox import OPEN, QueueName, is_due, is_to_send
from bot.store.schema import delivery, delivery_worker, slack_backoff, workspace


@dataclass(frozen=True, slots=True)
class Backoff:
    """A wait that Slack has asked for, and when it ended or ends."""

    opens_at: datetime
    wait: timedelta


def _with_deliveries(are_due: ColumnElement[bool], is_idle: ColumnElement[bool]) -> Select[tuple[str, str]]:
    of_worker = and_(delivery_worker.c.queue == delivery.c.queue, delivery_worker.c.team == delivery.c.team)
    return (
        select(delivery.c.queue, delivery.c.team)
        .outerjoin(delivery_worker, of_worker)
        # A worker without a row has never had a run.
        .where(is_due(), are_due, or_(delivery_worker.c.wake_after.is_(None), is_idle))
        .where(delivery.c.team.not_in(select(workspace.c.team).where(workspace.c.stopped.is_not(None))))
        .distinct()
    )


def _is_past(instant: ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(instant <= bindparam("now"), instant > bindparam("too_far"))


# Built once: every process asks every few seconds.
_STALLED = _with_deliveries(_is_past(delivery.c.due_at), _is_past(delivery_worker.c.wake_after))
_STANDING = _with_deliveries(
    delivery.c.due_at <= bindparam("since"), delivery_worker.c.wake_after <= bindparam("since")
)


class DeliveryWorkers:
    """Delivery workers and back-offs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stalled(self, now: datetime) -> list[tuple[QueueName, str]]:
        """(queue, team) of the workers that have due deliveries and no run; none of stopped workspaces. Instants too
        far ahead to be waited for count as now."""
        return self._workers(_STALLED, {"now": now, "too_far": now + AHEAD_MAX})

    def standing(self, since: datetime) -> list[tuple[QueueName, str]]:
        """(queue, team) of the workers that have had due deliveries and no run since an instant, whatever woke them;
        none of stopped workspaces."""
        return self._workers(_STANDING, {"since": since})

    def _workers(self, query: Select[tuple[str, str]], instants: Mapping[str, datetime]) -> list[tuple[QueueName, str]]:
        return [(row.queue, row.team) for row in self._connection.execute(query, instants)]

    def expect_run(self, queue: QueueName, team: str, wake_after: datetime) -> None:
        """A run was queued: the sweep leaves the worker alone until then, as the run should have begun by that time."""
        self._upsert(queue, team, wake_after, fencing_token=delivery_worker.c.fencing_token)

    def start_run(self, queue: QueueName, team: str, wake_after: datetime) -> int:
        """A run begins; an older one, wherever it is, ends at its next step. Returns the fencing token: higher than
        that of every earlier run, and 1 for the first."""
        return self._upsert(queue, team, wake_after, fencing_token=delivery_worker.c.fencing_token + 1)

    def _upsert(self, queue: QueueName, team: str, wake_after: datetime, **values: object) -> int:
        row = {"queue": queue, "team": team, "fencing_token": 1, "wake_after": wake_after}
        query = insert(self._connection, delivery_worker).values(**row)
        query = query.on_conflict_do_update(index_elements=["queue", "team"], set_={**values, "wake_after": wake_after})
        return int(self._connection.execute(query.returning(delivery_worker.c.fencing_token)).scalar_one())

    def holds_token(self, queue: QueueName, team: str, token: int) -> bool:
        """Whether no other run of the worker has begun since."""
        query = select(delivery_worker.c.fencing_token).where(
            delivery_worker.c.queue == queue, delivery_worker.c.team == team
        )
        return self._connection.execute(query).scalar() == token

    def set_wake_after(self, queue: QueueName, team: str, token: int, wake_after: datetime) -> bool:
        """When the sweep may start the next run: a heartbeat of a run that goes on, or the end of one. False where
        another run has begun since."""
        query = update(delivery_worker).where(
            delivery_worker.c.queue == queue,
            delivery_worker.c.team == team,
            delivery_worker.c.fencing_token == token,
        )
        return self._connection.execute(query.values(wake_after=wake_after)).rowcount == 1

    def correct_instants(self, queue: QueueName, team: str, now: datetime) -> None:
        """Corrects what was stored of a worker by a clock that has stepped back since, and so lies ahead of `now`: what
        is due is due now; an attempt of unknown outcome counts as made now, so that it has surely ended when it is
        looked for, and one that was answered as made long ago; what Slack asked for is over."""
        of_worker = and_(delivery.c.queue == queue, delivery.c.team == team)
        mistaken = and_(of_worker, is_to_send(), delivery.c.due_at > now + AHEAD_MAX)
        self._connection.execute(update(delivery).where(mistaken).values(due_at=now))
        ahead = and_(of_worker, delivery.c.attempt_at > now + CLOCKS_DIFFER)
        long_ago, at_last = (literal(at, UtcDateTime()) for at in (now - WINDOW - WAIT_MAX, now))
        attempt_at = case((delivery.c.state.in_(OPEN), at_last), else_=long_ago)
        self._connection.execute(update(delivery).where(ahead).values(attempt_at=attempt_at))
        asked_later = slack_backoff.c.asked_at > now + CLOCKS_DIFFER
        too_long = slack_backoff.c.opens_at > now + BACKOFF_MAX + CLOCKS_DIFFER
        self._connection.execute(delete(slack_backoff).where(slack_backoff.c.team == team, or_(asked_later, too_long)))

    def set_backoff(self, team: str, method: str, opens_at: datetime, asked_at: datetime) -> None:
        """Slack asked a workspace, at `asked_at`, not to call a method before an instant."""
        values = {"opens_at": opens_at, "asked_at": asked_at}
        query = insert(self._connection, slack_backoff).values(team=team, method=method, **values)
        self._connection.execute(query.on_conflict_do_update(index_elements=["team", "method"], set_=values))

    def last_backoff(self, team: str, method: str) -> Backoff | None:
        """What a workspace waited for last, with a method; None where it never had to."""
        query = select(slack_backoff.c.asked_at, slack_backoff.c.opens_at).where(
            slack_backoff.c.team == team, slack_backoff.c.method == method, slack_backoff.c.asked_at.is_not(None)
        )
        row = self._connection.execute(query).first()
        return Backoff(row.opens_at, row.opens_at - row.asked_at) if row is not None else None

    def backoffs(self, team: str) -> dict[str, datetime]:
        """By the name of a method: when a workspace may call it again (UTC; may be past), as far as Slack has said."""
        query = select(slack_backoff.c.method, slack_backoff.c.opens_at).where(slack_backoff.c.team == team)
        return {row.method: row.opens_at for row in self._connection.execute(query)}
