"""One bot for a whole organisation: Slack says which workspaces it serves, and each press acts where its message is."""

from collections.abc import Iterator

import pytest

from bot.store.foreign_teams import NO_TOKEN
from tests.handlers.replica import follow
from tests.live import Stage, eventually, stage
from tests.scenarios.room import FERRIES, FILES

SISTER = "T0SISTER01"


@pytest.fixture
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    files = {**FILES, "ferries.yaml": FERRIES}
    with stage(tmp_path_factory.mktemp("whole"), files=files) as found:
        with found.down():
            found.workspace.state.enterprise, found.workspace.state.siblings = "E0WHOLE001", (SISTER,)
        yield found


def stopped(here: Stage, team: str) -> str | None:
    with here.bot.services.store.snapshot() as tx:
        return tx.subscriptions.stop_reason(team)


def test_workspaces_that_the_bot_is_let_into_are_served_from_the_next_look_on(whole: Stage) -> None:
    follow(whole.bot.services.store, "ferries", "C0THEIRS", SISTER)
    eventually(lambda: whole.bot.services.identity.organisation == "E0WHOLE001")
    whole.workspace.state.siblings = ("T0OTHER001",)
    eventually(lambda: stopped(whole, SISTER) == NO_TOKEN)
    whole.workspace.state.siblings = ("T0OTHER001", SISTER)
    eventually(lambda: stopped(whole, SISTER) is None)
    assert stopped(whole, whole.workspace.state.team) is None


def test_a_press_acts_in_the_workspace_of_its_message(whole: Stage) -> None:
    """Whoever presses may be counted to another workspace of the organisation."""
    whole.say(whole.ann, whole.general, f"<@{whole.workspace.state.app.bot_user}> ferries")
    answer = whole.workspace.last(whole.ann, whole.general)
    whole.workspace.state.users[whole.ben].team = SISTER
    whole.press(answer, "follow", user=whole.ben, confirmed=True)
    with whole.bot.services.store.snapshot() as tx:
        followed = {team: tx.subscriptions.of_team(team) for team in (whole.workspace.state.team, SISTER)}
    assert {team: len(each) for team, each in followed.items()} == {whole.workspace.state.team: 1, SISTER: 0}
