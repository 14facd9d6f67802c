"""Old and new words of a text in little room: what differs, and as much around it as fits."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.render.changes.abridgement import Reach, abridged, opening
from bot.render.changes.views import new_words, old_words
from bot.render.changes.word_diff import compare
from bot.render.document.document import Line, Span, Text, line

SHARES = (0.8, 0.45, 0.3, 0.15, 0.08, 0.03)
"""Shares of the room that are shown on either side of each change, tried from the largest."""


AROUND_MAX = 60
"""Characters on either side of a change beyond which more context says no more."""


OPENING_SHARE, OPENING_MIN = 0.12, 160
"""How much of the room the beginning of the text has, which says what it is about; none where the room is smaller."""

HIDDEN_MIN = 10
"""Characters that a cut saves at least: little, as there is little room."""

LEAST = 20
"""Characters of a sentence beside a change that are enough where the sentence begins or ends there."""


class Excerpt(NamedTuple):
    """The old words, with what is gone struck through, and the new words, with what came in bold."""

    old: Line
    new: Line


def excerpt(old: str, new: str, max_chars: int) -> Excerpt:
    """Both texts in at most `max_chars` characters each, cut at the same places. Where they have too little in common,
    the beginning of each, unmarked."""
    comparison = compare(old, new)
    if not comparison.alike:
        return Excerpt(line(opening(old, max_chars)), line(opening(new, max_chars)))
    parts = Excerpt((), ())
    for reach in _reaches(max_chars):
        part = abridged(comparison, reach, max_chars)
        parts = Excerpt(old_words(part), new_words(part))
        if max(map(line_length, parts)) <= max_chars:
            break
    return Excerpt(*(clipped(each, max_chars) for each in parts))


def _reaches(max_chars: int) -> Iterator[Reach]:
    """From the largest; the last ones, for many changes, without the beginning of the text."""
    for share in SHARES:
        around = min(AROUND_MAX, int(max_chars * share))
        beginning = int(max_chars * OPENING_SHARE) if max_chars >= OPENING_MIN and share > SHARES[-1] else 0
        sentence = max(around, min(2 * around, int(max_chars * share / 2)))
        yield Reach(beginning, around, sentence, least=min(LEAST, around // 2), quotation=around, hidden=HIDDEN_MIN)


def line_length(words: Line) -> int:
    """The characters of the text of a line."""
    return sum(len(text_of_span(span)) for span in words)


def text_of_span(span: Span) -> str:
    """The text of literal text; empty for anything else."""
    return span.text if isinstance(span, Text) else ""


def clipped(words: Line, max_chars: int) -> Line:
    """Literal text in at most `max_chars` characters; a longer one ends with `…`."""
    if line_length(words) <= max_chars:
        return words
    spans: list[Span] = []
    room = max_chars
    for span in words:
        text = text_of_span(span)
        if len(text) >= room:
            return (*spans, _with_text(span, opening(f"{text} ", room)))
        spans.append(span)
        room -= len(text)
    return tuple(spans)


def _with_text(span: Span, text: str) -> Span:
    return Text(text, span.bold, span.italic, span.code, span.strike) if isinstance(span, Text) else span
