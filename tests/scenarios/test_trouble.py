"""Slack limits, fails or refuses; every change is posted all the same, and once."""

from collections.abc import Iterator

import pytest

from bot.handlers.context import PRODUCTION_CADENCE
from bot.workspace.messages import Message
from bot.workspace.workspace import ALL_SCOPES
from tests.live import Stage, eventually, stage
from tests.scenarios.room import (
    ALTERNATIVE,
    COURT,
    FERRIES,
    FILES,
    FOUR,
    HARDLY,
    SIX_TO_FOUR,
    THREE,
    TITLE,
    Room,
    claims,
    note,
    reads,
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
    workspace.limits.on = True
    room.save(SIX_TO_FOUR)
    room.stage.edit(f"{other}.yaml", SIX_TO_FOUR)
    room.post(3)
    room.settled()
    assert (workspace.limits.refused - refused, workspace.limits.calls_before_retry_after) == ({}, 0)


def test_an_error_of_the_service_is_tried_again(room: Room) -> None:
    room.ask("/brief subscribe all")
    room.stage.workspace.faults.script(POST, "unavailable")
    room.edit(SIX_TO_FOUR)
    eventually(lambda: "1 message is waiting to be posted." in room.stage.status())
    assert news(room.settled()) == [[FOUR]]
    assert "Nothing is waiting to be posted." in room.stage.status()


def test_an_outage_ends_with_one_post_for_each_brief_that_holds_every_change(room: Room) -> None:
    workspace = room.stage.workspace
    other = room.add(FERRIES.replace(TITLE, "Other ferries"))
    elsewhere = room.another("elsewhere")
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe {brief}/overview", channel=elsewhere)
    workspace.faults.inject(1, {"unavailable": 1.0}, frozenset({POST}))
    refusals = workspace.faults.counts["unavailable"]
    room.edit(SIX_TO_FOUR)
    eventually(lambda: workspace.faults.counts["unavailable"] > refusals)
    room.edit(ALTERNATIVE)
    room.stage.edit(f"{other}.yaml", COURT)
    room.edit(COURT)
    eventually(lambda: "messages are waiting to be posted" in room.stage.status())
    workspace.faults.inject(1, {})
    assert sorted(news(room.settled())) == sorted([[FOUR, HARDLY, THREE], [THREE]])
    assert news(room.posts(elsewhere)) == [[FOUR, HARDLY]]


def test_there_and_back_in_an_outage_is_no_news(room: Room) -> None:
    workspace = room.stage.workspace
    room.ask("/brief subscribe all")
    workspace.faults.inject(1, {"unavailable": 1.0}, frozenset({POST}))
    room.edit(SIX_TO_FOUR)
    room.edit(reads("from twelve to four.", "from twelve to six."))
    workspace.faults.inject(1, {})
    assert len(room.settled()) == 1


def test_what_is_owed_to_nobody_any_more_stops_nobody(room: Room) -> None:
    workspace = room.stage.workspace
    elsewhere = room.another("elsewhere")
    room.ask("/brief subscribe all")
    room.ask("/brief subscribe all", channel=elsewhere)
    workspace.faults.inject(1, {"unavailable": 1.0}, frozenset({POST}))
    room.edit(note("update", "No news."))
    room.ask("/brief unsubscribe all")
    workspace.faults.inject(1, {})
    assert len(room.settled()) == 1
    assert "No news." in room.posts(elsewhere)[1].text


# A token that works no more


def test_a_refused_token_stops_the_workspace_until_a_start_with_one_that_works(room: Room) -> None:
    stage, app = room.stage, room.stage.workspace.state.app
    room.ask("/brief subscribe all")
    app.bot_token = f"{app.bot_token}-new"
    room.edit(SIX_TO_FOUR)
    eventually(lambda: "Slack refuses everything of this workspace (invalid_auth)" in stage.status())
    room.edit(COURT)
    assert room.ask("/brief legal {brief}").text.startswith(TITLE)
    assert len(room.posts()) == 1
    with stage.down():
        stage.slack = stage.slack.model_copy(update={"bot_token": app.bot_token})
    assert news(room.settled()) == [[FOUR, THREE]]
    assert "Slack refuses" not in stage.status()
