"""Splits a text into words and punctuation, never within a character as people see it (a grapheme cluster)."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

_Kind = Literal["blank", "letter", "unspaced", "mark"]


class Word(NamedTuple):
    """A word, or punctuation, with the blanks before it. Behind the blanks at the end of a text stands an empty one."""

    blanks: str
    text: str


_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that are written without blanks between words."""

# An approximation of Unicode's extended grapheme clusters (UAX 29) that, if anything, joins more than they do.
_EXTENDS = re.compile("[\u200c\u200d\ufe00-\ufe0f\u0e33\u0eb3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u1160-\u11ff]")
_JOINS_NEXT = re.compile("[\u200d\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2]")
"""The zero width joiner of emoji, vowels written before their consonant, and signs that stack consonants."""
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


def split_words(text: str) -> list[Word]:
    """The words in order: joined they give the text. Punctuation within a word (`1.0`, `don't`) belongs to it, at
    either end it is a word of its own, the same character several times (`...`) as one."""
    words: list[Word] = []
    blanks = ""
    for kind, group in groupby(_clusters(text), _kind_of_run):
        run = list(group)
        if kind == "blank":
            blanks = "".join(run)
            continue
        for part in run if kind == "unspaced" else _without_outer_marks(run):
            words.append(Word(blanks, part))
            blanks = ""
    return [*words, Word(blanks, "")] if blanks else words


def _kind_of_run(cluster: str) -> _Kind:
    kind = _kind(cluster)
    return "letter" if kind == "mark" else kind


def _kind(cluster: str) -> _Kind:
    if cluster.isspace():
        return "blank"
    if _UNSPACED.match(cluster):
        return "unspaced"
    return "letter" if cluster[0].isalnum() or cluster[0] == "_" else "mark"


def _without_outer_marks(run: list[str]) -> Iterator[str]:
    letters = [index for index, cluster in enumerate(run) if _kind(cluster) == "letter"]
    start, end = (letters[0], letters[-1] + 1) if letters else (len(run), len(run))
    yield from _equal_marks(run[:start])
    if letters:
        yield "".join(run[start:end])
    yield from _equal_marks(run[end:])


def _equal_marks(marks: list[str]) -> Iterator[str]:
    return ("".join(group) for _, group in groupby(marks))


def _clusters(text: str) -> Iterator[str]:
    start, flags = 0, 0
    for index in range(1, len(text) + 1):
        flags = flags + 1 if _FLAG_LETTER.match(text[index - 1]) else 0
        if index == len(text) or not _belong_together(text[index - 1], text[index], flags):
            yield text[start:index]
            start = index


def _belong_together(left: str, right: str, flags: int) -> bool:
    """Whether two neighbours are one character to people; `flags` counts the letters of flags up to `left`."""
    if left.isspace():
        return False
    if _FLAG_LETTER.match(right):
        return flags % 2 == 1
    return bool(unicodedata.category(right).startswith("M") or _EXTENDS.match(right) or _JOINS_NEXT.match(left))
