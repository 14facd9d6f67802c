"""Shortcuts in the menu of a message."""

import pytest

from bot.workspace.deliver import Ack
from bot.workspace.messages import Message
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.workspace.calls import posted
from tests.workspace.modal_scene import Script

FIELDS = set(
    "type token action_ts team user channel is_enterprise_install enterprise callback_id trigger_id response_url "
    "message_ts message api_app_id".split()
)
"""Of a `message_action`. Source: docs.slack.dev, shortcut payloads."""


def picked(workspace: Workspace, message: Message, user: str) -> Json:
    """What the app is sent."""
    workspace.delivery = app = Script([Ack()])
    assert workspace.shortcut(user, message, "report") == Ack()
    [payload] = app.sent
    return payload


def test_the_app_is_sent_the_message_and_can_answer_the_person(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    message = posted(workspace, channel)
    payload = picked(workspace, message, ann)
    assert payload.keys() == FIELDS
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == ("message_action", "report", message.ts)
    assert payload["channel"] == {"id": channel, "name": "general"}
    assert payload["message"] == message.as_json()
    assert workspace.state.triggers[payload["trigger_id"]].context == {"user": ann}
    workspace.respond(payload["response_url"].rpartition("/")[2], {"text": "done"})
    assert workspace.last(ann, channel).visible_to == ann


def test_the_message_of_a_person_has_them_too(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    message = workspace.say(ann, workspace.add_channel("general", ann), "hello")
    assert picked(workspace, message, ann)["message"]["user"] == ann


def test_what_only_one_person_sees_has_none_and_the_app_none_but_its_own(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    message = workspace.say(ann, channel, "hello")
    with pytest.raises(LookupError, match="no shortcut other"):
        workspace.shortcut(ann, message, "other")
    workspace.slackbot(ann, channel, "psst")
    with pytest.raises(LookupError, match="no shortcut report"):
        workspace.shortcut(ann, workspace.last(ann, channel), "report")
