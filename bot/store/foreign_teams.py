"""What earlier versions stored under workspaces that the bot has no token for: it is kept, and does nothing."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, select, union, update

from bot.store.channel_moves import Place
from bot.store.dialect import insert
from bot.store.outbox import is_to_send
from bot.store.schema import (
    default_brief,
    delivery,
    digest_cursor,
    digest_schedule,
    live_thread,
    posted_message,
    subscription,
    workspace,
)

NO_TOKEN = "no_token"  # noqa: S105
"""Why such a workspace is stopped: nothing is sent to it. Some of its channels may turn out to be ours."""

FOREIGN = "foreign"
"""None of its channels is ours, as far as Slack says: nothing is owed to it any more."""

REMOVED = "app_uninstalled"
"""It has removed the bot: it may install it again, and nothing of it is anybody else's."""

FOR_WANT_OF_A_TOKEN = (NO_TOKEN, FOREIGN, REMOVED, "team_access_not_granted")
"""The last is Slack's: the token is one for many workspaces, of which this is none."""

OF_CHANNELS = (subscription, digest_schedule, default_brief, posted_message, live_thread)


COUNTED = {
    "subscription": subscription,
    "digest": digest_schedule,
    "default brief": default_brief,
    "post": posted_message,
}
"""By the name of one."""


class ForeignTeams:
    """Workspaces without a token within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self, ours: Collection[str]) -> None:
        """From now on nothing is sent to workspaces that are not among ours, and have rows all the same."""
        found = union(*(select(table.c.team) for table in (*OF_CHANNELS, digest_cursor)), _owed())
        for team in sorted({row.team for row in self._connection.execute(found)} - {*ours}):
            row = insert(self._connection, workspace).values(team=team, stopped=NO_TOKEN)
            # What is known of it stays known.
            known = func.coalesce(workspace.c.stopped, "").not_in([FOREIGN, REMOVED])
            self._connection.execute(
                row.on_conflict_do_update(index_elements=["team"], set_={"stopped": NO_TOKEN}, where=known)
            )

    def unmark(self, ours: Collection[str]) -> list[str]:
        """Workspaces of ours that were stopped for want of a token go on; gives these."""
        stopped = self._stopped_by(*FOR_WANT_OF_A_TOKEN) & {*ours}
        self._connection.execute(update(workspace).where(workspace.c.team.in_(stopped)).values(stopped=None))
        return sorted(stopped)

    def places(self) -> list[Place]:
        """The channels under such workspaces that something is stored of."""
        # Asked first, as there are none in almost every database, and posts are many.
        if not (teams := self._stopped_by(NO_TOKEN, FOREIGN)):
            return []
        found = union(
            *(select(table.c.team, table.c.channel).where(_has_something(table, teams)) for table in OF_CHANNELS)
        )
        return sorted(Place(row.team, row.channel) for row in self._connection.execute(found))

    def settle(self, teams: Collection[str]) -> None:
        """None of the channels of these workspaces is ours."""
        here = and_(workspace.c.team.in_(teams), workspace.c.stopped == NO_TOKEN)
        self._connection.execute(update(workspace).where(here).values(stopped=FOREIGN))

    def foreign(self) -> set[str]:
        """The workspaces that nothing is owed to."""
        return self._stopped_by(FOREIGN)

    def _stopped_by(self, *why: str) -> set[str]:
        return {row.team for row in self._connection.execute(_stopped_by(*why))}

    def kept(self) -> tuple[tuple[int, str], ...]:
        """How many of each are kept and do nothing, as (number, name of one); those of which there is none are left
        out."""
        if not (teams := self._stopped_by(NO_TOKEN, FOREIGN)):
            return ()
        numbers = ((self._count(table, teams), name) for name, table in COUNTED.items())
        return tuple(each for each in numbers if each[0])

    def _count(self, table: Table, teams: set[str]) -> int:
        query = select(func.count()).select_from(table).where(_has_something(table, teams))
        return int(self._connection.execute(query).scalar_one())


def is_foreign(team: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition of rows of workspaces that nothing is owed to."""
    return team.in_(_stopped_by(FOREIGN))


def _stopped_by(*why: str) -> Select[tuple[str]]:
    return select(workspace.c.team).where(workspace.c.stopped.in_(why))


def _owed() -> Select[tuple[str]]:
    return select(delivery.c.team).where(is_to_send())


def _has_something(table: Table, teams: set[str]) -> ColumnElement[bool]:
    of_others = table.c.team.in_(sorted(teams))
    return and_(of_others, table.c.slug.is_not(None)) if table is default_brief else of_others
