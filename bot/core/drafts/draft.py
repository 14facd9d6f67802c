"""Pasted text as the parts of a draft, each with its place in the text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

RemarkKind = Literal["title", "heading", "mark", "mail", "signs"]


@dataclass(frozen=True, slots=True)
class Link:
    """A source that the text names in a sentence, by its id; `mark` is the mark of a note there, else empty."""

    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A sentence of the text, or a part of one that is too long. `line` counts from 1."""

    line: int
    section: str
    id: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What of the text is no claim: its title, a heading, the mark of an entry or a note, what only mails have, signs
    without a word. A notice tells of each."""

    line: int
    section: str
    text: str
    kind: RemarkKind


@dataclass(frozen=True, slots=True)
class DraftSource:
    """A work that the text names, with what the text says of it, and no more; `said` are its words as they stand
    there, empty for an address that stands in a claim."""

    line: int
    id: str
    said: str = ""
    publisher: str = ""
    title: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """The claims under a heading that is no section's; `claims` are their ids."""

    section: str
    title: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a maintainer should know of one line of the text, as a sentence without a full stop."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """`title` is empty where the text has none; `parts`, `sources` and `notices` are in the order of the text."""

    title: str
    parts: tuple[DraftClaim | Remark, ...]
    groups: tuple[DraftGroup, ...] = ()
    sources: tuple[DraftSource, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def claims(self) -> tuple[DraftClaim, ...]:
        """The claims alone, in the same order."""
        return tuple(part for part in self.parts if isinstance(part, DraftClaim))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is no claim, in the same order."""
        return tuple(part for part in self.parts if isinstance(part, Remark))


def at_lines(draft: Draft, lines: Sequence[int]) -> Draft:
    """The draft of a text that was made of another one, with the lines of that; `lines` has one for each line."""
    return replace(
        draft,
        parts=tuple(replace(part, line=lines[part.line - 1]) for part in draft.parts),
        sources=tuple(replace(source, line=lines[source.line - 1]) for source in draft.sources),
        notices=tuple(replace(notice, line=lines[notice.line - 1]) for notice in draft.notices),
    )


def by_section(parts: Iterable[DraftClaim | Remark]) -> dict[str, list[DraftClaim | Remark]]:
    """The parts by the key of their section, both in the order of the text."""
    sections: dict[str, list[DraftClaim | Remark]] = {}
    for part in parts:
        sections.setdefault(part.section, []).append(part)
    return sections


def settled(parts: Iterable[DraftClaim | Remark]) -> Iterator[DraftClaim | Remark]:
    """The parts, remarks of sections without a claim in the section before, or in the first one."""
    listed = list(parts)
    filled = {part.section: None for part in listed if isinstance(part, DraftClaim)}
    section = next(iter(filled), None)
    for part in listed:
        if part.section in filled:
            section = part.section
        yield part if section in (None, part.section) else replace(part, section=section)
