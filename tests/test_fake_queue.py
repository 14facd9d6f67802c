"""The fake of the queue and the real engine keep one contract; what only the fake has comes last."""

import time
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.databases import Databases
from tests.fake_queue import FakeQueue
from tests.jobs.running import POLL_S, Running, started
from tests.live import eventually


class Side(Protocol):
    """A queue whose jobs note that they ran."""

    def enqueue(self, team: str, job_id: str) -> None: ...
    def run(self, team: str, count: int) -> int:
        """How many jobs of a team have run once nothing waits; waits until there are so many."""
        ...


class Fake:
    def __init__(self) -> None:
        self.queue = FakeQueue()
        self.ran: list[str] = []
        self.queue.handler("post", self.ran.append)

    def enqueue(self, team: str, job_id: str) -> None:
        self.queue.enqueue(None, "post", team, job_id)

    def run(self, team: str, count: int) -> int:
        self.queue.run_all()
        assert self.ran.count(team) >= count, "it does not run"
        return self.ran.count(team)


class Real:
    def __init__(self, running: Running) -> None:
        self.running, self.enqueue = running, running.enqueue

    def run(self, team: str, count: int) -> int:
        eventually(lambda: self.running.count(team) >= count)
        time.sleep(4 * POLL_S)
        return self.running.count(team)


@pytest.fixture(scope="module")
def running(sqlite: Databases) -> Iterator[Running]:
    with started(sqlite.migrated()) as found:
        yield found


@pytest.fixture(params=["fake", "real"])
def queue(request: pytest.FixtureRequest) -> Side:
    return Fake() if request.param == "fake" else Real(request.getfixturevalue("running"))


def test_a_job_runs_once_for_its_team(queue: Side) -> None:
    queue.enqueue("T1", "job-1")
    queue.enqueue("T2", "job-2")
    assert (queue.run("T1", 1), queue.run("T2", 1)) == (1, 1)


def test_an_id_that_was_used_before_adds_nothing(queue: Side) -> None:
    queue.enqueue("T3", "job-3")
    queue.enqueue("T3", "job-3")
    assert queue.run("T3", 1) == 1
    queue.enqueue("T3", "job-3")
    queue.enqueue("T3", "job-4")
    assert queue.run("T3", 2) == 2


# What only the fake has


def test_nothing_runs_before_the_test_says_so() -> None:
    fake = Fake()
    fake.enqueue("T1", "job-1")
    assert fake.ran == []
    assert (fake.queue.run_all(), fake.ran) == (1, ["T1"])


def test_what_a_job_enqueues_runs_with_it() -> None:
    fake = Fake()
    fake.queue.handler("update", lambda team: fake.enqueue(team, "job-2"))
    fake.queue.enqueue(None, "update", "T1", "job-1")
    assert (fake.queue.run_all(), fake.ran) == (2, ["T1"])


def test_a_job_waits_until_it_runs() -> None:
    fake = Fake()
    fake.enqueue("T1", "job-1")
    assert [fake.queue.is_waiting(None, "post", team) for team in ("T1", "T2")] == [True, False]
    fake.queue.run_all()
    assert not fake.queue.is_waiting(None, "post", "T1")


def test_jobs_can_be_lost() -> None:
    fake = Fake()
    fake.enqueue("T1", "job-1")
    fake.queue.lose()
    fake.enqueue("T1", "job-1")
    assert (fake.queue.run_all(), fake.queue.jobs) == (0, [])
