"""What the app is sent."""

import pytest

from bot.workspace import payloads
from bot.workspace.deliver import Ack
from bot.workspace.messages import Message
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.workspace.calls import posted
from tests.workspace.modal_scene import Script, option, plain


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


CONFIRM = {key: plain(key) for key in ("title", "text", "confirm", "deny")}
FOLLOW = {"type": "button", "action_id": "follow", "text": plain("Follow"), "confirm": CONFIRM}
GROUPS = [
    {"label": plain("often"), "options": [option("daily")]},
    {"label": plain("rare"), "options": [option("weekly")]},
]
MORE = {"type": "static_select", "action_id": "more", "placeholder": plain("More"), "option_groups": GROUPS}
FOLDED = {"type": "container", "title": plain("Evidence"), "child_blocks": [{"type": "actions", "elements": [MORE]}]}


def pressed(workspace: Workspace, action_id: str, value: str | None = None, *, confirmed: bool = False) -> Json:
    """The action that the app is sent after a press."""
    workspace.delivery = app = Script([Ack()])
    ann = workspace.add_user("ann")
    blocks = [{"type": "actions", "elements": [FOLLOW]}, FOLDED]
    message = posted(workspace, workspace.add_channel("general", ann), blocks=blocks)
    workspace.press(ann, message, action_id, value, confirmed=confirmed)
    [action] = app.sent[0]["actions"]
    return dict(action)


def test_a_press_that_asks_is_sent_once_it_is_confirmed(workspace: Workspace) -> None:
    action = pressed(workspace, "follow", confirmed=True)
    assert (action["action_id"], action["text"], action["confirm"]) == ("follow", plain("Follow"), CONFIRM)


@pytest.mark.parametrize(("action_id", "confirmed"), [("follow", False), ("more", True)])
def test_a_press_is_confirmed_where_it_asks_and_only_there(
    workspace: Workspace, action_id: str, confirmed: bool
) -> None:
    with pytest.raises(ValueError, match=f"{action_id} asks for"):
        pressed(workspace, action_id, "weekly", confirmed=confirmed)


def test_an_option_is_found_in_its_group_and_its_menu_in_a_container(workspace: Workspace) -> None:
    action = pressed(workspace, "more", "weekly")
    assert (action["selected_option"], action["placeholder"]) == (option("weekly"), plain("More"))
    with pytest.raises(ValueError, match="no option monthly"):
        pressed(workspace, "more", "monthly")


def test_a_pressed_ephemeral_message_stays_with_its_reader(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    button = {"type": "button", "action_id": "share", "value": "v"}
    for reader in (None, ann):
        message = Message("1.1", channel, workspace.state.app.bot_user, "hello", visible_to=reader)
        payload = payloads.block_actions(workspace.state, ann, message, button, None, "https://example.org/r")
        assert ("message" in payload, payload["container"]["is_ephemeral"]) == (reader is None, reader is not None)
        assert [(action["action_id"], action["value"]) for action in payload["actions"]] == [("share", "v")]


def test_an_organisation_wide_installation_is_told_no_team(workspace: Workspace) -> None:
    workspace.state.enterprise = "E0LOCAL001"
    ann, state = workspace.add_user("ann"), workspace.state
    channel = workspace.add_channel("general", ann)
    command = payloads.slash_command(state, ann, channel, "/brief", "https://example.org/r")
    assert (command["is_enterprise_install"], command["enterprise_id"]) == ("true", "E0LOCAL001")
    view = {"id": "V1", "team_id": state.team, "app_id": "A1", "hash": "h", "blocks": []}
    form = payloads.view_submission(state, ann, view, {})
    press = payloads.block_actions(state, ann, Message("1.1", channel, ann, "x"), {"type": "button"}, None, "https://x")
    for payload in (form, press):
        assert (payload["team"], payload["is_enterprise_install"]) == (None, True)
        assert payload["enterprise"]["id"] == "E0LOCAL001"
    assert form["view"]["app_installed_team_id"] == state.team


def test_an_installation_of_one_workspace_names_it(workspace: Workspace) -> None:
    ann, state = workspace.add_user("ann"), workspace.state
    command = payloads.slash_command(state, ann, workspace.add_channel("general"), "/brief", "https://example.org/r")
    assert (command["is_enterprise_install"], "enterprise_id" in command) == ("false", False)
    view = {"id": "V1", "team_id": state.team, "app_id": "A1", "hash": "h", "blocks": []}
    form = payloads.view_submission(state, ann, view, {})
    assert (form["team"]["id"], form["enterprise"], form["is_enterprise_install"]) == (state.team, None, False)
