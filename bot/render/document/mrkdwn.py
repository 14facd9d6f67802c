"""Slack's text format: escaping, and a document as the `text` of a message."""

from typing import assert_never

from bot.render.document.document import (
    Actions,
    Context,
    Document,
    Heading,
    Line,
    Link,
    Mark,
    Mention,
    Part,
    Passage,
    Quotation,
    Span,
    Text,
)

_URL = str.maketrans({" ": "%20", "|": "%7C", "<": "%3C", ">": "%3E"})
_LABEL = str.maketrans({"|": " ", ">": " ", "<": " ", "\n": " ", "\r": " "})


def escape(text: str) -> str:
    """Text that Slack shows as it is and in which nobody is mentioned. Source: docs.slack.dev, formatting message text:
    only these three characters are escaped, and once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What was typed, from text as Slack sends it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def length(text: str) -> int:
    """Characters as Slack may count them. It does not say whether it counts code points or UTF-16 units, so these: they
    are never fewer."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def url(address: str) -> str:
    """An address with the characters percent-encoded that would end it in Slack's markup."""
    return address.translate(_URL)


def link(address: str, label: str) -> str:
    """`<address|label>`, from which nothing in the label can break out."""
    return f"<{escape(url(address))}|{escape(label.translate(_LABEL))}>"


def text(document: Document) -> str:
    """All that a document says, for notifications and screen readers. Lengths are counted on this, after escaping."""
    return "\n\n".join(filter(None, map(part_text, document)))


def part_text(part: Part) -> str:
    """One part of `text`."""
    match part:
        case Heading(words) | Context(words):
            return escape(words)
        case Passage(parts):
            return "\n".join(_line(p) for p in parts)
        case Actions(_, typed):
            return escape("\n".join(typed))
        case _:
            assert_never(part)


def _line(part: Line | Quotation) -> str:
    if isinstance(part, Quotation):
        return "\n".join(f"&gt; {line}" for line in "".join(map(_span, part.line)).split("\n"))
    return "".join(map(_span, part))


def _span(span: Span) -> str:
    match span:
        case Text(words):
            return escape(words)
        case Link(address, label):
            return link(address, label)
        case Mark():
            return escape(span.label)
        case Mention(kind, id_):
            return f"<{'@' if kind == 'user' else '#'}{id_}>"
        case _:
            assert_never(span)
