"""Processes that end while they have jobs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import SettingsError
from bot.jobs.dbos_queue import DbosQueue
from bot.jobs.process_lease import IDLE, SessionLease
from bot.store.connection_limits import setting
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.jobs.proxy import network
from tests.jobs.running import POLL_S, Running, started
from tests.live import eventually


def adopted(running: Running) -> int:
    """How many jobs of T1 have run here, after a look at who is dead."""
    running.queue.recover_jobs()
    return running.count("T1")


@contextmanager
def worker(url: str, team: str, idle: float = IDLE.total_seconds()) -> Iterator["subprocess.Popen[str]"]:
    """A process that is inside a job of that team, and counts as dead when it stands still for `idle` seconds."""
    command = [sys.executable, "-m", "tests.jobs.worker", url, team, str(idle)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{team} began\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def stopped(process: "subprocess.Popen[str]") -> Iterator[None]:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


WITHIN_S = 30
"""A process may be stopped in a transaction, whose locks the server keeps for longer than its lease (20 s)."""

LEASES = "FROM pg_locks WHERE locktype = 'advisory' AND classid = 42 AND granted"


def leases(engine: Engine) -> int:
    """How many processes live, as the database sees it."""
    with engine.connect() as connection:
        here = "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        return int(connection.execute(text(f"SELECT count(*) {LEASES} {here}")).scalar_one())


def end_sessions(engine: Engine) -> None:
    """The server ends those that hold leases."""
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT pg_terminate_backend(pid) {LEASES}")).all() == [(True,)]


def test_a_sqlite_file_belongs_to_one_process_whose_jobs_run_again_after_its_death(sqlite: Databases) -> None:
    url = sqlite.migrated()
    with worker(url, "T1") as process, opened(url) as engine:
        queue = DbosQueue(engine)
        with pytest.raises(SettingsError) as refused:
            queue.start()
        assert str(refused.value) == (
            f"{engine.url.database} is in use by another briefbot; stop that one, "
            "or give both a Postgres database (BRIEFBOT_DATABASE_URL)"
        )
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with started(url) as running:
        eventually(lambda: running.ran == ["T1"])


def test_the_jobs_of_a_dead_process_are_taken_over_by_a_living_one(postgres: Databases) -> None:
    url = postgres.migrated()
    with worker(url, "T1") as process, started(url) as running:
        running.enqueue("T1", "post|T1|2")
        for _ in range(5):
            running.queue.recover_jobs()
            time.sleep(POLL_S)
        assert running.ran == [], "the other process is alive"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        eventually(lambda: adopted(running) == 2, seconds=5)


def test_a_process_that_is_only_stopped_keeps_its_jobs_for_a_while(postgres: Databases) -> None:
    url = postgres.migrated()
    with worker(url, "T1") as process, started(url) as running:
        with stopped(process):
            for _ in range(5):
                running.queue.recover_jobs()
                time.sleep(POLL_S)
        assert running.ran == []


def test_one_that_is_stopped_for_longer_loses_them_and_lives_again_when_it_goes_on(postgres: Databases) -> None:
    url = postgres.migrated()
    with worker(url, "T1", idle=0.7) as process, started(url) as running:
        with stopped(process):
            eventually(lambda: adopted(running) == 1, WITHIN_S)
        eventually(lambda: leases(running.engine) == 2)
        assert process.poll() is None


def test_one_that_the_network_cuts_off_is_taken_over_and_lives_again_when_it_is_back(postgres: Databases) -> None:
    """Behind a proxy that holds its connections and answers keepalives, as after a machine has vanished."""
    url = postgres.migrated()
    with network(url) as between, worker(between.url, "T1", idle=0.7) as process, started(url) as running:
        with between.frozen():
            eventually(lambda: adopted(running) == 1, WITHIN_S)
        eventually(lambda: leases(running.engine) == 2)
        assert process.poll() is None


def test_what_was_under_way_at_the_end_runs_again_after_the_next_start(databases: Databases) -> None:
    url = databases.migrated()
    began, may_end = Event(), Event()

    def run(_: int) -> None:
        began.set()
        may_end.wait(10)

    with started(url) as first:
        first.does["T1"] = run
        first.enqueue("T1", "post|T1|1")
        assert began.wait(10)
    with started(url) as second:
        eventually(lambda: adopted(second) == 1)
        may_end.set()
        eventually(lambda: first.ran == ["T1"])


def test_a_process_whose_lease_the_server_has_ended_takes_it_again(
    postgres: Databases, caplog: pytest.LogCaptureFixture
) -> None:
    with started(postgres.migrated()) as running:
        running.queue.recover_jobs()
        end_sessions(running.engine)
        running.queue.recover_jobs()
        assert leases(running.engine) == 1
    assert "lost the database lock of this process, and takes it again" in caplog.text


def test_a_process_takes_its_lease_again_when_the_database_is_back(postgres: Databases) -> None:
    with network(postgres.migrated()) as between, started(between.url) as running:
        with between.down():
            for _ in range(2):
                with pytest.raises(DBAPIError):
                    running.queue.recover_jobs()
        running.queue.recover_jobs()
        assert leases(running.engine) == 1


def test_a_lease_that_an_earlier_session_of_the_process_still_has_is_taken_later(postgres: Databases) -> None:
    with opened(postgres.migrated()) as engine:
        lease = SessionLease(engine, IDLE)
        other = SessionLease(engine, IDLE)
        other.id = lease.id
        other.take()
        assert not lease.verify()
        with lease.owner_is_dead("somebody") as dead:
            assert not dead, "without a lease nobody is judged"
        other.release()
        # The server frees it as it notices that the session has ended.
        eventually(lease.verify)
        lease.release()


def test_a_server_lets_go_of_those_that_vanish(postgres: Databases) -> None:
    with opened(postgres.migrated()) as engine:
        lease = SessionLease(engine, IDLE)
        lease.take()
        session = lease._session
        assert session is not None
        idle = session.execute(text("SELECT current_setting('idle_session_timeout')")).scalar()
        lease.release()
        with engine.connect() as connection:
            limit = "SELECT current_setting('idle_in_transaction_session_timeout')"
            assert (idle, connection.execute(text(limit)).scalar()) == ("15s", "20s")


def test_parameters_that_a_server_does_not_have_are_passed_over(postgres: Databases) -> None:
    with opened(postgres.migrated()) as engine, engine.connect() as connection:
        connection.exec_driver_sql(setting({"parameter_of_tomorrow": "1", "idle_session_timeout": "1234"}))
        assert connection.execute(text("SHOW idle_session_timeout")).scalar() == "1234ms"
