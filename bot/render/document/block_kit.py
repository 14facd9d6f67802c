"""A document as Block Kit: a list of plain dicts.

Text of briefs goes into `rich_text` elements, which Slack does not parse, so it is not escaped there. In text objects
the three control characters are escaped, and limits apply to the escaped text.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any, assert_never

from bot.render.document import mrkdwn
from bot.render.document.document import (
    Actions,
    Button,
    Context,
    Document,
    Heading,
    Line,
    Link,
    Mark,
    Mention,
    Menu,
    Moment,
    Option,
    Part,
    Passage,
    Quotation,
    Span,
    Text,
)

BLOCKS_MAX = 50
"""Blocks in a message. Source: docs.slack.dev, blocks."""

HEADER_TEXT_MAX = 150
"""Characters in a header's text, after escaping. Source: docs.slack.dev, header block."""

CONTEXT_TEXT_MAX = 3000
"""Characters in a text object, after escaping. Source: docs.slack.dev, text object."""

BUTTON_TEXT_MAX = 75
OPTION_TEXT_MAX = 75
PLACEHOLDER_MAX = 150
"""Characters in a button, an option, a placeholder, after escaping. Source: docs.slack.dev, button, option, selects."""

OPTIONS_MAX = 100
"""Options in a menu. Source: docs.slack.dev, select menu element."""

Block = dict[str, Any]


def blocks(document: Document) -> list[Block]:
    """One block per part, in order; none for actions without controls."""
    return [_block(part) for part in document if not (isinstance(part, Actions) and not part.controls)]


def _block(part: Part) -> Block:
    match part:
        case Heading(text):
            return {"type": "header", "text": _plain(text, HEADER_TEXT_MAX)}
        case Context(text):
            return {"type": "context", "elements": [_plain(text, CONTEXT_TEXT_MAX)]}
        case Passage(parts):
            return {"type": "rich_text", "elements": list(_rich(parts))}
        case Actions(controls):
            return {"type": "actions", "elements": [_control(control) for control in controls]}
        case _:
            assert_never(part)


def _control(control: Button | Menu) -> Block:
    if isinstance(control, Button):
        style = {"style": "primary"} if control.primary else {}
        label = _plain(control.label, BUTTON_TEXT_MAX)
        return {"type": "button", "action_id": control.action, "text": label, "value": control.value, **style}
    placeholder = _plain(control.placeholder, PLACEHOLDER_MAX)
    select = {"action_id": control.action, "placeholder": placeholder}
    if not control.options:
        # 0: options are shown before anything is typed; Slack's default is three characters.
        return {"type": "external_select", **select, "min_query_length": 0}
    return {"type": "static_select", **select, "options": options(control.options)}


def options(entries: Iterable[Option]) -> list[Block]:
    """The options of a menu: at most the first `OPTIONS_MAX`."""
    return [
        {"text": _plain(entry.label, OPTION_TEXT_MAX), "value": entry.value} for entry in islice(entries, OPTIONS_MAX)
    ]


def _plain(text: str, max_chars: int) -> Block:
    return {"type": "plain_text", "text": shorten(text, max_chars), "emoji": False}


def shorten(text: str, max_chars: int) -> str:
    """Escaped text of at most `max_chars` characters. Longer text is cut, never within an entity, and ends with `…`."""
    if mrkdwn.length(escaped := mrkdwn.escape(text)) <= max_chars:
        return escaped
    start = text[:max_chars]
    while (over := mrkdwn.length(escaped := mrkdwn.escape(start) + "…") - max_chars) > 0:
        # As many characters as surely have to go: none is longer than `&amp;` once escaped.
        start = start[: -max(1, over // len("&amp;"))]
    return escaped


def _rich(parts: Iterable[Line | Quotation]) -> Iterable[Block]:
    """The elements of a passage. Consecutive lines share one section: Slack starts a new paragraph at each element."""
    lines: list[Line] = []
    for part in parts:
        if isinstance(part, Quotation):
            yield from _section(lines)
            lines = []
            yield {"type": "rich_text_quote", "elements": [_span(span) for span in part.line]}
        else:
            lines.append(part)
    yield from _section(lines)


def _section(lines: list[Line]) -> Iterable[Block]:
    if lines:
        spans = [span for line in lines for span in (*line, Text("\n"))][:-1]
        yield {"type": "rich_text_section", "elements": [_span(span) for span in spans]}


def _span(span: Span) -> Block:
    match span:
        case Text(text):
            styles = {name: True for name in ("bold", "italic", "code", "strike") if getattr(span, name)}
            return {"type": "text", "text": text, **({"style": styles} if styles else {})}
        case Link(address, label):
            return {"type": "link", "url": mrkdwn.url(address), "text": label}
        case Mark():
            return {"type": "link", "url": mrkdwn.url(span.url), "text": span.label}
        case Mention(kind, id_):
            return {"type": kind, f"{kind}_id": id_}
        case Moment(at, fallback):
            timestamp = int(at.timestamp())
            return {"type": "date", "timestamp": timestamp, "format": mrkdwn.DATE_FORMAT, "fallback": fallback}
        case _:
            assert_never(span)
