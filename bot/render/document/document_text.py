"""How much text the blocks of a document will carry, without making them."""

from collections.abc import Iterator

from bot.render.document import mrkdwn
from bot.render.document.document import Actions, Button, Document, Fold, Menu, Part

_SHOWN = mrkdwn.TextFormat(
    mrkdwn.escape,
    link=lambda _, label: label,
    mention=str,
    moment=lambda moment: f"{mrkdwn.DATE_FORMAT}{moment.fallback}",
    quote_prefix="",
)


def document_text_length(document: Document) -> int:
    """UTF-16 units: never fewer than `block_text_length` counts of the document's blocks."""
    return mrkdwn.length("".join(text for part in document for text in _texts(part)))


def _texts(part: Part) -> Iterator[str]:
    match part:
        case Actions(controls):
            for control in controls:
                yield from map(mrkdwn.escape, _of_control(control))
        case Fold(title, passages):
            yield mrkdwn.escape(title)
            # As mrkdwn, which carries the addresses of links too.
            yield mrkdwn.text(passages)
        case _:
            yield _SHOWN.text((part,))


def _of_control(control: Button | Menu) -> Iterator[str]:
    if isinstance(control, Button):
        yield control.label
        if control.confirm:
            yield f"{control.label}? {control.confirm} {control.label} Cancel"
        return
    yield control.placeholder
    for title, options in (*control.groups, ("", control.options)):
        yield title
        yield from (option.label for option in options)
