"""Cuts what stayed the same in long texts to what stands around the changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby, takewhile
from operator import itemgetter
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text
from bot.render.changes.quoted_ranges import bracketed_ranges, quoted_ranges
from bot.render.changes.stretches import Stretch, both_sides
from bot.render.changes.word_diff import Comparison, text_of
from bot.render.changes.word_splitting import Word, clusters, split_words

WHOLE_MAX = 280
"""Characters up to which both texts are shown whole."""


class Reach(NamedTuple):
    """How much of what stayed is shown, in characters: at least `around` each change, to the end of the word; to the
    border of the sentence, or else of the clause, where it is nearer than `sentence`, but at least `least`, and rather
    than within a clause to a border that is nearer than `clause`; of the beginning of the text a sentence, or clauses
    of at least `opening`, or else at most `stub`, or nothing; what stands in quotation marks or brackets is not cut
    where it ends within `quotation`. Less than `hidden` is not worth a cut; `sign` stands for it."""

    opening: int
    around: int
    sentence: int
    least: int = 20
    quotation: int = 200
    hidden: int = 100
    sign: str = "…"
    clause: int = 0
    stub: int = 0


IN_QUOTATION = "[…]"
"""For what is cut within a quotation, whose own words may have a bare `…`."""

POST = Reach(opening=40, around=60, sentence=140, clause=220)
QUOTE = Reach(opening=0, around=100, sentence=200, sign=IN_QUOTATION, clause=280)
"""Of quotations, which are judged by their context."""

OPENING_MIN = 6
"""Words at the beginning of a text of which fewer say nothing."""

CLAUSE_SHARE = 0.6
"""How much of what is shown around a change is enough where the clause begins or ends there."""

Border = Callable[[int], bool]
"""Whether a cut before the word at this index, within a stretch, divides a quotation, or what stands in brackets."""

Ranges = Callable[[Sequence[Word]], Iterable[tuple[int, int]]]


def abridged(comparison: Comparison, reach: Reach = POST, whole_max: int = WHOLE_MAX) -> Comparison:
    """The comparison with `…` or `[…]` for what is cut out, at the same places of both texts; as it is if both have at
    most `whole_max` characters, or too little in common. What changed is never cut."""
    stretches, alike = comparison
    both = both_sides(stretches)
    if (
        not (alike and any(each.changed for each in stretches))
        or max(_lengths(words)[-1] for words in both) <= whole_max
    ):
        return comparison
    quoted, enclosed = (_borders(stretches, ranges) for ranges in (quoted_ranges, _enclosed_ranges))
    cut = (
        _cut(each, n > 0, n < len(stretches) - 1, reach, divides, is_quoted)
        for n, (each, divides, is_quoted) in enumerate(zip(stretches, enclosed, quoted, strict=True))
    )
    return Comparison(tuple(piece for pieces in cut for piece in pieces), alike)


def opening(text: str, max_chars: int = WHOLE_MAX, *, whole_words: bool = False, sign: str = "…") -> str:
    """Text of at most `max_chars` characters; a longer one is cut between words, never within a character as people see
    it, and ends with `sign`. `whole_words`: a first word that is too long is left out, not cut."""
    if len(text) <= max_chars:
        return text
    max_chars -= len(sign) - 1
    words = split_words(text)
    ends = accumulate(len(word.blanks) + len(word.text) for word in words)
    end = max((n for index, n in enumerate(ends, 1) if n < max_chars and _may_end(words, index)), default=0)
    ends = accumulate(map(len, clusters(text)))
    # A single word that is too long is cut between its characters.
    start = text[: end or (0 if whole_words else max(takewhile(max_chars.__gt__, ends), default=0))]
    return f"{start.rstrip(' ,:;–—')}{sign}"


def _may_end(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and _is_border(words, index)


def around(text: str, focus: frozenset[str]) -> str:
    """The text with `[…]` for what does not stand around any of the words `focus`, as `normalize_text` gives them;
    whole if it has none of them."""
    return "".join(text_of(each.new) for each in abridged(with_marks(text, focus), QUOTE).stretches)


def with_marks(text: str, focus: frozenset[str]) -> Comparison:
    """The text on both sides, with any of the words `focus`, as `normalize_text` gives them, as what changed."""
    words = [(word, normalize_text(word.text) in focus) for word in split_words(text)]
    groups = ((is_focus, tuple(word for word, _ in group)) for is_focus, group in groupby(words, itemgetter(1)))
    return Comparison(tuple(Stretch(each, each, is_focus) for is_focus, each in groups), True)


def _enclosed_ranges(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    yield from quoted_ranges(words)
    yield from bracketed_ranges(words)


def _borders(stretches: Sequence[Stretch], ranges: Ranges) -> Iterator[Border]:
    """For each stretch whether a border within it lies in such a range of either text."""
    in_old, in_new = (_indices_inside(ranges(words)) for words in both_sides(stretches))
    old = new = 0
    for each in stretches:
        yield _border(in_old, in_new, old, new)
        old, new = old + len(each.old), new + len(each.new)


def _border(in_old: frozenset[int], in_new: frozenset[int], old: int, new: int) -> Border:
    return lambda index: old + index in in_old or new + index in in_new


def _indices_inside(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(index for start, end in ranges for index in range(start + 1, end))


# One stretch


def _cut(
    stretch: Stretch, after_change: bool, before_change: bool, reach: Reach, divides: Border, is_quoted: Border
) -> Iterable[Stretch]:
    """The stretch, or what is shown of it with a sign for the rest."""
    words, size = stretch.new, len(stretch.new)
    if stretch.changed:
        return (stretch,)
    left = _end_of_left(words, reach, divides, not before_change) if after_change else _opening(words, reach, divides)
    right = _start_of_right(words, reach, divides, not after_change) if before_change else size
    if left >= right or len(text_of(words[left:right])) < reach.hidden:
        return (stretch,)
    sign = IN_QUOTATION if is_quoted(left) or is_quoted(right) else reach.sign
    blank = " " if (left or after_change) and words[left].blanks else ""
    return (_part(stretch, 0, left), _omission(blank, sign), _part(stretch, right, size))


def _part(stretch: Stretch, start: int, end: int) -> Stretch:
    return Stretch(stretch.old[start:end], stretch.new[start:end], False)


def _omission(blank: str, sign: str) -> Stretch:
    word = (Word(blank, sign, "mark"),)
    return Stretch(word, word, False)


def _opening(words: Sequence[Word], reach: Reach, divides: Border) -> int:
    """The index behind the words that are shown at the beginning of the text; 0 where they would say nothing."""
    if not reach.opening:
        return 0
    stub = [index for index, far in _left_borders(words) if far <= reach.stub and not divides(index)]
    near = [each for each in _left_borders(words) if each[1] <= reach.sentence and not divides(each[0])]
    sentences = (index for index, far in near if far >= reach.least and _ends_sentence(words, index))
    clauses = (index for index, far in near if far >= reach.opening and _ends_clause(words, index))
    full = (index for index in clauses if sum(word.kind != "mark" for word in words[:index]) >= OPENING_MIN)
    return next(chain(sentences, full, reversed(stub)), 0)


def _end_of_left(words: Sequence[Word], reach: Reach, divides: Border, ends_text: bool) -> int:
    """The index behind the words that are shown at the beginning of a stretch: none where there is no room."""
    if not reach.around and words[0].blanks:
        return 0
    end = [(len(words), _lengths(words)[-1])] if ends_text else []
    return _nearest([*_left_borders(words), *end], words, reach, divides, otherwise=len(words))


def _start_of_right(words: Sequence[Word], reach: Reach, divides: Border, begins_text: bool) -> int:
    """The index of the first word that is shown at the end of a stretch."""
    length = _lengths(words)[-1]
    borders = [(index, length - far) for index, far in reversed(_left_borders(words))]
    return _nearest([*borders, *([(0, length)] if begins_text else [])], words, reach, divides, otherwise=0)


def _left_borders(words: Sequence[Word]) -> list[tuple[int, int]]:
    """(index, characters before it) of the words before which the stretch may be cut."""
    lengths = _lengths(words)
    return [(index, lengths[index]) for index in range(1, len(words)) if _is_border(words, index)]


def _lengths(words: Sequence[Word]) -> list[int]:
    """The characters before each word, and of all, in letters."""
    lengths = [0]
    for word in words:
        # A character of a script without blanks says as much as two letters.
        lengths.append(lengths[-1] + len(word.blanks) + len(word.text) * (2 if word.kind == "unspaced" else 1))
    return lengths


def _nearest(
    borders: Sequence[tuple[int, int]], words: Sequence[Word], reach: Reach, divides: Border, *, otherwise: int
) -> int:
    """The index of the border to cut at, of (index, distance from the change), the nearest first."""
    enough = [each for each in borders if each[1] >= min(reach.least, reach.around)]
    undivided = [each for each in enough if not divides(each[0])]
    sentences = (index for index, far in undivided if far <= reach.sentence and _ends_sentence(words, index))
    least = CLAUSE_SHARE * reach.around
    clauses = (index for index, far in undivided if least <= far <= reach.sentence and _ends_clause(words, index))
    far_off = (index for index, far in undivided if least <= far <= reach.clause and _ends_part(words, index))
    within = (index for index, far in undivided if reach.around <= far <= reach.around + reach.quotation)
    # A border before the quotation, though it shows less; and only then one that divides it.
    nearer = (index for index, far in reversed(undivided) if far < reach.around)
    any_border = (index for index, far in enough if far >= reach.around)
    return next(chain(sentences, clauses, far_off, within, nearer, any_border), otherwise)


def _is_border(words: Sequence[Word], index: int) -> bool:
    """Whether a text may be cut before this word: at a blank, or between the characters of a script without blanks."""
    word, left = words[index], words[index - 1]
    return bool(word.blanks) or (
        word.kind == "unspaced" and (left.kind == "unspaced" or left.text in "，、。；：！？」』”")
    )


def _ends_sentence(words: Sequence[Word], index: int) -> bool:
    # So do the ends of the text.
    if index in (0, len(words)):
        return True
    return _mark_before(words, index) in tuple(".!?。！？") and not words[index].text[:1].islower()


def _ends_clause(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and _mark_before(words, index) in tuple(",;:–—，、；：")


def _ends_part(words: Sequence[Word], index: int) -> bool:
    return _ends_sentence(words, index) or _ends_clause(words, index)


def _mark_before(words: Sequence[Word], index: int) -> str:
    """The word before a border, without what closes quotations and brackets; empty without one."""
    before = (word.text for word in reversed(words[max(0, index - 3) : index]))
    return next((text for text in before if text not in ("”", '"', "’", ")", "」", "』")), "")
