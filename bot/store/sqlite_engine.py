"""Engines of SQLite files: their rights, and what each connection is told."""

import logging
import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from bot.errors import SettingsError
from bot.store import patience
from bot.store.failures import NOT_WRITABLE, hide_details
from bot.supported import SQLITE_REMEDY, why_sqlite_not

logger = logging.getLogger(__name__)

BUSY_S = 30.0
# SQLite forgets these with each connection, and checks no foreign key unless it is told to.
PRAGMAS = ("synchronous=NORMAL", "foreign_keys=ON")

COMPANIONS = ("", "-wal", "-shm")
"""What SQLite appends to a database's path for the files beside it; it gives them the rights of the database."""

OTHERS = 0o077


def sqlite_engine(url: URL, *, pool_size: int, max_overflow: int) -> Engine:
    """Creates the file and its directory, where they are missing. Raises: SettingsError."""
    _create(file_path(url))
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=pool_size, max_overflow=max_overflow, hide_parameters=True
    )
    hide_details(engine)
    event.listen(engine, "connect", _prepare)
    return engine


def file_path(url: URL) -> Path:
    """The path that an address names. Raises: SettingsError for one without, or where SQLite is too old."""
    if reason := why_sqlite_not():
        raise SettingsError(f"{reason}; {SQLITE_REMEDY}, or Postgres (BRIEFBOT_DATABASE_URL=postgresql://…)")
    name = url.database or ""
    if name in ("", ":memory:") or name.startswith("file:") or url.host:
        raise SettingsError("BRIEFBOT_DATABASE_URL contains no file path; e.g. sqlite:///var/briefbot.db")
    return Path(name)


def _create(path: Path) -> None:
    """The file contains what people asked and who follows what, so it is its owner's alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{path.parent}: {_reason(error)}") from None
    try:
        # Never opened where it exists: closing it again would end the locks that SQLite holds on it in this process.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        _take_over(path)
    except OSError as error:
        raise SettingsError(f"{path}: {_reason(error)}; {NOT_WRITABLE.remedy}") from None


def _take_over(path: Path) -> None:
    if not path.is_file():
        raise SettingsError(f"{path} is no file; name another path in BRIEFBOT_DATABASE_URL")
    if not (_may(path, os.R_OK | os.W_OK) and _may(path.parent, os.W_OK | os.X_OK)):
        raise SettingsError(f"{path} cannot be written; {NOT_WRITABLE.remedy}")
    for each in (Path(f"{path}{suffix}") for suffix in COMPANIONS):
        try:
            if each.stat().st_mode & OTHERS:
                each.chmod(each.stat().st_mode & ~OTHERS & 0o777)
        except FileNotFoundError:
            pass
        except OSError as error:
            logger.warning("others may read %s, and that cannot be changed: %s", each, _reason(error))


def _may(path: Path, rights: int) -> bool:
    return os.access(path, rights, effective_ids=os.access in os.supports_effective_ids)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _prepare(connection: Any, _: object) -> None:
    # SQLite fails a transaction that turns from reading to writing behind another writer, without waiting.
    connection.isolation_level = "IMMEDIATE"
    wait_for_locks(connection)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)
    connection.execute(f"PRAGMA busy_timeout={BUSY_S * 1000:.0f}")


def wait_for_locks(connection: Any) -> None:
    """Makes a connection wait for locks for as long as this thread's patience lasts."""
    connection.execute(f"PRAGMA busy_timeout={_wait_s() * 1000:.0f}")


def _wait_s() -> float:
    left = patience.remaining_s()
    return BUSY_S if left is None else min(left, BUSY_S)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Of processes that open a new file at once SQLite lets some fail, whatever `busy_timeout` says."""
    ends = time.monotonic() + _wait_s()
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(0.01)
        else:
            return
