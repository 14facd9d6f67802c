"""Databases that take no writes, or are away, for a while: jobs go on within seconds of the trouble's end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Event

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.errors import DatabaseFailureError
from tests.databases import Databases, opened
from tests.jobs.proxy import Network, network
from tests.jobs.running import Running, started
from tests.live import eventually

GOES_ON_S = 10
"""Work goes on within this time after the trouble has ended."""
TROUBLE_S = 1.5

Trouble = Callable[[Running], AbstractContextManager[object]]


def no_writes(running: Running) -> AbstractContextManager[object]:
    postgres = running.engine.dialect.name == "postgresql"
    return read_only_server(running.engine) if postgres else each_connection(running.engine, "query_only", "1", "0")


def locked(running: Running) -> AbstractContextManager[object]:
    return locked_table(running.engine) if running.engine.dialect.name == "postgresql" else locked_file(running.engine)


@contextmanager
def read_only_server(engine: Engine) -> Iterator[None]:
    """What a failover looks like."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

        def run(statement: str) -> None:
            connection.execute(text(statement))
            connection.execute(text("SELECT pg_reload_conf()"))

        run("ALTER SYSTEM SET default_transaction_read_only = on")
        try:
            yield
        finally:
            run("ALTER SYSTEM RESET default_transaction_read_only")


@contextmanager
def locked_table(engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE dbos.workflow_status"))
        yield


@contextmanager
def each_connection(engine: Engine, pragma: str, during: str, after: str) -> Iterator[None]:
    """A pragma has another value meanwhile, in all connections."""

    def prepared(value: str) -> Callable[[DBAPIConnection, object, object], None]:
        def prepare(connection: DBAPIConnection, _: object, __: object) -> None:
            with suppress(Exception):  # one that is inside a transaction
                connection.cursor().execute(f"PRAGMA {pragma}={value}")

        return prepare

    begins, ends = prepared(during), prepared(after)
    event.listen(engine, "checkout", begins)
    try:
        yield
    finally:
        event.remove(engine, "checkout", begins)
        event.listen(engine, "checkout", ends)


@contextmanager
def locked_file(engine: Engine) -> Iterator[None]:
    with each_connection(engine, "busy_timeout", "100", "30000"), engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.rollback()


@contextmanager
def failing_job(running: Running) -> Iterator[Event]:
    """A job of T1 that fails, as its database does, when the event is set; another one waits behind it."""
    began, may_fail = Event(), Event()

    def run(number: int) -> None:
        if number == 0 and not may_fail.is_set():
            began.set()
            assert may_fail.wait(10)
            raise DatabaseFailureError("the database takes no writes")

    running.does["T1"] = run
    running.enqueue("T1", "post|T1|1")
    assert began.wait(10)
    running.enqueue("T1", "post|T1|2")
    yield may_fail


def goes_on(running: Running) -> bool:
    """Whether a job of T1 has run; looks after jobs meanwhile, as the bot does."""
    with suppress(Exception):
        running.queue.recover_jobs()
    time.sleep(0.1)
    return running.count("T1") > 0


def trouble_while_a_job_ends(running: Running, trouble: AbstractContextManager[object]) -> None:
    with failing_job(running) as may_fail:
        with trouble:
            may_fail.set()
            ends = time.monotonic() + TROUBLE_S
            while time.monotonic() < ends:
                assert not goes_on(running)
        eventually(lambda: goes_on(running), GOES_ON_S)


@pytest.mark.parametrize("trouble", [no_writes])
def test_a_job_whose_end_could_not_be_recorded_is_no_lock(databases: Databases, trouble: Trouble) -> None:
    with started(databases.migrated()) as running:
        trouble_while_a_job_ends(running, trouble(running))
