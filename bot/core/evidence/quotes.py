"""Looks for a quote in the text of a page: all of its words, in order, whole. Nothing is guessed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.evidence.folding import LINE_HYPHEN, collapse, fold, same_dashes
from bot.core.evidence.hashes import hash_of

PART_MIN_CHARS = 12
PART_MIN_WORDS = 3
"""A part of a quote between words left out has to be as long as a whole quote (`bot.core.briefs.brief`)."""
OMISSION_MAX = 1000
"""Characters between two parts of a quote at most; what is further apart was not one passage."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """How often a quote stands in a text, and whether it does so `is_verbatim`, but for white space. Both are zero for
    a quote that does not."""

    places: int
    is_verbatim: bool


@dataclass(frozen=True)
class PageText:
    """The text of a page, line breaks between its blocks. Its folded forms are made once."""

    text: str

    @cached_property
    def collapsed(self) -> str:
        return collapse(self.text)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def searched(self) -> str:
        return same_dashes(self.folded)

    @property
    def hash(self) -> str:
        """The same for texts that differ in white space alone."""
        return hash_of(self.collapsed)


def find_quote(quote: str, page: PageText) -> Finding:
    """Where a quote stands. If it does not stand as it is written, and holds `[…]`, `(…)` or `…`, that stands for words
    left out: the parts around it have to stand in order, at most `OMISSION_MAX` characters apart."""
    words = collapse(quote)
    spans = _folded_spans(fold(quote), page)
    if spans:
        return Finding(len(spans), bool(_whole_words(page.collapsed, _plain_spans(words, page.collapsed))))
    return Finding(len(_spans_of_parts(fold(quote), page)), is_verbatim=False)


def _folded_spans(quote: str, page: PageText) -> Sequence[Span]:
    needle = same_dashes(quote)
    if not needle:
        return ()
    with_hyphens = LINE_HYPHEN in page.searched
    spans = _hyphenated_spans(needle, page.searched) if with_hyphens else _plain_spans(needle, page.searched)
    return _whole_words(page.folded, spans)


def _plain_spans(needle: str, text: str) -> Iterable[Span]:
    start = text.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = text.find(needle, start + 1)


def _hyphenated_spans(needle: str, text: str) -> Iterable[Span]:
    """Where the text has the needle, when each hyphen at the end of a line is read as a hyphen or as none."""
    letters = (f"[-{LINE_HYPHEN}]" if char == "-" else re.escape(char) for char in needle)
    return (match.span() for match in re.finditer(f"{LINE_HYPHEN}?".join(letters), text))


# Words left out, in a folded text.
_OMISSION = re.compile(r"\s*[\[(]\.\.\.[\])]\s*|\.\.\.")


def _spans_of_parts(quote: str, page: PageText) -> Sequence[Span]:
    """The spans of the last part of a quote with words left out, behind the others. Empty if it has none, or parts that
    are too short to be found."""
    parts = [part.strip() for part in _OMISSION.split(quote)]
    if len(parts) < 2 or not all(map(_is_long, filter(None, parts))):
        return ()
    first, *others = filter(None, parts) if any(parts) else [""]
    spans = _folded_spans(first, page)
    for part in others:
        spans = [span for span in _folded_spans(part, page) if _follows(span, spans)]
    return spans


def _follows(span: Span, before: Iterable[Span]) -> bool:
    return any(0 <= span[0] - end <= OMISSION_MAX for _, end in before)


def _is_long(part: str) -> bool:
    return len(part) >= PART_MIN_CHARS or len(part.split()) >= PART_MIN_WORDS


# Scripts without blanks between words, where a quote may begin behind any letter.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"(?:[^\W{_UNSPACED}]|{LINE_HYPHEN})"
_HYPHEN = "[-\u2010\u2011]"
_APOSTROPHE = "['\u2019]"

# What before a quote that begins with a letter or digit makes another word of it: "un" or "non-", "25," before "000",
# a minus, the French "n'", a negation in Chinese.
_JOINED_BEFORE = re.compile(rf"(?:{_WORD}|\w{_HYPHEN}|(?<![^\W\d])[nN]{_APOSTROPHE}|[不非未没沒無无])$")
_JOINED_NUMBER_BEFORE = re.compile(rf"(?:\d[.,/'\u2019]|(?<!\w){_HYPHEN}|\u2212)$")
# A blank between thousands, as in "12 500": before three digits, and behind at most three.
_UP_TO_THREE_DIGITS = re.compile(r"(?<!\d)\d{1,3}$")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
# What behind one does: a syllable, "-free", the "'t" of "can't", ".5" behind "2".
_JOINED_BEHIND = re.compile(rf"{_WORD}|{_HYPHEN}\w|{_APOSTROPHE}t(?!\w)")
_JOINED_NUMBER_BEHIND = re.compile(r"[.,/'\u2019]\d")


def _whole_words(text: str, spans: Iterable[Span]) -> list[Span]:
    """Those of the spans that neither begin nor end within a word or a number."""
    return [(start, end) for start, end in spans if _begins_word(text, start) and _ends_word(text, end)]


def _begins_word(text: str, start: int) -> bool:
    first, before = text[start], text[max(0, start - 3) : start]
    if first.isdigit() and (_JOINED_NUMBER_BEFORE.search(before) or _divides_thousands(text, start - 1)):
        return False
    return not (_is_of_word(first) and _JOINED_BEFORE.search(before))


def _ends_word(text: str, end: int) -> bool:
    last, behind = text[end - 1], text[end : end + 3]
    if last.isdigit() and (_JOINED_NUMBER_BEHIND.match(behind) or _divides_thousands(text, end)):
        return False
    return not (_is_of_word(last) and _JOINED_BEHIND.match(behind))


def _divides_thousands(text: str, place: int) -> bool:
    """Whether a blank at a place of a text stands within a number."""
    if place < 1 or not text[place : place + 1].isspace():
        return False
    return bool(_THREE_DIGITS.match(text, place + 1) and _UP_TO_THREE_DIGITS.search(text[max(0, place - 4) : place]))


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"
