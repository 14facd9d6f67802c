"""Which events and messages were seen: Slack delivers an event again when it is not sure that it arrived, another event
for each version of a message, and all of them to any replica."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, and_, or_, select, update

from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.schema import seen_event

TAKEN_MAX = timedelta(seconds=2)
"""So long whoever took a message has it alone; then its process is taken for dead. If it was only slow, what it did is
rolled back: `mark_done` is part of it."""

RETENTION = timedelta(hours=24)
"""Longer than Slack retries (6 minutes; 24 hours with Delayed Events). Source: docs.slack.dev, events api."""


class SeenEvents:
    """Seen events within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark_event_seen(self, event_id: str, now: datetime) -> bool:
        """Whether this event comes for the first time; it is remembered from now on. A message is remembered likewise,
        by its workspace, channel and `ts`."""
        query = insert(self._connection, seen_event).values(id=event_id, seen_at=now).on_conflict_do_nothing()
        # Only a row that was inserted is returned, so that of two replicas one sees it as new.
        return self._connection.execute(query.returning(seen_event.c.id)).first() is not None

    def take(self, event_id: str, now: datetime) -> Literal["taken", "busy", "done"]:
        """Takes a message to handle it: `busy` where another process has taken it a moment ago, `done` where it is
        handled."""
        row = {"id": event_id, "seen_at": now, "done": False}
        added = insert(self._connection, seen_event).values(**row).on_conflict_do_nothing().returning(seen_event.c.id)
        if self._connection.execute(added).first() is not None:
            return "taken"
        lost = or_(seen_event.c.seen_at <= now - TAKEN_MAX, seen_event.c.seen_at > now + TAKEN_MAX)
        again = update(seen_event).where(and_(seen_event.c.id == event_id, seen_event.c.done.is_(False), lost))
        if self._connection.execute(again.values(seen_at=now)).rowcount:
            return "taken"
        done = self._connection.execute(select(seen_event.c.done).where(seen_event.c.id == event_id)).scalar()
        return "done" if done else "busy"

    def mark_done(self, event_id: str, taken_at: datetime | None) -> bool:
        """A message that was taken at an instant is handled: what it asks for is done, or owed. False where another
        process has taken it since."""
        own = and_(seen_event.c.id == event_id, seen_event.c.seen_at == taken_at)
        return self._connection.execute(update(seen_event).where(own).values(done=True)).rowcount == 1

    def mark_seen_again(self, event_id: str, now: datetime) -> None:
        """Writes in any case, also for an event that was seen before."""
        query = insert(self._connection, seen_event).values(id=event_id, seen_at=now)
        self._connection.execute(query.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))

    def delete_before(self, now: datetime, most: int) -> int:
        """Forgets those that Slack does not deliver again; how many, at most so many."""
        some = select(seen_event.c.id).where(seen_event.c.seen_at < now - RETENTION).limit(most)
        return delete_found(self._connection, seen_event, some)
