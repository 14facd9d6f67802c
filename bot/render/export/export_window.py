"""An export as a modal: text to select and copy, which needs no file, no address, and no further right in Slack."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.core.answers.extract import Extract
from bot.core.commands.command import ExportFormat
from bot.render.document.block_kit import blocks
from bot.render.document.document import Context, Heading
from bot.render.export.csl_json import csl_items
from bot.render.export.markdown import markdown

PIECE_MAX = 3000
"""Characters of one block of code. Slack names no limit for rich text; this is that of a section."""
VIEW_BYTES_MAX = 200_000
"""Of the text as JSON. Slack takes views of 250 kB. Source: docs.slack.dev, views.open."""
PIECES_MAX = 96
"""Blocks beside the head. Slack takes 100 in a modal. Source: docs.slack.dev, blocks."""

TEXTS: Mapping[ExportFormat, tuple[str, Callable[[Extract], str]]] = {
    "markdown": ("Markdown", markdown),
    "csl-json": ("CSL-JSON", lambda extract: json.dumps(csl_items(extract), ensure_ascii=False, indent=1)),
}
"""By format: the title of the window, and what makes the text."""

HOW = "Select the text below and copy it. Only you see this."
CUT = "This is the beginning, as the window holds no more. All of it: briefbot export {slug} --section {key}"


def export_window(extract: Extract, format: ExportFormat) -> dict[str, Any]:
    """The view of a modal with a section's text in blocks of code."""
    title, text_of = TEXTS[format]
    text = text_of(extract).rstrip("\n")
    pieces = list(_fitting(_pieces(text)))
    is_cut = sum(map(len, pieces)) + len(pieces) - 1 < len(text)
    words = CUT.format(slug=extract.brief.slug, key=extract.only) if is_cut else HOW
    named = " · ".join([extract.brief.title, *(section.title for section in extract.sections)])
    head = blocks((Heading(named), Context(words)))
    plain = {"type": "plain_text", "emoji": False}
    return {
        "type": "modal",
        "title": {**plain, "text": title},
        "close": {**plain, "text": "Close"},
        "blocks": [*head, *map(_code, pieces)],
    }


def _code(piece: str) -> dict[str, Any]:
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}
    return {"type": "rich_text", "elements": [element]}


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end at a line's end, or within a line that is longer than a piece."""
    while len(text) > PIECE_MAX:
        end = text.rfind("\n", 1, PIECE_MAX + 1)
        end = PIECE_MAX if end == -1 else end
        yield text[:end]
        text = text[end:].removeprefix("\n")
    yield text


def _fitting(pieces: Iterator[str]) -> Iterator[str]:
    left = VIEW_BYTES_MAX
    for number, piece in enumerate(pieces):
        left -= len(json.dumps(piece))
        if left < 0 or number == PIECES_MAX:
            return
        yield piece
