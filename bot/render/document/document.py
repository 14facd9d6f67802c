"""Documents: messages as parts, lines and spans, independent of the format in which they are written out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.answers.answer import Citation, Excerpt
from bot.core.commands.command import Command


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text: nothing in it is markup."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Text that is linked to an address; `url` is not yet percent-encoded for Slack. `quiet`: the address takes no room
    in the `text` of a message."""

    url: str
    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark linked to its source; `label` is `[1]` or `[1, paragraph 4]`."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A user or a channel by id; Slack shows its name."""

    kind: Literal["user", "channel"]
    id: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, which Slack shows in the time zone of each reader; `fallback` is what is shown elsewhere."""

    at: datetime
    fallback: str


Span = Text | Link | Mark | Mention | Moment
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a message. Block Kit cuts it after 150 characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim quotation from a source, with its mark. `aside`: see `Passage`."""

    line: Line
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """An entry of a list, of one or more lines."""

    lines: tuple[Line, ...]


PassagePart = Line | Bullet | Quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines, bullets and quotations, in order, that are never split between pages, under a `heading`. What is an
    `aside` stands in `text` only where there is room for it; what is the `opening` stands in `text` first, without its
    heading."""

    parts: tuple[PassagePart, ...]
    heading: Line = ()
    aside: bool = False
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Secondary text in small type. Block Kit cuts it after 3,000 characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `action` is unique within its message. `confirm` is asked before it is pressed; empty: nothing is."""

    label: str
    action: str
    value: str
    primary: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu. `label` is cut after 75 characters; `value` is not, and Slack refuses more than 150 of
    them."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu with its options in display order, of which the first 100 are shown; a menu without any requests them from
    the bot while the reader types. `groups` are (title, options) and take the place of `options`."""

    placeholder: str
    action: str
    options: tuple[Option, ...] = ()
    groups: tuple[tuple[str, tuple[Option, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Actions:
    """Controls in display order, and the lines with the commands to type where a format has no controls."""

    controls: tuple[Button | Menu, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """Parts behind a title that opens and closes them; where a format has no folds they are left out."""

    title: str
    parts: tuple[Passage, ...]


Part = Heading | Passage | Context | Actions | Fold
Document = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A passage, its citations, and the controls under it; `typed_alternative` is the command to type where a format
    has no controls. Consecutive items with the same `heading` share it: it stands above the first of them on each
    page."""

    passage: Passage
    citations: tuple[Citation, ...] = ()
    controls: tuple[Button | Menu, ...] = ()
    typed_alternative: str = ""
    heading: Line = ()
    excerpt: Excerpt | None = None
    """The claim that it shows, or some of whose quotations it shows; None for none."""


Sources = Literal["full", "short"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A reply before pagination: `head` stands on every page, `footer` on the last."""

    head: Document
    items: tuple[Item, ...]
    footer: Document = ()
    small_print: tuple[str, ...] = ()
    controls: tuple[Button | Menu, ...] = ()
    onward: tuple[Button | Menu, ...] = ()
    """What leads to more of the reply than its last page."""
    typed: tuple[str, ...] = ()
    """Lines with the commands to type where a format has no controls."""
    command: Command | None = None
    """The command that shows this reply again, for *Continue*; None if there is no such command."""
    source: tuple[str, str, str] | None = None
    """Slug, section and revision, from which answer ids are derived."""
    shareable: bool = False
    compact: bool = False
    """Whether items with the same heading form one passage, line by line."""
    sources: Sources | None = "full"
    """How the cited sources are listed: in full, or in short and aside; None: not at all."""
    fold: Fold | None = None
    """What is folded under the last page."""


def line(*spans: Span | str) -> Line:
    """A line of spans; a plain string is `Text`."""
    return tuple(Text(span) if isinstance(span, str) else span for span in spans if span)
