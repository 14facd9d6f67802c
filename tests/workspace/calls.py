"""Calls of the Web API as the app makes them, for tests."""

from typing import Any

import pytest

from bot.workspace.api.web_api import call
from bot.workspace.messages import Message
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import Workspace

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]
METADATA = {"event_type": "delivery", "event_payload": {"key": "k"}}


def text_blocks(chars: int) -> list[Json]:
    """Sections with that much text in all."""
    texts = ["x" * min(2000, chars - start) for start in range(0, chars, 2000)]
    return [{"type": "section", "text": {"type": "plain_text", "text": text}} for text in texts]


def bot(workspace: Workspace, name: str, **arguments: Any) -> Json:
    """The answer to a call with the bot's token."""
    return call(workspace.state, name, arguments, workspace.state.app.bot_token)


def refusal(workspace: Workspace, name: str, token: str | None = None, **arguments: Any) -> str:
    """The name of the error that a call gets."""
    with pytest.raises(SlackError) as caught:
        call(workspace.state, name, arguments, workspace.state.app.bot_token if token is None else token)
    return caught.value.error


def posted_ts(workspace: Workspace, channel: str, **arguments: Any) -> str:
    """The `ts` of a new message."""
    return str(bot(workspace, "chat.postMessage", channel=channel, text="hello", **arguments)["ts"])


def posted(workspace: Workspace, channel: str, **arguments: Any) -> Message:
    """A new message."""
    ts = bot(workspace, "chat.postMessage", **{"channel": channel, "text": "hello", **arguments})["ts"]
    return workspace.state.find(channel, ts)


def listed(workspace: Workspace, name: str, **arguments: Any) -> list[str]:
    """The `ts` of the messages on a page of history or of a thread, in its order."""
    return [message["ts"] for message in bot(workspace, name, **arguments)["messages"]]
