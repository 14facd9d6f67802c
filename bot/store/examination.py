"""Looks at a database as a start would, and leaves it as it is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseFailureError
from bot.store import patience
from bot.store.database import connect, parsed_url
from bot.store.failures import NOT_WRITABLE, POSTGRES_KINDS, hide_details, translated
from bot.store.sqlite_engine import file_path
from bot.store.upgrade import examine, newest_version

WAIT = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """`version` is that of its tables, None where it has none yet; `newest` the one that this briefbot works with."""

    version: str | None
    newest: str


def look_at_database(url: str) -> DatabaseState:
    """What a start would find; the database takes writes, too. Raises: SettingsError for an address that is wrong,
    DatabaseFailureError for what a start would end with."""
    parsed = parsed_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _look(connect(url))
    path = file_path(parsed)
    if not path.exists():
        _require_room(path)
        return DatabaseState(None, newest_version())
    if not path.is_file():
        raise DatabaseFailureError(f"{path} is no file", "name another path in BRIEFBOT_DATABASE_URL")
    return _look(_untouched(path))


def _look(engine: Engine) -> DatabaseState:
    try:
        with translated(), patience.within(WAIT), _writer(engine) as connection:
            return DatabaseState(examine(connection), newest_version())
    finally:
        engine.dispose()


@contextmanager
def _writer(engine: Engine) -> Iterator[Connection]:
    """A transaction that could write, and is given up."""
    with engine.connect() as connection, connection.begin() as transaction:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on":
            raise DatabaseFailureError("it takes no writes", POSTGRES_KINDS["25006"].remedy)
        yield connection
        transaction.rollback()


def _untouched(path: Path) -> Engine:
    """Of a SQLite file whose rights and mode stay as they are."""
    file = f"file:{quote(str(path.absolute()))}?mode=rw"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(
            file, uri=True, timeout=WAIT.total_seconds(), isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=open_file, poolclass=NullPool, hide_parameters=True)
    hide_details(engine)
    return engine


def _require_room(path: Path) -> None:
    """Raises: DatabaseFailureError where a file, and the directories that lead to it, cannot be made."""
    nearest = next(each for each in path.absolute().parents if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise DatabaseFailureError(f"{path} cannot be made", NOT_WRITABLE.remedy)
