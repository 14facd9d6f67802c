"""A document as plain text for a terminal: the same words, nothing escaped, addresses written out."""

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


def text(document: Document) -> str:
    """The document's parts, a blank line between them; no line end at the end."""
    return "\n\n".join(filter(None, map(_part, document)))


def _part(part: Part) -> str:
    match part:
        case Heading(words) | Context(words):
            return words
        case Passage(parts):
            return "\n".join(map(_line, parts))
        case Actions(_, typed):
            return "\n".join(typed)
        case _:
            assert_never(part)


def _line(part: Line | Quotation) -> str:
    if isinstance(part, Quotation):
        return "\n".join(f"  > {line}" for line in "".join(map(_span, part.line)).split("\n"))
    return "".join(map(_span, part))


def _span(span: Span) -> str:
    match span:
        case Text(words):
            return words
        case Link(address, label):
            return f"{label} <{address}>"
        case Mark():
            return span.label
        case Mention(kind, id_):
            return f"{'@' if kind == 'user' else '#'}{id_}"
        case _:
            assert_never(span)
