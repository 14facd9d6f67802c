"""How many deliveries a workspace or a channel has, of those that are not done with: all that were ever sent are never
counted."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, select

from bot.core.delivery.content import Kind
from bot.store.outbox import DUE, OPEN, UNSETTLED, State, in_states
from bot.store.schema import delivery

# As its index has it: SQLite compares with 1 what is a boolean to SQLAlchemy.
RESENT: ColumnElement[bool] = literal_column("resent_blindly")


class DeliveryCounts:
    """Counts within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_state(self, team: str, kinds: Collection[Kind] | None = None) -> Counter[State]:
        """How many deliveries of a workspace are in which of the `UNSETTLED` states; of these kinds, or of all for
        None."""
        query = _counted(delivery.c.state).where(delivery.c.team == team)
        if kinds is not None:
            query = query.where(delivery.c.kind.in_(kinds))
        return self._by_value(query.group_by(delivery.c.state))

    def of_all(self) -> Counter[State]:
        """How many deliveries of all workspaces are in which of the `UNSETTLED` states."""
        return self._by_value(_counted(delivery.c.state).group_by(delivery.c.state))

    def oldest_due(self) -> datetime | None:
        """When the oldest delivery was due that is to be sent as soon as it is; None where there is none."""
        query = select(func.min(delivery.c.due_at)).where(in_states(OPEN), delivery.c.state.in_(DUE))
        return self._connection.execute(query).scalar()

    def open_in(self, team: str, channel: str, kinds: Collection[Kind]) -> int:
        """How many deliveries of these kinds are still to be sent to a channel."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.kind.in_(kinds))
        counts = self._by_value(_counted(delivery.c.state).where(here).group_by(delivery.c.state))
        return sum(counts[state] for state in OPEN)

    def dead_by_error(self, team: str, since: datetime, until: datetime) -> Counter[str]:
        """How many deliveries of a workspace that were due in `[since, until)` failed for good, by Slack's error."""
        window = and_(_is_dead(team), delivery.c.due_at >= since, delivery.c.due_at < until)
        return self._by_value(_counted(delivery.c.error).where(window).group_by(delivery.c.error))

    def dead(self, team: str, error: str) -> int:
        """How many deliveries of a workspace failed for good because of this error."""
        return self._by_value(_counted(delivery.c.error).where(_is_dead(team)).group_by(delivery.c.error))[error]

    def resent(self, team: str) -> int:
        """How many messages of a workspace were sent again without knowing whether the first arrived."""
        query = select(func.count()).select_from(delivery).where(delivery.c.team == team, RESENT)
        return self._connection.execute(query).scalar() or 0

    def edited(self, team: str, since: datetime) -> int:
        """How many posts of a workspace were edited after an instant, by its last attempt, because of a correction."""
        attempted = and_(delivery.c.queue == "update", delivery.c.team == team, delivery.c.attempt_at > since)
        sent = and_(delivery.c.kind == "edit", delivery.c.state == "sent")
        query = select(func.count()).select_from(delivery).where(attempted, sent)
        return self._connection.execute(query).scalar() or 0

    def _by_value(self, query: Select[Any]) -> Counter[Any]:
        return Counter({row[0]: row[1] for row in self._connection.execute(query)})


def _counted(column: ColumnElement[Any]) -> Select[Any]:
    """Of a condition on the state alone the database sees that a partial index holds all of these."""
    return select(column, func.count()).where(in_states(UNSETTLED))


def _is_dead(team: str) -> ColumnElement[bool]:
    return and_(delivery.c.team == team, delivery.c.state == "dead")
