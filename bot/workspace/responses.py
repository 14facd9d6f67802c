"""What an app answers to a command or an interaction, as people then see it."""

from typing import Any

from bot.workspace.api.arguments import refuse_blocks
from bot.workspace.deliver import Ack
from bot.workspace.messages import Message
from bot.workspace.state import Json, SlackError, State


def post_acknowledgement(state: State, ack: Ack, context: Json) -> Ack:
    """Posts the body of an acknowledgement; `context` is that of the response URL. Returns `ack`, with an error where
    Slack would refuse the body."""
    body = {"text": ack.body} if isinstance(ack.body, str) else dict(ack.body or {})
    try:
        post_response(state, body, context)
    except SlackError as error:
        return Ack(body, error.error)
    return ack


def post_response(state: State, body: Any, context: Json) -> None:
    """Posts a response: to one person, or with `in_channel` to all and after what was typed. Raises: SlackError
    invalid_payload, invalid_blocks, no_text."""
    if not (isinstance(body, dict) and isinstance(body.get("text"), str | None)):
        raise SlackError("invalid_payload")
    blocks = body.get("blocks") or []
    refuse_blocks(blocks)
    if not (blocks or body.get("text")):
        raise SlackError("no_text")
    in_channel = body.get("response_type") == "in_channel"
    if in_channel and context.get("typed"):
        append(state, context["channel"], context["user"], context["typed"])
    append(
        state,
        context["channel"],
        state.app.bot_user,
        body.get("text") or "",
        blocks=blocks,
        thread_ts=body.get("thread_ts"),
        visible_to=None if in_channel else context["user"],
        bot_id=state.app.bot_id,
    )


def append(state: State, channel: str, user: str, text: str, **fields: Any) -> Message:
    """Posts a message with a new `ts` and returns it; `fields` are further ones of `Message`."""
    with state.lock:  # so that messages stand in the order of their `ts`
        return state.post(Message(state.next_ts(), channel, user, text, **fields))
