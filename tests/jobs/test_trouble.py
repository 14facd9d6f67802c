"""Databases that take no writes, or are away, for a while: jobs go on within seconds of the trouble's end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from threading import Event

from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.errors import DatabaseFailureError
from tests.databases import Databases
from tests.jobs.proxy import network
from tests.jobs.running import Running, started
from tests.live import eventually

GOES_ON_S = 10
"""Work goes on within this time after the trouble has ended."""
TROUBLE_S = 1.5


def no_writes(running: Running) -> AbstractContextManager[object]:
    postgres = running.engine.dialect.name == "postgresql"
    return read_only_server(running.engine) if postgres else each_connection(running.engine, "query_only", "1", "0")


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
def each_connection(engine: Engine, pragma: str, during: str, after: str) -> Iterator[None]:
    """A pragma has another value meanwhile, in all connections."""

    def prepared(value: str) -> Callable[[DBAPIConnection, object, object], None]:
        def prepare(connection: DBAPIConnection, _: object, __: object) -> None:
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


def test_a_job_whose_end_could_not_be_recorded_is_no_lock(databases: Databases) -> None:
    with started(databases.migrated()) as running:
        trouble_while_a_job_ends(running, no_writes(running))


def test_jobs_go_on_when_a_server_is_back(postgres: Databases) -> None:
    with network(postgres.migrated()) as between, started(between.url) as running:
        trouble_while_a_job_ends(running, between.down())


def test_a_job_that_goes_on_for_long_is_not_ended_under_way(databases: Databases) -> None:
    may_end = Event()
    with started(databases.migrated()) as running:
        running.does["T1"] = lambda number: number or may_end.wait(10)
        running.enqueue("T1", "post|T1|1")
        running.enqueue("T1", "post|T1|2")
        ends = time.monotonic() + TROUBLE_S
        while time.monotonic() < ends:
            assert not goes_on(running)
        may_end.set()
        eventually(lambda: running.count("T1") == 2)


def test_a_job_that_hangs_is_no_lock(databases: Databases) -> None:
    hanging, may_end = Event(), Event()

    def run(_: int) -> None:
        if not hanging.is_set():
            hanging.set()
            may_end.wait(30)

    with started(databases.migrated(), hangs=timedelta(seconds=0.3)) as running:
        running.does["T1"] = run
        running.enqueue("T1", "post|T1|1")
        running.enqueue("T1", "post|T1|2")
        eventually(lambda: goes_on(running), GOES_ON_S)
        may_end.set()
        eventually(lambda: running.count("T1") == 2)


def test_the_engine_itself_goes_on_after_any_trouble(databases: Databases) -> None:
    """Whatever its threads meet while they look for jobs, they look again."""
    with started(databases.migrated()) as running:
        with no_writes(running):
            time.sleep(TROUBLE_S)
        eventually(lambda: running.enqueued("T1", "post|T1|1"))
        eventually(lambda: running.count("T1") == 1, GOES_ON_S)
