"""The sender makes every call once, and says what Slack said."""

import time
from collections.abc import Iterator

import pytest

from bot.handlers.ports import Caller, Posted, Refused
from bot.render.message import notice
from bot.slack.sender import WebSender, client
from bot.workspace.serve import Served
from bot.workspace.server import application
from bot.workspace.workspace import Workspace


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    found = Workspace(clock=time.time)
    server = Served(application(found))
    found.base_url = server.url
    yield found
    server.close()


def sender(workspace: Workspace) -> WebSender:
    web = client(workspace.state.app.bot_token, f"{workspace.base_url}/api/")
    return WebSender(lambda _: web)


def test_a_post_gives_its_name(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    posted = sender(workspace).post("T1", channel, notice("hello"), None)
    assert isinstance(posted, Posted)
    assert [m.ts for m in workspace.state.messages] == [posted.ts]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_dropped_connection_is_not_tried_again(workspace: Workspace, kind: str) -> None:
    channel = workspace.add_channel("general")
    workspace.faults.order("chat.postMessage", kind)  # type: ignore[arg-type]
    assert sender(workspace).post("T1", channel, notice("hello"), None) == Refused("unreachable")
    assert len(workspace.state.messages) == (1 if kind == "drop_after" else 0)


@pytest.mark.parametrize(
    ("kind", "error"), [("ratelimited", "ratelimited"), ("unavailable", "http_503"), ("slow", "unreachable")]
)
def test_what_slack_says_is_passed_on(workspace: Workspace, kind: str, error: str) -> None:
    channel = workspace.add_channel("general")
    workspace.faults.order("chat.postMessage", kind, seconds=3)  # type: ignore[arg-type]
    assert sender(workspace).post("T1", channel, notice("hello"), None) == Refused(error)


def test_a_private_channel_without_the_bot_is_refused(workspace: Workspace) -> None:
    channel = workspace.add_channel("secret", private=True, bot=False)
    assert sender(workspace).post("T1", channel, notice("hello"), None) == Refused("channel_not_found")


def test_a_caller_without_response_url_cannot_be_answered(workspace: Workspace) -> None:
    assert sender(workspace).respond(Caller("T1", None, "U1", "C1"), notice("hello")) == Refused("no_response_url")
