"""What happens every so often, in real time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from bot.handlers.health import Health
from bot.handlers.measures import PROCESS, TaskRuns
from bot.jobs.file_lease import LeaseLostError
from bot.jobs.periodic_tasks import PeriodicRunner, PeriodicTask
from tests.databases import opened
from tests.live import eventually

SOON = timedelta(milliseconds=20)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def running(tasks: Sequence[PeriodicTask], fatal: list[Exception] | None = None) -> Iterator[PeriodicRunner]:
    runner = PeriodicRunner(tasks, now, (list[Exception]() if fatal is None else fatal).append)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def wait() -> None:
    """Long enough for several calls."""
    ended = now()
    eventually(lambda: now() > ended + 3 * SOON)


def test_a_task_is_called_again_and_again_with_the_time() -> None:
    began, times = now(), list[datetime]()
    with running([PeriodicTask("note", SOON, times.append)]):
        eventually(lambda: len(times) >= 3)
    assert began <= times[0]
    assert all(later - earlier >= SOON / 2 for earlier, later in pairwise(times))


def test_a_task_is_called_no_more_after_the_end() -> None:
    times = list[datetime]()
    with running([PeriodicTask("note", SOON, times.append)]) as runner:
        eventually(lambda: len(times) >= 1)
        runner.stop()
        ended = now()
        wait()
    assert max(times) <= ended


def test_every_task_is_called_soon_and_then_as_often_as_it_says() -> None:
    often, seldom = list[datetime](), list[datetime]()
    with running(
        [PeriodicTask("often", SOON, often.append), PeriodicTask("seldom", timedelta(minutes=1), seldom.append)]
    ):
        eventually(lambda: len(often) >= 3)
        eventually(lambda: len(seldom) >= 1)
    assert len(seldom) == 1


def test_a_slow_task_holds_up_no_other() -> None:
    may_end, beside = Event(), list[datetime]()
    began = Event()

    def slow(_: datetime) -> None:
        began.set()
        may_end.wait(10)

    with running([PeriodicTask("slow", SOON, slow), PeriodicTask("quick", SOON, beside.append)]):
        assert began.wait(10)
        before = len(beside)
        eventually(lambda: len(beside) >= before + 3)
        assert not may_end.is_set()
        may_end.set()


def test_a_task_that_fails_is_logged_by_its_name_and_runs_again_and_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried, beside = list[datetime](), list[datetime]()

    def fail(at: datetime) -> None:
        tried.append(at)
        raise ZeroDivisionError

    with running([PeriodicTask("wake workers", SOON, fail), PeriodicTask("digests", SOON, beside.append)]):
        eventually(lambda: len(tried) >= 2 and len(beside) >= 2)
    assert [record.getMessage() for record in caplog.records] == [
        "periodic task wake workers failed; retrying every 0.02 s"
    ]


def test_the_same_failure_is_logged_once_until_the_task_works_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    failures = ["away", "away", "full", "", "away", "away"]

    def fail(_: datetime) -> None:
        if failures and (failure := failures.pop(0)):
            raise ValueError(failure)

    with running([PeriodicTask("digests", SOON, fail)]):
        eventually(lambda: not failures)
    logged = [str(record.exc_info[1]) if record.exc_info else record.levelname for record in caplog.records]
    assert logged[:4] == ["away", "full", "INFO", "away"]


def test_a_database_that_is_away_is_one_line_when_it_begins_and_one_when_it_ends(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level("INFO")
    addresses = ["postgresql://127.0.0.1:1/x", f"postgresql:///x?host={tmp_path}", "postgresql://127.0.0.1:1/x"]

    def ask(_: datetime) -> None:
        if addresses:
            with opened(addresses.pop()) as engine:
                engine.connect()

    with running([PeriodicTask("digests", SOON, ask)]):
        eventually(lambda: len(caplog.records) >= 2)
    assert not addresses
    away, back = caplog.records
    assert away.getMessage().startswith("periodic task digests failed: connection failed: ")
    assert not away.exc_info
    assert back.getMessage() == "periodic task digests works again"


def test_a_lost_lease_is_fatal_once_and_ends_all_tasks() -> None:
    fatal, beside, lost = list[Exception](), list[datetime](), LeaseLostError("gone")

    def check(_: datetime) -> None:
        raise lost

    with running([PeriodicTask("recover jobs", SOON, check), PeriodicTask("digests", SOON, beside.append)], fatal):
        eventually(lambda: fatal == [lost])
        wait()
        calls = len(beside)
        wait()
        assert len(beside) == calls
    assert fatal == [lost]


@pytest.mark.parametrize("step", [timedelta(hours=-2), timedelta(hours=2), timedelta(days=-400)], ids=str)
def test_a_task_is_called_as_often_whatever_the_clock_does(step: timedelta) -> None:
    times = list[datetime]()

    def stepping() -> datetime:
        return now() + len(times) * step

    runner = PeriodicRunner([PeriodicTask("note", SOON, times.append)], stepping, list[Exception]().append)
    runner.start()
    try:
        eventually(lambda: len(times) >= 5)
    finally:
        runner.stop()


def test_a_task_that_hangs_is_not_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.periodic_tasks.RUN_MAX", SOON)
    health, go_on = Health(), Event()
    tasks = [PeriodicTask("note", SOON, lambda _: None), PeriodicTask("hang", SOON, lambda _: go_on.wait(10))]
    runner = PeriodicRunner(tasks, now, list[Exception]().append, health)
    runner.start()
    eventually(lambda: health.silent() == ("hang",))
    go_on.set()
    eventually(lambda: health.silent() == ())
    runner.stop()


def test_runs_and_failures_are_counted() -> None:
    def fail(_: datetime) -> None:
        raise ZeroDivisionError

    with running([PeriodicTask("counted well", SOON, lambda _: None), PeriodicTask("counted badly", SOON, fail)]):
        eventually(lambda: PROCESS.figures().tasks.get("counted badly", TaskRuns()).failures >= 2)
        eventually(lambda: PROCESS.figures().tasks.get("counted well", TaskRuns()).runs >= 2)
    tasks = PROCESS.figures().tasks
    assert (tasks["counted well"].failures, tasks["counted badly"].failures) == (0, tasks["counted badly"].runs)
    assert 0 <= tasks["counted well"].seconds < 1
