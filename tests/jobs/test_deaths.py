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
from sqlalchemy import text

from bot.errors import SettingsError
from bot.jobs.dbos_queue import DbosQueue
from tests.conftest import ROOT
from tests.databases import Databases, opened
from tests.jobs.running import POLL_S, Running, started
from tests.live import eventually


def adopted(running: Running) -> int:
    """How many jobs of T1 have run here, after a look at who is dead."""
    running.queue.recover_jobs()
    return running.count("T1")


@contextmanager
def worker(url: str, team: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that is inside a job of that team."""
    command = [sys.executable, "-m", "tests.jobs.worker", url, team]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{team} began\n"
        yield process
    finally:
        process.kill()
        process.communicate()


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


def test_a_process_that_is_only_stopped_keeps_its_jobs(postgres: Databases) -> None:
    url = postgres.migrated()
    with worker(url, "T1") as process, started(url) as running:
        os.kill(process.pid, signal.SIGSTOP)
        for _ in range(5):
            running.queue.recover_jobs()
            time.sleep(POLL_S)
        os.kill(process.pid, signal.SIGCONT)
        assert running.ran == []


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


def test_a_process_whose_claim_the_server_has_ended_finds_out(postgres: Databases) -> None:
    with started(postgres.migrated()) as running:
        running.queue.recover_jobs()
        with running.engine.connect() as connection:
            held = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 42"
            assert connection.execute(text(held)).all() == [(True,)]
        with pytest.raises(LeaseLostError, match="restart it"):
            running.queue.recover_jobs()
