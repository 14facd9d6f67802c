"""All that is stored of a workspace is given out and deleted, whatever tables there are, on both databases."""

from typing import Any

from sqlalchemy import Boolean, Integer, LargeBinary, Table

from bot.store.dialect import UtcDateTime
from bot.store.schema import METADATA, default_brief, installation
from bot.store.store import Store
from bot.store.workspace_data import OF_ROWS, TABLES
from tests.installations import installed
from tests.store.moments import NOW, later, rows

TEAMS = ("T1", "T2")
WITH_TEAM = [each for each in METADATA.sorted_tables if "team" in each.c]


def a_row(table: Table, number: int, team: str) -> dict[str, Any]:
    """A row of any table, with a number where numbers are, or a short text."""
    values: dict[type, Any] = {Integer: number, Boolean: True, UtcDateTime: NOW, LargeBinary: b"x"}
    made = {each.name: values.get(type(each.type), f"x{number}") for each in table.columns}
    return {**made, **({"team": team} if "team" in table.c else {})}


def fill(store: Store) -> None:
    with store.transaction() as tx:
        for table in METADATA.sorted_tables:
            if table in (*WITH_TEAM, *OF_ROWS):
                for number, team in enumerate(TEAMS, 1):
                    row = a_row(table, number, team) | ({OF_ROWS[table].name: number} if table in OF_ROWS else {})
                    tx.connection.execute(table.insert().values(**row))


def test_every_table_of_workspaces_is_given_out_without_tokens(store: Store) -> None:
    fill(store)
    with store.snapshot() as tx:
        found = tx.workspace_data.rows("T1")
        assert tx.workspace_data.rows("T3") == {}
    assert {*found} == {each.name for each in (*WITH_TEAM, *OF_ROWS)}
    assert {row["team"] for (row,) in found.values() if "team" in row} == {"T1"}
    assert [found[table.name][0][row.name] for table, row in OF_ROWS.items()] == [1, 1]
    assert not {"token", "refresh_token"} & {*found["installation"][0]}


def test_what_belongs_to_a_workspace_is_deleted_a_little_at_a_time_and_nothing_else(store: Store) -> None:
    fill(store)
    before = {each.name: [row for row in rows(store, each) if "T2" in row] for each in TABLES}
    counts = list[int]()
    while not counts or counts[-1]:
        with store.transaction() as tx:
            counts.append(tx.workspace_data.delete("T1", 4))
    assert (sum(counts), max(counts)) == (len(TABLES), 4)
    assert {each.name: rows(store, each) for each in TABLES} == before
    assert [[getattr(row, of.name) for row in rows(store, table)] for table, of in OF_ROWS.items()] == [[2], [2]]
    assert len(rows(store, installation)) == 2


def test_a_stamp_of_a_row_that_was_deleted_does_not_come_again(store: Store) -> None:
    def choose(team: str) -> int:
        with store.transaction() as tx:
            tx.subscriptions.set_default_brief("ferries", team=team, enterprise=None, channel="C1")
        return int(max(row.stamp for row in rows(store, default_brief)))

    assert [choose("T1"), choose("T2")] == [1, 2]
    with store.transaction() as tx:
        tx.workspace_data.delete("T2", 9)
        tx.workspace_data.delete("T1", 9)
    assert choose("T3") == 3
    with store.transaction() as tx:
        tx.installations.put(installed("T1"))
        tx.installations.mark_removed("T1", NOW)
        assert tx.installations.removed_before(later(seconds=1)) == ["T1"]
        tx.installations.delete("T1")
        tx.installations.put(installed("T2"))
        assert [stamp for stamp, _ in tx.installations.since(2)] == [3]
