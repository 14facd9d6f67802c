"""What the app is sent."""

import pytest

from bot.workspace import payloads
from bot.workspace.messages import Message
from bot.workspace.workspace import ALL_SCOPES, Workspace


def test_a_command_carries_what_was_typed_behind_its_name_escaped(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    payload = payloads.slash_command(workspace.state, ann, channel, "/brief legal a<b", "https://example.org/r")
    assert (payload["command"], payload["text"]) == ("/brief", "legal a&lt;b")
    assert (payload["team_id"], payload["api_app_id"]) == (workspace.state.team, workspace.state.app.id)
    assert workspace.state.triggers[payload["trigger_id"]].context == {"user": ann}


def test_a_control_that_is_not_there_cannot_be_pressed(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    message = workspace.say(ann, workspace.add_channel("general", ann), "hello")
    with pytest.raises(LookupError):
        workspace.press(ann, message, "share")


def test_a_pressed_ephemeral_message_stays_with_its_reader(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    button = {"type": "button", "action_id": "share", "value": "v"}
    for reader in (None, ann):
        message = Message("1.1", channel, workspace.state.app.bot_user, "hello", visible_to=reader)
        payload = payloads.block_actions(workspace.state, ann, message, button, None, "https://example.org/r")
        assert ("message" in payload, payload["container"]["is_ephemeral"]) == (reader is None, reader is not None)
        assert [(action["action_id"], action["value"]) for action in payload["actions"]] == [("share", "v")]


def test_the_app_hears_direct_messages_and_mentions_only() -> None:
    workspace = Workspace(2, scopes=ALL_SCOPES)
    ann = workspace.add_user("ann")
    channel, direct = workspace.add_channel("general", ann), workspace.state.direct(ann).id

    def kind(where: str, text: str) -> str | None:
        event = payloads.message_event(workspace.state, Message("1.1", where, ann, text))
        return None if event is None else str(event["type"])

    assert kind(direct, "legal") == "message"
    assert kind(channel, "<@U0LOCAL002> legal") == "app_mention"
    assert kind(channel, "<@U0LOCAL001> legal") is None
    assert kind(channel, "legal") is None
