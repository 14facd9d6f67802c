"""What people do, in the shapes that Slack's documentation and its SDKs know, also rare ones and those of another age.

Source: docs.slack.dev, slash commands and the reference of interaction payloads.
"""

from typing import Any

from tests.handlers.desk import BOT, TEAM
from tests.slack.payloads import ANN, FORM, Json, command, press

STRANGER = {"id": "U9", "username": "zoe", "name": "zoe", "team_id": "T9"}
ORGANISATION: Json = {"is_enterprise_install": True, "enterprise": {"id": "E1", "name": "org"}, "team": None}
RICH = [
    {
        "type": "rich_text",
        "block_id": "Qx1",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "user", "user_id": BOT},
                    {"type": "text", "text": " legal", "style": {"bold": True}},
                    {"type": "link", "url": "https://example.org/", "text": "here"},
                ],
            }
        ],
    }
]
FILE = {
    "id": "F1",
    "created": 1700000000,
    "name": "note.png",
    "mimetype": "image/png",
    "size": 10,
    "is_external": False,
    "shares": {"public": {"C1": [{"ts": "1.1"}]}},
}
MESSAGE: Json = {
    "type": "message",
    "bot_id": "B1",
    "user": BOT,
    "text": "Legal",
    "ts": "1.1",
    "team": TEAM,
    "blocks": RICH,
    "app_id": "A1",
    "metadata": {"event_type": "x", "event_payload": {"key": "1"}},
}
PLAIN = {"type": "plain_text", "text": "Legal", "emoji": True}


def without(payload: Json, *names: str, **more: Any) -> Json:
    return {name: value for name, value in payload.items() if name not in names} | more


def pressed(**changed: Any) -> Json:
    """A press of *Legal* with all that Slack says of it, changed."""
    control = {"type": "button", "action_id": "open:1", "block_id": "b", "text": PLAIN, "value": "legal"}
    more: Json = {
        "api_app_id": "A1",
        "token": "x",
        "enterprise": None,
        "is_enterprise_install": False,
        "state": {"values": {}},
    }
    return {**press("legal"), **more, "actions": [{**control, "action_ts": "1700000000.1"}], **changed}


def picked(kind: str, **chosen: Any) -> Json:
    return pressed(actions=[{"type": kind, "action_id": "open:1", "block_id": "b", "action_ts": "1.1", **chosen}])


def submitted(**changed: Any) -> Json:
    """The form of digests; of its window what is not None."""
    window = {"id": "V1", "team_id": TEAM, "hash": "1.a", "blocks": [], "title": PLAIN, "root_view_id": "V1"}
    view = {**FORM["view"], **window, "app_id": "A1", "bot_id": "B1", "previous_view_id": None, "clear_on_close": False}
    return {**FORM, "view": view, "token": "x", "api_app_id": "A1", "response_urls": [], "enterprise": None, **changed}


def other_form(**changed: Any) -> Json:
    values = {
        "a": {"text": {"type": "plain_text_input", "value": None}},
        "b": {"day": {"type": "datepicker", "selected_date": "2026-05-11"}},
        "c": {"many": {"type": "multi_users_select", "selected_users": ["U1"]}},
        "d": {"boxes": {"type": "checkboxes", "selected_options": [{"text": PLAIN, "value": "x"}]}},
        "e": {"rich": {"type": "rich_text_input", "rich_text_value": RICH[0]}},
        "f": {"files": {"type": "file_input", "files": [FILE]}},
    }
    return submitted(view={**submitted()["view"], "callback_id": "other", "state": {"values": values}, **changed})


def suggested(**changed: Any) -> Json:
    container = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": False}
    place = {"channel": {"id": "C1", "name": "general"}, "message": MESSAGE, "container": container}
    typeahead = {"type": "block_suggestion", "action_id": "open:typeahead", "block_id": "b", "value": "sal"}
    return {**typeahead, "team": {"id": TEAM, "domain": "x"}, "user": ANN, "api_app_id": "A1", **place, **changed}


def interaction(kind: str, **fields: Any) -> Json:
    return {"type": kind, "token": "x", "team": {"id": TEAM, "domain": "x"}, "user": ANN, "action_ts": "1.1", **fields}


VIEW_ALONE = {"container": {"type": "view", "view_id": "V1"}, "view": submitted()["view"]}
NOWHERE = without(pressed(), "channel", "message", "container")
TYPED = command("legal") | {"token": "x", "team_domain": "x", "user_name": "ann", "api_app_id": "A1"}

COMMANDS: dict[str, Json] = {
    "plain": TYPED,
    "no text": {**TYPED, "text": ""},
    "text absent": without(TYPED, "text"),
    "of an organisation": {**TYPED, "enterprise_id": "E1", "enterprise_name": "org", "is_enterprise_install": "true"},
    "of no organisation": {**TYPED, "is_enterprise_install": "false"},
    "direct message": {**TYPED, "channel_id": "D1", "channel_name": "directmessage"},
    "group message": {**TYPED, "channel_id": "G1", "channel_name": "mpdm-ann--ben--cleo-1"},
    "private channel": {**TYPED, "channel_id": "G2", "channel_name": "privategroup"},
    "of a stranger": {**TYPED, "user_id": "W9", "user_name": "zoe"},
    "escaped": {**TYPED, "text": "R&amp;D &lt;b&gt; <#C1|general> <@U1|ann>"},
    "another command": {**TYPED, "command": "/weather"},
    "Chinese": {**TYPED, "text": "法律"},
}
MALFORMED_COMMANDS: dict[str, Json] = {
    "of nobody": without(TYPED, "user_id"),
    "nowhere": without(TYPED, "channel_id"),
    "without a workspace": without(TYPED, "team_id"),
    "of a long id": {**TYPED, "user_id": "U" * 33},
    "with a NUL in its id": {**TYPED, "channel_id": "C1\0"},
    "without a command": without(TYPED, "command"),
}
INTERACTIONS: dict[str, Json] = {
    "button": pressed(),
    "in an ephemeral message": without(pressed(container={"type": "message", "is_ephemeral": True}), "message"),
    "in a thread": pressed(message={**MESSAGE, "thread_ts": "1.0"}),
    "in a whole message": pressed(message=MESSAGE),
    "in an attachment": pressed(container={"type": "message_attachment", "attachment_id": 1, "channel_id": "C1"}),
    "in an unfurl": pressed(app_unfurl={"id": 1, "blocks": RICH}),
    "in a Home tab": {**NOWHERE, **VIEW_ALONE},
    "in a modal": {**NOWHERE, **VIEW_ALONE, "view": {**submitted()["view"], "type": "modal"}},
    "of an organisation": pressed(**ORGANISATION),
    "of a team in an organisation": pressed(team={"id": TEAM, "enterprise_id": "E1", "enterprise_name": "org"}),
    "of a stranger": pressed(user=STRANGER),
    "user of an organisation": pressed(user={"id": "W1", "team_id": "E1"}),
    "two actions": pressed(actions=pressed()["actions"] * 2),
    "unknown action": pressed(actions=[{"type": "button", "action_id": "approve", "value": "1"}]),
    "an action that begins alike": pressed(actions=[{"type": "button", "action_id": "open-door", "value": "1"}]),
    "link button": pressed(actions=[{"type": "button", "action_id": "open:1", "url": "https://example.org/"}]),
    "workflow button": pressed(actions=[{"type": "workflow_button", "action_id": "w", "workflow": {"trigger": {}}}]),
    "static menu": picked("static_select", selected_option={"text": PLAIN, "value": "legal"}),
    "menu of groups": picked("static_select", selected_option={"text": PLAIN, "value": "x"}, initial_option=None),
    "deselected": picked("static_select", selected_option=None),
    "external menu": picked("external_select", selected_option={"text": PLAIN, "value": "legal"}),
    "overflow": picked("overflow", selected_option={"text": PLAIN, "value": "legal"}),
    "users": picked("users_select", selected_user="U1"),
    "channels": picked("channels_select", selected_channel="C1"),
    "conversations": picked("multi_conversations_select", selected_conversations=["C1"]),
    "date": picked("datepicker", selected_date="2026-05-11", initial_date="2026-05-10"),
    "time": picked("timepicker", selected_time="09:00"),
    "instant": picked("datetimepicker", selected_date_time=1700000000),
    "boxes": picked("checkboxes", selected_options=[{"text": PLAIN, "value": "x"}]),
    "radio": picked("radio_buttons", selected_option={"text": PLAIN, "value": "legal"}),
    "text field": picked("plain_text_input", value="legal"),
    "rich text field": picked("rich_text_input", rich_text_value=RICH[0]),
    "feedback": picked("feedback_buttons", value="good"),
    "in a custom step": pressed(function_data={"execution_id": "Fx1", "function": {"callback_id": "x"}, "inputs": {}}),
    "form": submitted(),
    "form of a stranger": submitted(team={"id": "T9", "domain": "z"}, user=STRANGER),
    "form of an organisation": submitted(**ORGANISATION),
    "another form": other_form(),
    "another form without metadata": other_form(private_metadata=None, app_installed_team_id=None),
    "a form without fields": other_form(state={"values": {}}),
    "closed form": interaction("view_closed", view=submitted()["view"], is_cleared=False),
    "typeahead": suggested(),
    "typeahead of nothing": suggested(value=""),
    "typeahead in a modal": {**without(suggested(), "channel", "message"), **VIEW_ALONE, "action_id": "zone"},
    "typeahead of a stranger": suggested(user=STRANGER),
    "unknown typeahead": suggested(action_id="cities"),
    "global shortcut": interaction("shortcut", callback_id="ask", trigger_id="1.2.3"),
    "message shortcut": interaction("message_action", callback_id="ask", channel={"id": "C1"}, message=MESSAGE),
    "attachment action": interaction("interactive_message", callback_id="x", actions=[{"name": "a", "type": "button"}]),
    "attachment menu": interaction("interactive_message", callback_id="x", name="a", value="v", attachment_id="1"),
    "dialog": interaction("dialog_submission", callback_id="x", submission={"a": "b", "c": None}, state=""),
    "dialog typeahead": interaction("dialog_suggestion", callback_id="x", name="a", value="v"),
    "closed dialog": interaction("dialog_cancellation", callback_id="x", response_url="https://example.org/"),
    "workflow step": interaction("workflow_step_edit", callback_id="x", workflow_step={"step_id": "1"}),
    "a kind to come": interaction("hologram_waved", hand="left"),
}
MALFORMED_INTERACTIONS: dict[str, Json] = {
    "press without actions": without(pressed(), "actions"),
    "press of no action": pressed(actions=[]),
    "press of nobody": without(pressed(), "user"),
    "press of a name": pressed(user="U1"),
    "press without an action id": pressed(actions=[{"type": "button", "value": "legal"}]),
    "press of a number": pressed(actions=[{"type": "button", "action_id": "open:1", "value": 5}]),
    "press without a workspace": without(pressed(team=None, user={"id": "U1"}), "enterprise"),
    "form without a window": without(submitted(), "view"),
    "form without fields": submitted(view={**submitted()["view"], "state": None}),
    "form without a conversation": submitted(view={**submitted()["view"], "private_metadata": None}),
    "form of a long conversation": submitted(view={**submitted()["view"], "private_metadata": "C" * 300}),
    "typeahead without an id": without(suggested(), "action_id"),
    "no kind": without(pressed(), "type"),
    "kind null": pressed(type=None),
    "nothing": {},
}
