"""chat.*: posts, edits, deletions and links of messages."""

import re

from bot.render.document.block_text import BLOCK_TEXT_MAX, block_text_length
from bot.render.document.mrkdwn import length
from bot.workspace.api.arguments import Arguments, flag, json_value, refuse_blocks
from bot.workspace.api.metadata import new_metadata, read_metadata
from bot.workspace.api.method import Method
from bot.workspace.messages import Message
from bot.workspace.state import Channel, Json, SlackError, State

TEXT_MAX = 40_000
"""Characters of a message's text; what is beyond is cut off. Source: docs.slack.dev, chat.postMessage."""

UPDATE_TEXT_MAX = 4_000
"""Characters of an edited text; a longer one is refused. Source: docs.slack.dev, chat.update."""

TS = re.compile(r"\d{1,12}\.\d{1,6}")


def _post_message(state: State, arguments: Arguments) -> Json:
    channel = _writable(state, arguments)
    message = _message(state, channel, arguments)
    state.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(), **_warnings(arguments)}


def _post_ephemeral(state: State, arguments: Arguments) -> Json:
    channel = _writable(state, arguments)
    if arguments["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _message(state, channel, arguments)
    message.visible_to = str(arguments["user"])
    state.post(message)
    return {"message_ts": message.ts, **_warnings(arguments)}


def _update(state: State, arguments: Arguments) -> Json:
    message = _own(state, arguments, "cant_update_message")
    if message.locked:
        raise SlackError(message.locked)
    blocks, text = _blocks(arguments), str(arguments.get("text") or "")
    if length(text) > UPDATE_TEXT_MAX:
        raise SlackError("msg_too_long")
    if not (blocks or text):
        raise SlackError("no_text")
    metadata = new_metadata(message, arguments)
    # Compared before the new content takes the place of the old.
    message.edits += (message.text, message.blocks) != (text, blocks)
    message.text, message.blocks, message.edited = text, blocks, not blocks  # text without blocks removes the blocks
    message.metadata = metadata
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.as_json()}


def _delete(state: State, arguments: Arguments) -> Json:
    message = _own(state, arguments, "cant_delete_message")
    state.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _permalink(state: State, arguments: Arguments) -> Json:
    message = state.find(state.channel(str(arguments["channel"])).id, str(arguments["message_ts"]))
    path = f"archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel, "permalink": f"https://{state.domain}.slack.com/{path}"}


def _writable(state: State, arguments: Arguments) -> Channel:
    """The channel that a message may go to; a person's id stands for their direct conversation. Raises: SlackError."""
    recipient = str(arguments["channel"])
    if recipient == state.app.bot_user:
        raise SlackError("cannot_dm_bot")
    channel = state.direct(recipient) if recipient in state.users else state.channel(recipient)
    if channel.is_archived:
        raise SlackError("is_archived")
    if state.app.bot_user not in channel.members:
        # For those who are not in it, a private channel does not exist.
        if channel.is_private or channel.is_im:
            raise SlackError("channel_not_found")
        if "chat:write.public" not in state.app.scopes:
            raise SlackError("not_in_channel")
    return channel


def _message(state: State, channel: Channel, arguments: Arguments) -> Message:
    """A new message of the app, not yet posted. Raises: SlackError."""
    blocks, text = _blocks(arguments), str(arguments.get("text") or "")
    if not (blocks or text):
        raise SlackError("no_text")
    metadata, thread = read_metadata(arguments), _thread(state, channel, arguments)
    return Message(
        ts=state.next_ts(),
        channel=channel.id,
        user=state.app.bot_user,
        text=_cut(text, TEXT_MAX),
        blocks=blocks,
        thread_ts=thread,
        metadata=metadata,
        bot_id=state.app.bot_id,
        broadcast=thread is not None and flag(arguments, "reply_broadcast"),
    )


def _own(state: State, arguments: Arguments, error: str) -> Message:
    """A message of the app itself that is not ephemeral. Raises: SlackError, `error` for somebody else's message."""
    channel = state.channel(str(arguments["channel"]))
    if channel.is_archived:
        # What `chat.postMessage` calls is_archived.
        raise SlackError("is_inactive")
    message = state.find(channel.id, str(arguments["ts"]))
    if message.user != state.app.bot_user:
        raise SlackError(error)
    return message


def _blocks(arguments: Arguments) -> list[Json]:
    """The blocks of a message. Raises: SlackError invalid_blocks with pointers, msg_blocks_too_long,
    invalid_blocks_format."""
    blocks = json_value(arguments.get("blocks"), "invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    refuse_blocks(blocks)
    # Slack has been seen to refuse this of chat.postMessage, and to take it in a response.
    if block_text_length(blocks) > BLOCK_TEXT_MAX:
        raise SlackError("msg_blocks_too_long")
    return blocks


def _thread(state: State, channel: Channel, arguments: Arguments) -> str | None:
    """The `ts` of the thread's first message. None, so that the channel gets the post, where there is no such message;
    Slack starts a thread under any that there is. Raises: SlackError invalid_thread_ts for what is no `ts` at all."""
    ts = str(arguments.get("thread_ts") or "")
    if ts and not TS.fullmatch(ts):
        raise SlackError("invalid_thread_ts")
    return ts if state.messages.get(channel.id, ts) else None


def _cut(text: str, max_units: int) -> str:
    """The first UTF-16 units of a text; half a character is dropped."""
    if length(text) <= max_units:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * max_units].decode("utf-16-le", "ignore")


def _warnings(arguments: Arguments) -> Json:
    """What the answer says about a text that was cut. Source: docs.slack.dev, truncating really long messages."""
    if length(str(arguments.get("text") or "")) <= TEXT_MAX:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


METHODS: dict[str, Method] = {
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
}
