"""The Web API methods that the bot calls, with Slack's own refusals.

Scopes, tiers, required arguments and error names are those of docs.slack.dev (a test compares with the contract).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.workspace.blockkit import Finding, validate_blocks, validate_view
from bot.workspace.state import App, Channel, Json, Message, SlackError, State

TEXT_MAX = 40_000
UPDATE_TEXT_MAX = 4_000
TIERS: dict[str, int | None] = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": None}
"""Calls a minute and workspace; special limits (t5) are in `limits`. Source: docs.slack.dev, rate limits."""

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """A method's contract and its effect. `scopes`: one of them is needed."""

    run: Callable[[State, Arguments], Json]
    tier: str
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    token: str = "bot"


def call(state: State, name: str, arguments: Arguments, token: str | None) -> Json:
    """One call. Raises: SlackError for whatever Slack would refuse."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method")
    _authorize(state.app, method, token)
    if unknown := set(arguments) - {*method.required, *method.optional, "token"}:
        raise SlackError("invalid_arg_name", response_metadata={"messages": sorted(unknown)})
    if any(arguments.get(key) in (None, "") for key in method.required):
        raise SlackError(_MISSING.get(name, "invalid_arguments"))
    with state.lock:
        answer = method.run(state, arguments)
        state.version += 1
        return {"ok": True, **answer}


_MISSING = {"chat.postMessage": "channel_not_found", "chat.update": "channel_not_found"}


def _authorize(app: App, method: Method, token: str | None) -> None:
    if method.token == "none":
        return
    if not token:
        raise SlackError("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    if token != (app.app_token if method.token == "app" else app.bot_token):
        raise SlackError("not_allowed_token_type")
    if method.scopes and method.token == "bot" and not app.scopes.intersection(method.scopes):
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=",".join(sorted(app.scopes)))


# Checks that several methods share


def _blocks(arguments: Arguments) -> list[Json]:
    """The blocks of a message. Raises: SlackError invalid_blocks with pointers, invalid_blocks_format."""
    blocks = _structured(arguments.get("blocks"), "invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    refuse("invalid_blocks", validate_blocks(blocks))
    return blocks


def refuse(error: str, findings: list[Finding]) -> None:
    """Raises: SlackError where there is a finding, in the shape of `blocks.validate` and of `chat.postMessage`."""
    if findings:
        messages = [f"[ERROR] {finding.message} [json-pointer:{finding.pointer}]" for finding in findings]
        errors = [finding.as_json() for finding in findings]
        raise SlackError(error, errors=errors, response_metadata={"messages": messages})


def _structured(value: object, error: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise SlackError(error) from None


def _writable(state: State, arguments: Arguments) -> Channel:
    """The channel a message may go to. Raises: SlackError."""
    wanted = str(arguments["channel"])
    channel = state.direct(wanted) if wanted in state.users else state.channel(wanted)
    if channel.is_archived:
        raise SlackError("is_archived")
    if state.app.bot_user not in channel.members:
        if channel.is_private or channel.is_im:
            raise SlackError("channel_not_found")
        if "chat:write.public" not in state.app.scopes:
            raise SlackError("not_in_channel")
    return channel


def _thread(state: State, channel: Channel, arguments: Arguments) -> str | None:
    """The thread's parent. Slack starts one under any message; under nothing it posts to the channel."""
    wanted = arguments.get("thread_ts")
    return str(wanted) if wanted and any(m.ts == wanted for m in state.messages if m.channel == channel.id) else None


def _readable(state: State, arguments: Arguments) -> Channel:
    channel = state.channel(str(arguments["channel"]))
    if state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found" if channel.is_private or channel.is_im else "not_in_channel")
    return channel


# Methods


def _auth_test(state: State, arguments: Arguments) -> Json:
    app = state.app
    return {
        "url": f"https://{state.domain}.slack.com/",
        "team": state.domain,
        "team_id": state.team,
        "user": state.users[app.bot_user].name,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def _post_message(state: State, arguments: Arguments) -> Json:
    channel = _writable(state, arguments)
    made = _message(state, channel, arguments)
    state.post(made)
    return {"channel": channel.id, "ts": made.ts, "message": made.as_json()}


def _message(state: State, channel: Channel, arguments: Arguments) -> Message:
    blocks, text = _blocks(arguments), str(arguments.get("text") or "")
    if not (blocks or text):
        raise SlackError("no_text")
    return Message(
        ts=state.next_ts(),
        channel=channel.id,
        user=state.app.bot_user,
        text=text[:TEXT_MAX],
        blocks=blocks,
        thread_ts=_thread(state, channel, arguments),
        metadata=_structured(arguments.get("metadata"), "invalid_metadata_format"),
        bot_id=state.app.bot_id,
    )


def _post_ephemeral(state: State, arguments: Arguments) -> Json:
    channel = _writable(state, arguments)
    if arguments["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    made = _message(state, channel, arguments)
    made.visible_to = str(arguments["user"])
    state.post(made)
    return {"message_ts": made.ts}


def _own(state: State, arguments: Arguments, error: str) -> Message:
    """A message of the app itself; ephemeral ones cannot be found. Raises: SlackError."""
    channel = state.channel(str(arguments["channel"]))
    if channel.is_archived:
        raise SlackError("is_inactive")
    found = state.find(channel.id, str(arguments["ts"]))
    if found.user != state.app.bot_user:
        raise SlackError(error)
    return found


def _update(state: State, arguments: Arguments) -> Json:
    found = _own(state, arguments, "cant_update_message")
    blocks, text = _blocks(arguments), str(arguments.get("text") or "")
    if len(text) > UPDATE_TEXT_MAX:
        raise SlackError("msg_too_long")
    if not (blocks or text):
        raise SlackError("no_text")
    found.text, found.blocks, found.edited = text, blocks, not blocks  # text without blocks removes the blocks
    if "metadata" in arguments:
        found.metadata = _structured(arguments["metadata"], "invalid_metadata_format") or None
    return {"channel": found.channel, "ts": found.ts, "text": found.text, "message": found.as_json()}


def _delete(state: State, arguments: Arguments) -> Json:
    found = _own(state, arguments, "cant_delete_message")
    state.messages.remove(found)
    return {"channel": found.channel, "ts": found.ts}


def _permalink(state: State, arguments: Arguments) -> Json:
    found = state.find(state.channel(str(arguments["channel"])).id, str(arguments["message_ts"]))
    path = f"archives/{found.channel}/p{found.ts.replace('.', '')}"
    return {"channel": found.channel, "permalink": f"https://{state.domain}.slack.com/{path}"}


def _info(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    if channel.is_private and state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return {"channel": channel_json(state, channel)}


def channel_json(state: State, channel: Channel) -> Json:
    """A channel as `conversations.info` gives it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not (channel.is_private or channel.is_im),
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "is_archived": channel.is_archived,
        "is_member": state.app.bot_user in channel.members,
    }


def _history(state: State, arguments: Arguments) -> Json:
    channel, limit = _readable(state, arguments), int(arguments.get("limit") or 100)
    oldest, latest = float(arguments.get("oldest") or 0), float(arguments.get("latest") or "inf")
    found = [
        message
        for message in reversed(state.messages)
        if message.channel == channel.id
        and message.visible_to is None
        and message.thread_ts in (None, message.ts)
        and oldest < float(message.ts) < latest
    ]
    return {"messages": [_stored(m, arguments) for m in found[:limit]], "has_more": len(found) > limit}


def _stored(message: Message, arguments: Arguments) -> Json:
    """Metadata are given only where they are asked for."""
    made = message.as_json()
    if str(arguments.get("include_all_metadata", "")).lower() not in ("true", "1"):
        made.pop("metadata", None)
    return made


def _replies(state: State, arguments: Arguments) -> Json:
    channel, ts = _readable(state, arguments), str(arguments["ts"])
    parent = state.find(channel.id, ts)
    below = [m for m in state.messages if m.thread_ts == ts and m.visible_to is None and m is not parent]
    return {"messages": [_stored(message, arguments) for message in [parent, *below]], "has_more": False}


def _open(state: State, arguments: Arguments) -> Json:
    user = str(arguments.get("users") or "")
    if user not in state.users:
        raise SlackError("user_not_found")
    return {"channel": {"id": state.direct(user).id}}


def _join(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_private or channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(state.app.bot_user)
    return {"channel": channel_json(state, channel)}


def _members(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def _user_info(state: State, arguments: Arguments) -> Json:
    user = state.users.get(str(arguments["user"]))
    if user is None:
        raise SlackError("user_not_found")
    shown = {"id": user.id, "name": user.name, "real_name": user.real_name, "tz": user.tz, "is_bot": user.is_bot}
    return {"user": {**shown, "team_id": state.team}}


def _team_info(state: State, arguments: Arguments) -> Json:
    return {"team": {"id": state.team, "name": state.domain, "domain": state.domain}}


def _view_open(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    trigger = use(state, state.triggers, str(arguments["trigger_id"]), "invalid_trigger_id", "expired_trigger_id")
    return {"view": _keep(state, {**view, "user": trigger.get("user")})}


def _keep(state: State, view: Json) -> Json:
    made = {**view, "id": view.get("id") or state.new_id("V"), "team_id": state.team, "app_id": state.app.id}
    state.views[made["id"]] = made
    return made


def _view_update(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    view_id = str(arguments.get("view_id") or "")
    if view_id not in state.views:
        raise SlackError("not_found")
    return {"view": _keep(state, {**view, "id": view_id})}


def _view_publish(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    return {"view": _keep(state, {**view, "id": f"home-{arguments['user_id']}"})}


def _validate(state: State, arguments: Arguments) -> Json:
    given = [key for key in ("blocks", "message", "view") if arguments.get(key) is not None]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    value = _structured(arguments[given[0]], f"invalid_{given[0]}")
    findings = validate_view(value) if given[0] == "view" else validate_blocks(_held(value))
    refuse(f"invalid_{given[0]}", findings)
    return {}


def _held(value: Any) -> object:
    return value.get("blocks", []) if isinstance(value, dict) else value


def use(state: State, kept: dict[str, Any], key: str, unknown: str, expired: str) -> Json:
    """The context of a `response_url` or `trigger_id`, used once more. Raises: SlackError."""
    found = kept.get(key)
    if found is None:
        raise SlackError(unknown)
    if state.clock() > found.expires or found.left == 0:
        raise SlackError(expired)
    found.left -= 1
    return dict(found.context)


def _connect(state: State, arguments: Arguments) -> Json:
    return {"url": state.new_id("ticket-")}


METHODS: dict[str, Method] = {
    "auth.test": Method(_auth_test, "t5"),
    "blocks.validate": Method(_validate, "t4", optional=("blocks", "message", "view"), token="none"),
    "chat.delete": Method(_delete, "t3", ("chat:write",), ("channel", "ts")),
    "chat.getPermalink": Method(_permalink, "t5", (), ("channel", "message_ts")),
    "chat.postEphemeral": Method(
        _post_ephemeral,
        "t4",
        ("chat:write",),
        ("channel", "user"),
        ("text", "blocks", "thread_ts", "parse", "link_names"),
    ),
    "chat.postMessage": Method(
        _post_message,
        "t5",
        ("chat:write",),
        ("channel",),
        (
            *("text", "blocks", "thread_ts", "reply_broadcast", "metadata", "mrkdwn", "parse", "link_names"),
            *("unfurl_links", "unfurl_media"),
        ),
    ),
    "chat.update": Method(
        _update, "t3", ("chat:write",), ("channel", "ts"), ("text", "blocks", "metadata", "parse", "link_names")
    ),
    "conversations.history": Method(
        _history,
        "t3",
        ("channels:history", "groups:history", "im:history", "mpim:history"),
        ("channel",),
        ("cursor", "inclusive", "include_all_metadata", "latest", "limit", "oldest"),
    ),
    "conversations.info": Method(
        _info,
        "t3",
        ("channels:read", "groups:read", "im:read", "mpim:read"),
        ("channel",),
        ("include_locale", "include_num_members"),
    ),
    "conversations.join": Method(_join, "t3", ("channels:join",), ("channel",)),
    "conversations.members": Method(
        _members, "t4", ("channels:read", "groups:read", "im:read", "mpim:read"), ("channel",), ("cursor", "limit")
    ),
    "conversations.open": Method(
        _open, "t3", ("im:write", "mpim:write"), (), ("channel", "users", "return_im", "prevent_creation")
    ),
    "conversations.replies": Method(
        _replies,
        "t3",
        ("channels:history", "groups:history", "im:history", "mpim:history"),
        ("channel", "ts"),
        ("cursor", "inclusive", "include_all_metadata", "latest", "limit", "oldest"),
    ),
    "team.info": Method(_team_info, "t3", ("team:read",), (), ("team", "domain")),
    "users.info": Method(_user_info, "t4", ("users:read",), ("user",), ("include_locale",)),
    "views.open": Method(_view_open, "t4", (), ("view", "trigger_id"), ("interactivity_pointer",)),
    "views.publish": Method(_view_publish, "t4", (), ("user_id", "view"), ("hash",)),
    "views.update": Method(_view_update, "t4", (), ("view",), ("view_id", "external_id", "hash")),
    "apps.connections.open": Method(_connect, "t3", ("connections:write",), token="app"),
}
