"""Numbers of digests: they stand in keys of deliveries, in posts and in buttons, so that none is given twice."""

from sqlalchemy import Connection, and_, func, select

from bot.store.schema import delivery, digest, posted_message


def newest_number(connection: Connection) -> int:
    """The highest number; 0 where there is none. The row that has it must not be deleted: SQLite would give its number
    again."""
    return connection.execute(select(func.max(digest.c.id))).scalar() or 0


def unused_number(connection: Connection, team: str, channel: str) -> int | None:
    """A number for a digest of a channel that none has had, as far as is known: earlier versions have deleted the
    newest row. None where the database itself never gives a number twice."""
    if connection.dialect.name != "sqlite":
        return None
    number = max(newest_number(connection), _newest_in_posts(connection, team, channel)) + 1
    while _is_in_keys(connection, number):
        number += 1
    return number


def _newest_in_posts(connection: Connection, team: str, channel: str) -> int:
    """Of the channel alone: a button shows no other's digests."""
    here = and_(posted_message.c.team == team, posted_message.c.channel == channel)
    query = select(func.max(func.json_extract(posted_message.c.content, "$.digest"))).where(here)
    return connection.execute(query.where(posted_message.c.content.startswith('{"kind": "digest",'))).scalar() or 0


def _is_in_keys(connection: Connection, number: int) -> bool:
    # All that begin with it: `}` comes after `|`.
    theirs = and_(delivery.c.key >= f"digest|{number}|", delivery.c.key < f"digest|{number}}}")
    return connection.execute(select(delivery.c.id).where(theirs).limit(1)).first() is not None
