"""One bot serves two workspaces: each hears what it follows, and neither touches what is the other's."""

import re
from collections.abc import Iterator

import pytest

from bot.slack.foreign_workspace import NOT_SERVED
from bot.workspace.workspace import Workspace, plain
from tests.handlers.replica import follow
from tests.live import Stage, eventually, stage
from tests.scenarios.room import COURT, FERRIES, FILES, FOUR, SIX_TO_FOUR, THREE, TITLE, claims, title


@pytest.fixture
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, Workspace]]:
    next_door = Workspace(2)
    files = {**FILES, "ferries.yaml": FERRIES}
    with stage(tmp_path_factory.mktemp("two"), files=files, neighbour=next_door) as found:
        yield found, next_door


def test_each_workspace_has_its_own_subscriptions_and_its_own_trouble(two: tuple[Stage, Workspace]) -> None:
    here, next_door = two
    zoe = next_door.add_user("zoe")
    lobby = next_door.add_channel("lobby", zoe)

    def typed(words: str) -> str:
        assert next_door.command(zoe, lobby, f"/brief {words}").error is None
        return plain(next_door.last(zoe, lobby).text)

    ours = re.search(r"#\d+", here.ask("/brief subscribe all").text)
    assert ours is not None
    for words in (f"unsubscribe {ours[0]}", f"mute {ours[0]}", "unsubscribe all"):
        assert "this channel does not follow" in typed(words)
    assert "Nothing yet." in typed("subscriptions all")
    assert "This channel follows nothing." in typed("status")
    typed("subscribe ferries/legal")
    typed("use ferries")
    assert "Default brief" not in here.ask("/brief subscriptions").text
    here.edit("ferries.yaml", SIX_TO_FOUR)
    eventually(lambda: len(here.dialogue(here.ben, here.general)) == 2)
    here.workspace.state.app.bot_token = "xoxb-other"  # noqa: S105
    here.edit("ferries.yaml", COURT)
    eventually(lambda: "Slack refuses everything of this workspace (invalid_auth)" in here.status())
    eventually(lambda: claims(next_door.last(zoe, lobby)) == [THREE])
    assert "Slack refuses" not in typed("status")


def test_what_was_stored_under_a_workspace_of_others_is_ours_or_does_nothing(two: tuple[Stage, Workspace]) -> None:
    here, next_door = two
    general, team = here.general, here.workspace.state.team
    for channel in (general, "C0THEIRS"):
        follow(here.bot.services.store, "ferries", channel, "T0THEIRS")
    with here.down():
        pass

    def of_team(team: str) -> list[str]:
        with here.bot.services.store.snapshot() as tx:
            return [each.channel for each in tx.subscriptions.of_team(team)]

    eventually(lambda: of_team(team) == [general])
    assert of_team("T0THEIRS") == ["C0THEIRS"]
    here.ask("/brief subscribe all")
    before = len(here.dialogue(here.ben, general))
    here.edit("ferries.yaml", SIX_TO_FOUR)
    eventually(lambda: len(here.dialogue(here.ben, general)) == before + 1)
    assert "this bot has no token for their workspaces: 1 subscription." in here.status()
    next_door.delivery = here.workspace.delivery
    next_door.state.team = "T0THEIRS"
    zoe = next_door.add_user("zoe")
    lobby = next_door.add_channel("lobby", zoe)
    assert next_door.command(zoe, lobby, "/brief legal ferries").error is None
    assert plain(next_door.last(zoe, lobby).text) == NOT_SERVED


def test_each_workspace_hears_its_own_bot(two: tuple[Stage, Workspace]) -> None:
    here, next_door = two
    zoe = next_door.add_user("zoe")
    lobby = next_door.add_channel("lobby", zoe)
    ours, theirs = here.workspace.state.app, next_door.state.app
    assert {ours.bot_user, ours.bot_id, ours.id}.isdisjoint({theirs.bot_user, theirs.bot_id, theirs.id})
    next_door.say(zoe, lobby, f"<@{ours.bot_user}> ferries")
    next_door.say(zoe, lobby, f"<@{theirs.bot_user}> ferries")
    eventually(lambda: len(next_door.seen_by(zoe, lobby)) == 3)
    assert title(next_door.last(zoe, lobby)) == TITLE
    here.ask("/brief subscribe all")
    assert next_door.command(zoe, lobby, "/brief subscribe all").error is None
    next_door.kick(lobby)
    next_door.invite(lobby)  # the app hears of its own return only by its own id there
    here.edit("ferries.yaml", SIX_TO_FOUR)
    eventually(lambda: len(here.dialogue(here.ben, here.general)) == 2)
    eventually(lambda: claims(next_door.last(zoe, lobby)) == [FOUR])
    for workspace, app in ((here.workspace, ours), (next_door, theirs)):
        senders = {(m.user, m.bot_id) for m in workspace.state.messages if m.bot_id}
        assert senders == {(app.bot_user, app.bot_id)}
        assert {m.channel for m in workspace.state.messages} <= set(workspace.state.channels)
