"""Which words differ between two texts."""

from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text

MARKED_MIN_RATIO = 0.4
"""Similarity, from 0 to 1, below which nothing is marked: marks on nearly every word do not help."""


class WordRun(NamedTuple):
    """(words, changed): consecutive words, with the blanks between them, that all changed or all stayed the same."""

    words: str
    changed: bool


def mark_changed_words(before: str, after: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """(runs of `before`, runs of `after`), each in order: joined they give the text again. Nothing is marked where the
    texts are less similar than `MARKED_MIN_RATIO`."""
    old, new = before.split(" "), after.split(" ")
    # Without autojunk, which from 200 words on takes frequent words such as “the” for noise.
    matcher = SequenceMatcher(None, [*map(normalize_text, old)], [*map(normalize_text, new)], autojunk=False)
    if matcher.ratio() < MARKED_MIN_RATIO:
        return (WordRun(before, False),), (WordRun(after, False),)
    codes = matcher.get_opcodes()
    return (
        _join([WordRun(" ".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in codes if a < b]),
        _join([WordRun(" ".join(new[a:b]), tag != "equal") for tag, _, _, a, b in codes if a < b]),
    )


def _join(runs: list[WordRun]) -> tuple[WordRun, ...]:
    """The runs with unmarked blanks between them; neighbours with the same mark are merged."""
    blanks = [WordRun(" ", False)] * len(runs)
    spaced = [run for pair in zip(blanks, runs, strict=True) for run in pair][1:]
    merged = (WordRun("".join(run.words for run in group), mark) for mark, group in groupby(spaced, itemgetter(1)))
    return tuple(run for run in merged if run.words)
