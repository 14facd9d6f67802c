"""A message before it is Block Kit, Slack text or terminal text: parts whose words were chosen once, in `layout`."""

from dataclasses import dataclass
from typing import Literal

from bot.core.answers.answer import Citation


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stay what they are: nothing in them is markup."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark, `[1]` or `[1, paragraph 4]`, that leads to its source."""

    url: str
    n: int
    locator: str | None = None

    @property
    def label(self) -> str:
        return f"[{self.n}, {self.locator}]" if self.locator else f"[{self.n}]"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a channel, whose name Slack shows for the id."""

    kind: Literal["user", "channel"]
    id: str


Span = Text | Link | Mark | Mention
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A source's own words, with their mark."""

    line: Line


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines and quotations that belong together and are never split."""

    parts: tuple[Line | Quotation, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `action` is unique in its message."""

    label: str
    action: str
    value: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries to pick from; without entries they are asked for as the reader types."""

    placeholder: str
    action: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Actions:
    """Controls, and the lines that say what to type instead where there are none."""

    controls: tuple[Button | Menu, ...]
    typed: tuple[str, ...] = ()


Part = Heading | Passage | Context | Actions
Document = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A passage that is never split, the citations that stand in it, and controls under it; `typed` is what to type
    where there are none. Items that follow each other `under` the same line have it above the first of them on each
    page."""

    passage: Passage
    citations: tuple[Citation, ...] = ()
    controls: tuple[Button | Menu, ...] = ()
    typed_alternative: str = ""
    heading: Line = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A reply before it is cut into pages: `head` stands on every page, `foot` on the last."""

    head: Document
    items: tuple[Item, ...]
    footer: Document = ()
    small_print: tuple[str, ...] = ()
    controls: tuple[Button | Menu, ...] = ()
    typed: tuple[str, ...] = ()
    """Lines that stand in for the controls where there are none."""
    command: str | None = ""
    """The command that gives this reply again, as *Continue* sends it; None where that stands elsewhere."""
    source: tuple[str, str, str] | None = None
    """Slug, section and revision, from which answer ids come."""
    shareable: bool = False
    compact: bool = False
    """Items follow each other line by line, as in a list."""


def line(*spans: Span | str) -> Line:
    """A line of spans; a plain string is `Text`."""
    return tuple(Text(span) if isinstance(span, str) else span for span in spans if span)
