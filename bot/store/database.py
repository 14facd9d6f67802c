"""Opens the database: one engine, its transactions, its migrations."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from bot.errors import SettingsError
from bot.store.connection_limits import limit_sessions

BUSY_MS = 30_000
POOL = 30
SUBSEC_SINCE = (3, 42)
"""SQLite's first version with `unixepoch('subsec')`, which the engine of jobs asks for on Python 3.12 and newer."""

# SQLite forgets these with each connection, and checks no foreign key unless it is told to.
PRAGMAS = (f"busy_timeout={BUSY_MS}", "synchronous=NORMAL", "foreign_keys=ON")


def connect(url: str) -> Engine:
    """The engine for a database URL; creates the directory of a SQLite file. Raises: SettingsError for a URL that
    is not valid or not supported."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError(
            "BRIEFBOT_DATABASE_URL is not a valid database URL; e.g. sqlite:///var/briefbot.db, postgresql://user@host/name"
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            supported(sys.version_info[:2], sqlite3.sqlite_version_info[:2])
            return _sqlite(parsed.database or "", parsed.render_as_string(hide_password=False))
        case "postgresql":
            # Pre-ping: a connection that a restarted server has closed is replaced before it is used.
            engine = create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_size=POOL,
                max_overflow=POOL,
                pool_pre_ping=True,
            )
            limit_sessions(engine)
            return engine
        case other:
            raise SettingsError(
                f'BRIEFBOT_DATABASE_URL begins with "{other}"; only sqlite and postgresql are supported'
            )


def supported(python: tuple[int, ...], sqlite: tuple[int, ...]) -> None:
    """Raises: SettingsError for a pair of versions on which jobs would fail at their first start."""
    if python >= (3, 12) and sqlite < SUBSEC_SINCE:
        version, needed = ".".join(map(str, sqlite)), ".".join(map(str, SUBSEC_SINCE))
        raise SettingsError(
            f"SQLite {version} is too old for Python {'.'.join(map(str, python))}, which needs {needed} or newer; "
            "use Python 3.11, a newer SQLite, or Postgres (BRIEFBOT_DATABASE_URL=postgresql://…)"
        )


def _sqlite(path: str, url: str) -> Engine:
    if path in ("", ":memory:"):
        raise SettingsError("BRIEFBOT_DATABASE_URL contains no file path; e.g. sqlite:///var/briefbot.db")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{Path(path).parent}: {(error.strerror or str(error)).lower()}") from None
    engine = create_engine(url, poolclass=QueuePool, pool_size=POOL, max_overflow=POOL)

    @event.listens_for(engine, "connect")
    def prepared(connection: Any, _: object) -> None:
        # SQLite fails a transaction that turns from reading to writing behind another writer, without waiting.
        connection.isolation_level = "IMMEDIATE"
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        _journal(connection)

    return engine


def _journal(connection: sqlite3.Connection) -> None:
    """Writes ahead. Of processes that open a new file at once SQLite lets some fail, whatever `busy_timeout` says."""
    ends = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; rolled back if anything is raised. On SQLite it takes the write lock at once, so
    that what it reads stays true."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Reads one state of the database, that of its first query, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
        connection.rollback()


def migrate(engine: Engine) -> None:
    """Brings the tables up to date; two processes may try at the same time. Raises: SettingsError."""
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                # Released with the transaction. 42 begins all our advisory locks (bot/jobs/process_lease.py).
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(42, 0)")
            config = Config()
            config.set_main_option("script_location", "bot.store:migrations")
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (DatabaseError, NoSuchModuleError) as error:
        raise SettingsError(
            f"the database cannot be opened ({_first_line(error)}); check BRIEFBOT_DATABASE_URL"
        ) from None


def _first_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().splitlines()[0]
