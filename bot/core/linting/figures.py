"""Figures and dates of a text in a normal form: `1,200`, `1 200`, `1.2 thousand` and `twelve hundred` are all 1200."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text

_NUMBER = re.compile(
    r"([0-9](?<![\w.,][0-9])(?:\d{0,2}(?:[ \xa0\u2009\u202f]\d{3}\b)+|\d*(?:[.,'’]\d+)*))"
    r"(?:(bn|tn|mln|[mk])\b|[ \xa0-](thousand|million|billion|trillion|mln|bn|tn)\b)?",
    re.IGNORECASE,
)
_POWERS = {"thousand": 3, "k": 3, "million": 6, "mln": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
# Patterns begin with the characters that may come first, so that `re` skips to the next of these. One that begins by
# looking back, or at the edge of a word, is tried everywhere.
_MONTHS = ("", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_MONTH = r"(?P<month>[JFMASOND](?<!\w[A-Z])(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)[a-z]{0,6})\b\.?"
_DAY = r"(?P<day>[0-9](?<!\w[0-9])\d?)(?:st|nd|rd|th)?\b(?:\s*[–-]\s*(?P<until>\d{1,2})\b)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"
_DATES = (
    re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    re.compile(rf"{_MONTH}\s+(?:the\s+)?{_DAY}{_YEAR}"),
    re.compile(r"(?P<year>[0-9](?<!\w[0-9])\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)\b(?P<until>)", re.ASCII),
)
_PLAIN_NUMBER = re.compile(r"[0-9](?<![\w.,][0-9])\d*(?:[.,]\d+)*(?: (?:thousand|million|billion|trillion)\b)?")
_QUOTED = re.compile(
    # With one pair of the same marks within; an apostrophe within single marks stands before a letter.
    r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|„[^„“”]+[“”]|«[^«»]+»|‹[^‹›]+›|‚[^‚‘’]+[‘’]"
    r"|‘(?<!\w‘)(?!\d0s)(?:[^‘’]|’(?=\w))+’|\"(?<!\w\")(?=\S)[^\"]+\"|'(?<!\w')(?!\d0s)(?=\S)(?:[^']|'(?=\w))+(?<=\S)'"
)
_OMISSION = re.compile(r"…|\. ?\. ?\.|\[[^\]]*\]")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: n for words in (_UNITS, _ORDINALS) for n, word in enumerate(words)},
    **{form: 10 * n for n, word in enumerate(_TENS, 2) for form in (word, f"{word[:-1]}ieth")},
}
_MULTIPLIERS = {"hundred": 100, **{word: 10**power for word, power in _POWERS.items() if len(word) > 3}}
_WORD = re.compile("[a-z]+")
_STARTS = frozenset((*_VALUES, *_MULTIPLIERS))
_WORDS_MIN = 10
"""The least number in words that must be in a quote: smaller ones count what a claim lists, or stand in set phrases."""
_LARGE = [*(word for word, value in _VALUES.items() if value >= _WORDS_MIN), *_MULTIPLIERS]
_LARGE_ENDED = frozenset(f"{form}{end}" for word in _LARGE for form in (word, word.title()) for end in ("", *",.;:?!)"))
"""These words as they stand between blanks: a third of the time of a pattern for all claims."""
_VALUE, _MULTIPLIER = "|".join(_VALUES), "|".join(_MULTIPLIERS)
_NUMBER_WORDS = re.compile(
    rf"\b(?:{_VALUE}|an? (?:{_MULTIPLIER}))(?:(?:[ -]| and )(?:{_VALUE}|{_MULTIPLIER}))*\b", re.IGNORECASE
)


def has_figures_or_quotations(text: str) -> bool:
    """Whether there may be anything in a text that its quotes lack. Digits and plain marks sort before letters, so the
    first word in that order shows it, in a tenth of the time of a pattern."""
    words = text.split(" ")
    return not text.isascii() or min(words) < "A" or "$" in text or "-" in text or not _LARGE_ENDED.isdisjoint(words)


def _has_large_words(text: str) -> bool:
    return not _LARGE_ENDED.isdisjoint(text.replace("-", " ").split())


def missing_figures(text: str, quotes: str, around: Callable[[], str]) -> list[str]:
    """The figures of a text, as they are written, that neither its quotes nor the words around them (titles, dates and
    places of the sources) have. A year, or a day of a month, counts only where the quotes name another: most sources
    say *Monday*. A number in words counts from `_WORDS_MIN` on."""
    digits, words = _with_large_in_digits(text) if _has_large_words(text) else (text, {})
    if words:
        known = with_digits(quotes)
        # What the sources are called is read last.
        if not any(_missing(digits, known, "")):
            return []
        return [words.get(each, each) for each in _missing(digits, known, with_digits(around()))]
    if _is_plainly_carried(text, quotes, around):
        return []
    missing = list(_missing(text, quotes, around()))
    # Numbers in words are read last: that takes ten times as long.
    if not missing and not any(f"of {month}" in quotes for month in _MONTHS[1:]):
        return []
    return list(_missing(text, with_digits(quotes), with_digits(around())))


def _is_plainly_carried(text: str, quotes: str, around: Callable[[], str]) -> bool:
    """Whether all figures stand there just as they are written. True of most claims, and quickly seen."""
    own = _PLAIN_NUMBER.findall(text)
    if not own:
        return True
    quoted = _PLAIN_NUMBER.findall(quotes)
    missing = {*own}.difference(quoted)
    if missing and not any(map(_looks_like_a_year, quoted)):
        missing = {each for each in missing if not _looks_like_a_year(each)}
    if missing and not _names_month(quotes):
        missing.difference_update(str(day.day) for day in _days(text))
    return not missing.difference(_PLAIN_NUMBER.findall(around())) if missing else True


def _looks_like_a_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit()


def _names_month(text: str) -> bool:
    return any(name in text for name in _MONTHS[1:])


def _missing(text: str, quotes: str, around: str) -> Iterator[str]:
    known, days = {*_values(quotes), *_values(around)}, set(_days(quotes))
    names_years = any(map(_is_year, _values(quotes)))
    for written, day in _dated(text):
        if any(other.month == day.month for other in days) and day not in days and day not in _days(around):
            yield written
    for written, readings in _numbers(_without_days(text)):
        if not readings & known and (names_years or not any(map(_is_year, readings))):
            yield written


def missing_words(text: str, quotes: str, around: Callable[[], str]) -> Iterator[str]:
    """The words between quotation marks in a text that neither its quotes nor the words around them have, as they are
    written. Case, the kind of marks, and what stands in brackets do not count."""
    for match in _QUOTED.finditer(text):
        # True of nearly all, and seen at once.
        if match[0][1:-1].rstrip(",.").replace("’", "'") in quotes.replace("’", "'"):
            continue
        parts = map(_comparable, _OMISSION.split(match[0][1:-1]))
        known = _comparable(f"{quotes}\n{around()}")
        if not all(part in known for part in parts):
            yield match[0][1:-1]


def _comparable(text: str) -> str:
    return re.sub("['\"]", "", normalize_text(text).casefold()).strip(" .,;:!?")


def with_digits(text: str) -> str:
    """The text with digits for numbers in English words: `two hundred and six` becomes `206`."""
    # Most texts have no such word, which is seen in a hundredth of the time.
    if _STARTS.isdisjoint(_WORD.findall(text.lower())):
        return text
    return _NUMBER_WORDS.sub(lambda match: " ".join(map(str, _word_values(match[0].lower()))), text)


def _with_large_in_digits(text: str) -> tuple[str, dict[str, str]]:
    """The text with digits for numbers in words of at least `_WORDS_MIN`, and these words by their digits."""
    words: dict[str, str] = {}

    def digits(match: re.Match[str]) -> str:
        values = [*_word_values(match[0].lower())]
        if max(values) < _WORDS_MIN:
            return match[0]
        words.update({str(value): match[0] for value in values if value >= _WORDS_MIN})
        return " ".join(map(str, values))

    return _NUMBER_WORDS.sub(digits, text), words


def _values(text: str) -> Iterator[Decimal]:
    """The values of all numbers, with and without their scale: the first of `140 to 150 million` may be either."""
    for match in _NUMBER.finditer(text):
        for value in _readings(match[1]):
            yield from (value, value * _factor(match))


def _numbers(text: str) -> Iterator[tuple[str, frozenset[Decimal]]]:
    """Every number as it is written, with the values that it can have: `1.200` is 1.2 or 1200."""
    for match in _NUMBER.finditer(text):
        yield match[0], frozenset(value * _factor(match) for value in _readings(match[1]))


def _factor(match: re.Match[str]) -> int:
    scale = match[2] or match[3]
    return 10 ** _POWERS[scale.lower()] if scale else 1


def _readings(digits: str) -> Iterator[Decimal]:
    whole, *parts = re.split(r"[.,]", re.sub(r"[^\d.,]", "", digits))
    is_grouped = all(len(part) == 3 for part in parts)
    if is_grouped:
        yield Decimal(whole + "".join(parts))
    if parts and (not is_grouped or (len(parts) == 1 and "." in digits)):
        yield Decimal(f"{whole}{''.join(parts[:-1])}.{parts[-1]}")


def _is_year(value: Decimal) -> bool:
    return 1000 <= value < 2100 and value == int(value)


class _Day(NamedTuple):
    month: str
    day: int


def _days(text: str) -> Iterator[_Day]:
    return (day for _, day in _dated(text))


def _dated(text: str) -> Iterator[tuple[str, _Day]]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            month = _MONTHS[int(match["month"])] if match["month"].isdigit() else match["month"][:3]
            yield from ((match[0].strip(), _Day(month, int(day))) for day in match.group("day", "until") if day)


def _without_days(text: str) -> str:
    for pattern in _DATES:
        text = pattern.sub(lambda match: f"; {match['year'] or ''};", text)
    return text


def _word_values(words: str) -> Iterator[int]:
    """The numbers of words such as `one hundred and six`; of `nineteen sixty-seven` 1967, of `twelve six` both."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        value, multiplier = _VALUES.get(word), _MULTIPLIERS.get(word)
        if value is not None and 10 <= group < 100 and value >= 10:
            group = group * 100 + value
        elif value is not None and group % 10 == 0 and (value < 10 or group % 100 == 0) and group != 10:
            group += value
        elif value is not None:
            yield total + group
            total, group = 0, value
        elif multiplier == 100:
            group = max(group, 1) * 100
        elif multiplier:
            total, group = total + max(group, 1) * multiplier, 0
    yield total + group
