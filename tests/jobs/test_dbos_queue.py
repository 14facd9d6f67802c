"""Jobs of one process in real time, on both databases."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier, Event

import pytest

from bot.jobs.dbos_queue import DbosQueue
from bot.store.database import writing
from tests.databases import Databases
from tests.jobs.running import POLL_S, Running, started
from tests.live import eventually

NOW = datetime(2026, 5, 12, tzinfo=UTC)
NUMBERS = count()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """One engine for many tests: each takes keys of its own."""
    databases: Databases = request.getfixturevalue(request.param)
    with started(databases.migrated()) as found:
        yield found


@pytest.fixture
def key() -> str:
    return f"T{next(NUMBERS)}"


def test_a_job_runs_with_its_key_and_payload(running: Running, key: str) -> None:
    running.enqueue(key, f"{key}|1", "payload")
    eventually(lambda: running.ran[-1:] == [(key, "payload")])


def test_a_job_is_enqueued_with_what_is_written_beside_it_or_not_at_all(running: Running, key: str) -> None:
    def failing() -> None:
        with writing(running.engine) as connection:
            tx.seen_events.mark_event_seen(key, NOW)
            running.queue.enqueue(tx, "post", key, f"{key}|1", "rolled back", None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    running.enqueue(key, f"{key}|2", "kept")
    eventually(lambda: running.payloads(key) == ["kept"])
    with writing(running.engine) as connection:
        assert tx.seen_events.mark_event_seen(key, NOW)


def test_the_same_id_twice_runs_once(running: Running, key: str) -> None:
    running.enqueue(key, f"{key}|1", "first")
    running.enqueue(key, f"{key}|1", "again")
    eventually(lambda: running.payloads(key) == ["first"])
    running.enqueue(key, f"{key}|1", "after it has run")
    running.enqueue(key, f"{key}|2", "last")
    eventually(lambda: "last" in running.payloads(key))
    assert running.payloads(key) == ["first", "last"]


def test_a_delayed_job_waits(running: Running, key: str) -> None:
    began = time.monotonic()
    running.does[key] = lambda payload: times.append((payload, time.monotonic() - began))
    times = list[tuple[str, float]]()
    running.enqueue(key, f"{key}|1", "later", delay=timedelta(seconds=1))
    running.enqueue(key, f"{key}|2", "now")
    eventually(lambda: len(times) == 2)
    assert [payload for payload, _ in times] == ["now", "later"]
    assert times[1][1] > 0.95


def test_two_jobs_of_one_key_never_overlap(running: Running, key: str) -> None:
    inside, most = list[str](), list[int]()

    def run(payload: str) -> None:
        inside.append(payload)
        most.append(len(inside))
        time.sleep(0.1)
        inside.remove(payload)

    running.does[key] = run
    for number in range(4):
        running.enqueue(key, f"{key}|{number}", f"{number}")
    eventually(lambda: len(running.payloads(key)) == 4)
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize("other", ["another key", "another lane"])
def test_jobs_of_two_keys_or_lanes_run_side_by_side(running: Running, key: str, other: str) -> None:
    both = Barrier(2, timeout=10)
    beside = (f"{key}-beside", "post") if other == "another key" else (key, "update")
    running.does |= {key: lambda _: both.wait(), f"{key}-beside": lambda _: both.wait()}
    running.enqueue(key, f"{key}|1")
    running.enqueue(beside[0], f"{key}|2", lane=beside[1])
    eventually(lambda: len(running.payloads(key)) + len(running.payloads(f"{key}-beside")) == 2)
    assert not both.broken


def test_a_job_that_fails_does_not_hold_up_the_next_one_of_its_key(
    running: Running, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    def run(payload: str) -> None:
        if payload == "bad":
            raise ZeroDivisionError

    running.does[key] = run
    running.enqueue(key, f"{key}|1", "bad")
    running.enqueue(key, f"{key}|2", "good")
    eventually(lambda: running.payloads(key) == ["good"])
    caplog.clear()


def test_finished_jobs_are_forgotten_when_they_are_old(running: Running, key: str) -> None:
    running.enqueue(key, f"{key}|1", "first")
    eventually(lambda: running.payloads(key) == ["first"])
    eventually(lambda: forgotten(running, key))
    assert running.payloads(key) == ["first", "second"]


def forgotten(running: Running, key: str) -> bool:
    """Whether the id can be used again: the engine notes a moment after a job's end that it has ended."""
    running.queue.prune((datetime.now(UTC) + timedelta(minutes=1)).isoformat())
    running.enqueue(key, f"{key}|1", "second")
    time.sleep(4 * POLL_S)
    return "second" in running.payloads(key)


def test_a_job_that_is_not_finished_is_never_forgotten(running: Running, key: str) -> None:
    began, may_end = Event(), Event()

    def run(_: str) -> None:
        began.set()
        may_end.wait(10)

    running.does[key] = run
    running.enqueue(key, f"{key}|1", "first")
    running.enqueue(key, f"{key}|2", "second")
    assert began.wait(10)
    running.queue.prune((datetime.now(UTC) + timedelta(minutes=1)).isoformat())
    may_end.set()
    eventually(lambda: running.payloads(key) == ["first", "second"])


def test_nothing_is_enqueued_before_the_start(running: Running, key: str) -> None:
    idle = DbosQueue(running.engine)
    with writing(running.engine) as connection:
        idle.enqueue(tx, "post", key, f"{key}|1", "nobody starts it", None)
    running.enqueue(key, f"{key}|2", "last")
    eventually(lambda: running.payloads(key) == ["last"])
