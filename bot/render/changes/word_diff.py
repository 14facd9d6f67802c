"""Which words differ between two texts."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text
from bot.render.changes.word_splitting import Word, split_words

MARKED_MIN_RATIO = 0.4
"""Similarity, from 0 to 1, below which nothing is marked: marks on nearly every word do not help."""


class WordRun(NamedTuple):
    """(words, changed): consecutive words, with the blanks between them, that all changed or all stayed the same."""

    words: str
    changed: bool


def mark_changed_words(before: str, after: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """(runs of `before`, runs of `after`), each in order: joined they give the text again. A word and the punctuation
    around it are compared apart; where a script has no blanks, each character is a word. Nothing is marked where the
    texts are less similar than `MARKED_MIN_RATIO`."""
    old, new = split_words(before), split_words(after)
    # Without autojunk, which from 200 words on takes frequent words such as “the” for noise.
    matcher = SequenceMatcher(None, _comparable(old), _comparable(new), autojunk=False)
    if matcher.ratio() < MARKED_MIN_RATIO:
        return (WordRun(before, False),), (WordRun(after, False),)
    codes = matcher.get_opcodes()
    return (
        _join(run for tag, a, b, _, _ in codes for run in _runs(old[a:b], tag != "equal")),
        _join(run for tag, _, _, a, b in codes for run in _runs(new[a:b], tag != "equal")),
    )


def _comparable(words: list[Word]) -> list[str]:
    return [normalize_text(word.text) for word in words]


def _runs(words: list[Word], changed: bool) -> Iterator[WordRun]:
    """The words with the blanks before them; those before the first are not marked."""
    for index, word in enumerate(words):
        yield WordRun(word.blanks, changed and index > 0)
        yield WordRun(word.text, changed)


def _join(runs: Iterator[WordRun]) -> tuple[WordRun, ...]:
    """Neighbours with the same mark as one run, without empty ones."""
    filled = (run for run in runs if run.words)
    return tuple(WordRun("".join(run.words for run in group), mark) for mark, group in groupby(filled, itemgetter(1)))
