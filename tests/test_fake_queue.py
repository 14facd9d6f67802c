"""The fake of the queue and the real engine keep one contract; what only the fake has comes last."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

import pytest

from tests.databases import Databases
from tests.fake_queue import START, FakeQueue
from tests.jobs.running import Running, started
from tests.live import eventually


class Side(Protocol):
    """A queue whose jobs note that they ran."""

    def enqueue(self, key: str, id: str, payload: str = "", *, delay: timedelta | None = None) -> None: ...
    def payloads(self, key: str) -> list[str]:
        """Of the jobs of a key that have run, in order."""
        ...

    def run(self, key: str, count: int) -> list[str]:
        """The payloads of a key once so many of its jobs have run."""
        ...


class Fake:
    def __init__(self) -> None:
        self.now = START
        self.queue = FakeQueue(lambda: self.now)
        self.ran: list[tuple[str, str]] = []
        self.queue.handler("post", lambda key, payload: self.ran.append((key, payload)))

    def enqueue(self, key: str, id: str, payload: str = "", *, delay: timedelta | None = None) -> None:
        self.queue.enqueue(None, "post", key, id, payload, delay)

    def payloads(self, key: str) -> list[str]:
        return [payload for each, payload in self.ran if each == key]

    def run(self, key: str, count: int) -> list[str]:
        while len(self.payloads(key)) < count:
            assert self.queue.jobs, "it does not run"
            self.queue.run_due()
            self.now += timedelta(milliseconds=100)
        return self.payloads(key)


class Real:
    def __init__(self, running: Running) -> None:
        self.running = running
        self.enqueue, self.payloads = running.enqueue, running.payloads

    def run(self, key: str, count: int) -> list[str]:
        eventually(lambda: len(self.payloads(key)) >= count)
        return self.payloads(key)


@pytest.fixture(scope="module")
def running(sqlite: Databases) -> Iterator[Running]:
    with started(sqlite.migrated()) as found:
        yield found


@pytest.fixture(params=["fake", "real"])
def queue(request: pytest.FixtureRequest) -> Side:
    return Fake() if request.param == "fake" else Real(request.getfixturevalue("running"))


def test_a_job_runs_once_with_its_key_and_payload(queue: Side) -> None:
    queue.enqueue("T1", "job-1", "a payload")
    queue.enqueue("T2", "job-2", "another")
    assert (queue.run("T1", 1), queue.run("T2", 1)) == (["a payload"], ["another"])


def test_an_id_that_was_used_before_adds_nothing(queue: Side) -> None:
    queue.enqueue("T3", "job-3", "first")
    queue.enqueue("T3", "job-3", "while it waits")
    assert queue.run("T3", 1) == ["first"]
    queue.enqueue("T3", "job-3", "after it has run")
    queue.enqueue("T3", "job-4", "last")
    assert queue.run("T3", 2) == ["first", "last"]


def test_a_delayed_job_runs_after_what_is_due(queue: Side) -> None:
    queue.enqueue("T4", "job-5", "later", delay=timedelta(seconds=0.5))
    queue.enqueue("T4", "job-6", "now")
    assert queue.run("T4", 2) == ["now", "later"]


# What only the fake has


def test_nothing_runs_before_its_time_or_before_the_test_says_so() -> None:
    fake = Fake()
    fake.enqueue("T1", "job-1", delay=timedelta(seconds=2))
    assert (fake.queue.run_due(), fake.ran) == (0, [])
    fake.now += timedelta(seconds=2)
    assert fake.ran == []
    assert (fake.queue.run_due(), fake.ran) == (1, [("T1", "")])


def test_what_a_job_enqueues_for_now_runs_with_it() -> None:
    fake = Fake()
    fake.queue.handler("update", lambda key, payload: fake.enqueue(key, "job-2", f"after {payload}"))
    fake.queue.enqueue(None, "update", "T1", "job-1", "an edit", None)
    assert (fake.queue.run_due(), fake.payloads("T1")) == (2, ["after an edit"])


def test_jobs_can_be_lost() -> None:
    fake = Fake()
    fake.enqueue("T1", "job-1")
    fake.queue.lose()
    fake.enqueue("T1", "job-1")
    assert (fake.queue.run_due(), fake.queue.jobs) == (0, [])
