"""Questions that found nothing, counted: what briefs may lack. Who asked is never kept."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.deletion import delete_found
from bot.store.dialect import insert
from bot.store.schema import unanswered_query

WORDS_MAX = 120


class UnansweredQueries:
    """Unanswered queries within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, team: str, query: str, at: datetime) -> None:
        """Counts one query that found nothing, by its words without case and extra spaces, cut to `WORDS_MAX`. Queries
        of one second share a row."""
        words = " ".join(query.casefold().split())[:WORDS_MAX]
        row = {"team": team, "asked_at": _second(at), "words": words, "count": 1}
        statement = insert(self._connection, unanswered_query).values(**row)
        more = {"count": unanswered_query.c.count + 1}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["team", "asked_at", "words"], set_=more)
        )

    def counts(self, team: str, since: datetime, until: datetime) -> Counter[str]:
        """How often each query found nothing in a workspace in `[since, until)`, both cut to whole seconds: windows
        that follow each other count every query once. Those that were asked equally often are in alphabetical order."""
        window = (
            unanswered_query.c.team == team,
            unanswered_query.c.asked_at >= _second(since),
            unanswered_query.c.asked_at < _second(until),
        )
        total = func.sum(unanswered_query.c.count).label("total")
        rows = self._connection.execute(
            select(unanswered_query.c.words, total).where(*window).group_by(unanswered_query.c.words)
        )
        # Sorted here: databases sort letters each in its own way.
        return Counter(dict(sorted((row.words, row.total) for row in rows)))

    def delete_before(self, before: datetime, most: int) -> int:
        """Deletes the counts of queries before an instant; how many, at most so many."""
        some = select(*unanswered_query.primary_key.columns).where(unanswered_query.c.asked_at < before).limit(most)
        return delete_found(self._connection, unanswered_query, some)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
