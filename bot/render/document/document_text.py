"""How much text the blocks of a document will carry, without making them."""

from collections.abc import Iterable, Iterator

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
    Menu,
    Moment,
    Option,
    Part,
    Passage,
    PassagePart,
    Quotation,
    Text,
)


def document_text_length(document: Document) -> int:
    """UTF-16 units: never fewer than `block_text_length` counts of the document's blocks."""
    return mrkdwn.length("".join(text for part in document for text in _texts(part)))


def _texts(part: Part) -> Iterator[str]:
    match part:
        case Heading(text) | Context(text):
            yield mrkdwn.escape(text)
        case Passage(parts, heading):
            yield from _of_line(heading)
            for each in parts:
                yield from _of_part(each)
        case Actions(controls):
            for control in controls:
                yield from _of_control(control)
        case Fold(title, passages):
            yield mrkdwn.escape(title)
            for passage in passages:
                yield from _texts(passage)


def _of_part(part: PassagePart) -> Iterator[str]:
    lines: Iterable[Line] = (
        part.lines if isinstance(part, Bullet) else (part.line,) if isinstance(part, Quotation) else (part,)
    )
    for line in lines:
        yield from _of_line(line)


def _of_line(line: Line) -> Iterator[str]:
    for span in line:
        match span:
            case Text(text) | Link(_, text):
                yield text
            case Mark(_, label):
                yield label
            case Moment():
                yield f"{mrkdwn.DATE_FORMAT}{span.fallback}"
    # The line end that joins it to the next one.
    yield "\n"


def _of_control(control: Button | Menu) -> Iterator[str]:
    if isinstance(control, Button):
        yield mrkdwn.escape(control.label)
        if control.confirm:
            yield mrkdwn.escape(f"{control.label}? {control.confirm} {control.label} Cancel")
        return
    yield mrkdwn.escape(control.placeholder)
    groups: Iterable[tuple[str, tuple[Option, ...]]] = (*control.groups, ("", control.options))
    for title, options in groups:
        yield mrkdwn.escape(title)
        yield from (mrkdwn.escape(option.label) for option in options)
