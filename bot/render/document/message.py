"""Messages to Slack: text and blocks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from bot.render.document import mrkdwn
from bot.render.document.asides import without_asides
from bot.render.document.block_kit import blocks
from bot.render.document.document import Context, Document, Passage, Text, line
from bot.render.document.paging import PAGE_TEXT_MAX, TEXT_MAX

BLOCKS_MAX = 50
"""Blocks in a message. Source: docs.slack.dev, blocks."""

ResponseType = Literal["ephemeral", "in_channel"]


# No slots here: `cached_property` stores its value in the instance's `__dict__`.
@dataclass(frozen=True)
class Message:
    """A message in Block Kit. `text` repeats all that `blocks` show, for notifications and screen readers: mrkdwn of at
    most `TEXT_MAX` characters."""

    text: str
    blocks: list[dict[str, Any]]
    response_type: ResponseType = "ephemeral"

    def payload(self) -> dict[str, Any]:
        """The body of a command's acknowledgement, to be sent as JSON."""
        return {"response_type": self.response_type, "text": self.text, "blocks": self.blocks}

    @cached_property
    def body(self) -> str:
        """The payload as JSON, serialised once: a cached reply is sent many times."""
        return json.dumps(self.payload(), ensure_ascii=False)


def message_from(document: Document, response_type: ResponseType = "in_channel") -> Message:
    """A document as a message; asides stand in its text only where there is room for them."""
    spoken = _opening_first(document)
    text = mrkdwn.text(spoken)
    if mrkdwn.length(text) > PAGE_TEXT_MAX:
        text = mrkdwn.text(without_asides(spoken))
    return Message(_within(text), blocks(document), response_type)


def _opening_first(document: Document) -> Document:
    """What notifications and screen readers begin with."""
    opening = tuple(part for part in document if isinstance(part, Passage) and part.opening)
    rest = tuple(part for part in document if not (isinstance(part, Passage) and part.opening))
    return (*(replace(part, heading=()) for part in opening), *rest)


def notice(words: str) -> Message:
    """A private message of one sentence."""
    document = (Passage((line(words),)),)
    return Message(mrkdwn.text(document), blocks(document))


def problems(lines: Sequence[str]) -> Message:
    """A message in the channel, of lines without markup, for maintainers."""
    document = (Passage(tuple(line(each) for each in lines)),)
    return Message(_within(mrkdwn.text(document)), blocks(document), "in_channel")


def with_banner(message: Message, words: str) -> Message:
    """A message with a bold line above it."""
    document = (Passage((line(Text(words, bold=True)),)),)
    text = _within(f"{mrkdwn.text(document)}\n\n{message.text}")
    return replace(message, text=text, blocks=blocks(document) + message.blocks)


def with_message_below(message: Message, below: Message) -> Message:
    """Two messages as one; the first alone where one cannot hold the blocks of both."""
    if len(message.blocks) + len(below.blocks) > BLOCKS_MAX:
        return message
    text = _within(f"{message.text}\n\n{below.text}")
    return replace(message, text=text, blocks=message.blocks + below.blocks)


def with_footer(message: Message, words: str) -> Message:
    """A message with a line of small type under it."""
    document = (Context(words),)
    text = _within(f"{message.text}\n\n{mrkdwn.text(document)}")
    return replace(message, text=text, blocks=message.blocks + blocks(document))


def shared_copy(message: Message, user: str, remark: str = "") -> Message:
    """The message for the channel, with the id of the user who shared it and a remark (mrkdwn, without a full stop)."""
    by = ". ".join(filter(None, (f"Shared by <@{user}>", remark)))
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": by}]}
    return Message(_within(f"{by}\n\n{message.text}"), [context, *_without_share(message.blocks)], "in_channel")


def _without_share(message_blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks without the *Share* button, and without a block that this leaves empty."""
    # What is shared is no longer the reader's own answer, and need not be shared again.
    remaining = [
        {**b, "elements": [e for e in b["elements"] if e["action_id"] != "share"]} if b["type"] == "actions" else b
        for b in message_blocks
    ]
    return [b for b in remaining if b["type"] != "actions" or b["elements"]]


def _within(text: str) -> str:
    """Text of at most `TEXT_MAX` characters, cut before a link or entity that would be incomplete. Only a single claim
    with many control characters or long addresses exceeds the limit once escaped; its blocks still show all of it."""
    if mrkdwn.length(text) <= TEXT_MAX:
        return text
    # Cut in UTF-16 units, as lengths are counted; half a surrogate pair at the end is dropped.
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (TEXT_MAX - 1)].decode("utf-16-le", "ignore")
    if cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    if cut.rfind("&") > cut.rfind(";"):
        cut = cut[: cut.rfind("&")]
    return cut + "…"
