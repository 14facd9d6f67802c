"""The figures of a text: numbers, with their scales and measures, and units."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from bot.core.changes.fact_words import (
    CJK_COUNTERS,
    CJK_NUMERALS,
    MEASURE,
    NUMBER_WORD,
    NUMBERS,
    RATIO,
    SCALE,
    SCALES,
    SHORT_SCALE,
    UNITS,
    VULGAR_FRACTION,
)


class Fact(NamedTuple):
    """`value` is equal for facts that say the same (`twelve` and `12`); `words` are those of the text."""

    value: str
    words: str


FIGURE = re.compile(
    r"(?:(?P<sign>(?<![\w)\]])-)?"
    r"(?:(?P<grouped>\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?)|(?P<number>\d+(?:[.,:/]\d+)*))(?:(?:st|nd|rd|th)\b)?"
    rf"|\b(?P<word>{NUMBER_WORD})\b|(?P<fraction>{VULGAR_FRACTION})"
    rf"|(?P<cjk>[{CJK_NUMERALS}]{{2,}}|[{CJK_NUMERALS}](?=[{CJK_COUNTERS}])))"
    rf"(?P<scale>[ -]?(?:{SCALE})\b|(?<=\d)(?:{SHORT_SCALE})\b)?(?:[ -]?(?P<measure>{MEASURE})\b)?"
    rf"|\b(?P<ratio>{RATIO}|(?:{SCALE})s?)\b",
    re.IGNORECASE,
)


def figures(plain: str) -> Iterator[Fact]:
    return (Fact(_figure_value(match), match[0].strip()) for match in FIGURE.finditer(plain))


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
    if fraction := match["fraction"]:
        return unicodedata.normalize("NFKC", fraction).replace("⁄", "/")
    return _digits(match["number"] or match["cjk"])


def _digits(text: str) -> str:
    """The text with ASCII digits for those of any script."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def numerals(plain: str) -> Iterator[Fact]:
    """Exponents, and other numbers that are no digits: in circles, Roman ones as signs, those of other scripts."""
    end = 0
    for is_numeral, run in groupby(plain, _is_numeral):
        numeral = "".join(run)
        if is_numeral:
            yield Fact(numeral, f"{plain[:end].rsplit(' ', maxsplit=1)[-1]}{numeral}")
        end += len(numeral)


def _is_numeral(char: str) -> bool:
    is_number = char in "⁺⁻" or unicodedata.category(char) in ("No", "Nl")
    return is_number and not re.fullmatch(VULGAR_FRACTION, char)


_UNIT = re.compile("|".join(UNITS), re.IGNORECASE)


def units(plain: str) -> Iterator[Fact]:
    """Currencies and per cent; apart from the figures, as they stand before or behind them."""
    for match in _UNIT.finditer(plain):
        value = next(unit for pattern, unit in UNITS.items() if re.fullmatch(pattern, match[0], re.IGNORECASE))
        yield Fact(value, match[0])
