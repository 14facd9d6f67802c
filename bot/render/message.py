"""From a reply to a message as Slack takes it."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.core.answer import Answer, Reply
from bot.render import mrkdwn
from bot.render.blocks import blocks
from bot.render.layout import layout
from bot.render.paging import TEXT_MAX, pages

ResponseType = Literal["ephemeral", "in_channel"]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: `text` says all that `blocks` show, for notifications and screen readers."""

    text: str
    blocks: list[dict[str, Any]]
    response_type: ResponseType = "ephemeral"

    def payload(self) -> dict[str, Any]:
        """The body of a command's acknowledgement."""
        return {"response_type": self.response_type, "text": self.text, "blocks": self.blocks}


def message(reply: Reply, *, command: str, page: int = 1) -> Message:
    """One page of a reply, private unless the reader shares. Pages count from 1; the last stands in for any beyond."""
    documents = pages(layout(reply, command))
    document = documents[min(page, len(documents)) - 1]
    shared = isinstance(reply, Answer) and reply.share
    return Message(_within(mrkdwn.text(document)), blocks(document), "in_channel" if shared else "ephemeral")


def _within(text: str) -> str:
    """A single claim of little but control characters and long addresses can be longer than Slack takes once it is
    escaped. Its blocks still show it whole; its text ends before the link or entity that would be cut."""
    if len(text) <= TEXT_MAX:
        return text
    cut = text[: TEXT_MAX - 1]
    if cut.rfind("<") > cut.rfind(">"):
        cut = cut[: cut.rfind("<")]
    if cut.rfind("&") > cut.rfind(";"):
        cut = cut[: cut.rfind("&")]
    return cut + "…"
