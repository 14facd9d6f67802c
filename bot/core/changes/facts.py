"""The facts that a text states, and which of them a new wording touches: figures, dates, names, negations, quotations.

Other words, spelling, punctuation, articles and capital letters are no facts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import partial
from itertools import zip_longest
from typing import Literal, NamedTuple

from bot.core.changes.fact_words import (
    ABBREVIATIONS,
    CJK_COUNTERS,
    CJK_NUMERALS,
    FUNCTION_WORDS,
    MEASURE,
    MONTH,
    MONTHS,
    NUMBER_WORD,
    NUMBERS,
    RATIO,
    SCALE,
    SCALES,
    SHORT_SCALE,
    UNITS,
    WEEKDAY,
)
from bot.core.changes.normalization import normalize_text

FactKind = Literal["figure", "date", "name", "negation", "quotation", "standing", "claim", "status"]


class Fact(NamedTuple):
    """`value` is equal for facts that say the same (`twelve` and `12`); `words` are those of the text."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class FactChange:
    """The facts of one kind in which two versions differ, in their words; empty where there is none on that side."""

    kind: FactKind
    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_facts(before: str, after: str) -> tuple[FactChange, ...]:
    """The facts that only one of two texts states, or that they state in another order, by kind. Empty if the texts
    state the same facts."""
    old, new = _prose(before), _prose(after)
    names = {name.value for text in (old, new) for name in _capitalized(text.plain)}
    opposites = _opposites(old.plain, new.plain)
    finders: tuple[tuple[FactKind, Callable[[_Prose], Iterator[Fact]]], ...] = (
        ("figure", _figures),
        ("figure", _units),
        ("date", _dates),
        ("name", partial(_names, known=names)),
        ("negation", partial(_negations, opposites=opposites)),
        ("quotation", _quotations),
    )
    changes = (_change(kind, [*find(old)], [*find(new)]) for kind, find in finders)
    return tuple(change for change in changes if change is not None)


def _change(kind: FactKind, old: Sequence[Fact], new: Sequence[Fact]) -> FactChange | None:
    matcher = SequenceMatcher(None, [fact.value for fact in old], [fact.value for fact in new], autojunk=False)
    edits = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not edits:
        return None
    before = tuple(fact.words for _, a, b, _, _ in edits for fact in old[a:b])
    return FactChange(kind, before, tuple(fact.words for _, _, _, a, b in edits for fact in new[a:b]))


# A text, and its dates


class _Prose(NamedTuple):
    """A normalized text; `plain` is the text with blanks in place of its `dates`."""

    text: str
    dates: tuple[Fact, ...]
    plain: str


def _prose(text: str) -> _Prose:
    # `No one` is no figure.
    text = re.sub(r"\bno[ -]one\b", "nobody", normalize_text(text), flags=re.IGNORECASE)
    dates = tuple(Fact(_date_value(match), match[0]) for match in _DATE.finditer(text))
    return _Prose(text, dates, _DATE.sub(lambda match: " " * len(match[0]), text))


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


# Figures

_FIGURE = re.compile(
    r"(?:(?P<sign>(?<![\w)\]])-)?"
    r"(?:(?P<grouped>\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?)|(?P<number>\d+(?:[.,:/]\d+)*))(?:(?:st|nd|rd|th)\b)?"
    rf"|\b(?P<word>{NUMBER_WORD})\b|(?P<fraction>[¼-¾⅐-⅞])"
    rf"|(?P<cjk>[{CJK_NUMERALS}]{{2,}}|[{CJK_NUMERALS}](?=[{CJK_COUNTERS}])))"
    rf"(?P<scale>[ -]?(?:{SCALE})\b|(?<=\d)(?:{SHORT_SCALE})\b)?(?:[ -]?(?P<measure>{MEASURE})\b)?"
    rf"|\b(?P<ratio>{RATIO}|(?:{SCALE})s?)\b",
    re.IGNORECASE,
)


def _figures(prose: _Prose) -> Iterator[Fact]:
    return (Fact(_figure_value(match), match[0].strip()) for match in _FIGURE.finditer(prose.plain))


def _figure_value(match: re.Match[str]) -> str:
    if ratio := match["ratio"]:
        return ratio.casefold()
    figure = _scaled((match["sign"] or "") + _number(match), match["scale"])
    measure = (match["measure"] or "").casefold().rstrip("s").replace("meter", "metre").replace("liter", "litre")
    return f"{figure} {measure}"


def _scaled(number: str, scale: str | None) -> str:
    """`1.2 billion` is 1,200 million; what is no plain number keeps its text."""
    if scale is None:
        return number
    factor = SCALES[scale.strip(" -").casefold()]
    plain = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number)
    return f"{(Decimal(number) * factor).normalize():f}" if plain else f"{number} {factor}"


def _number(match: re.Match[str]) -> str:
    if word := match["word"]:
        return str(sum(NUMBERS[part] for part in re.split("[ -]", word.casefold())))
    if grouped := match["grouped"]:
        return _digits(re.sub("[, ]", "", grouped))
    return _digits(match["number"] or match["fraction"] or match["cjk"])


def _digits(text: str) -> str:
    """The text with ASCII digits for those of any script."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


_UNIT = re.compile("|".join(UNITS), re.IGNORECASE)


def _units(prose: _Prose) -> Iterator[Fact]:
    """Currencies and per cent; apart from the figures, as they stand before or behind them."""
    for match in _UNIT.finditer(prose.plain):
        value = next(unit for pattern, unit in UNITS.items() if re.fullmatch(pattern, match[0], re.IGNORECASE))
        yield Fact(value, match[0])


# Names

_WORD = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")


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
    return Fact(plain.casefold().rstrip("s") or plain, word)


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


# Quotations

_QUOTED = re.compile(r"\"([^\"]+)\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)|「([^」]+)」|『([^』]+)』")


def _quotations(prose: _Prose) -> Iterator[Fact]:
    for match in _QUOTED.finditer(prose.text):
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
