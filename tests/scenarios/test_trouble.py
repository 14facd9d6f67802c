"""Slack limits, fails or refuses; every change is posted all the same, and once."""

from collections.abc import Iterator

import pytest

from bot.handlers.context import PRODUCTION_CADENCE
from bot.workspace.messages import Message
from bot.workspace.workspace import ALL_SCOPES
from tests.live import Stage, eventually, stage
from tests.scenarios.room import (
    COURT,
    FERRIES,
    FILES,
    FOUR,
    SIX_TO_FOUR,
    THREE,
    TITLE,
    Room,
    claims,
    title,
)

POST = "chat.postMessage"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Keeps to Slack's limits, and leaves time to see what waits."""
    with stage(tmp_path_factory.mktemp("house"), files=FILES, cadence=PRODUCTION_CADENCE) as found:
        yield found


@pytest.fixture(autouse=True)
def mended(room: Room) -> Iterator[None]:
    """Whatever a dialogue broke works again when it ends."""
    yield
    room.stage.workspace.faults.inject(0, {})
    room.stage.workspace.state.app.scopes = ALL_SCOPES


def news(messages: list[Message]) -> list[list[str]]:
    """The claims that each post tells anew."""
    return [found for message in messages if (found := claims(message))]


# Limits and errors


def test_retry_after_is_obeyed_for_the_whole_workspace(room: Room) -> None:
    workspace = room.stage.workspace
    places = [room.another(f"place-{number}") for number in range(3)]
    for place in places:
        room.ask("/brief subscribe all", channel=place)
    refused = workspace.limits.refused[POST]
    workspace.faults.script(POST, "ratelimited", seconds=2)
    room.edit(SIX_TO_FOUR)
    room.settled()
    assert [news(room.posts(place)) for place in places] == [[[FOUR]]] * 3
    assert (workspace.limits.refused[POST] - refused, workspace.limits.calls_before_retry_after) == (1, 0)


def test_under_slacks_limits_no_post_is_refused(room: Room) -> None:
    workspace = room.stage.workspace
    other = room.add(FERRIES.replace(TITLE, "Other ferries"))
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe all deliver:thread", channel=room.another("threaded"))
    refused = workspace.limits.refused.copy()
    room.save(SIX_TO_FOUR)
    room.stage.edit(f"{other}.yaml", SIX_TO_FOUR)
    room.post(3)
    room.settled()
    assert (workspace.limits.refused - refused, workspace.limits.calls_before_retry_after) == ({}, 0)


# A token that works no more


def test_a_refused_token_stops_the_workspace_until_a_start_with_one_that_works(room: Room) -> None:
    stage, app = room.stage, room.stage.workspace.state.app
    room.ask("/brief subscribe all")
    app.bot_token = f"{app.bot_token}-new"
    room.edit(SIX_TO_FOUR)
    eventually(lambda: "Slack refuses everything of this workspace (invalid_auth)" in stage.status())
    room.edit(COURT)
    assert title(room.ask("/brief legal {brief}")) == TITLE
    assert len(room.posts()) == 1
    with stage.down():
        stage.slack = stage.slack.model_copy(update={"bot_token": app.bot_token})
    assert news(room.settled()) == [[FOUR, THREE]]
    assert "Slack refuses" not in stage.status()
