"""Old and new words of a text in little room: what differs, and as much around it as fits."""

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from bot.render.changes.abridgement import Reach, abridged, opening
from bot.render.changes.stretches import Stretch
from bot.render.changes.views import new_words, old_words
from bot.render.changes.word_diff import Comparison, compare
from bot.render.changes.word_splitting import Word, split_words
from bot.render.document.document import Line, Span, Text, line

SHARES = (0.8, 0.45, 0.3, 0.15, 0.08, 0.03)
"""Shares of the room that are shown on either side of each change, tried from the largest."""


AROUND_MAX = 60
"""Characters on either side of a change beyond which more context says no more."""


OPENING_SHARE, OPENING_MIN = 0.12, 160
"""How much of the room the beginning of the text has, which says what it is about; none where the room is smaller."""

STUB = 50
"""Characters of the beginning of a text that are shown though it does not end there."""

HIDDEN_MIN = 10
"""Characters that a cut saves at least: little, as there is little room."""

LEAST = 20
"""Characters of a sentence beside a change that are enough where the sentence begins or ends there."""

CHANGE_MIN = 2
"""Characters that a change with what divides it from the next one has at least."""

_MORE = (Word(" ", "…", "mark"),)


class Excerpt(NamedTuple):
    """The old words, with what is gone struck through, and the new words, with what came in bold."""

    old: Line
    new: Line


def excerpt(old: str, new: str, max_chars: int) -> Excerpt:
    """Both texts in at most `max_chars` characters each, cut at the same places. Where they have too little in common,
    the beginning of each, unmarked. Changes that do not fit are left out, the last ones first."""
    return counted_excerpt(old, new, max_chars)[0]


def whole_excerpt(old: str, new: str, max_chars: int) -> Excerpt | None:
    """The `excerpt`; None if not all changes fit."""
    comparison = compare(old, new)
    if not (comparison.alike and any(each.changed for each in comparison.stretches)):
        return Excerpt(line(opening(old, max_chars)), line(opening(new, max_chars)))
    return _fitting(comparison, max_chars)


def counted_excerpt(old: str, new: str, max_chars: int) -> tuple[Excerpt, int]:
    """The `excerpt`, and how many changes it leaves out. The first change is cut where it does not fit alone."""
    if words := whole_excerpt(old, new, max_chars):
        return words, 0
    comparison = compare(old, new)
    total = sum(each.changed for each in comparison.stretches)
    number = max(1, _number_fitting(comparison, min(total - 1, max_chars // CHANGE_MIN), max_chars))
    first = _first_changes(comparison, number)
    words = _fitting(first, max_chars) or _excerpt(first, list(_reaches(max_chars))[-1], max_chars)
    return Excerpt(*(clipped(each, max_chars) for each in words)), total - number


def _fitting(comparison: Comparison, max_chars: int) -> Excerpt | None:
    """With as much around the changes as fits; None if they do not even fit with little."""
    parts = (_excerpt(comparison, reach, max_chars) for reach in _reaches(max_chars))
    return next((words for words in parts if max(map(line_length, words)) <= max_chars), None)


def _excerpt(comparison: Comparison, reach: Reach, max_chars: int) -> Excerpt:
    part = abridged(comparison, reach, max_chars)
    return Excerpt(old_words(part), new_words(part))


def _number_fitting(comparison: Comparison, at_most: int, max_chars: int) -> int:
    """How many of the first changes fit, by halving; 0 for not even one."""
    low, high = 0, at_most
    while low < high:
        middle = (low + high + 1) // 2
        fits = _fitting(_first_changes(comparison, middle), max_chars)
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _first_changes(comparison: Comparison, number: int) -> Comparison:
    """The texts up to the last of so many changes; a sign stands for the rest."""
    counts = list(accumulate(int(each.changed) for each in comparison.stretches))
    end = counts.index(number) + 1
    rest = (Stretch(_MORE, _MORE, False),) if end < len(counts) else ()
    return Comparison((*comparison.stretches[:end], *rest), comparison.alike)


def _reaches(max_chars: int) -> Iterator[Reach]:
    """From the largest; the last ones, for many changes, without the beginning of the text."""
    for share in SHARES:
        around = min(AROUND_MAX, int(max_chars * share))
        begins = max_chars >= OPENING_MIN and share > SHARES[-1]
        beginning, stub = (int(max_chars * OPENING_SHARE), STUB) if begins else (0, 0)
        sentence = max(around, min(2 * around, int(max_chars * share / 2)))
        least = min(LEAST, around // 2)
        yield Reach(beginning, around, sentence, least, quotation=around, hidden=HIDDEN_MIN, stub=stub)


def line_length(words: Line) -> int:
    """The characters of the text of a line."""
    return sum(len(text_of_span(span)) for span in words)


def text_of_span(span: Span) -> str:
    """The text of literal text; empty for anything else."""
    return span.text if isinstance(span, Text) else ""


def clipped(words: Line, max_chars: int) -> Line:
    """Literal text in at most `max_chars` characters; a longer one ends with `…`, between words."""
    if line_length(words) <= max_chars:
        return words
    spans: list[Span] = []
    room = max_chars
    for span in words:
        text = text_of_span(span)
        if len(text) >= room:
            return (*spans, _with_text(span, _beginning(text, room, max_chars)))
        spans.append(span)
        room -= len(text)
    return tuple(spans)


def _beginning(text: str, room: int, max_chars: int) -> str:
    # A figure cut in two is another figure; but an address may be longer than all of the room.
    is_divisible = max((len(word.text) for word in split_words(text)), default=0) >= max_chars
    return opening(f"{text} ", room, whole_words=not is_divisible)


def _with_text(span: Span, text: str) -> Span:
    if text == "…" or not isinstance(span, Text):
        return Text(text)
    return Text(text, span.bold, span.italic, span.code, span.strike)
