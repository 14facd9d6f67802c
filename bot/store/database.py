"""Opens the database: one engine, its transactions, its migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import DatabaseFailureError, NotYetError, SettingsError, UnconfirmedTransactionError
from bot.store import patience, upgrade
from bot.store.failures import first_line, translated
from bot.store.postgres_engine import limit_statements, postgres_engine
from bot.store.sqlite_engine import sqlite_engine, wait_for_locks

POOL, OVERFLOW = 30, 50
DRIVERS = {
    "sqlite": sqlite_engine,
    "sqlite+pysqlite": sqlite_engine,
    "postgresql": postgres_engine,
    "postgresql+psycopg": postgres_engine,
    "postgresql+psycopg2": postgres_engine,
}
"""By what an address begins with. That of the other driver for Postgres is common, and says the same."""

COMMIT_WAIT = timedelta(seconds=1)
"""At least: what is given up before its commit was not kept, but of a commit nobody knows."""

OPENING_WAIT = timedelta(seconds=5)


def connect(url: str) -> Engine:
    """The engine for a database URL; creates a SQLite file and its directory. Raises: SettingsError for a URL that is
    not valid or not supported."""
    return _engine(parsed_url(url))


def parsed_url(url: str) -> URL:
    """The parts of a database URL. Raises: SettingsError for one that is not valid or not supported."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "BRIEFBOT_DATABASE_URL is not a valid database URL; e.g. sqlite:///var/briefbot.db, postgresql://user@host/name"
        ) from None
    backend, _, driver = parsed.drivername.partition("+")
    if parsed.drivername in DRIVERS:
        return parsed
    if backend in DRIVERS:
        raise SettingsError(
            f'BRIEFBOT_DATABASE_URL names the driver "{driver}", which is not supported; begin it with {backend}://'
        )
    raise SettingsError(f'BRIEFBOT_DATABASE_URL begins with "{backend}"; only sqlite and postgresql are supported')


def _engine(url: URL) -> Engine:
    try:
        return DRIVERS[url.drivername](url, pool_size=POOL, max_overflow=OVERFLOW)
    except (ArgumentError, TypeError, ValueError) as error:
        raise _not_valid(error) from None


def _not_valid(error: Exception) -> SettingsError:
    return SettingsError(f"BRIEFBOT_DATABASE_URL has a part that is not valid ({first_line(error)}); correct it")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; rolled back if anything is raised. On SQLite it takes the write lock at once, so
    that what it reads stays true. Raises: UnconfirmedTransactionError where the connection broke at its end."""
    with engine.connect() as connection, connection.begin() as transaction, _waiting(connection):
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        left = patience.remaining_s()
        with patience.within(left if left is None else max(timedelta(seconds=left), COMMIT_WAIT)):
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise UnconfirmedTransactionError(first_line(error), passing=True) from error
                raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Reads one state of the database, that of its first query, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with _waiting(connection):
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()


@contextmanager
def _waiting(connection: Connection) -> Iterator[None]:
    """Inside, the database waits for locks as long as this thread's patience lasts."""
    if patience.remaining_s() is None:
        yield
    elif connection.dialect.name == "postgresql":
        limit_statements(connection)
        yield
    else:
        driver_connection = connection.connection.driver_connection
        wait_for_locks(driver_connection)
        try:
            yield
        finally:
            with patience.within(None), suppress(sqlite3.Error):
                wait_for_locks(driver_connection)


def migrate(engine: Engine) -> None:
    """Brings the tables up to date; two processes may try at the same time. Raises: SettingsError for a database that
    cannot be used, NotYetError where the same may go well a little later."""
    try:
        with opening(), _opened(engine) as connection:
            upgrade.upgrade(connection)
    except (TypeError, ValueError, UnicodeError) as error:  # options of the address that no driver takes
        raise _not_valid(error) from None


@contextmanager
def opening() -> Iterator[None]:
    """Inside, what the database refuses keeps a start from going on. Raises: SettingsError; NotYetError where the same
    may go well a little later."""
    try:
        with translated():
            yield
    except DatabaseFailureError as error:
        raise _refusal(error) from error


def _refusal(error: DatabaseFailureError) -> SettingsError:
    """Why a start cannot go on, in one sentence."""
    sentence = f"the database cannot be opened ({error}); {error.remedy}"
    return NotYetError(sentence) if error.passing else SettingsError(sentence)


@contextmanager
def _opened(engine: Engine) -> Iterator[Connection]:
    """A transaction that one process has at a time. Only its beginning is waited for a short time: moving many rows
    takes as long as it takes."""
    with ExitStack() as stack:
        if engine.dialect.name == "sqlite":
            with patience.within(OPENING_WAIT):
                connection = stack.enter_context(engine.begin())
                wait_for_locks(connection.connection.driver_connection)
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection = stack.enter_context(engine.begin())
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{OPENING_WAIT.total_seconds():.0f}s'")
            # Released with the transaction. 42 begins all our advisory locks (bot/jobs/process_lease.py).
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(42, 0)")
        yield connection
