"""A document as plain text for a terminal: nothing is escaped, addresses are written out."""

from bot.render.document.document import Document
from bot.render.document.mrkdwn import TextFormat


def text(document: Document) -> str:
    """The document's parts in order, without empty ones, a blank line between them; no line end at the end."""
    return _FORMAT.text(document)


_FORMAT = TextFormat(
    escape=str,
    link=lambda address, label: f"{label} <{address}>",
    mention=str,
    moment=lambda moment: moment.fallback,
    quote_prefix="  > ",
)
