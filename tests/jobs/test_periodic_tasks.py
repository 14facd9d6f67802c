"""What happens every so often, in real time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.jobs.periodic_tasks import PeriodicRunner, PeriodicTask
from bot.jobs.process_lease import LeaseLostError
from tests.live import eventually

SOON = timedelta(milliseconds=20)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def ticking(chores: Sequence[PeriodicTask], fatal: list[Exception] | None = None) -> Iterator[PeriodicRunner]:
    ticker = PeriodicRunner(chores, now, (list[Exception]() if fatal is None else fatal).append)
    ticker.start()
    try:
        yield ticker
    finally:
        ticker.stop()


def test_a_chore_is_called_again_and_again_with_the_instant() -> None:
    began, instants = now(), list[datetime]()
    with ticking([PeriodicTask(SOON, instants.append)]):
        eventually(lambda: len(instants) >= 3)
    assert began + SOON <= instants[0]
    assert all(later - earlier >= SOON / 2 for earlier, later in pairwise(instants))


def test_a_chore_is_called_no_more_after_the_end() -> None:
    instants = list[datetime]()
    with ticking([PeriodicTask(SOON, instants.append)]) as ticker:
        eventually(lambda: len(instants) >= 1)
        ticker.stop()
        ended = now()
        with ticking([PeriodicTask(SOON, lambda _: None)]):
            eventually(lambda: now() > ended + 3 * SOON)
    assert max(instants) <= ended


def test_every_chore_is_called_soon_and_then_as_often_as_it_says() -> None:
    often, seldom = list[datetime](), list[datetime]()
    with ticking([PeriodicTask(SOON, often.append), PeriodicTask(timedelta(minutes=1), seldom.append)]):
        eventually(lambda: len(often) >= 3)
    assert len(seldom) == 1


def test_a_chore_that_fails_is_logged_and_tried_again_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    tried, beside = list[datetime](), list[datetime]()

    def fail(at: datetime) -> None:
        tried.append(at)
        raise ZeroDivisionError

    with ticking([PeriodicTask(SOON, fail), PeriodicTask(SOON, beside.append)]):
        eventually(lambda: len(tried) >= 2 and len(beside) >= 2)
    assert "a chore failed; it is tried again" in caplog.text


def test_a_lost_claim_is_fatal_once_and_ends_the_tick() -> None:
    fatal, beside, lost = list[Exception](), list[datetime](), LeaseLostError("gone")

    def check(_: datetime) -> None:
        raise lost

    with ticking([PeriodicTask(SOON, check), PeriodicTask(SOON, beside.append)], fatal):
        eventually(lambda: fatal == [lost])
        ended = now()
        eventually(lambda: now() > ended + 3 * SOON)
    assert (fatal, beside) == ([lost], [])
