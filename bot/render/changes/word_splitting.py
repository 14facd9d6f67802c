"""Splits a text into words and punctuation, never within a character as people see it (a grapheme cluster)."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

WordKind = Literal["word", "unspaced", "mark"]
_Kind = Literal["blank", "letter", "unspaced", "mark"]


class Word(NamedTuple):
    """A word, a character of a script without blanks, or a number in such characters with its counter, or a punctuation
    mark, with the blanks before it. Behind the
    blanks at the end of a text stands an empty mark."""

    blanks: str
    text: str
    kind: WordKind


_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that are written without blanks between words."""

_N = "[〇零一二三四五六七八九十百千萬万億亿兆兩两廿卅]"
_COUNTERS = (
    "年月日號号時时分秒週周個个人名類类條条項项款件次回度歳岁歲元円圆圓位本台艘部種种章節节期届屆代割倍枚冊册頁页票席"
    "隻只匹頭头家間间所點点階层層級级等"
)
_NUMERALS = re.compile(f"{_N}+月{_N}+[日號号]|第?{_N}+(?:分之{_N}+|[個个箇ヶか]月|世[紀纪]|[週周年]間|[{_COUNTERS}])?")
"""A number in Chinese characters with its counter, `五類` or `十九日`, or the day of a month."""

# An approximation of Unicode's extended grapheme clusters (UAX 29) that, if anything, joins more than they do.
_EXTENDS = re.compile("[\u200c\u200d\ufe00-\ufe0f\u0e33\u0eb3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u1160-\u11ff]")
_JOINS_NEXT = re.compile("[\u200d\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2]")
"""The zero width joiner of emoji, vowels written before their consonant, and signs that stack consonants."""
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


_SEPARATES = re.compile(
    r"[,;!?|<>=(){}\[\]\"\u2013\u2014\u2026\u201c-\u201f\u00ab\u00bb\u060c\u061b\u3001-\u3004\u3008-\u3020\uff01-\uff0d\uff1a-\uff1f]"
)
"""Punctuation that ends a word also where no blank follows: commas, brackets, quotation marks, dashes between words."""
_JOINS_DIGITS = frozenset("\u00a0\u2009\u202f")
"""Blanks that are not broken, within a number."""
_NUMBER = re.compile(r"\d{1,3}(,\d{2,3})+(\.\d+)?|\d{1,3}(\.\d{3})*,\d+")
"""A number with commas: `1,000.50`, `12,34,567`, `1.000,5`."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|mailto:", re.IGNORECASE)
_REPEATED = frozenset(".-")
"""Marks that count as one where they are repeated: an ellipsis, a typed dash."""


def split_words(text: str) -> list[Word]:
    """The words in order: joined they give the text. Punctuation within a word, a number or an address (`1.0`, `don't`,
    `1,000`, `CVE-2020-1`) belongs to it, any other is a word of its own."""
    words: list[Word] = []
    blanks = ""
    for kind, group in groupby(_classified(clusters(text)), itemgetter(1)):
        run = [cluster for cluster, _ in group]
        if kind == "blank":
            blanks = "".join(run)
            continue
        for part, part_kind in _unspaced_parts(run) if kind == "unspaced" else _parts(run):
            words.append(Word(blanks, part, part_kind))
            blanks = ""
    return [*words, Word(blanks, "", "mark")] if blanks else words


def _classified(text: Iterator[str]) -> Iterator[tuple[str, Literal["blank", "letter", "unspaced"]]]:
    """Each cluster with the kind of the run that it belongs to: a mark belongs to the letters beside it."""
    each = list(text)
    for index, cluster in enumerate(each):
        kind = _kind(cluster)
        if cluster in _JOINS_DIGITS and "".join(each[max(0, index - 1) : index]).isdigit():
            kind = "letter" if "".join(each[index + 1 : index + 4]).isdigit() else kind
        yield cluster, "letter" if kind == "mark" else kind


def _kind(cluster: str) -> _Kind:
    if cluster.isspace():
        return "blank"
    if _UNSPACED.match(cluster):
        return "unspaced"
    return "letter" if cluster[0].isalnum() or cluster[0] == "_" else "mark"


def _unspaced_parts(run: list[str]) -> Iterator[tuple[str, WordKind]]:
    """The characters of a run without blanks, of which those of a number are one word."""
    # One sign for each character that people see, so that none is cut.
    signs = "".join(each if len(each) == 1 else "\N{REPLACEMENT CHARACTER}" for each in run)
    ends = {match.start(): match.end() for match in _NUMERALS.finditer(signs)}
    start = 0
    while start < len(run):
        end = ends.get(start, start + 1)
        yield "".join(run[start:end]), "unspaced"
        start = end


def _parts(run: list[str]) -> Iterator[tuple[str, WordKind]]:
    """The marks and words of a run without blanks."""
    before, core, after = _without_outer_marks(run)
    yield from _marks(before)
    if _is_one_word(core):
        yield "".join(core), "word"
    else:
        yield from _separate_parts(core)
    yield from _marks(after)


def _without_outer_marks(run: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The marks at the beginning, what stands between them, and the marks at the end."""
    letters = [index for index, cluster in enumerate(run) if _kind(cluster) != "mark"]
    start, end = (letters[0], letters[-1] + 1) if letters else (len(run), len(run))
    return run[:start], run[start:end], run[end:]


def _is_one_word(core: list[str]) -> bool:
    text = "".join(core)
    return bool(core) and bool(_NUMBER.fullmatch(text) or _ADDRESS.match(text) or not any(map(_SEPARATES.match, core)))


def _marks(marks: list[str]) -> Iterator[tuple[str, WordKind]]:
    for mark, group in groupby(marks):
        alike = list(group)
        for each in ["".join(alike)] if mark in _REPEATED else alike:
            yield each, "mark"


def _separate_parts(core: list[str]) -> Iterator[tuple[str, WordKind]]:
    """The words of a run that begins and ends with a letter, and the marks that separate them."""
    for separates, group in groupby(_with_numbers_joined(core), lambda each: bool(_SEPARATES.match(each))):
        part = list(group)
        before, word, after = ([], [], part) if separates else _without_outer_marks(part)
        yield from _marks(before)
        if word:
            yield "".join(word), "word"
        yield from _marks(after)


def _with_numbers_joined(run: list[str]) -> Iterator[str]:
    """The clusters, of which those of a number with commas are one."""
    for is_number, group in groupby(run, lambda each: each[0].isdigit() or each in (",", ".")):
        part = list(group)
        yield from ["".join(part)] if is_number and _NUMBER.fullmatch("".join(part)) else part


def clusters(text: str) -> Iterator[str]:
    """The characters of a text as people see them, in order: joined they give the text."""
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
