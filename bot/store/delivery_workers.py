"""Delivery workers, one per workspace and queue, and how long Slack has asked them to wait."""

from datetime import datetime

from sqlalchemy import Connection, and_, or_, select, update

from bot.store.dialect import insert
from bot.store.outbox import QueueName, is_due
from bot.store.schema import delivery, delivery_worker, slack_backoff, workspace


class DeliveryWorkers:
    """Delivery workers and back-offs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stalled(self, now: datetime) -> list[tuple[QueueName, str]]:
        """(queue, team) of the workers that have due deliveries and no run; none of stopped workspaces."""
        query = (
            select(delivery.c.queue, delivery.c.team)
            .outerjoin(
                delivery_worker,
                and_(delivery_worker.c.queue == delivery.c.queue, delivery_worker.c.team == delivery.c.team),
            )
            .where(is_due(), delivery.c.due_at <= now)
            # A worker without a row has never had a run.
            .where(or_(delivery_worker.c.wake_after.is_(None), delivery_worker.c.wake_after <= now))
            .where(delivery.c.team.not_in(select(workspace.c.team).where(workspace.c.stopped.is_not(None))))
            .distinct()
        )
        return [(row.queue, row.team) for row in self._connection.execute(query)]

    def standing(self, since: datetime) -> list[tuple[QueueName, str]]:
        """(queue, team) of the workers that have had due deliveries and no run since an instant, whatever woke them;
        none of stopped workspaces."""
        of_worker = and_(delivery_worker.c.queue == delivery.c.queue, delivery_worker.c.team == delivery.c.team)
        idle = or_(delivery_worker.c.wake_after.is_(None), delivery_worker.c.wake_after <= since)
        query = (
            select(delivery.c.queue, delivery.c.team)
            .outerjoin(delivery_worker, of_worker)
            .where(is_due(), delivery.c.due_at <= since, idle)
            .where(delivery.c.team.not_in(select(workspace.c.team).where(workspace.c.stopped.is_not(None))))
            .distinct()
        )
        return [(row.queue, row.team) for row in self._connection.execute(query)]

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

    def set_backoff(self, team: str, method: str, opens_at: datetime) -> None:
        """Slack asks a workspace not to call a method before an instant."""
        query = insert(self._connection, slack_backoff).values(team=team, method=method, opens_at=opens_at)
        self._connection.execute(
            query.on_conflict_do_update(index_elements=["team", "method"], set_={"opens_at": opens_at})
        )

    def backoffs(self, team: str) -> dict[str, datetime]:
        """By the name of a method: when a workspace may call it again (UTC; may be past), as far as Slack has said."""
        query = select(slack_backoff.c.method, slack_backoff.c.opens_at).where(slack_backoff.c.team == team)
        return {row.method: row.opens_at for row in self._connection.execute(query)}
