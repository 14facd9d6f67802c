"""Documents as text: one walk, and for each format the way in which it writes words, links, mentions and quotations."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class TextFormat:
    """`escape` takes text; `link` an address and its label; `mention` an id behind `@` or `#`. `quote_prefix` starts
    each line of a quotation."""

    escape: Callable[[str], str]
    link: Callable[[str, str], str]
    mention: Callable[[str], str]
    quote_prefix: str

    def text(self, document: Document) -> str:
        """The document's parts, a blank line between them; no line end at the end."""
        return "\n\n".join(filter(None, map(self._part, document)))

    def _part(self, part: Part) -> str:
        match part:
            case Heading(text) | Context(text):
                return self.escape(text)
            case Passage(parts):
                return "\n".join(map(self._line, parts))
            case Actions(_, typed):
                return self.escape("\n".join(typed))
            case _:
                assert_never(part)

    def _line(self, part: Line | Quotation) -> str:
        if isinstance(part, Quotation):
            lines = "".join(map(self._span, part.line)).split("\n")
            return "\n".join(f"{self.quote_prefix}{line}" for line in lines)
        return "".join(map(self._span, part))

    def _span(self, span: Span) -> str:
        match span:
            case Text(text):
                return self.escape(text)
            case Link(address, label):
                return self.link(address, label)
            case Mark():
                return self.escape(span.label)
            case Mention(kind, id_):
                return self.mention(f"{'@' if kind == 'user' else '#'}{id_}")
            case _:
                assert_never(span)
