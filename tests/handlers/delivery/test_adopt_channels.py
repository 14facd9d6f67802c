"""What earlier versions stored of our channels under other workspaces goes on under ours, once Slack says so."""

import pytest

from bot.handlers.delivery.adopt_channels import ASKED_MAX, ChannelAdoption
from tests.handlers.desk import TEAM, Desk, ferries
from tests.handlers.replica import follow

THEIRS = "T9"


def start(desk: Desk) -> ChannelAdoption:
    """The bot starts."""
    with desk.store.transaction() as tx:
        tx.foreign_teams.mark({TEAM})
    return ChannelAdoption(desk.services, {TEAM})


def teams(desk: Desk) -> list[str]:
    with desk.store.snapshot() as tx:
        return [each.team for team in (TEAM, THEIRS) for each in tx.subscriptions.of_team(team)]


def state(desk: Desk) -> str | None:
    with desk.store.snapshot() as tx:
        return tx.subscriptions.stop_reason(THEIRS)


def test_a_channel_that_our_token_can_read_is_moved_and_is_told_each_change_once(desk: Desk) -> None:
    follow(desk.store, "ferries", team=THEIRS)
    desk.subscribe("all")
    desk.edit(ferries(1))
    adoption = start(desk)
    for _ in range(2):
        adoption.look()
        desk.wake()
        assert (teams(desk), desk.changes()) == ([TEAM, TEAM], [(0, 1)])
    desk.edit(ferries(2))
    desk.wake()
    assert desk.changes() == [(0, 1), (1, 2)]


def test_what_is_of_others_is_kept_and_does_nothing(desk: Desk) -> None:
    follow(desk.store, "all", "C7", THEIRS)
    adoption = start(desk)
    adoption.look()
    assert (teams(desk), state(desk)) == ([THEIRS], "foreign")
    desk.edit(ferries(1))
    assert (desk.rows(), desk.replica.queue.waiting) == ([], [])
    assert desk.status().kept == ((1, "subscription"),)
    assert "no token for their workspaces: 1 subscription." in str(desk.ask("status"))
    # Nobody is asked again before the next start.
    desk.slack.add_channel("C7")
    adoption.look()
    assert teams(desk) == [THEIRS]
    start(desk).look()
    assert teams(desk) == [TEAM]


@pytest.mark.parametrize("error", ["dropped", "http_503", "ratelimited", "invalid_auth"])
def test_while_slack_is_away_it_is_owed_and_moved_later(desk: Desk, error: str) -> None:
    follow(desk.store, "all", team=THEIRS)
    desk.edit(ferries(1))
    adoption = start(desk)
    desk.slack.refuse("channel_info", error, times=2)
    for _ in range(2):
        adoption.look()
        desk.wake()
        assert (teams(desk), state(desk), desk.entries()) == ([THEIRS], "no_token", [])
    desk.edit(ferries(2))
    adoption.look()
    desk.wake()
    assert (teams(desk), desk.changes()) == ([TEAM], [(0, 2)])


def test_calls_are_bounded(desk: Desk) -> None:
    for number in range(ASKED_MAX + 5):
        follow(desk.store, "all", f"C7{number}", THEIRS)
    adoption = start(desk)
    desk.slack.refuse("channel_info", "channel_not_found", times=ASKED_MAX)
    adoption.look()
    assert state(desk) == "no_token"
    adoption.look()
    assert state(desk) == "foreign"


def test_of_two_of_our_workspaces_the_one_with_the_bot_in_it_counts(desk: Desk) -> None:
    follow(desk.store, "all", team=THEIRS)
    with desk.store.transaction() as tx:
        tx.foreign_teams.mark({TEAM, "T0"})
    ChannelAdoption(desk.services, {TEAM, "T0"}).look()
    assert teams(desk) == [TEAM]
