"""All rules, by code."""

from functools import cache

from bot.core.linting.rules import RULES, Rule
from bot.core.spelling import closest_match

NEAR_CODE_MIN_RATIO = 50
"""Least similarity of the code that is suggested, in percent: two of the four characters."""

_LETTERS_FOR_DIGITS = str.maketrans("OIL", "011")


@cache
def all_rules() -> dict[str, Rule]:
    """The rules in order of their codes."""
    return dict(sorted(RULES.items()))


def nearest_code(word: str) -> str | None:
    """The code that a word may have been meant to be: one of the same characters, or else one that is similar."""
    word = word.upper().translate(_LETTERS_FOR_DIGITS)
    same = (code for code in all_rules() if sorted(code) == sorted(word))
    return next(same, None) or closest_match(word, all_rules(), NEAR_CODE_MIN_RATIO)
