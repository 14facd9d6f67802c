"""docs/privacy.md names every table and every column that belongs to a workspace, and what it tells to run works."""

import re

import pytest
from sqlalchemy import Connection, Table, text

from bot.core.retention import Retention
from bot.store.schema import METADATA
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.store.backups import fill

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
ROWS = {row[0]: row[1] for row in re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \| ", PAGE, re.MULTILINE)}

PERSON, TEAM = "U012AB3CD", "T012AB3CD"
PEOPLE = ("reporter", "created_by", "changed_by", "chosen_by", "installed_by")
"""Columns with a person's id."""


def belongs_to_a_workspace(table: Table) -> bool:
    return "team" in table.columns or any(name.endswith("_by") for name in table.columns.keys())  # noqa: SIM118


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_table_is_named_and_every_column_of_a_workspace(table: Table) -> None:
    named = re.findall(r"`(\w+)`", ROWS.get(table.name, ""))
    if belongs_to_a_workspace(table):
        assert named == [column.name for column in table.columns]
    else:
        assert f"`{table.name}`" in PAGE


def test_the_page_names_no_table_that_there_is_not() -> None:
    assert set(ROWS) <= set(METADATA.tables)


def test_the_days_are_those_of_the_settings() -> None:
    kept = Retention()
    assert f"{kept.posts.days} for posts, {kept.deliveries.days} for\ndeliveries, {kept.questions.days} for" in PAGE


def test_a_person_is_forgotten_as_the_page_tells(databases: Databases) -> None:
    told = {"content": f'{{"by":"{PERSON}"}}', "state": "sent", **dict.fromkeys(PEOPLE, PERSON), "team": TEAM}
    with opened(databases.clean()) as engine:
        fill(engine)
        with engine.begin() as connection:
            for table in METADATA.sorted_tables:
                if belongs_to_a_workspace(table):
                    values = {name: value for name, value in told.items() if name in table.columns}
                    connection.execute(table.update().where(table.c.team.startswith("1")).values(**values))
            assert len(naming(connection)) > len(PEOPLE)
            for statement in re.findall(r"^(?:DELETE|UPDATE)[^;]+", PAGE, re.MULTILINE):
                connection.execute(text(statement))
            assert naming(connection) == []


def naming(connection: Connection) -> list[str]:
    """The tables with a row in which the person stands."""
    tables = METADATA.sorted_tables
    return [each.name for each in tables for row in connection.execute(each.select()) if PERSON in str(row)]
