"""Marks a sign that changed alone with the word that it stands at: a struck `€` is hardly seen."""

import unicodedata
from collections.abc import Sequence

from bot.render.changes.stretches import Stretch, joined, merged
from bot.render.changes.word_splitting import Word

UNITS = frozenset("%‰°")
"""Signs that belong to a figure, beside those of currencies."""


def with_words_of_signs(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches, where each change of signs alone includes the word before them, or else the one behind them, if no
    blank divides it from them. So does one of a unit, whatever stands in its place."""
    pieces = list(stretches)
    for n, stretch in enumerate(stretches):
        if not (stretch.changed and _is_of_signs(stretch)):
            continue
        if n > 0 and (size := _words_before(pieces[n - 1], stretch)):
            pieces[n - 1], word = _divided(pieces[n - 1], len(pieces[n - 1].new) - size)
            pieces[n] = joined((word, pieces[n]), True)
        elif n + 1 < len(pieces) and _stands_before(stretch, pieces[n + 1]):
            word, pieces[n + 1] = _divided(pieces[n + 1], 1)
            pieces[n] = joined((pieces[n], word), True)
    return merged(pieces)


def _is_of_signs(stretch: Stretch) -> bool:
    words = (*stretch.old, *stretch.new)
    if any(word.text for word in words) and all(word.kind == "mark" for word in words):
        return True
    return any(side and all(map(_is_unit, side)) for side in (stretch.old, stretch.new))


def _is_unit(word: Word) -> bool:
    return len(word.text) == 1 and (word.text in UNITS or unicodedata.category(word.text) == "Sc")


def _words_before(left: Stretch, signs: Stretch) -> int:
    """How many words at the end of what stands before the signs belong to them: a word, and signs between; 0 for
    none."""
    if not any(side and not side[0].blanks for side in (signs.old, signs.new)) and not _is_unit_of(left, signs):
        return 0
    for size, word in enumerate(reversed(left.new), 1):
        if word.kind != "mark":
            return size if word.kind == "word" else 0
        if word.blanks:
            return 0
    return 0


def _is_unit_of(left: Stretch, signs: Stretch) -> bool:
    """Whether all signs are units, and a figure stands before them: `15 €`."""
    is_figure = any(char.isdigit() for word in left.new[-1:] for char in word.text)
    return is_figure and all(map(_is_unit, (*signs.old, *signs.new)))


def _stands_before(signs: Stretch, right: Stretch) -> bool:
    """Whether a word follows the signs without a blank."""
    if not right.new or right.new[0].kind != "word":
        return False
    return any(side and not after[0].blanks for side, after in ((signs.old, right.old), (signs.new, right.new)))


def _divided(stretch: Stretch, index: int) -> tuple[Stretch, Stretch]:
    return (
        Stretch(stretch.old[:index], stretch.new[:index], False),
        Stretch(stretch.old[index:], stretch.new[index:], False),
    )
