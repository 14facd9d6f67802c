"""Fixtures of the tests of handlers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store.schema import METADATA
from bot.store.store import Store
from tests.conftest import members
from tests.databases import Databases, opened
from tests.handlers.desk import Desk, ferries, harbour


@pytest.fixture(params=members(["sqlite", "postgres"], "postgres"))
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Both kinds; in the gate Postgres alone, as all other tests of handlers run on SQLite."""
    found: Databases = request.getfixturevalue(request.param)
    yield found
    found.forget()


@pytest.fixture(scope="session")
def emptied(sqlite: Databases) -> Iterator[Engine]:
    """One for all desks, as an engine compiles each statement anew."""
    with opened(sqlite.migrated()) as engine:
        yield engine


@pytest.fixture
def desk(emptied: Engine, tmp_path: Path) -> Desk:
    """With two published briefs, on SQLite."""
    with emptied.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        connection.exec_driver_sql("DELETE FROM sqlite_sequence")
    return Desk(tmp_path / "briefs", Store(emptied), ferries(0), harbour(0))
