"""Which events and messages were seen: Slack delivers an event again when it is not sure that it arrived, another event
for each version of a message, and all of them to any replica."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.store.dialect import insert
from bot.store.schema import seen_event

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

    def mark_seen_again(self, event_id: str, now: datetime) -> None:
        """Writes in any case, also for an event that was seen before."""
        query = insert(self._connection, seen_event).values(id=event_id, seen_at=now)
        self._connection.execute(query.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))

    def forget(self, event_id: str) -> None:
        """It was not handled after all, and is new when it comes again."""
        self._connection.execute(delete(seen_event).where(seen_event.c.id == event_id))

    def delete_before(self, now: datetime) -> None:
        """Forgets those that Slack does not deliver again."""
        self._connection.execute(delete(seen_event).where(seen_event.c.seen_at < now - RETENTION))
