"""Fixtures of the tests of handlers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.store import Store
from tests.databases import Databases, opened
from tests.handlers.desk import Desk, ferries, harbour


@pytest.fixture
def desk(sqlite: Databases, tmp_path: Path) -> Iterator[Desk]:
    """With two published briefs, on SQLite."""
    with opened(sqlite.migrated()) as engine:
        yield Desk(tmp_path / "briefs", Store(engine), ferries(0), harbour(0))
