"""Which conversations the bot has said its welcome in."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store.dialect import insert
from bot.store.schema import welcome


class Welcomes:
    """Welcomes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark_welcomed(self, team: str, channel: str, now: datetime) -> bool:
        """Whether a channel or direct conversation is welcomed for the first time; it is remembered for good."""
        query = insert(self._connection, welcome).values(team=team, channel=channel, welcomed_at=now)
        # Only a row that was inserted is returned, so that of two replicas one says it.
        rows = self._connection.execute(query.on_conflict_do_nothing().returning(welcome.c.team))
        return rows.first() is not None
