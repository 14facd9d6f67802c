"""Text as sentences, none longer than a claim may be."""

import re
from collections.abc import Iterable, Iterator

import sentencex

from bot.core.drafts.links import RAISED

CLAIM_MAX_CHARS = 1000
"""As the schema has it."""

ESCAPED_MAX_CHARS = 2500
"""After escaping, so that a claim and its note fit into a message."""

PIECE_CHARS = 20_000
"""Of a longer paragraph the library is given so much at a time, as its time grows with the square of that."""

_ENDS = (re.compile(r"[;:—–。；：](?=\s|[^\W\d])"), re.compile(r"[,،，、](?=\s|[^\W\d])"), re.compile(r"\s"))
"""Where a sentence that is too long is cut, the best place first."""


_UNFINISHED = re.compile(
    r"\b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Ms|Messrs|Mx|Drs|approx|ca|circa|dept|incl|excl|ext|resp|viz|cf|nr|arts?"
    r"|paras?|sec|ss|chap|figs?|nos|pp|vols?)\.\s*$",
    re.IGNORECASE,
)
"""Abbreviations behind which no sentence ends, and that the library does not know."""

_SHORT = re.compile(r"(?<!\w)[^\W\d_]{1,3}\.\s*$")
"""What may be one, where a small letter follows."""


_LABEL = r"\^?(?:\w{0,4}\d\w{0,4}|[a-z*†‡])"
_MARKS = re.compile(rf"\s*(?:(?:【[^【】]{{1,30}}】|\[{_LABEL}(?:[,;–-] ?{_LABEL})*\]|{RAISED})\s*)+")
"""Of notes and citations."""


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a paragraph in order; joined they are the paragraph. `language` is a code such as `es`; it
    decides which abbreviations are known."""
    return list(_whole(_segments(text, language)))


def _segments(text: str, language: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        piece = text[start : start + PIECE_CHARS]
        parts = sentencex.segment(language, piece)
        # The library promises it; a sentence that were lost here nobody would miss.
        if "".join(parts) != piece:
            parts = [piece]
        # The last may go on.
        if len(parts) > 1 and start + len(piece) < len(text):
            parts.pop()
        yield from parts
        start += sum(map(len, parts))


def _whole(parts: Iterable[str]) -> Iterator[str]:
    """The parts as sentences: what has no word, and what an abbreviation parted, is joined."""
    waiting = ""
    for part in parts:
        # A mark behind the full stop belongs to the sentence before it.
        if waiting and (mark := _MARKS.match(part)):
            waiting, part = waiting + mark[0], part[mark.end() :]
        if waiting and part and not _goes_on(waiting, part):
            yield waiting
            waiting = ""
        waiting += part
    if waiting:
        yield waiting


def _goes_on(before: str, part: str) -> bool:
    if not (any(map(str.isalnum, before)) and any(map(str.isalnum, part))):
        return True
    end = before[-20:]
    return bool(_UNFINISHED.search(end) or (part[0].islower() and _SHORT.search(end)))


def cut_to_fit(sentence: str) -> list[str]:
    """The sentence in parts that fit into a claim each, cut behind a semicolon, a comma or a blank where there is one;
    joined they are the sentence."""
    parts = []
    while (longest := _longest(sentence)) < len(sentence):
        end = _end(sentence[:longest])
        parts.append(sentence[:end])
        sentence = sentence[end:]
    return [*parts, sentence]


def _longest(text: str) -> int:
    """How many of the first characters fit into a claim."""
    escaped = 0
    for index, char in enumerate(text[:CLAIM_MAX_CHARS]):
        escaped += {"&": 5, "<": 4, ">": 4}.get(char, 1)
        if escaped > ESCAPED_MAX_CHARS:
            return index
    return min(len(text), CLAIM_MAX_CHARS)


def _end(text: str) -> int:
    """Where to cut; not in the first half, so that parts are few."""
    for pattern in _ENDS:
        if ends := [match.end() for match in pattern.finditer(text) if match.end() > len(text) // 2]:
            return ends[-1]
    return len(text)
