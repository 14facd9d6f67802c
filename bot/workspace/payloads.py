"""What Slack sends to an app: commands and interactions. Source: docs.slack.dev, the page of each payload."""

from collections.abc import Iterator

from bot.render.document.mrkdwn import escape
from bot.workspace import forms
from bot.workspace.messages import Message
from bot.workspace.state import Json, State

ACTION = ("type", "action_id", "value", "text", "placeholder", "confirm")
"""Fields of a control that its payload repeats."""


def slash_command(state: State, user: str, channel: str, typed: str, response_url: str) -> Json:
    """What a person typed into a channel, e.g. `/brief legal`; its text is escaped."""
    name, _, text = typed.partition(" ")
    return {
        "token": "deprecated",
        "team_id": state.team,
        "team_domain": state.domain,
        "channel_id": channel,
        "channel_name": state.channel(channel).name or "directmessage",
        "user_id": user,
        "user_name": state.users[user].name,
        "command": name,
        "text": escape(text),
        "api_app_id": state.app.id,
        # Text, as every field of a form.
        "is_enterprise_install": "true" if state.enterprise else "false",
        **({"enterprise_id": state.enterprise, "enterprise_name": state.domain} if state.enterprise else {}),
        "response_url": response_url,
        "trigger_id": state.new_trigger(user),
    }


def block_actions(
    state: State, user: str, message: Message, element: Json, option: str | None, response_url: str
) -> Json:
    """A pressed button, or the option (by its value) that was picked from a menu. Only a message that everybody sees
    comes with the payload. Raises: ValueError for an option that a static menu does not have."""
    action: Json = {key: element[key] for key in ACTION if key in element}
    action |= {"block_id": "block", "action_ts": state.next_ts()}
    if option is not None:
        action["selected_option"] = _option(element, option)
    visible = {} if message.visible_to else {"message": {**message.as_json(), "team": state.team}}
    return {
        **_message_interaction(state, "block_actions", user, message),
        **visible,
        "trigger_id": state.new_trigger(user),
        "response_url": response_url,
        "actions": [action],
    }


def message_action(state: State, user: str, message: Message, callback_id: str, response_url: str) -> Json:
    """A message shortcut, on a message that everybody sees."""
    channel = state.channel(message.channel)
    return {
        **_interaction(state, "message_action", user),
        "token": "deprecated",
        "action_ts": state.next_ts(),
        "callback_id": callback_id,
        "trigger_id": state.new_trigger(user),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message.as_json(),
    }


def block_suggestion(state: State, user: str, message: Message, action_id: str, typed: str) -> Json:
    """What a person has typed so far into a typeahead of a message."""
    return {
        **_message_interaction(state, "block_suggestion", user, message),
        "action_id": action_id,
        "value": typed,
    }


def view_suggestion(state: State, user: str, view: Json, action_id: str, typed: str) -> Json:
    """What a person has typed so far into a typeahead of a modal. Raises: LookupError for a field that is not there."""
    block = next((b for b in forms.inputs(view) if b["element"]["action_id"] == action_id), None)
    if block is None:
        raise LookupError(f"no field {action_id}")
    return {
        **_interaction(state, "block_suggestion", user),
        "container": {"type": "view", "view_id": view["id"]},
        "view": forms.payload(view, {}),
        "block_id": block["block_id"],
        "action_id": action_id,
        "value": typed,
    }


def view_submission(state: State, user: str, view: Json, values: Json) -> Json:
    """A submitted modal; `values` is the state of its fields, as `forms.state` gives it."""
    return {
        **_interaction(state, "view_submission", user),
        "token": "deprecated",
        "trigger_id": state.new_trigger(user),
        "view": forms.payload(view, values),
        "response_urls": [],
    }


def control(message: Message, action_id: str) -> Json:
    """The button or menu of a message. Raises: LookupError if there is none: nobody could press it."""
    for element in controls(message):
        if element["action_id"] == action_id:
            return element
    raise LookupError(f"no control {action_id} in {message.text[:60]!r}")


def controls(message: Message) -> Iterator[Json]:
    """The buttons and menus of a message, in order."""
    return _controls(message.blocks)


def _controls(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]
        elif "accessory" in block:
            yield block["accessory"]
        yield from _controls(block.get("child_blocks", []))


def _option(element: Json, value: str) -> Json:
    """An option of a menu; what a typeahead offered is not stored, so that its value stands for its label.
    Raises: ValueError for one that a static menu does not have."""
    if element["type"] == "external_select":
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    return forms.option_of(element, value)


def _message_interaction(state: State, kind: str, user: str, message: Message) -> Json:
    """The fields that all interactions with a message have."""
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
    container |= {"is_ephemeral": message.visible_to is not None}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    channel = state.channel(message.channel)
    return {
        **_interaction(state, kind, user),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "container": container,
    }


def _interaction(state: State, kind: str, user: str) -> Json:
    """The fields that all interactions have. An app that is installed for a whole organisation is told no `team`."""
    # A form names the workspace of the person, everything else that of the conversation.
    team = {"id": state.home(user) if kind == "view_submission" else state.team, "domain": state.domain}
    return {
        "type": kind,
        "team": None if state.enterprise else team,
        "enterprise": {"id": state.enterprise, "name": state.domain} if state.enterprise else None,
        "is_enterprise_install": state.enterprise is not None,
        "user": {"id": user, "name": state.users[user].name, "team_id": state.home(user)},
        "api_app_id": state.app.id,
    }
