"""The clock of a process, which several processes read from the same database server."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DatabaseFailureError
from bot.store.clock import SharedClock, clock_of
from bot.store.store import Store

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Time:
    """True seconds; a server's clock is ahead of them, a machine's monotonic one behind. A look takes a while, and the
    server reads its clock somewhere in it."""

    def __init__(self, ahead: float = 0) -> None:
        self.true, self.ahead, self.behind = 1e9, ahead, 12_345.0
        self.before = self.after = 0.0
        """How long a look takes before and after the server reads its clock."""

    def monotonic(self) -> float:
        return self.true - self.behind

    def read(self) -> float:
        self.true += self.before
        shown = self.true + self.ahead
        self.true += self.after
        return shown

    def wrong_by(self, clock: SharedClock) -> float:
        """How far a clock is ahead of the server's."""
        return (clock() - EPOCH).total_seconds() - self.true - self.ahead


def test_it_shows_what_the_server_shows_and_goes_on_between_two_looks() -> None:
    time = Time(ahead=3600)
    clock = SharedClock(time.read, time.monotonic)
    assert time.wrong_by(clock) == pytest.approx(0, abs=1e-5)
    time.true += 100
    assert time.wrong_by(clock) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("step", [-7200.0, -0.5, 0.5, 7200.0])
def test_it_follows_a_step_with_the_next_look(step: float) -> None:
    time = Time()
    clock = SharedClock(time.read, time.monotonic)
    time.ahead += step
    assert time.wrong_by(clock) == pytest.approx(-step, abs=1e-5)
    clock.look()
    assert time.wrong_by(clock) == pytest.approx(0, abs=1e-5)


def test_a_look_that_fails_changes_nothing() -> None:
    time = Time()
    clock = SharedClock(time.read, time.monotonic)

    def fails() -> float:
        raise DatabaseFailureError("away")

    clock._read = fails
    with pytest.raises(DatabaseFailureError):
        clock.look()
    assert time.wrong_by(clock) == pytest.approx(0, abs=1e-5)


SECONDS = st.floats(0, 5)


@given(st.lists(st.tuples(SECONDS, SECONDS, st.floats(-9000, 9000)), min_size=1, max_size=9))
def test_however_long_looks_take_it_is_never_wrong_by_more_than_the_last_one_took(
    looks: list[tuple[float, float, float]],
) -> None:
    time = Time()
    clock = SharedClock(time.read, time.monotonic)
    for time.before, time.after, step in looks:
        time.ahead += step
        clock.look()
        assert -time.after - 1e-5 <= time.wrong_by(clock) <= time.before + 1e-5


@given(SECONDS, SECONDS)
def test_a_slow_look_does_not_move_a_clock_that_is_right(before: float, after: float) -> None:
    time = Time()
    clock = SharedClock(time.read, time.monotonic)
    time.before, time.after = before, after
    clock.look()
    assert time.wrong_by(clock) == pytest.approx(0, abs=1e-5)


def test_processes_of_one_postgres_agree_whatever_their_machines_say_and_sqlite_has_the_machines(store: Store) -> None:
    hour_fast = datetime.now(UTC) + timedelta(hours=1)
    one, other = clock_of(store, lambda: hour_fast), clock_of(store, lambda: datetime.now(UTC))
    if store.engine.dialect.name == "sqlite":
        assert one() == hour_fast
    else:
        assert abs(one() - other()) < timedelta(seconds=0.5)
        assert abs(one() - datetime.now(UTC)) < timedelta(seconds=5), "the server of the tests is this machine"
