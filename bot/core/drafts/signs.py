"""What of a text says something: words, and signs that stand for one."""

import re
import unicodedata

_KINDS = frozenset(("Sc", "So", "Sm"))
"""Currencies, other symbols such as emoji, and those of mathematics."""
_DRAWN = re.compile("[\x00-\x7f\u2500-\u25ff]")
"""Signs of ASCII, boxes and shapes, which draw rules and mark entries."""
_SAYING = frozenset("%‰&@?!§$")


def has_words(text: str) -> bool:
    """Whether a text has a letter, a digit, or a sign that may stand for a word: `👍`, `€`, `%`."""
    return any(map(str.isalnum, text)) or any(map(is_sign, text))


def is_sign(char: str) -> bool:
    """Whether a character that is neither letter nor digit may stand for a word."""
    return char in _SAYING or (unicodedata.category(char) in _KINDS and not _DRAWN.match(char))
