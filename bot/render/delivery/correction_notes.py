"""The words with which earlier posts are corrected: a line in the post, and a note in its thread."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from bot.render.document import mrkdwn
from bot.render.document.document import Document, Layout, Line, Passage, Text, line
from bot.render.document.open_buttons import open_buttons
from bot.render.document.paging import CORRECTION_ROOM
from bot.render.document.phrases import count, day, sentence

LINES_MAX = 8
"""Corrections that get a line of their own; what was corrected more often is counted."""

QUOTED_MIN = 24
NOTE_QUOTED = 280
NOTE_CLAIMS_MAX = 6

Claims = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Correction:
    """What one publication corrected of a post: how claims read before and read now (None: withdrawn). `note` is the
    maintainer's. `brief` is the title of a brief that was withdrawn as a whole."""

    on: date
    claims: tuple[tuple[str, str | None], ...]
    note: str | None = None
    brief: str | None = None


def with_corrections(layout: Layout, corrections: Sequence[Correction], *, now: bool) -> Layout:
    """A layout with a line for each correction under its head, together within `CORRECTION_ROOM` characters. `now`: the
    lines say as well how a claim reads now, as the post itself does not."""
    if not corrections:
        return layout
    earlier = len(corrections) - LINES_MAX
    lines = [line(f"{count(earlier, 'earlier correction')}.")] if earlier > 0 else []
    kept = corrections[-LINES_MAX:]
    room = (CORRECTION_ROOM - len("\n\n")) // (len(kept) + len(lines)) - len("\n")
    lines += (_line(each, room, now=now) for each in kept)
    return replace(layout, head=(*layout.head, Passage(tuple(lines))))


def _line(correction: Correction, room: int, *, now: bool) -> Line:
    """`Corrected 12 May 2025: was “…”`, with as many claims as there is room for."""
    start = _opening(correction)
    left = room - len(f"{start}: ")
    if correction.brief:
        said = _longest(lambda chars: f"the brief “{_cut(correction.brief or '', chars)}”", left)
    else:
        said = _most(correction.claims, left, now=now)
    return line(Text(f"{start}:", bold=True), f" {said}") if said else line(Text(f"{start}.", bold=True))


def _opening(correction: Correction) -> str:
    word = "Corrected" if any(new is not None for _, new in correction.claims) else "Withdrawn"
    return f"{word} {day(correction.on)}"


def _most(claims: Claims, room: int, *, now: bool) -> str | None:
    withdrawn = all(new is None for _, new in claims)
    for shown in range(len(claims), 0, -1):
        more = [f"{len(claims) - shown} more"] if shown < len(claims) else []

        def said(chars: int, shown: int = shown, more: Sequence[str] = more) -> str:
            parts = (_said(was, new, chars, now=now, bare=withdrawn) for was, new in claims[:shown])
            return "; ".join((*parts, *more))

        if found := _longest(said, room):
            return found
    return None


def _longest(said: Callable[[int], str], room: int) -> str | None:
    """What is said with quotations as long as there is room for; None where even short ones are too long."""
    lengths = range(room, min(QUOTED_MIN, room) - 1, -1)
    return next((words for words in map(said, lengths) if mrkdwn.length(mrkdwn.escape(words)) <= room), None)


def _said(was: str, new: str | None, chars: int, *, now: bool, bare: bool) -> str:
    """`bare`: the line has said already that all of it was withdrawn."""
    if new is None:
        return f"“{_cut(was, chars)}”" if bare else f"withdrawn “{_cut(was, chars)}”"
    if was == new:
        return f"standing or evidence of “{_cut(was, chars)}”"
    at = _parting(was, new)
    return f"was “{_cut(was, chars, at)}”" + (f", now “{_cut(new, chars, at)}”" if now else "")


# The note


def note(found: Sequence[Correction], sections: Sequence[tuple[str, str]], *, edited: bool = True) -> Document:
    """The note in the thread of a post, of what one publication corrected in it, brief by brief. `sections` are (label,
    command) of what can be opened; `edited`: the post itself says it as well."""
    lines = [each for correction in found for each in (_head(correction), *_facts(correction))]
    if not edited:
        lines.append(line("The post above cannot be edited any more, and still shows the old words."))
    return (Passage(tuple(lines)), *open_buttons(sections))


def _head(correction: Correction) -> Line:
    start = Text(_opening(correction), bold=True)
    return line(start, f" · {sentence(correction.note)}") if correction.note else line(start)


def _facts(correction: Correction) -> Iterator[Line]:
    if correction.brief:
        yield line(f"The brief “{correction.brief}” was withdrawn. What stands above no longer holds.")
        return
    yield from (line(f"• {_changed(was, new)}") for was, new in correction.claims[:NOTE_CLAIMS_MAX])
    if more := count(max(0, len(correction.claims) - NOTE_CLAIMS_MAX), "more claim"):
        yield line(f"• and {more}.")


def _changed(was: str, new: str | None) -> str:
    if new is None:
        return f"“{_cut(was, NOTE_QUOTED)}” no longer stands."
    if was == new:
        return f"“{_cut(was, NOTE_QUOTED)}” now has another standing, note or evidence."
    at = _parting(was, new)
    return f"“{_cut(was, NOTE_QUOTED, at)}” now reads “{_cut(new, NOTE_QUOTED, at)}”"


# Quotations


def _parting(was: str, new: str) -> int:
    """How many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, new, strict=False)))


def _cut(words: str, chars: int, at: int = 0) -> str:
    """A text, or of one that is too long the part around a place in it, in `chars` characters."""
    if len(words) <= chars:
        return words
    start = min(at - chars // 3, len(words) - chars + 1)
    if start <= 0:
        return f"{words[: chars - 1].rstrip()}…"
    blank = words.find(" ", start, at)
    return f"…{_cut(words[max(start, blank + 1) :], chars - 1)}"
