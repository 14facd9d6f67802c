"""Clocks that are wrong, differ, or step: everything is told within a minute, and once. Slack's clock is right; time
passes only while somebody waits."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.briefs.publishing import Publisher
from bot.handlers.context import PRODUCTION_CADENCE, Policy, Services
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.store.store import Store
from tests.conftest import PROFILE, examples, members
from tests.fake_queue import FakeQueue
from tests.fake_slack import FakeSlack
from tests.handlers.replica import MONDAY, Replica, follow
from tests.make import brief, claim

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=number) for number in (1, 60, 3600, 86400))
WITHIN = MINUTE + 4 * SECOND
"""A minute, the next sweep, and the posts themselves."""

CHANNELS = 12 if PROFILE == "gate" else 20
ROUNDS = 2 if PROFILE == "gate" else 4
LIMITS = {"post": RateLimit(50, PRODUCTION_CADENCE.post_gap)}
NUMBERS = count()


@dataclass
class Process:
    """A bot, whose clock is wrong by `ahead`."""

    services: Services
    ahead: timedelta = timedelta(0)
    alive: bool = True


class Waits(Event):
    """Nobody ends the process; whoever waits lets time pass."""

    def __init__(self, world: "World") -> None:
        super().__init__()
        self._world = world

    def wait(self, timeout: float | None = None) -> bool:
        self._world.true += timedelta(seconds=timeout or 0)
        return False


class World:
    """A workspace whose channels follow one brief, and two processes that take turns. `true` is the time."""

    def __init__(self, directory: Path, store: Store, channels: int = CHANNELS) -> None:
        self.true, self.number, self.edits = MONDAY, next(NUMBERS), 0
        self.team, self.slug = f"T{self.number}", f"ferries-{self.number}"
        self.slack, self.queue = Steps(self), FakeQueue()
        self.channels = [self.slack.add_channel(f"C{self.number}x{n}", team=self.team) for n in range(channels)]
        self.replica = Replica(directory / "briefs", store)
        self.replica.slack, self.replica.queue = self.slack, self.queue
        self.processes = [self._process() for _ in range(2)]
        self.turn = 0
        self.queue.handler("post", self._run)
        self.replica.start()
        self.publish()
        for channel in self.channels:
            follow(store, self.slug, channel, self.team)

    def _process(self) -> Process:
        policy = Policy("/brief", limits=LIMITS)  # type: ignore[arg-type]
        process = Process(replace(self.replica.services, policy=policy, stopping=Waits(self)))
        process.services = replace(process.services, now=lambda: self.true + process.ahead)
        return process

    @property
    def alive(self) -> list[Process]:
        return [each for each in self.processes if each.alive]

    def _run(self, team: str) -> None:
        """Some process takes the job."""
        self.turn += 1
        run_worker(self.alive[self.turn % len(self.alive)].services, "post", team)

    def publish(self) -> None:
        publisher = Publisher(self.replica.store, self.queue, self.alive[0].services.now)
        self.replica.proposer = publisher
        words = claim("a", f"It was so at edit {self.edits}.")
        assert self.replica.edit(brief(self.slug, {"legal": [words]})) is not None

    def edit(self) -> None:
        self.edits += 1
        self.publish()

    def pass_time(self, time: timedelta, every: timedelta = 2 * SECOND) -> None:
        """All processes sweep every two seconds, and jobs run; a run may last longer."""
        ends = self.true + time
        while self.true < ends:
            self.true += every
            for each in self.alive:
                wake_stalled_workers(each.services, each.services.now())
            self.queue.run_all()

    def step(self, by: timedelta) -> None:
        """The clocks of all processes step, as far as clocks are ever wrong."""
        for each in self.processes:
            each.ahead = max(-DAY, min(each.ahead + by, DAY))

    def told(self, channel: str) -> list[int]:
        """The edits that the posts of a channel tell."""
        pairs = (re.findall(r"^(?:Was|Now): .*edit (\d+)\.", text, re.MULTILINE) for text in self.slack.texts(channel))
        return sorted(edit for was, now in pairs for edit in range(int(was) + 1, int(now) + 1))

    def all_told(self) -> bool:
        return all(self.told(channel) == list(range(1, self.edits + 1)) for channel in self.channels)


class Steps(FakeSlack):
    """Its clock is right; `at` says what happens before the post of a number, beginning with 1."""

    def __init__(self, world: World) -> None:
        super().__init__(now=lambda: world.true)
        self.at: dict[int, Callable[[], None]] = {}
        self.posts = 0

    def post(self, *arguments: Any, **named: Any) -> Any:
        self.posts += 1
        self.at.pop(self.posts, lambda: None)()
        return super().post(*arguments, **named)


@pytest.fixture
def world(tmp_path: Path, store: Store) -> World:
    return World(tmp_path, store)


STEPS = [
    -DAY, -2 * HOUR, -30 * MINUTE, -5 * MINUTE, -MINUTE, -30 * SECOND, 30 * SECOND, 5 * MINUTE, 2 * HOUR, DAY
]  # fmt: skip


@pytest.mark.parametrize("step", members(STEPS, -DAY, -30 * SECOND, 30 * SECOND, 2 * HOUR), ids=str)
def test_a_step_in_the_middle_of_deliveries_delays_none_by_more_than_a_minute(world: World, step: timedelta) -> None:
    world.slack.at = {
        4: partial(world.slack.drop, "post", arrives=True),
        5: partial(world.slack.drop, "post", arrives=False),
        6: partial(world.slack.refuse, "post", "http_503"),
        7: lambda: world.step(step),
        11: partial(world.slack.drop, "post", arrives=True),
    }
    world.edit()
    world.pass_time(WITHIN)
    assert world.all_told()
    world.edit()
    world.pass_time(WITHIN)
    assert world.all_told()


@pytest.mark.parametrize("step", members([-DAY, -2 * HOUR, -5 * MINUTE], -DAY, -5 * MINUTE), ids=str)
def test_what_slack_asked_to_wait_for_is_over_after_a_step_back(world: World, step: timedelta) -> None:
    world.slack.refuse("post", "ratelimited", retry_after=30 * MINUTE)
    world.edit()
    world.pass_time(4 * SECOND)
    world.step(step)
    world.pass_time(10 * SECOND)
    assert world.all_told()


def test_a_wait_that_slack_asks_for_is_kept_though_longer_than_any_of_ours(world: World) -> None:
    world.slack.refuse("post", "ratelimited", retry_after=10 * MINUTE)
    world.edit()
    world.pass_time(10 * MINUTE - 10 * SECOND, every=10 * SECOND)
    assert not any(map(world.told, world.channels))
    world.pass_time(10 * SECOND + WITHIN)
    assert world.all_told()


def test_slack_is_believed_for_an_hour(world: World) -> None:
    world.slack.refuse("post", "ratelimited", retry_after=1000 * DAY)
    world.edit()
    world.pass_time(HOUR - 2 * MINUTE, every=MINUTE)
    world.pass_time(2 * MINUTE - 10 * SECOND, every=10 * SECOND)
    assert not any(map(world.told, world.channels))
    world.pass_time(10 * SECOND + WITHIN)
    assert world.all_told()


@pytest.mark.parametrize("ahead", members([DAY, 2 * HOUR, 5 * MINUTE, MINUTE], DAY, MINUTE), ids=str)
def test_a_bot_that_starts_with_a_clock_behind_its_rows_goes_on_at_once(world: World, ahead: timedelta) -> None:
    fast, right = world.processes
    fast.ahead, right.alive = ahead, False
    world.slack.at[4] = partial(world.slack.drop, "post", arrives=True, times=2)
    world.slack.at[8] = partial(die, fast)
    world.edit()
    with pytest.raises(Died):
        world.pass_time(SECOND)
    right.alive = True
    world.pass_time(WITHIN)
    assert world.all_told()
    world.edit()
    world.pass_time(WITHIN)
    assert world.all_told()


class Died(BaseException):
    pass


def die(process: Process) -> None:
    process.alive = False
    raise Died


@pytest.mark.parametrize("ahead", members([-DAY, -HOUR, -MINUTE, HOUR, DAY], -DAY, -MINUTE, HOUR), ids=str)
def test_two_processes_whose_clocks_differ_do_not_stop_each_other(world: World, ahead: timedelta) -> None:
    world.processes[0].ahead = ahead
    for _ in range(ROUNDS):
        world.slack.drop("post", arrives=True)
        world.edit()
        world.pass_time(WITHIN)
        assert world.all_told()
    world.edit()
    world.queue.lose()
    world.processes[0].alive = False
    world.pass_time(WITHIN)
    assert world.all_told()
    world.edit()
    world.pass_time(10 * SECOND)
    assert world.all_told()


# Whatever happens

Happening = tuple[Literal["edit", "wait", "step", "step within", "differ", "drop before", "drop after", "limit"], float]
"""What happens, and a number of seconds where it needs one."""


def happen(world: World, happening: Happening) -> None:
    what, seconds = happening
    time = timedelta(seconds=seconds)
    match what:
        case "edit":
            world.edit()
        case "wait":
            world.pass_time(time)
        case "step":
            world.step(time)
        case "step within":
            world.slack.at[world.slack.posts + 2] = partial(world.step, time)
        case "differ":
            world.processes[1].ahead = max(-DAY, min(world.processes[0].ahead + time, DAY))
        case "limit":
            world.slack.refuse("post", "ratelimited", retry_after=time)
        case _:
            world.slack.drop("post", arrives=what == "drop after")


BY = st.sampled_from([each.total_seconds() for each in STEPS])
HAPPENINGS = st.one_of(
    st.tuples(st.just("edit"), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 90)),
    st.tuples(st.sampled_from(["step", "step within", "differ"]), BY),
    st.tuples(st.sampled_from(["drop before", "drop after"]), st.just(0)),
    st.tuples(st.just("limit"), st.sampled_from([5, 20])),
)


def test_however_clocks_step_everything_is_told_within_a_minute_and_once(tmp_path: Path, store: Store) -> None:
    @examples(60, gate=5)
    @given(st.lists(HAPPENINGS, min_size=2, max_size=12))
    @example([("drop after", 0), ("edit", 0), ("step within", 7200), ("wait", 1), ("step", -7200)])
    @example([("edit", 0), ("step", 7200), ("drop after", 0), ("edit", 0), ("wait", 1), ("step", -7200)])
    def check(happenings: list[Happening]) -> None:
        world = World(tmp_path, store, channels=3)
        for each in happenings:
            happen(world, each)
        world.slack.heal()
        world.edit()
        world.pass_time(WITHIN)
        assert [world.told(channel) for channel in world.channels] == [list(range(1, world.edits + 1))] * 3

    check()
