"""Slack's limits, as a check of one message."""

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block

from bot.render.document import mrkdwn
from bot.render.document.block_text import BLOCK_TEXT_MAX, block_text_length
from bot.render.document.message import Message
from bot.workspace.blockkit import validate_blocks


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a JSON value."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def check(sent: Message) -> None:
    """That Slack takes it, and shows nothing but text and links."""
    assert 1 <= mrkdwn.length(sent.text) <= 4000
    assert 1 <= len(sent.blocks) <= 50
    assert len(json.dumps(sent.blocks)) <= 100_000
    assert block_text_length(sent.blocks) <= BLOCK_TEXT_MAX
    assert_only_links(sent.text)
    for part in walk(sent.blocks):
        match part.get("type"):
            case "plain_text":
                assert part["text"].strip()
                assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", part["text"])
                assert len(part["text"]) <= 3000
            case "header":
                assert len(part["text"]["text"]) <= 150
            case "text":
                assert part["text"]
            case "link":
                assert part["text"]
                assert re.fullmatch(r"https?://[^\s|<>]+", part["url"])
                assert len(part["url"]) <= 3000
    assert validate_blocks(sent.blocks) == []
    for block in sent.blocks:
        known = Block.parse(block)
        assert known is not None
        known.validate_json()


def assert_only_links(text: str) -> None:
    """Every `<…>` is an http link with a label that cannot break out; no bare control character is left."""
    rest = re.sub(r"<https?://[^\s|<>]+\|[^<>|\n]*>", "", text)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", rest)
