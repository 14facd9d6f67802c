"""Stretches: words of two texts that changed together, or stayed together."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.render.changes.word_splitting import Word


class Stretch(NamedTuple):
    """Consecutive words of both texts. Unchanged ones are as many in both and read the same; of changed ones either
    side may be empty."""

    old: tuple[Word, ...]
    new: tuple[Word, ...]
    changed: bool


def merged(pieces: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours of the same kind as one stretch, without empty ones."""
    filled = (piece for piece in pieces if piece.old or piece.new)
    groups = ((changed, list(group)) for changed, group in groupby(filled, lambda piece: piece.changed))
    return tuple(joined(group, changed) for changed, group in groups)


def joined(group: Sequence[Stretch], changed: bool) -> Stretch:
    """Neighbours as one stretch."""
    old, new = both_sides(group)
    return Stretch(old, new, changed)


def both_sides(stretches: Sequence[Stretch]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of the old text, and those of the new one, in order."""
    return (
        tuple(word for each in stretches for word in each.old),
        tuple(word for each in stretches for word in each.new),
    )
