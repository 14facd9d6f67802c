"""From a reply to a message as Slack takes it."""

from typing import Any

from bot.core.answers.answer import Answer, Reply
from bot.core.changes.announcement import Announcement
from bot.core.commands.outcome import Outcome
from bot.render.document.block_kit import blocks
from bot.render.document.document import Actions
from bot.render.document.message import Message, message_from
from bot.render.document.paging import pages, single_page
from bot.render.reply_layout import layout

VIEW_BLOCKS_MAX = 100
"""Blocks in a modal. Source: docs.slack.dev, blocks."""


def render_reply(reply: Reply | Outcome, *, command: str, page: int = 1) -> Message:
    """One page of a reply, private unless the reader shares, or of a post. Pages count from 1; the last stands in for
    any beyond."""
    documents = pages(layout(reply, command))
    public = reply.collapsed if isinstance(reply, Announcement) else isinstance(reply, Answer) and reply.share
    return message_from(documents[min(page, len(documents)) - 1], "in_channel" if public else "ephemeral")


def modal(reply: Reply, title: str, command: str) -> dict[str, Any]:
    """A reply in one piece, as the view of a modal. `title` has at most 24 characters."""
    parts = [part for part in single_page(layout(reply, command)) if not isinstance(part, Actions)]
    plain = {"type": "plain_text", "emoji": False}
    close = {**plain, "text": "Close"}
    view_blocks = blocks(tuple(parts))[:VIEW_BLOCKS_MAX]
    return {"type": "modal", "title": {**plain, "text": title}, "close": close, "blocks": view_blocks}
