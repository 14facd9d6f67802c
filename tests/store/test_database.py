"""Addresses, transactions and migrations of both databases."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.errors import DatabaseFailureError, SettingsError
from bot.store import publications, seen_events
from bot.store.database import connect, migrate
from bot.store.schema import METADATA
from bot.store.store import Store
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.make import VOCABULARY
from tests.subscriptions import all_subscriptions

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
MIGRATE = """
import sys
from bot.store.database import connect, migrate
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate(engine)
"""

# Addresses


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("briefbot.db", "is not a valid database URL"),
        ("mysql://localhost/briefbot", 'begins with "mysql"'),
        ("sqlite://", "contains no file path"),
        ("sqlite:///:memory:", "contains no file path"),
    ],
)
def test_an_address_that_is_none_is_refused_in_plain_words(url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=f"BRIEFBOT_DATABASE_URL.*{says}"):
        connect(url)


def test_the_directory_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/far/down/briefbot.db") as engine:
        migrate(engine)
    assert (tmp_path / "far/down/briefbot.db").exists()


def test_a_directory_that_cannot_be_made_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="file: "):
        connect(f"sqlite:///{tmp_path}/file/briefbot.db")


def test_a_file_that_is_no_database_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader, " * 1000, encoding="utf-8")
    with (
        opened(f"sqlite:///{tmp_path}/letter.txt") as engine,
        pytest.raises(SettingsError, match="file is not a database"),
    ):
        migrate(engine)


def test_a_server_that_does_not_answer_is_refused_in_plain_words(tmp_path: Path) -> None:
    with (
        opened(f"postgresql://nobody@/nothing?host={tmp_path}") as engine,
        pytest.raises(SettingsError, match="the database cannot be opened"),
    ):
        migrate(engine)


# Migrations


def test_migrating_makes_every_table(databases: Databases) -> None:
    with opened(databases.empty()) as engine:
        migrate(engine)
        assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}


# Of SQLite it is not reflected.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrated_tables_are_those_of_the_schema(databases: Databases) -> None:
    with opened(databases.empty()) as engine:
        migrate(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, METADATA) == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.publications.add(publications.Publication(1, "f" * 16, NOW), VOCABULARY, {}, {})
    migrate(store.engine)
    with store.snapshot() as tx:
        assert tx.publications.latest() == publications.Publication(1, "f" * 16, NOW)


def test_processes_may_migrate_at_the_same_time(databases: Databases) -> None:
    url = databases.empty()
    command = [sys.executable, "-c", MIGRATE, url]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    failures = [process.communicate(timeout=60)[1] for process in processes]
    assert (failures, [process.returncode for process in processes]) == (["", "", ""], [0, 0, 0])
    with opened(url) as engine:
        assert set(METADATA.tables) <= set(inspect(engine).get_table_names())


# Transactions


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    def failing() -> None:
        with store.transaction() as tx:
            tx.seen_events.mark_event_seen("Ev1", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with store.transaction() as tx:
        assert tx.seen_events.mark_event_seen("Ev1", NOW)


def test_what_the_database_refuses_comes_out_as_its_failure(store: Store) -> None:
    with pytest.raises(DatabaseFailureError, match="nowhere"), store.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM nowhere")
    with pytest.raises(DatabaseFailureError, match="nowhere"), store.snapshot() as tx:
        tx.connection.exec_driver_sql("SELECT * FROM nowhere")


def test_a_database_without_a_free_connection_fails_too(database_url: str) -> None:
    engine = create_engine(connect(database_url).url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    store = Store(engine)
    with (
        store.snapshot() as tx,
        pytest.raises(DatabaseFailureError, match="timed out"),
        store.snapshot(),
    ):
        assert tx.publications.latest() is None
    engine.dispose()


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    with store.snapshot() as tx:
        assert all_subscriptions(tx) == []
        with store.transaction() as other:
            other.subscriptions.add(SubscriptionSpec(Target()), "T1", None, "C1", by="U1", at=NOW)
        assert all_subscriptions(tx) == []
    with store.snapshot() as tx:
        assert len(all_subscriptions(tx)) == 1


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    seen = []

    def read() -> None:
        with store.snapshot() as tx:
            seen.append(all_subscriptions(tx))

    with store.transaction() as tx:
        tx.subscriptions.add(SubscriptionSpec(Target()), "T1", None, "C1", by="U1", at=NOW)
        thread = Thread(target=read)
        thread.start()
        thread.join(5)
        assert seen == [[]]


# Instants

aware = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001  the zone comes from the next line
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@pytest.mark.hypothesis
def test_an_instant_of_any_zone_comes_back_as_the_same_in_utc(store: Store) -> None:
    @given(aware)
    def check(instant: datetime) -> None:
        with store.transaction() as tx:
            tx.delivery_workers.set_backoff("T1", "chat.update", instant, instant)
            found = tx.delivery_workers.backoffs("T1")["chat.update"]
        assert (found, found.tzinfo) == (instant, UTC)

    check()


def test_instants_of_several_zones_compare_as_instants(store: Store) -> None:
    evening = NOW.astimezone(timezone(timedelta(hours=9)))
    with store.transaction() as tx:
        tx.seen_events.mark_event_seen("Ev1", evening)
        tx.seen_events.delete_before((evening + seen_events.RETENTION).astimezone(timezone(timedelta(hours=-8))), 9)
        assert not tx.seen_events.mark_event_seen("Ev1", NOW)
        tx.seen_events.delete_before(evening + seen_events.RETENTION + timedelta(microseconds=1), 9)
        assert tx.seen_events.mark_event_seen("Ev1", NOW)
