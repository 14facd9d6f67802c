"""Pasted text without the characters that no brief may hold, and what became of each of these."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bot.core.drafts.draft import Notice
from bot.core.linting.characters import describe, refused

LOST = "[?]"
"""Stands for a character that was lost, or that only one font has."""

_BULLETS = "\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
"""Of word processors' lists, in a font for signs."""

_SOFT = re.compile("\xad *\n")
"""A soft hyphen that shows, since a line ends there."""

_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})


def legible(text: str) -> tuple[str, list[Notice]]:
    """The text with line feeds for line ends of all kinds, and blanks for tabs; and a notice for each other character
    that was left out or replaced, in the order in which they come first."""
    text = _SOFT.sub("‐\n", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    notices: list[Notice] = []
    # What stood beside a joiner may be gone, so that nothing needs it any more.
    while indices := list(refused(text)):
        notices += _notices(text, indices)
        text = _replaced(text, set(indices))
    return text, notices


def _replaced(text: str, indices: set[int]) -> str:
    return "".join(_instead(char) if index in indices else char for index, char in enumerate(text))


def _instead(char: str) -> str:
    """What stands for a refused character. Codes from U+0080 on are letters and marks of Windows-1252."""
    if "\x80" <= char <= "\x9f":
        return bytes([ord(char)]).decode("cp1252", "ignore")
    if char in _BULLETS:
        return "•"
    if char in "\ufffc\ufffd":
        return LOST
    category = unicodedata.category(char)
    if category in ("Co", "Cn", "Cs"):
        return LOST
    return " " if category in ("Lo", "So") else ""


def _notices(text: str, indices: list[int]) -> Iterator[Notice]:
    for char, times in Counter(text[index] for index in indices).items():
        instead = _instead(char).strip()
        what = f"stands in the draft as {instead}" if instead else "is left out"
        often = f", {times} times" if times > 1 else ""
        yield Notice(text.count("\n", 0, text.index(char)) + 1, f"{describe(char)} {what}{often}")
