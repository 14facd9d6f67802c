"""Who changed what a channel follows, and when: counted for a day, so that nobody does it without end."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.store.deletion import delete_found
from bot.store.nth_newest import nth_newest
from bot.store.schema import channel_change


class ChannelChanges:
    """Changes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, team: str, author: str, at: datetime) -> None:
        """Somebody makes a change, in the transaction of that."""
        self._connection.execute(insert(channel_change).values(team=team, author=author, changed_at=at))

    def nth_newest(self, team: str, user: str | None, n: int) -> datetime | None:
        """When the n-th newest change (from 1) of a person, of the whole workspace for None, was made; None: there are
        fewer."""
        table = channel_change
        return nth_newest(self._connection, table.c.changed_at, table.c.team == team, table.c.author, user, n)

    def delete_before(self, before: datetime, most: int) -> int:
        """Forgets changes that were made before an instant; how many, at most so many."""
        some = select(channel_change.c.id).where(channel_change.c.changed_at < before).limit(most)
        return delete_found(self._connection, channel_change, some)
