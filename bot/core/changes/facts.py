"""The facts that a text states, and which of them a new wording touches: figures, dates, names, negations, quotations,
and the words of `meaning_words`: modal words, quantities, comparisons, directions, times.

Other words, spelling, punctuation, articles and capital letters are no facts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import zip_longest
from typing import Literal, NamedTuple, get_args

from bot.core.changes.fact_words import (
    ABBREVIATIONS,
    FUNCTION_WORDS,
    MONTH,
    MONTHS,
    WEEKDAY,
)
from bot.core.changes.figures import Fact, figures, numerals, units
from bot.core.changes.meaning_facts import meaning_facts
from bot.core.changes.meaning_words import WordKind
from bot.core.changes.normalization import normalize_text
from bot.core.changes.respelling import respelled

FactKind = Literal["figure", "date", "name", "negation", "quotation", "standing", "claim", "status"] | WordKind


@dataclass(frozen=True, slots=True)
class FactChange:
    """The facts of one kind in which two versions differ, in their words; empty where there is none on that side."""

    kind: FactKind
    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_facts(before: str, after: str) -> tuple[FactChange, ...]:
    """The facts that only one of two texts states, or that they state in another order, by kind. Empty if the texts
    state the same facts."""
    if before == after:
        return ()
    # A quotation is what somebody else wrote: its spelling counts.
    quoted = _change("quotation", [*_quotations(before)], [*_quotations(after)])
    old, new = _prose(before), _prose(respelled(normalize_text(before), normalize_text(after)))
    names = {name.value for text in (old, new) for name in _capitalized(text.plain)}
    opposites = _opposites(old.plain, new.plain)
    finders: tuple[tuple[FactKind, Callable[[_Prose], Iterator[Fact]]], ...] = (
        ("figure", lambda prose: figures(prose.plain)),
        ("figure", lambda prose: numerals(prose.plain)),
        ("figure", lambda prose: units(prose.plain)),
        ("date", _dates),
        ("name", partial(_names, known=names)),
        ("negation", partial(_negations, opposites=opposites)),
        ("direction", partial(_turned, words=_turned_words(old.plain, new.plain))),
        *((kind, partial(_meaning, kind=kind)) for kind in get_args(WordKind)),
    )
    changes = (_change(kind, [*find(old)], [*find(new)]) for kind, find in finders)
    return tuple(change for change in (*changes, quoted) if change is not None)


def _change(kind: FactKind, old: Sequence[Fact], new: Sequence[Fact]) -> FactChange | None:
    matcher = SequenceMatcher(None, [fact.value for fact in old], [fact.value for fact in new], autojunk=False)
    edits = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not edits:
        return None
    before = tuple(fact.words for _, a, b, _, _ in edits for fact in old[a:b])
    return FactChange(kind, before, tuple(fact.words for _, _, _, a, b in edits for fact in new[a:b]))


# A text, and its dates


class _Prose(NamedTuple):
    """The `dates` of a text, the normalized text with blanks in their place, and its words of each kind."""

    dates: tuple[Fact, ...]
    plain: str
    words: Mapping[WordKind, Sequence[Fact]]


def _prose(text: str) -> _Prose:
    # `No one` is no figure.
    text = re.sub(r"\bno[ -]one\b", "nobody", normalize_text(text), flags=re.IGNORECASE).translate(_SUBSCRIPTS)
    # A word that stands there twice is a slip of the pen.
    text = re.sub(r"\b([a-z]+)(?: \1\b)+", r"\1", text)
    text = re.sub(r"\^(-?[0-9]+)", lambda match: match[1].translate(_SUPERSCRIPTS), text)
    dates = tuple(Fact(_date_value(match), match[0]) for match in _DATE.finditer(text))
    plain = _DATE.sub(lambda match: " " * len(match[0]), text)
    return _Prose(dates, plain, meaning_facts(plain))


_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

_DAY = r"(?P<day{0}>[0-3]?[0-9])(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"\b(?P<iso>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)\b"
    rf"|\b{_DAY.format(1)}(?: of)? (?P<month1>{MONTH})\b\.?(?:,? (?P<year1>[0-9]{{4}}))?"
    rf"|\b(?P<month2>{MONTH})\b\.? {_DAY.format(2)}(?![0-9])(?:,? (?P<year2>[0-9]{{4}}))?"
    rf"|\b(?P<month3>{MONTH})\b\.?(?:,? (?P<year3>[0-9]{{4}}))?"
    rf"|\b(?P<weekday>{WEEKDAY})\b"
    r"|(?<=[0-9]) ?(?P<half>[ap])\.?m\b"
)


def _date_value(match: re.Match[str]) -> str:
    """`2025-3-2` for each way to write that day; `-3-2` and `2025-3` where it lacks the year or the day."""
    parts = {name.rstrip("123"): text for name, text in match.groupdict().items() if text}
    if iso := parts.get("iso"):
        return "-".join(str(int(part)) for part in iso.split("-"))
    if month := parts.get("month"):
        day = f"-{int(parts['day'])}" if "day" in parts else ""
        return f"{parts.get('year', '')}-{MONTHS[month[:3]]}{day}"
    return parts.get("weekday", parts.get("half", "")).casefold()


def _dates(prose: _Prose) -> Iterator[Fact]:
    yield from prose.dates


def _meaning(prose: _Prose, kind: WordKind) -> Iterator[Fact]:
    return iter(prose.words.get(kind, ()))


# Names

# Full stops join the letters of abbreviations alone: behind others a blank is missing.
_WORD = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+\b|[^\W\d_]+(?:'[^\W\d_]+)*")


def _capitalized(text: str) -> Iterator[Fact]:
    """Words with a capital letter, but for those that have it as the first of a sentence."""
    for match in _WORD.finditer(text):
        fact = _name(match[0])
        inner_capital = any(char.isupper() for char in match[0][1:])
        capital = inner_capital or (match[0][0].isupper() and not _begins_sentence(text[: match.start()]))
        if capital and (fact.value.isupper() or match[0].casefold() not in FUNCTION_WORDS):
            yield fact


def _name(word: str) -> Fact:
    plain = word.replace(".", "").replace("'", "")
    # `US` is another word than `us`; other capitals are a matter of style, as is the apostrophe of a genitive.
    if len(plain) > 1 and plain.isupper() and plain.casefold() in FUNCTION_WORDS:
        return Fact(plain, word)
    return Fact(_spelling(plain.casefold()).rstrip("s") or plain, word)


_VARIANTS = {
    r"(?<=\w)our": "or",
    r"is(?=e|ing|ation)": "iz",
    r"ys(?=e|ing)": "yz",
    r"(?<=[bt])re\b": "er",
    r"(?<=e)nce\b": "nse",
    r"ogue\b": "og",
    r"(?<=a)mme": "m",
    r"(?<=\w)ll": "l",
    r"[ao]e": "e",
}
"""British spellings and the American ones; accents make no difference either."""


@lru_cache(5000)
def _spelling(word: str) -> str:
    word = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    for british, american in _VARIANTS.items():
        word = re.sub(british, american, word)
    return word


def _begins_sentence(text_before: str) -> bool:
    text = text_before.rstrip(" \"'([")
    if not text or text.endswith(("!", "?")):
        return True
    if not (last := re.search(r"([^\W\d_]*)\.$", text)):
        return False
    return len(last[1]) != 1 and last[1].casefold() not in ABBREVIATIONS


def _names(prose: _Prose, known: set[str]) -> Iterator[Fact]:
    """All words that are a name somewhere in the two texts: also where one begins a sentence."""
    names = (_name(match[0]) for match in _WORD.finditer(prose.plain))
    return (name for name in names if name.value in known)


# Negations

_NEGATION = re.compile(
    r"\b(?:(?P<plain>not|cannot|\w+n't|(?:do|does|did|is|are|was|were|has|have|had|could|would|should|wo|ca)nt)"
    r"|never|no(?!\.? ?\d)|none|nobody|nothing|nowhere|neither|nor|without|hardly|scarcely|barely|unless|except)\b"
    r"|[不沒没未無无非]|ไม่|ない|ません",
    re.IGNORECASE,
)
_NEGATIVE_PREFIX = re.compile(r"^(?:un|in|im|il|ir|dis|non)(?=\w{3})")


def _opposites(old: str, new: str) -> set[str]:
    """Words with a negating prefix of which the other text has the word without it: `unlawful` beside `lawful`."""
    words = [{match[0].casefold() for match in _WORD.finditer(text)} for text in (old, new)]
    changed = words[0] ^ words[1]
    return {word for word in changed if (stem := _NEGATIVE_PREFIX.sub("", word)) != word and stem in changed}


def _negations(prose: _Prose, opposites: set[str]) -> Iterator[Fact]:
    for match in _NEGATION.finditer(prose.plain):
        yield Fact("not" if match["plain"] else match[0].casefold(), match[0])
    yield from (Fact(word[0], word[0]) for word in _WORD.finditer(prose.plain) if word[0].casefold() in opposites)


_DIRECTION_PREFIX = re.compile(r"^(?:over|under|up|down|pre|post|pro|anti|in|ex|im|out)(?=\w{3})")


def _turned_words(old: str, new: str) -> set[str]:
    """Words of which the other text has one with another prefix of direction: `underestimated` beside
    `overestimated`."""
    words = [{match[0].casefold() for match in _WORD.finditer(text)} for text in (old, new)]
    stems = [{word: _DIRECTION_PREFIX.sub("", word) for word in words[n] - words[1 - n]} for n in (0, 1)]
    shared = {*stems[0].values()} & {*stems[1].values()}
    return {word for each in stems for word, stem in each.items() if stem in shared and stem != word}


def _turned(prose: _Prose, words: set[str]) -> Iterator[Fact]:
    return (
        Fact(match[0].casefold(), match[0]) for match in _WORD.finditer(prose.plain) if match[0].casefold() in words
    )


# Quotations

_QUOTED = re.compile(r"\"([^\"]+)\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)|「([^」]+)」|『([^』]+)』")


def _quotations(text: str) -> Iterator[Fact]:
    for match in _QUOTED.finditer(normalize_text(text)):
        words = next(filter(None, match.groups()))
        yield Fact(words_of(words), words)


def words_of(text: str) -> str:
    """The words of a text in lower case, without punctuation: equal for quotations that differ in nothing else."""
    return " ".join(re.findall(r"\w+", normalize_text(text).casefold()))


def phrase(change: FactChange) -> str:
    """`the figure “342” became “432”`, for a problem's message."""
    pairs = zip_longest(change.before, change.after)
    return "; ".join(f"the {change.kind} {_pair_words(old, new)}" for old, new in pairs)


def _pair_words(old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return f"“{old or new}” was {'added' if old is None else 'removed'}"
    return f"“{old}” became “{new}”"
