"""Digests while clocks step: every fire time is fired once, and every change is in one digest."""

from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.handlers.commands.slash_command import answer_slash_command
from bot.handlers.context import Policy
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.store.schema import delivery, digest, digest_cursor
from bot.store.store import Store
from tests.conftest import examples, members
from tests.handlers.desk import UNLIMITED
from tests.handlers.digests.test_fire_due_digests import told, wants
from tests.handlers.replica import MONDAY, Replica, follow

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STEPS = [-DAY, -2 * HOUR, -5 * MINUTE, 5 * MINUTE, 2 * HOUR, 2 * DAY, 365 * DAY]


class World:
    """Monday, 9:00 UTC; a digest is wanted at 10:00 each day. The bot's clock is wrong by `ahead`."""

    def __init__(self, replica: Replica, channel: str = "C1") -> None:
        self.replica, self.channel = replica, channel
        self.true, self.ahead, self.edits = MONDAY, timedelta(0), 0
        self.set_clock()
        follow(replica.store, "all deliver:digest", channel)
        wants(replica, "daily 10:00 UTC", channel)

    def set_clock(self) -> None:
        self.replica.at = self.true + self.ahead

    def edit(self) -> None:
        self.edits += 1
        self.replica.edit(told(next(NUMBERS)))

    def pass_time(self, time: timedelta) -> None:
        ends = self.true + time
        while self.true < ends:
            self.true = min(self.true + HOUR, ends)
            self.set_clock()
            self.sweep()

    def step(self, by: timedelta) -> None:
        self.ahead += by
        self.set_clock()
        self.sweep()

    def sweep(self) -> None:
        fire_due_digests(self.replica.services, self.replica.at)
        with self.replica.store.transaction() as tx:
            sent = {"state": "sent", "attempt_at": self.replica.at}
            tx.connection.execute(update(delivery).where(delivery.c.state == "pending").values(**sent))

    def fired(self) -> list[Any]:
        """What became of the fire times, in the order in which it was decided."""
        with self.replica.store.snapshot() as tx:
            rows = tx.connection.execute(digest.select().where(digest.c.channel == self.channel).order_by(digest.c.id))
            return [row for row in rows if row.state != "skipped"]

    def owed(self) -> list[timedelta]:
        """The fire times of the digests that had something to say, after Monday, 10:00."""
        return [row.fire_at - MONDAY - HOUR for row in self.fired() if row.state == "owed"]

    def windows_tile(self) -> bool:
        return all(row.publication == later.after_publication for row, later in pairwise(self.fired()))


NUMBERS = count(1)


@pytest.fixture
def replica(tmp_path: Path, store: Store) -> Replica:
    found = Replica(tmp_path / "briefs", store)
    found.start(told(0))
    return found


@pytest.fixture
def world(replica: Replica) -> World:
    return World(replica)


@pytest.mark.parametrize("step", members([-DAY, -2 * HOUR, -5 * MINUTE], -DAY, -5 * MINUTE), ids=str)
def test_a_step_back_fires_no_digest_again_and_the_next_comes_in_time(world: World, step: timedelta) -> None:
    world.edit()
    world.pass_time(HOUR + MINUTE)
    assert world.owed() == [timedelta(0)]
    world.step(step)
    world.edit()
    world.pass_time(DAY)
    world.step(-step)
    assert world.owed() == [timedelta(0), DAY]
    world.edit()
    world.pass_time(DAY)
    assert world.owed() == [timedelta(0), DAY, 2 * DAY]


def test_a_step_forward_and_back_fires_a_digest_early_and_once(world: World) -> None:
    world.edit()
    world.step(2 * HOUR)
    world.step(-2 * HOUR)
    assert world.owed() == [timedelta(0)]
    world.edit()
    world.pass_time(HOUR + MINUTE)
    assert world.owed() == [timedelta(0)]
    world.pass_time(DAY)
    assert world.owed() == [timedelta(0), DAY]
    assert world.windows_tile()


@pytest.mark.parametrize(
    ("ahead", "early"),
    members(
        [(2 * DAY, []), (2 * DAY + 2 * HOUR, [2 * DAY]), (365 * DAY, []), (365 * DAY + 2 * HOUR, [365 * DAY])],
        (2 * DAY, []),
        (365 * DAY + 2 * HOUR, [365 * DAY]),
    ),
    ids=str,
)
def test_a_clock_that_was_days_ahead_loses_no_digest_of_the_days_between(
    world: World, ahead: timedelta, early: list[timedelta]
) -> None:
    world.edit()
    world.step(ahead)
    world.step(-ahead)
    assert world.owed() == early
    for _ in range(4):
        world.edit()
        world.pass_time(DAY)
    assert world.owed() == [*early, *(day for day in (0 * DAY, DAY, 2 * DAY, 3 * DAY) if day not in early)]
    assert world.windows_tile()


def test_a_publication_of_a_fast_clock_holds_up_neither_itself_nor_later_ones(world: World) -> None:
    world.ahead = 30 * DAY
    world.set_clock()
    world.edit()
    world.ahead = timedelta(0)
    world.set_clock()
    world.edit()
    world.pass_time(HOUR + MINUTE)
    assert [row.publication for row in world.fired()] == [3]


def test_a_digest_that_is_set_after_a_step_back_comes_at_its_next_time(world: World) -> None:
    world.replica.slack.add_channel("C1")
    world.replica.slack.add_person("U1")
    world.step(10 * DAY)
    world.step(-10 * DAY)
    world.pass_time(HOUR + MINUTE)
    world.edit()
    caller = world.replica.slack.caller("U1", "C1")
    policy = Policy("/brief", limits=UNLIMITED)
    answer_slash_command("digest add daily 12:00 UTC", caller, replace(world.replica.services, policy=policy))
    world.pass_time(2 * HOUR)
    assert world.owed() == [2 * HOUR]
    with world.replica.store.snapshot() as tx:
        (cursor,) = tx.connection.execute(digest_cursor.select())
    assert cursor.next_at == MONDAY + HOUR + DAY


Happening = tuple[Literal["edit", "wait", "step"], timedelta]
HAPPENINGS = st.one_of(
    st.tuples(st.just("edit"), st.just(MINUTE)),
    st.tuples(st.just("wait"), st.sampled_from([MINUTE, HOUR, DAY])),
    st.tuples(st.just("step"), st.sampled_from(STEPS)),
)


def test_however_the_clock_steps_each_change_is_in_one_digest(replica: Replica) -> None:
    channels = count(1)

    @examples(50, gate=6)
    @given(st.lists(HAPPENINGS, min_size=2, max_size=10))
    @example([("edit", MINUTE), ("step", 2 * DAY), ("edit", MINUTE), ("step", -DAY), ("wait", DAY)])
    def check(happenings: list[Happening]) -> None:
        world = World(replica, f"C{next(channels)}")
        for what, time in happenings:
            match what:
                case "edit":
                    world.edit()
                case "wait":
                    world.pass_time(time)
                case "step":
                    world.step(time)
        world.step(-world.ahead)
        world.edit()
        world.pass_time(2 * DAY)
        assert world.windows_tile()
        with replica.store.snapshot() as tx:
            assert world.fired()[-1].publication == tx.publications.newest_number()

    check()
