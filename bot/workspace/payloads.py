"""What Slack sends to an app: commands, interactions and events. Source: docs.slack.dev, the page of each payload."""

from collections.abc import Iterator
from typing import Any

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
        "is_enterprise_install": "false",
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
    visible = {} if message.visible_to else {"message": message.as_json()}
    return {
        **_message_interaction(state, "block_actions", user, message),
        **visible,
        "trigger_id": state.new_trigger(user),
        "response_url": response_url,
        "actions": [action],
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
        "is_enterprise_install": False,
    }


def event_callback(state: State, event: Json, event_id: str) -> Json:
    """The envelope of an event."""
    return {
        "token": "deprecated",
        "team_id": state.team,
        "api_app_id": state.app.id,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(state.clock()),
        "event": event,
        "authorizations": [{"team_id": state.team, "user_id": state.app.bot_user, "is_bot": True}],
    }


def message_event(state: State, message: Message, **more: Any) -> Json | None:
    """The event of what a person wrote: a direct message or a mention of the app. None where the app hears nothing.
    `more` are fields that only some messages have."""
    event = {"user": message.user, "text": message.text, "ts": message.ts, "channel": message.channel}
    event |= {"event_ts": message.ts, "team": state.team, **more}
    event |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    # In a shared channel the message names the workspace of who wrote it.
    if (home := state.home(message.user)) != state.team:
        event |= {"team": home, "user_team": home, "source_team": home}
    if _is_direct(state, message):
        broadcast = {"subtype": "thread_broadcast"} if message.broadcast else {}
        return {"type": "message", "channel_type": "im", **event, **broadcast}
    return {"type": "app_mention", **event} if f"<@{state.app.bot_user}" in message.text else None


def _is_direct(state: State, message: Message) -> bool:
    channel = state.channel(message.channel)
    return channel.is_im and state.app.bot_user in channel.members


def file_share(name: str) -> Json:
    """The fields of a message with a file."""
    return {"subtype": "file_share", "upload": False, "files": [{"id": "F00000001", "name": name}]}


def edit_event(state: State, message: Message) -> Json | None:
    """The event of a message that was edited: of a direct message one that holds its new version, of a mention another
    mention. None where the app hears nothing."""
    edited = {"user": message.user, "ts": state.next_ts()}
    event = message_event(state, message, edited=edited)
    if event is None or not _is_direct(state, message):
        return event
    version = {**message.as_json(), "edited": edited}
    fields = {"channel": message.channel, "channel_type": "im", "ts": edited["ts"], "event_ts": edited["ts"]}
    return {"type": "message", "subtype": "message_changed", "hidden": True, "message": version, **fields}


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
    """The fields that all interactions have."""
    return {
        "type": kind,
        # A form names the workspace of the person, everything else that of the conversation.
        "team": {"id": state.home(user) if kind == "view_submission" else state.team, "domain": state.domain},
        "enterprise": None,
        "user": {"id": user, "name": state.users[user].name, "team_id": state.home(user)},
        "api_app_id": state.app.id,
    }
