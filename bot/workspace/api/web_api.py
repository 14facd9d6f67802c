"""The Web API methods that the bot calls, with Slack's own refusals.

Scopes, tiers, required arguments and error names are those of docs.slack.dev (a test compares with the contract).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.render.document.mrkdwn import length
from bot.workspace.blockkit import Finding, validate_blocks, validate_view
from bot.workspace.forms import identified
from bot.workspace.state import App, Channel, Json, Message, SlackError, State

TEXT_MAX = 40_000
UPDATE_TEXT_MAX = 4_000
METADATA_MAX = 8_000
"""Bytes of metadata as JSON. Slack has a limit (`metadata_too_large`) and does not document it: this number is ours."""

PAGE = {"conversations.history": 100, "conversations.replies": 1000}
PAGE_MAX = 1000
"""Messages given at once. Source: docs.slack.dev, conversations.history and conversations.replies."""

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
    return str(wanted) if wanted and state.messages.get(channel.id, str(wanted)) else None


def _flag(arguments: Arguments, name: str) -> bool:
    """A boolean, which forms carry as text."""
    return str(arguments.get(name, "")).lower() in ("true", "1")


def _cut(text: str, most: int) -> str:
    """The first UTF-16 units of a text; half a character is none."""
    if length(text) <= most:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _metadata(arguments: Arguments) -> Json | None:
    """A message's metadata. Raises: SlackError.

    Slack documents `metadata_must_be_sent_from_app` for tokens that belong to no app; every token here is an app's.
    """
    found = _structured(arguments.get("metadata"), "invalid_metadata_format")
    if found is None:
        return None
    if not (isinstance(found, dict) and set(found) == {"event_type", "event_payload"}):
        raise SlackError("invalid_metadata_format")
    kind, payload = found["event_type"], found["event_payload"]
    if not (isinstance(kind, str) and kind and isinstance(payload, dict)):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()) > METADATA_MAX:
        raise SlackError("metadata_too_large")
    return found


def _readable(state: State, arguments: Arguments) -> Channel:
    channel = state.channel(str(arguments["channel"]))
    _allowed(state, channel, "history")
    if state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found" if channel.is_private or channel.is_im else "not_in_channel")
    return channel


def _allowed(state: State, channel: Channel, what: str) -> None:
    """Each kind of conversation has a scope of its own. Raises: SlackError missing_scope."""
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    if (needed := f"{kind}:{what}") not in state.app.scopes:
        raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(state.app.scopes)))


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
    metadata, thread = _metadata(arguments), _thread(state, channel, arguments)
    return Message(
        ts=state.next_ts(),
        channel=channel.id,
        user=state.app.bot_user,
        text=_cut(text, TEXT_MAX),
        blocks=blocks,
        thread_ts=thread,
        metadata=metadata,
        bot_id=state.app.bot_id,
        broadcast=thread is not None and _flag(arguments, "reply_broadcast"),
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
    if found.locked:
        raise SlackError(found.locked)
    blocks, text = _blocks(arguments), str(arguments.get("text") or "")
    if length(text) > UPDATE_TEXT_MAX:
        raise SlackError("msg_too_long")
    if not (blocks or text):
        raise SlackError("no_text")
    metadata = _replaced(found, arguments)
    found.edits += (found.text, found.blocks) != (text, blocks)
    found.text, found.blocks, found.edited = text, blocks, not blocks  # text without blocks removes the blocks
    found.metadata = metadata
    return {"channel": found.channel, "ts": found.ts, "text": found.text, "message": found.as_json()}


def _replaced(found: Message, arguments: Arguments) -> Json | None:
    """Metadata after an update: kept unless new ones are sent; an empty object removes them. Raises: SlackError."""
    if "metadata" not in arguments:
        return found.metadata
    given = _structured(arguments["metadata"], "invalid_metadata_format")
    return None if given == {} else _metadata(arguments)


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
        "created": channel.created,
    }


def _history(state: State, arguments: Arguments) -> Json:
    channel, within = _readable(state, arguments), _window(arguments)
    shown = (m for m in reversed(state.messages.of(channel.id)) if _in_channel(m) and within(m))
    found, rest = _page("conversations.history", arguments, shown)
    return {"messages": [_told(state, message, arguments) for message in found], **rest}


def _in_channel(message: Message) -> bool:
    """Whether the channel itself shows it, to everybody."""
    return message.visible_to is None and (message.thread_ts in (None, message.ts) or message.broadcast)


def _window(arguments: Arguments) -> Callable[[Message], bool]:
    """Whether a message lies in the asked time. Raises: SlackError invalid_ts_oldest, invalid_ts_latest."""
    oldest, latest = _moment(arguments, "oldest", 0.0), _moment(arguments, "latest", float("inf"))
    if _flag(arguments, "inclusive"):
        return lambda message: oldest <= float(message.ts) <= latest
    return lambda message: oldest < float(message.ts) < latest


def _moment(arguments: Arguments, name: str, default: float) -> float:
    try:
        return float(arguments.get(name) or default)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _page(method: str, arguments: Arguments, shown: Iterable[Message]) -> tuple[list[Message], Json]:
    """At most `limit` messages after the cursor, which names one. Raises: SlackError invalid_cursor."""
    limit = min(int(arguments.get("limit") or PAGE[method]), PAGE_MAX)
    waiting, cursor = iter(shown), str(arguments.get("cursor") or "")
    if cursor and not any(f"after:{message.ts}" == cursor for message in waiting):
        raise SlackError("invalid_cursor")
    found = list(islice(waiting, limit))
    more = next(waiting, None) is not None
    return found, {"has_more": more, "response_metadata": {"next_cursor": f"after:{found[-1].ts}" if more else ""}}


def _told(state: State, message: Message, arguments: Arguments) -> Json:
    """Metadata are given only where they are asked for; a reply that the channel sees comes with its parent."""
    made = message.as_json()
    if not _flag(arguments, "include_all_metadata"):
        made.pop("metadata", None)
    if message.broadcast and (parent := state.messages.get(message.channel, str(message.thread_ts))):
        made["root"] = {key: value for key, value in parent.as_json().items() if key != "metadata"}
    return made


def _replies(state: State, arguments: Arguments) -> Json:
    """A thread: its first message always, of the others those of the asked time, oldest first."""
    channel, within = _readable(state, arguments), _window(arguments)
    parent = state.messages.get(channel.id, str(arguments["ts"]))
    if parent is None or parent.visible_to is not None:
        raise SlackError("thread_not_found")
    below = [m for m in state.messages.replies(channel.id, parent.ts) if m.visible_to is None and within(m)]
    found, rest = _page("conversations.replies", arguments, [parent, *below])
    return {"messages": [_told(state, message, arguments) for message in found], **rest}


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
    guest = {"is_restricted": user.is_restricted, "is_ultra_restricted": user.is_ultra_restricted}
    return {"user": {**shown, **guest, "deleted": False, "team_id": state.team}}


def _team_info(state: State, arguments: Arguments) -> Json:
    return {"team": {"id": state.team, "name": state.domain, "domain": state.domain}}


def _view_open(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    trigger = consume(state, state.triggers, str(arguments["trigger_id"]), "invalid_trigger_id", "expired_trigger_id")
    return {"view": _keep(state, {**view, "user": trigger.get("user")})}


def _keep(state: State, view: Json) -> Json:
    made = {**view, "id": view.get("id") or state.new_id("V"), "team_id": state.team, "app_id": state.app.id}
    state.views[made["id"]] = made = {**identified(made, state.new_id), "hash": state.new_id("hash.")}
    return made


def _view_update(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    view_id = str(arguments.get("view_id") or "")
    if view_id not in state.views:
        raise SlackError("not_found")
    _unchanged(state, view_id, arguments)
    return {"view": replace_view(state, view_id, view)}


def replace_view(state: State, view_id: str, view: Json) -> Json:
    """Another view in the place of one, for the person who has it open."""
    return _keep(state, {**view, "id": view_id, "user": state.views[view_id].get("user")})


def _view_publish(state: State, arguments: Arguments) -> Json:
    view = _structured(arguments["view"], "invalid_arguments")
    refuse("invalid_arguments", validate_view(view))
    home = f"home-{arguments['user_id']}"
    _unchanged(state, home, arguments)
    return {"view": _keep(state, {**view, "id": home})}


def _unchanged(state: State, view_id: str, arguments: Arguments) -> None:
    """With `hash`, only the view that has it is replaced. Raises: SlackError hash_conflict."""
    wanted = arguments.get("hash")
    if wanted and state.views.get(view_id, {}).get("hash") != wanted:
        raise SlackError("hash_conflict")


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


def consume(state: State, kept: dict[str, Any], key: str, unknown: str, expired: str) -> Json:
    """The context of a `response_url` or `trigger_id`, used once more. Raises: SlackError."""
    found = kept.get(key)
    if found is None:
        raise SlackError(unknown)
    if state.clock() > found.expires or found.left == 0:
        raise SlackError(expired)
    found.left -= 1
    return dict(found.context)


def _connect(state: State, arguments: Arguments) -> Json:
    return {"url": state.new_id(f"ticket-{state.team}-")}


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
