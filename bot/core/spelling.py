"""The closest match of a word among choices."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

SUGGEST_MIN_RATIO = 80
"""Of 100, inclusive. `ratio`, not `WRatio`, which accepts unrelated names at 95."""


def closest_match(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like `word`, if any is near enough."""
    found = process.extractOne(word, list(choices), scorer=fuzz.ratio, score_cutoff=SUGGEST_MIN_RATIO)
    return found[0] if found else None
