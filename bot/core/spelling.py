"""Spelling suggestions: the choice that is closest to a word."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

SUGGEST_MIN_RATIO = 80
"""Least similarity of a suggestion, in percent, included. `fuzz.ratio`, as `WRatio` gives unrelated names 95."""


def closest_match(word: str, choices: Iterable[str], min_ratio: int = SUGGEST_MIN_RATIO) -> str | None:
    """The choice most similar in spelling to `word`; None if none reaches `min_ratio`, in percent."""
    best = process.extractOne(word, list(choices), scorer=fuzz.ratio, score_cutoff=min_ratio)
    return best[0] if best else None
