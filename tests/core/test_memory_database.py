"""SQLite in memory."""

import gc
import sqlite3

import pytest

from bot.core.memory_database import memory_database


class Owner:
    """One that is only found by the collector of cycles."""

    def __init__(self) -> None:
        self.me = self


def test_it_is_closed_when_its_owner_is_gone() -> None:
    """Python 3.13 and newer warn of one that is not."""
    owner = Owner()
    connection = memory_database(owner)
    assert connection.execute("SELECT 1").fetchone() == (1,)
    del owner
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
