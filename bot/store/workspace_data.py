"""All that is stored of a workspace: to give it out, or to delete it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, Table, select, union

from bot.store.deletion import delete_found
from bot.store.schema import (
    METADATA,
    ask,
    ask_notice,
    default_brief,
    installation,
    posted_claim,
    posted_message,
    workspace,
)
from bot.store.stamps import keep_stamp


class ForeignRow(NamedTuple):
    """A row of another table, by its id in a column."""

    table: Table
    name: str


APART = (workspace, installation)
TABLES = (
    workspace,
    *(each for each in METADATA.sorted_tables if "team" in each.c and each not in APART),
)
"""Whose rows each belong to a workspace. What belongs to a row of theirs is deleted with it. That which says why the
workspace is stopped is the last to be deleted."""

OF_ROWS: Mapping[Table, ForeignRow] = {
    posted_claim: ForeignRow(posted_message, "message_id"),
    ask_notice: ForeignRow(ask, "ask_id"),
}
"""Tables whose rows belong to a row of those, by which column: they are deleted with it."""

SECRET = frozenset({"token", "refresh_token"})


class WorkspaceData:
    """Rows of workspaces within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, team: str) -> dict[str, list[dict[str, Any]]]:
        """The rows by table, in the order of their keys, without tokens; tables without any are left out."""
        by_table = {table.name: self._connection.execute(query) for table, query in _queries(team)}
        found = {name: [_public(row) for row in rows] for name, rows in by_table.items()}
        return {name: rows for name, rows in found.items() if rows}

    def delete(self, team: str, most: int) -> int:
        """Deletes rows, of all tables but that of installations; how many, at most so many."""
        left = most
        keep_stamp(self._connection, default_brief)
        for table in reversed(TABLES):
            found = select(*table.primary_key.columns).where(table.c.team == team).limit(left)
            left -= delete_found(self._connection, table, found)
            if left <= 0:
                break
        return most - left

    def teams_of(self, organisation: str) -> list[str]:
        """The workspaces of an organisation that something is stored of and that have no installation of their own."""
        of = (select(each.c.team).where(each.c.enterprise == organisation) for each in TABLES if "enterprise" in each.c)
        own = {row.team for row in self._connection.execute(select(installation.c.team))}
        return sorted({row.team for row in self._connection.execute(union(*of))} - own)


def _queries(team: str) -> Iterator[tuple[Table, Select[Any]]]:
    for table in (*TABLES, installation):
        yield table, _ordered(table).where(table.c.team == team)
    for table, row in OF_ROWS.items():
        theirs = select(row.table.c.id).where(row.table.c.team == team)
        yield table, _ordered(table).where(table.c[row.name].in_(theirs))


def _ordered(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns)


def _public(row: Row[Any]) -> dict[str, Any]:
    return {key: value for key, value in row._mapping.items() if key not in SECRET}
