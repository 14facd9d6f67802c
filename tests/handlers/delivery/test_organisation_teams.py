"""Of an organisation Slack says which of its workspaces the bot serves, whatever is stored of them."""

from dataclasses import dataclass

import pytest

from bot.handlers.delivery.organisation_teams import OrganisationTeams
from bot.store.foreign_teams import NO_TOKEN
from tests.handlers.desk import TEAM, Desk, ferries
from tests.handlers.replica import follow

SISTER, STRANGER = "T2", "T9"


@dataclass
class Looks:
    """A bot that has started, with the token of an organisation."""

    teams: OrganisationTeams

    def look(self) -> None:
        self.teams.look(["E1"], ())


def start(desk: Desk) -> Looks:
    return Looks(OrganisationTeams(desk.services))


def reason(desk: Desk, team: str) -> str | None:
    with desk.store.snapshot() as tx:
        return tx.subscriptions.stop_reason(team)


def stop(desk: Desk, team: str, why: str) -> None:
    with desk.store.transaction() as tx:
        tx.subscriptions.mark_stopped(team, why)


def test_every_workspace_that_slack_names_is_served_whatever_is_stored_of_it(desk: Desk) -> None:
    """A digest alone, an owed message alone, rows from before it joined: none says of what organisation it is."""
    desk.slack.teams = frozenset({TEAM, SISTER})
    desk.slack.add_channel("C2", team=SISTER)
    follow(desk.store, "all", "C2", SISTER)
    follow(desk.store, "all", "C9", STRANGER)
    stop(desk, SISTER, NO_TOKEN)
    start(desk).look()
    assert [reason(desk, team) for team in (TEAM, SISTER, STRANGER)] == [None, None, NO_TOKEN]
    desk.edit(ferries(1))
    desk.wake()
    assert len(desk.slack.texts("C2")) == 1


def test_what_was_owed_to_a_workspace_goes_out_once_the_bot_is_let_in_again(desk: Desk) -> None:
    desk.slack.add_channel("C2", team=SISTER)
    follow(desk.store, "all", "C2", SISTER)
    desk.slack.teams = frozenset({TEAM})
    teams = start(desk)
    teams.look()
    desk.edit(ferries(1))
    desk.wake()
    assert (reason(desk, SISTER), desk.slack.texts("C2")) == (NO_TOKEN, [])
    desk.slack.teams = frozenset({TEAM, SISTER})
    teams.look()
    desk.wake()
    assert (reason(desk, SISTER), len(desk.slack.texts("C2"))) == (None, 1)


@pytest.mark.parametrize("error", ["dropped", "http_503", "ratelimited", "invalid_auth", "new_word"])
def test_what_slack_does_not_say_is_asked_again_and_changes_nothing(desk: Desk, error: str) -> None:
    follow(desk.store, "all", "C9", STRANGER)
    stop(desk, SISTER, NO_TOKEN)
    desk.slack.teams = frozenset({TEAM, SISTER})
    desk.slack.refuse("organisation_teams", error)
    teams = start(desk)
    teams.look()
    assert (reason(desk, SISTER), reason(desk, STRANGER)) == (NO_TOKEN, None)
    teams.look()
    assert (reason(desk, SISTER), reason(desk, STRANGER)) == (None, NO_TOKEN)


def test_a_workspace_that_slack_refuses_for_another_reason_stays_stopped(desk: Desk) -> None:
    stop(desk, SISTER, "missing_scope")
    desk.slack.teams = frozenset({TEAM, SISTER})
    start(desk).look()
    assert reason(desk, SISTER) == "missing_scope"
