"""Jobs of one process in real time, on both databases."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier, Event

import pytest
from dbos import DBOS

from bot.jobs.dbos_queue import DbosQueue
from bot.store.outbox import QueueName
from tests.databases import Databases
from tests.jobs.running import POLL_S, Running, started
from tests.live import eventually

NOW = datetime(2026, 5, 12, tzinfo=UTC)
NUMBERS = count()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """One engine for many tests: each takes teams of its own."""
    databases: Databases = request.getfixturevalue(request.param)
    with started(databases.migrated()) as found:
        yield found


@pytest.fixture
def team() -> str:
    return f"T{next(NUMBERS)}"


def settled(running: Running, team: str) -> int:
    """How many jobs of a team have run, once one that is enqueued now has, and whatever else waits."""
    before = running.count(team)
    running.enqueue(team, f"{team}|last")
    eventually(lambda: running.count(team) > before)
    time.sleep(4 * POLL_S)
    return running.count(team) - 1


def test_a_job_runs_for_its_team(running: Running, team: str) -> None:
    running.enqueue(team, f"{team}|1")
    eventually(lambda: running.ran[-1:] == [team])


def test_a_job_is_enqueued_with_what_is_written_beside_it_or_not_at_all(running: Running, team: str) -> None:
    def failing() -> None:
        with running.store.transaction() as tx:
            tx.seen_events.mark_event_seen(team, NOW)
            running.queue.enqueue(tx, "post", team, f"{team}|1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert settled(running, team) == 0
    with running.store.transaction() as tx:
        assert tx.seen_events.mark_event_seen(team, NOW)


def test_the_same_id_twice_runs_once(running: Running, team: str) -> None:
    running.enqueue(team, f"{team}|1")
    running.enqueue(team, f"{team}|1")
    eventually(lambda: running.count(team) == 1)
    running.enqueue(team, f"{team}|1")
    assert settled(running, team) == 1


def test_two_jobs_of_one_team_never_overlap(running: Running, team: str) -> None:
    inside, most = list[int](), list[int]()

    def run(number: int) -> None:
        inside.append(number)
        most.append(len(inside))
        time.sleep(0.1)
        inside.remove(number)

    running.does[team] = run
    for number in range(4):
        running.enqueue(team, f"{team}|{number}")
    eventually(lambda: running.count(team) == 4)
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize("other", ["another team", "another queue"])
def test_jobs_of_two_teams_or_queues_run_side_by_side(running: Running, team: str, other: str) -> None:
    both = Barrier(2, timeout=10)
    queue: QueueName = "post" if other == "another team" else "update"
    beside = f"{team}-beside" if other == "another team" else team
    running.does |= {each: lambda _: both.wait() for each in (team, beside)}
    running.enqueue(team, f"{team}|1")
    running.enqueue(beside, f"{team}|2", queue=queue)
    eventually(lambda: sum(running.count(each) for each in {team, beside}) == 2)
    assert not both.broken


def test_a_job_that_fails_does_not_hold_up_the_next_one_of_its_team(
    running: Running, team: str, caplog: pytest.LogCaptureFixture
) -> None:
    failures = list[int]()

    def run(number: int) -> None:
        if not failures:
            failures.append(number)
            raise ZeroDivisionError

    running.does[team] = run
    running.enqueue(team, f"{team}|1")
    running.enqueue(team, f"{team}|2")
    eventually(lambda: (failures, running.count(team)) == ([0], 1))
    caplog.clear()


def test_finished_jobs_are_forgotten_when_they_are_old(running: Running, team: str) -> None:
    running.enqueue(team, f"{team}|1")
    eventually(lambda: running.count(team) == 1)
    # The engine notes a moment after a job's end that it has ended.
    eventually(lambda: forgotten(running, f"{team}|1"))
    running.enqueue(team, f"{team}|1")
    eventually(lambda: running.count(team) == 2)


def forgotten(running: Running, job_id: str) -> bool:
    running.queue.prune((datetime.now(UTC) + timedelta(minutes=1)).isoformat())
    return DBOS.get_workflow_status(job_id) is None


def test_a_job_that_is_not_finished_is_never_forgotten(running: Running, team: str) -> None:
    began, may_end = Event(), Event()

    def run(_: int) -> None:
        began.set()
        may_end.wait(10)

    running.does[team] = run
    running.enqueue(team, f"{team}|1")
    running.enqueue(team, f"{team}|2")
    assert began.wait(10)
    running.queue.prune((datetime.now(UTC) + timedelta(minutes=1)).isoformat())
    may_end.set()
    eventually(lambda: running.count(team) == 2)


def test_a_job_waits_until_it_begins(running: Running, team: str) -> None:
    began, may_end = Event(), Event()

    def run(_: int) -> None:
        began.set()
        may_end.wait(10)

    running.does[team] = run
    running.enqueue(team, f"{team}|1")
    assert began.wait(10)
    assert not waits(running, team)
    running.enqueue(team, f"{team}|2")
    assert (waits(running, team), waits(running, f"{team}-beside")) == (True, False)
    may_end.set()
    eventually(lambda: running.count(team) == 2)
    assert not waits(running, team)


def waits(running: Running, team: str) -> bool:
    with running.store.transaction() as tx:
        return running.queue.is_waiting(tx, "post", team) and not running.queue.is_waiting(tx, "update", team)


def test_nothing_is_enqueued_before_the_start(running: Running, team: str) -> None:
    idle = DbosQueue(running.engine)
    with running.store.transaction() as tx:
        idle.enqueue(tx, "post", team, f"{team}|1")
    assert settled(running, team) == 0
