"""A document as Block Kit: a list of plain dicts.

Text of briefs goes into `rich_text` elements, which Slack does not parse, so it is not escaped there. In text objects
the three control characters are escaped, and limits apply to the escaped text.
"""

from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any, assert_never

from bot.render.document import mrkdwn
from bot.render.document.document import (
    Actions,
    Bullet,
    Button,
    Context,
    Document,
    Fold,
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
    PassagePart,
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

CONFIRM_TITLE_MAX = 100
CONFIRM_TEXT_MAX = 300
CONFIRM_LABEL_MAX = 30
"""Characters in a confirmation dialog. Source: docs.slack.dev, confirmation dialog object."""

SECTION_TEXT_MAX = 3000
"""Characters in a section's text, after escaping. Source: docs.slack.dev, section block."""

FOLD_BLOCKS_MAX = 10
"""Blocks in a container. Source: docs.slack.dev, container block."""

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
        case Passage(parts, heading):
            return {"type": "rich_text", "elements": list(_rich((heading, *parts) if heading else parts))}
        case Actions(controls):
            return {"type": "actions", "elements": [_control(control) for control in controls]}
        case Fold(title, parts):
            shown = {"title": _plain(title, HEADER_TEXT_MAX), "is_collapsible": True, "default_collapsed": True}
            sections = [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in fold_texts(parts)]
            return {"type": "container", **shown, "child_blocks": sections}
        case _:
            assert_never(part)


def fold_texts(parts: Iterable[Passage]) -> list[str]:
    """The passages of a fold as mrkdwn, as many to a text as it holds. Not as rich text, which its documentation allows
    in a container, but which not every client is known to take there."""
    texts: list[str] = []
    for part in parts:
        text = mrkdwn.text((part,))
        if texts and mrkdwn.length(texts[-1]) + mrkdwn.length(text) + len("\n\n") <= SECTION_TEXT_MAX:
            texts[-1] += f"\n\n{text}"
        else:
            texts.append(text)
    return texts


def fold_fits(fold: Fold) -> bool:
    """Whether one container holds it."""
    texts = fold_texts(fold.parts)
    return len(texts) <= FOLD_BLOCKS_MAX and all(mrkdwn.length(text) <= SECTION_TEXT_MAX for text in texts)


def _control(control: Button | Menu) -> Block:
    if isinstance(control, Button):
        style = {"style": "primary"} if control.primary else {}
        label = _plain(control.label, BUTTON_TEXT_MAX)
        more = {**style, "confirm": _confirmation(control)} if control.confirm else style
        return {"type": "button", "action_id": control.action, "text": label, "value": control.value, **more}
    placeholder = _plain(control.placeholder, PLACEHOLDER_MAX)
    select = {"action_id": control.action, "placeholder": placeholder}
    if control.groups:
        groups = [{"label": _plain(title, OPTION_TEXT_MAX), "options": options(each)} for title, each in control.groups]
        return {"type": "static_select", **select, "option_groups": groups}
    if not control.options:
        # 0: options are shown before anything is typed; Slack's default is three characters.
        return {"type": "external_select", **select, "min_query_length": 0}
    return {"type": "static_select", **select, "options": options(control.options)}


def _confirmation(button: Button) -> Block:
    """Asks before a press, as its dialog. Source: docs.slack.dev, confirmation dialog object."""
    label = _plain(button.label, CONFIRM_LABEL_MAX)
    return {
        "title": _plain(f"{button.label}?", CONFIRM_TITLE_MAX),
        "text": _plain(button.confirm, CONFIRM_TEXT_MAX),
        "confirm": label,
        "deny": _plain("Cancel", CONFIRM_LABEL_MAX),
    }


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


def _rich(parts: Iterable[PassagePart]) -> Iterable[Block]:
    """The elements of a passage. Consecutive lines share one section, and bullets one list: Slack starts a new
    paragraph at each element."""
    for _, run in groupby(parts, key=type):
        alike = list(run)
        if bullets := [_section(each.lines) for each in alike if isinstance(each, Bullet)]:
            yield {"type": "rich_text_list", "style": "bullet", "elements": bullets}
        if lines := [each for each in alike if isinstance(each, tuple)]:
            yield _section(lines)
        yield from (
            {"type": "rich_text_quote", "elements": _spans(each.line)} for each in alike if isinstance(each, Quotation)
        )


def _section(lines: Iterable[Line]) -> Block:
    spans = [span for line in lines for span in (*line, Text("\n"))][:-1]
    return {"type": "rich_text_section", "elements": _spans(spans)}


def _spans(spans: Iterable[Span]) -> list[Block]:
    return [_span(span) for span in spans]


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
