"""Troubles that one process notes, by an injected clock."""

from datetime import timedelta

import pytest

from bot.core.delivery.trouble import Trouble
from bot.handlers.health import Health

PATIENCE = timedelta(seconds=15)
TEAMS = frozenset({("post", "T1")})
NOBODY: frozenset[tuple[str, str]] = frozenset()


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health(clock)


def test_all_is_well_until_something_is_found(health: Health) -> None:
    assert health.troubles(PATIENCE) == ()


def test_a_failure_is_trouble_at_once_and_until_the_next_write(health: Health) -> None:
    health.note_failure()
    assert health.troubles(PATIENCE) == ("no writes",)
    health.note_written(NOBODY)
    assert health.troubles(PATIENCE) == ()


@pytest.mark.parametrize(("after", "troubles"), [(15.0, ()), (15.1, ("no writes",))])
def test_a_look_that_does_not_end_has_failed(
    health: Health, clock: Clock, after: float, troubles: tuple[Trouble, ...]
) -> None:
    health.note_written(NOBODY)
    clock.at += after
    assert health.troubles(PATIENCE) == troubles


@pytest.mark.parametrize(("team", "troubles"), [(None, ("standing",)), ("T1", ("standing",)), ("T3", ())])
def test_a_workspace_hears_of_its_own_standing_messages(
    health: Health, team: str | None, troubles: tuple[Trouble, ...]
) -> None:
    health.note_written(TEAMS)
    assert health.troubles(PATIENCE, team) == troubles


def test_what_is_not_heard_of_in_time_is_silent_until_it_is(health: Health, clock: Clock) -> None:
    health.expect("digests", timedelta(seconds=10))
    health.expect("clean up", timedelta(hours=1))
    clock.at += 10
    assert health.silent() == ()
    clock.at += 1
    assert health.silent() == ("digests",)
    health.expect("digests", timedelta(seconds=10))
    assert health.silent() == ()


def test_standing_workers_are_said_when_it_begins_and_then_every_so_often() -> None:
    now = [0.0]
    health, every, standing = Health(lambda: now[0]), timedelta(minutes=1), frozenset({("post", "T1")})

    def said(at: float, found: frozenset[tuple[str, str]]) -> bool:
        now[0] = at
        is_to_say = bool(found) and health.is_standing_to_say(every)
        health.note_written(found)
        return is_to_say

    looks = [(0, standing), (5, standing), (55, standing), (60, standing), (65, frozenset()), (70, standing)]
    assert [said(at, found) for at, found in looks] == [True, False, False, True, False, True]
