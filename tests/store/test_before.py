"""A database that an earlier version left is restored and opened, on both kinds."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text

from bot.store.database import migrate
from tests import before
from tests.databases import Databases, opened


@pytest.fixture
def earlier(databases: Databases) -> Iterator[Engine]:
    """The engine of a database as the earlier version left it."""
    with opened(databases.empty()) as engine:
        before.restore(engine)
        yield engine


def row_counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds, the job engine's own tables among them."""
    names = inspect(engine).get_table_names()
    if engine.dialect.name == "postgresql":
        names += [f"dbos.{name}" for name in inspect(engine).get_table_names(schema="dbos")]
    with engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}  # noqa: S608


def test_the_database_of_an_earlier_version_is_restored_whole(earlier: Engine, databases: Databases) -> None:
    assert row_counts(earlier) == before.read("contents")["rows"][databases.kind]


def test_migrations_keep_every_row(earlier: Engine, databases: Databases) -> None:
    migrate(earlier)
    assert row_counts(earlier) == before.read("contents")["rows"][databases.kind]


def test_every_post_that_the_database_refers_to_is_in_its_workspace() -> None:
    workspaces = before.workspaces(lambda: 0.0)
    places = before.read("contents")["channels"]
    lost = [
        (channel, post["ts"])
        for channel, place in places.items()
        for post in place["posted"]
        if workspaces[place["team"]].state.messages.get(channel, post["ts"]) is None
    ]
    assert lost == []
    assert sum(len(place["posted"]) for place in places.values()) == before.read("contents")["rows"]["sqlite"]["shown"]
