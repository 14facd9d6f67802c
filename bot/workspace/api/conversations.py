"""conversations.*: channels, their members, and pages of their messages."""

from collections.abc import Callable, Iterable
from itertools import islice

from bot.workspace.api.arguments import Arguments, flag
from bot.workspace.api.method import Method
from bot.workspace.messages import Message
from bot.workspace.state import Channel, Json, SlackError, State

PAGE = {"conversations.history": 100, "conversations.members": 100, "conversations.replies": 1000}
"""Messages or people of a page by default."""

PAGE_MAX = 1000
"""Messages of a page at most. Source: docs.slack.dev, conversations.history and conversations.replies."""


def _info(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    _require_scope(state, channel, "read")
    if (channel.is_private or channel.is_im) and state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return {"channel": _channel_json(state, channel)}


def _channel_json(state: State, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not (channel.is_private or channel.is_im),
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_archived": channel.is_archived,
        "is_member": state.app.bot_user in channel.members,
        "created": channel.created,
    }


def _open(state: State, arguments: Arguments) -> Json:
    # Of one person: that of several takes another scope.
    if "im:write" not in state.app.scopes:
        raise SlackError("missing_scope", needed="im:write", provided=",".join(sorted(state.app.scopes)))
    user = str(arguments.get("users") or "")
    if user not in state.users:
        raise SlackError("user_not_found")
    if user == state.app.bot_user:
        raise SlackError("cannot_dm_bot")
    return {"channel": {"id": state.direct(user).id}}


def _join(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_private or channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(state.app.bot_user)
    return {"channel": _channel_json(state, channel)}


def _members(state: State, arguments: Arguments) -> Json:
    channel = state.channel(str(arguments["channel"]))
    _require_scope(state, channel, "read")
    if (channel.is_private or channel.is_im) and state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    _limit("conversations.members", arguments)
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def _history(state: State, arguments: Arguments) -> Json:
    """Newest first; of threads only their first messages and broadcast replies."""
    channel, in_window = _readable(state, arguments), _window(arguments)
    messages = (m for m in reversed(state.messages.of(channel.id)) if _is_in_channel(m) and in_window(m))
    page, paging = _page("conversations.history", arguments, messages)
    return {"messages": [_message_json(state, message, arguments) for message in page], **paging}


def _replies(state: State, arguments: Arguments) -> Json:
    """A thread, oldest first: its first message always, of the others those in the time window."""
    channel, in_window = _readable(state, arguments), _window(arguments)
    parent = state.messages.get(channel.id, str(arguments["ts"]))
    if parent is None or parent.visible_to is not None:
        raise SlackError("thread_not_found")
    below = [m for m in state.messages.replies(channel.id, parent.ts) if m.visible_to is None and in_window(m)]
    page, paging = _page("conversations.replies", arguments, [parent, *below])
    return {"messages": [_message_json(state, message, arguments) for message in page], **paging}


def _readable(state: State, arguments: Arguments) -> Channel:
    """The channel whose messages the app may read. Raises: SlackError."""
    channel = state.channel(str(arguments["channel"]))
    _require_scope(state, channel, "history")
    if state.app.bot_user not in channel.members:
        raise SlackError("channel_not_found" if channel.is_private or channel.is_im else "not_in_channel")
    return channel


def _require_scope(state: State, channel: Channel, right: str) -> None:
    """Each kind of conversation has a scope of its own. Raises: SlackError missing_scope."""
    kinds = {"im": channel.is_im, "mpim": channel.is_mpim, "groups": channel.is_private, "channels": True}
    kind = next(kind for kind, applies in kinds.items() if applies)
    if (needed := f"{kind}:{right}") not in state.app.scopes:
        raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(state.app.scopes)))


def _is_in_channel(message: Message) -> bool:
    """Whether the channel itself shows a message, to everybody."""
    return message.visible_to is None and (message.thread_ts in (None, message.ts) or message.broadcast)


def _window(arguments: Arguments) -> Callable[[Message], bool]:
    """Whether a message lies between `oldest` and `latest`, which belong to the window only with `inclusive`.
    Raises: SlackError invalid_ts_oldest, invalid_ts_latest."""
    oldest, latest = _seconds(arguments, "oldest", 0.0), _seconds(arguments, "latest", float("inf"))
    if flag(arguments, "inclusive"):
        return lambda message: oldest <= float(message.ts) <= latest
    return lambda message: oldest < float(message.ts) < latest


def _seconds(arguments: Arguments, name: str, default: float) -> float:
    """Seconds since the epoch."""
    try:
        return float(arguments.get(name) or default)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _page(method: str, arguments: Arguments, messages: Iterable[Message]) -> tuple[list[Message], Json]:
    """At most `limit` messages behind the one that the cursor names, and the fields of the answer about the next page.
    Raises: SlackError invalid_cursor, invalid_limit."""
    limit = _limit(method, arguments)
    rest, cursor = iter(messages), str(arguments.get("cursor") or "")
    # `any` stops behind the message that the cursor names: the page begins there.
    if cursor and not any(f"after:{message.ts}" == cursor for message in rest):
        raise SlackError("invalid_cursor")
    page = list(islice(rest, limit))
    more = next(rest, None) is not None
    return page, {"has_more": more, "response_metadata": {"next_cursor": f"after:{page[-1].ts}" if more else ""}}


def _limit(method: str, arguments: Arguments) -> int:
    """Raises: SlackError invalid_limit, which Slack documents for conversations.members alone."""
    try:
        limit = int(arguments.get("limit") or PAGE[method])
    except ValueError:
        raise SlackError("invalid_limit") from None
    if limit < 1:
        raise SlackError("invalid_limit")
    return min(limit, PAGE_MAX)


def _message_json(state: State, message: Message, arguments: Arguments) -> Json:
    """A message of a page: metadata only with `include_all_metadata`; a broadcast reply comes with its parent."""
    entry = message.as_json()
    if not flag(arguments, "include_all_metadata"):
        entry.pop("metadata", None)
    if message.broadcast and (parent := state.messages.get(message.channel, str(message.thread_ts))):
        entry["root"] = {key: value for key, value in parent.as_json().items() if key != "metadata"}
    return entry


READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
PAGING = ("cursor", "inclusive", "include_all_metadata", "latest", "limit", "oldest")

METHODS: dict[str, Method] = {
    "conversations.history": Method(_history, "t3", HISTORY, ("channel",), PAGING),
    "conversations.info": Method(_info, "t3", READ, ("channel",), ("include_locale", "include_num_members")),
    "conversations.join": Method(_join, "t3", ("channels:join",), ("channel",)),
    "conversations.members": Method(_members, "t4", READ, ("channel",), ("cursor", "limit")),
    "conversations.open": Method(
        _open, "t3", ("im:write", "mpim:write"), (), ("channel", "users", "return_im", "prevent_creation")
    ),
    "conversations.replies": Method(_replies, "t3", HISTORY, ("channel", "ts"), PAGING),
}
