"""Slack's markup in message text (mrkdwn): escaping, lengths, links, and a document as the `text` of a message.

The walk over a document is the same for every kind of text; the terminal's text has a format of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from bot.render.document.document import (
    Actions,
    Bullet,
    Context,
    Document,
    Fold,
    Heading,
    Link,
    Mark,
    Mention,
    Moment,
    Part,
    Passage,
    PassagePart,
    Quotation,
    Span,
    Text,
)

_URL = str.maketrans({" ": "%20", "|": "%7C", "<": "%3C", ">": "%3E"})
_LABEL = str.maketrans({"|": " ", ">": " ", "<": " ", "\n": " ", "\r": " "})


DATE_FORMAT = "{date_long_pretty} at {time}"
"""How Slack shows an instant: `tomorrow at 8:30 AM`, else with the day in words."""


def escape(text: str) -> str:
    """Text that Slack shows unchanged, without links or mentions. Source: docs.slack.dev, formatting message text: only
    these three characters are escaped, and once."""
    # The ampersand first, or it would escape the entities of the other two again.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text that a user typed, from the text that Slack sends: `&amp;lt;` was typed as `&lt;`."""
    # The ampersand last: undone first, it would make new entities of what was typed.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def length(text: str) -> int:
    """UTF-16 units, which are never fewer than code points: Slack does not document which of them it counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def url(address: str) -> str:
    """An address with the characters percent-encoded that would end it in Slack's markup."""
    return address.translate(_URL)


def link(address: str, label: str) -> str:
    """`<address|label>`; characters of the label that are markup within a link become blanks."""
    return f"<{escape(url(address))}|{escape(label.translate(_LABEL))}>"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """`escape` takes text; `link` an address and its label; `mention` an id behind `@` or `#`; `moment` an instant.
    `quote_prefix` starts each line of a quotation; `omits_quiet`: without the addresses of quiet links."""

    escape: Callable[[str], str]
    link: Callable[[str, str], str]
    mention: Callable[[str], str]
    moment: Callable[[Moment], str]
    quote_prefix: str
    omits_quiet: bool = False

    def text(self, document: Document) -> str:
        """The document's parts in order, without empty ones, a blank line between them; no line end at the end."""
        return "\n\n".join(filter(None, map(self._part, document)))

    def _part(self, part: Part) -> str:
        match part:
            case Heading(text) | Context(text):
                return self.escape(text)
            case Passage(parts, heading):
                return "\n".join(map(self._line, (heading, *parts) if heading else parts))
            case Actions(_, typed):
                return self.escape("\n".join(typed))
            case Fold():
                return ""
            case _:
                assert_never(part)

    def _line(self, part: PassagePart) -> str:
        if isinstance(part, Bullet):
            return "\n".join(f"{mark}{self._line(each)}" for mark, each in zip(_marks(part), part.lines, strict=True))
        if isinstance(part, Quotation):
            # A prefix for each line: in Slack's markup a quotation ends with its line.
            lines = "".join(map(self._span, part.line)).split("\n")
            return "\n".join(f"{self.quote_prefix}{line}" for line in lines)
        return "".join(map(self._span, part))

    def _span(self, span: Span) -> str:
        match span:
            case Text(text):
                return self.escape(text)
            case Link(_, label, quiet=True) if self.omits_quiet:
                return self.escape(label)
            case Link(address, label):
                return self.link(address, label)
            case Mark():
                return self.escape(span.label)
            case Mention(kind, id_):
                return self.mention(f"{'@' if kind == 'user' else '#'}{id_}")
            case Moment():
                return self.moment(span)
            case _:
                assert_never(span)


def _marks(bullet: Bullet) -> tuple[str, ...]:
    return ("• ", *("  " for _ in bullet.lines[1:]))


def date_token(moment: Moment) -> str:
    """`<!date^unix^format|fallback>`. Source: docs.slack.dev, formatting message text, date formatting."""
    return f"<!date^{int(moment.at.timestamp())}^{DATE_FORMAT}|{escape(moment.fallback.translate(_LABEL))}>"


_FORMAT = TextFormat(
    escape, link, mention=lambda name: f"<{name}>", moment=date_token, quote_prefix="&gt; ", omits_quiet=True
)


def text(document: Document) -> str:
    """All text of a document in order, escaped, a blank line between its parts: for notifications and screen readers.
    Limits on lengths apply to this text."""
    return _FORMAT.text(document)


def text_length(document: Document) -> int:
    """The number of UTF-16 units in a document's text, escaped; see `length`."""
    return length(_FORMAT.text(document))
