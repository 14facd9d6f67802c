"""Slack's markup in message text (mrkdwn): escaping, lengths, links, and a document as the `text` of a message."""

from bot.render.document.document import Document
from bot.render.document.text_format import TextFormat

_URL = str.maketrans({" ": "%20", "|": "%7C", "<": "%3C", ">": "%3E"})
_LABEL = str.maketrans({"|": " ", ">": " ", "<": " ", "\n": " ", "\r": " "})


def escape(text: str) -> str:
    """Text that Slack shows unchanged, without links or mentions. Source: docs.slack.dev, formatting message text: only
    these three characters are escaped, and once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text that a user typed, from the text that Slack sends: `&amp;lt;` was typed as `&lt;`."""
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


def text(document: Document) -> str:
    """All text of a document, escaped, a blank line between its parts: for notifications and screen readers. Limits on
    lengths apply to this text."""
    return _FORMAT.text(document)


_FORMAT = TextFormat(escape, link, mention=lambda name: f"<{name}>", quote_prefix="&gt; ")
