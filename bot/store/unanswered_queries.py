"""Questions that found nothing, counted: what briefs may lack. Who asked is never kept."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.store.schema import unanswered_query
from bot.store.store import insert

WORDS_MAX = 120


def add(connection: Connection, asked: Mapping[tuple[str, str], int], at: datetime) -> None:
    """Counts questions, by (team, words)."""
    rows = [{"team": team, "asked_at": at, "words": words, "count": count} for (team, words), count in asked.items()]
    if rows:
        query = insert(connection, unanswered_query)
        more = {"count": unanswered_query.c.count + query.excluded.count}
        connection.execute(query.on_conflict_do_update(index_elements=["team", "asked_at", "words"], set_=more), rows)


def counts(connection: Connection, team: str, since: datetime, until: datetime) -> Counter[str]:
    """How often each was asked in a workspace in `[since, until)`."""
    window = (
        unanswered_query.c.team == team,
        unanswered_query.c.asked_at >= since,
        unanswered_query.c.asked_at < until,
    )
    total = func.sum(unanswered_query.c.count).label("total")
    found = connection.execute(
        select(unanswered_query.c.words, total).where(*window).group_by(unanswered_query.c.words)
    )
    return Counter({row.words: row.total for row in found})


def delete_before(connection: Connection, before: datetime) -> None:
    """Deletes what was asked before an instant."""
    connection.execute(delete(unanswered_query).where(unanswered_query.c.asked_at < before))
