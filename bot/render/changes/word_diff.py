"""Which words of a text are others than before."""

from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text

MARKED_MIN_RATIO = 0.4
"""Of the words that must have stayed for marks to be of any help; otherwise it is another sentence."""


class WordRun(NamedTuple):
    """Words in a row, all of which changed or all of which stayed."""

    words: str
    changed: bool


def mark_changed_words(before: str, after: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """Both texts as runs that join to them; nothing is marked where nearly everything changed."""
    old, new = before.split(" "), after.split(" ")
    matcher = SequenceMatcher(None, [*map(normalize_text, old)], [*map(normalize_text, new)], autojunk=False)
    if matcher.ratio() < MARKED_MIN_RATIO:
        return (WordRun(before, False),), (WordRun(after, False),)
    codes = matcher.get_opcodes()
    return (
        _joined([WordRun(" ".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in codes if a < b]),
        _joined([WordRun(" ".join(new[a:b]), tag != "equal") for tag, _, _, a, b in codes if a < b]),
    )


def _joined(runs: list[WordRun]) -> tuple[WordRun, ...]:
    """With the blanks between them, which stay unmarked."""
    blanks = [WordRun(" ", False)] * len(runs)
    spaced = [run for pair in zip(blanks, runs, strict=True) for run in pair][1:]
    found = (WordRun("".join(run.words for run in group), changed) for changed, group in groupby(spaced, itemgetter(1)))
    return tuple(run for run in found if run.words)
