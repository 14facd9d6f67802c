"""A message as Slack takes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from bot.render.document import mrkdwn
from bot.render.document.block_kit import blocks
from bot.render.document.document import Context, Document, Passage, Text, line
from bot.render.document.paging import TEXT_MAX

ResponseType = Literal["ephemeral", "in_channel"]


@dataclass(frozen=True)
class Message:
    """What is sent: `text` says all that `blocks` show, for notifications and screen readers."""

    text: str
    blocks: list[dict[str, Any]]
    response_type: ResponseType = "ephemeral"

    def payload(self) -> dict[str, Any]:
        """The body of a command's acknowledgement."""
        return {"response_type": self.response_type, "text": self.text, "blocks": self.blocks}

    @cached_property
    def body(self) -> str:
        """The payload as JSON, written once however often it is sent."""
        return json.dumps(self.payload(), ensure_ascii=False)


def message_from(document: Document, response_type: ResponseType = "in_channel") -> Message:
    """A document as a message."""
    return Message(_within(mrkdwn.text(document)), blocks(document), response_type)


def notice(words: str) -> Message:
    """A sentence for one reader."""
    document = (Passage((line(words),)),)
    return Message(mrkdwn.text(document), blocks(document))


def problems(lines: Sequence[str]) -> Message:
    """Lines for maintainers, as they are."""
    document = (Passage(tuple(line(each) for each in lines)),)
    return Message(_within(mrkdwn.text(document)), blocks(document), "in_channel")


def with_banner(shown: Message, words: str) -> Message:
    """A message with a line above it that says what has happened meanwhile."""
    document = (Passage((line(Text(words, bold=True)),)),)
    text = _within(f"{mrkdwn.text(document)}\n\n{shown.text}")
    return replace(shown, text=text, blocks=blocks(document) + shown.blocks)


def with_footer(shown: Message, words: str) -> Message:
    """A message with small print under it."""
    document = (Context(words),)
    text = _within(f"{shown.text}\n\n{mrkdwn.text(document)}")
    return replace(shown, text=text, blocks=shown.blocks + blocks(document))


def shared(shown: Message, user: str, *, uncorrected: bool = False) -> Message:
    """A message for the channel, under the name of who shared it. `uncorrected`: it is no post of the bot's own, so
    that a later correction cannot reach it."""
    by = f"Shared by <@{user}>"
    if uncorrected:
        by += ". Corrections will not reach this copy unless @briefbot is invited: type `/invite @briefbot`"
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": by}]}
    return Message(_within(f"{by}\n\n{shown.text}"), [context, *_without_share(shown.blocks)], "in_channel")


def _without_share(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is shared already has no button for it."""
    kept = [
        {**b, "elements": [e for e in b["elements"] if e["action_id"] != "share"]} if b["type"] == "actions" else b
        for b in shown
    ]
    return [b for b in kept if b["type"] != "actions" or b["elements"]]


def _within(text: str) -> str:
    """A single claim of little but control characters and long addresses can be longer than Slack takes once it is
    escaped. Its blocks still show it whole; its text ends before the link or entity that would be cut."""
    if mrkdwn.length(text) <= TEXT_MAX:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (TEXT_MAX - 1)].decode("utf-16-le", "ignore")
    if cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    if cut.rfind("&") > cut.rfind(";"):
        cut = cut[: cut.rfind("&")]
    return cut + "…"
