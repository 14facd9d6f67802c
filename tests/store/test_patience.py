"""Trouble while the bot runs, on real databases: who has no time fails in time, and all goes on afterwards."""

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import event

from bot.errors import DatabaseFailureError, UnconfirmedTransactionError
from bot.store.places import STUCK_S, Places
from bot.store.store import IMPATIENT_MAX, Store
from tests.databases import Databases, opened
from tests.jobs.proxy import Network, network
from tests.store.moments import NOW

SOON = timedelta(seconds=0.6)
AT_MOST_S = 3.0
"""Slack's patience; a loaded machine comes in between."""


def write(store: Store, number: int = 1) -> None:
    with store.transaction() as tx:
        tx.seen_events.mark_event_seen(f"Ev{number}", NOW)


def read(store: Store) -> None:
    with store.snapshot() as tx:
        tx.publications.newest_number()


def fails_soon(work: Callable[[Store], None], store: Store) -> DatabaseFailureError:
    """How it fails; within the time of a caller that has none."""
    began = time.monotonic()
    with pytest.raises(DatabaseFailureError) as caught:
        work(store.within(SOON))
    assert time.monotonic() - began < AT_MOST_S
    return caught.value


# Locks


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another program holds the lock of writers."""
    if store.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(store.engine.url.database), isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
            writer.execute("ROLLBACK")
    else:
        with store.engine.connect() as session, session.begin():
            session.exec_driver_sql("LOCK TABLE seen_event")
            yield


@contextmanager
def read_only(store: Store) -> Iterator[None]:
    """As after a failover of Postgres, or where a file system was mounted anew."""
    postgres = store.engine.dialect.name == "postgresql"
    statement = "SET default_transaction_read_only = {}" if postgres else "PRAGMA query_only = {}"
    state = ["on"]

    def turn(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(statement.format(state[0]))
        connection.commit()

    event.listen(store.engine, "checkout", turn)
    yield
    state[0] = "off"
    read(store)
    event.remove(store.engine, "checkout", turn)


@contextmanager
def another_transaction(store: Store) -> Iterator[None]:
    """One of this process, which takes long."""
    inside, may_end = Event(), Event()

    def hold() -> None:
        with store.transaction() as tx:
            tx.seen_events.mark_event_seen("Ev1", NOW)
            inside.set()
            may_end.wait(10)

    thread = Thread(target=hold)
    thread.start()
    assert inside.wait(10)
    yield
    may_end.set()
    thread.join()


TROUBLES = [locked, read_only, another_transaction]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_who_has_no_time_fails_in_time_and_all_goes_on_afterwards(
    store: Store, trouble: Callable[[Store], AbstractContextManager[None]]
) -> None:
    with trouble(store):
        error = fails_soon(write, store)
        read(store.within(SOON))
    assert error.passing
    assert error.remedy
    write(store.within(timedelta(seconds=20)), 2)


def test_who_has_time_waits_for_a_lock(store: Store) -> None:
    written = Event()

    def patient() -> None:
        write(store)
        written.set()

    thread = Thread(target=patient)
    with locked(store):
        fails_soon(write, store)
        thread.start()
        assert not written.wait(1)
    thread.join(20)
    assert written.is_set()


def test_a_connection_that_was_impatient_is_patient_again(store: Store) -> None:
    """Others use it next, the engine of jobs as well."""
    read(store.within(SOON))
    write(store.within(SOON))
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 30_000
        else:
            for name in ("statement_timeout", "lock_timeout"):
                assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "0"


def test_it_is_known_whether_anything_was_committed(store: Store) -> None:
    own = store.within(SOON)
    read(own)
    assert not own.committed
    write(own)
    assert (own.committed, store.committed, own.within(SOON).committed) == (True, False, False)


# Places


def test_no_more_than_so_many_are_stuck_at_once() -> None:
    places, may_end = Places(IMPATIENT_MAX), Event()

    def hold() -> None:
        with places.one():
            may_end.wait(10)

    stuck = [Thread(target=hold) for _ in range(IMPATIENT_MAX)]
    for thread in stuck:
        thread.start()
    time.sleep(STUCK_S)
    began = time.monotonic()
    with pytest.raises(DatabaseFailureError, match="take too long"), places.one():
        pass
    assert time.monotonic() - began < 0.5
    may_end.set()
    for thread in stuck:
        thread.join()
    with places.one():
        pass


def test_who_waits_gets_a_place_as_long_as_others_get_through() -> None:
    places, got_through = Places(2), list[int]()

    def work() -> None:
        with places.one():
            time.sleep(0.1)
        got_through.append(1)

    threads = [Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got_through) == 20


# A full disk


@contextmanager
def file_size_limit(path: Path) -> Iterator[None]:
    """Files cannot grow, as for a user whose quota is used up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(each.stat().st_size for each in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def fill(store: Store) -> None:
    for number in range(200):
        with store.transaction() as tx:
            for each in range(100):
                tx.seen_events.mark_event_seen(f"{number} {each} {'x' * 200}", NOW)


def test_a_full_disk_is_a_failure_that_passes(sqlite: Databases) -> None:
    url = sqlite.migrated()
    with opened(url) as engine:
        store = Store(engine)
        write(store)
        with file_size_limit(Path(url.removeprefix("sqlite:///"))):
            error = fails_soon(fill, store)
        write(store, 2)
    assert error.passing
    assert "disk" in error.remedy


def test_a_database_of_the_largest_size_is_a_failure_that_passes(sqlite: Databases) -> None:
    with opened(sqlite.migrated()) as engine:
        event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA max_page_count = 100"))
        error = fails_soon(fill, Store(engine))
    assert str(error) == "database or disk is full"
    assert error.passing


# The network


@pytest.fixture
def between(postgres: Databases) -> Iterator[tuple[Network, Store]]:
    """A network to Postgres, and a store behind it that has connections."""
    with network(postgres.migrated()) as way, opened(way.url) as engine:
        write(Store(engine))
        yield way, Store(engine)
    postgres.forget()


@pytest.mark.parametrize("work", [read, write])
def test_a_frozen_network_does_not_hold_up_who_has_no_time(
    between: tuple[Network, Store], work: Callable[[Store], None]
) -> None:
    way, store = between
    with way.frozen():
        # The first finds an open connection, the second has to open one.
        errors = [fails_soon(work, store), fails_soon(work, store)]
    assert all(error.passing for error in errors)
    work(store)


@pytest.mark.parametrize("work", [read, write])
def test_a_server_that_is_away_fails_at_once_and_is_used_again_when_it_is_back(
    between: tuple[Network, Store], work: Callable[[Store], None]
) -> None:
    way, store = between
    with way.down():
        errors = [fails_soon(work, store), fails_soon(work, store)]
    assert all(error.passing for error in errors)
    work(store)


def test_a_network_that_freezes_within_a_transaction(between: tuple[Network, Store]) -> None:
    way, store = between

    def work(own: Store) -> None:
        with own.transaction() as tx, way.frozen():
            tx.seen_events.mark_event_seen("Ev2", NOW)

    error = fails_soon(work, store)
    assert not isinstance(error, UnconfirmedTransactionError)
    with store.transaction() as tx:
        assert tx.seen_events.mark_event_seen("Ev2", NOW)


@pytest.mark.parametrize("trouble", [Network.frozen, Network.down])
def test_a_commit_that_nobody_answers_is_known_by_nobody(
    between: tuple[Network, Store], trouble: Callable[[Network], AbstractContextManager[None]]
) -> None:
    way, store = between
    trouble_now = trouble(way)

    def work(own: Store) -> None:
        with own.transaction() as tx:
            tx.seen_events.mark_event_seen("Ev2", NOW)
            trouble_now.__enter__()

    own = store.within(SOON)
    with pytest.raises(UnconfirmedTransactionError):
        work(own)
    trouble_now.__exit__(None, None, None)
    assert not own.committed
    write(store, 3)
