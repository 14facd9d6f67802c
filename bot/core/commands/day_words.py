"""Words for the day since which, or until which, something is wanted; and where they stand among other words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar, cast

from bot.core.commands.time_words import UNITS, fold, parse_duration
from bot.core.digests.schedule import DAYS

DayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PastDay = Literal["today", "yesterday", "this-week", "last-week", "this-month", "last-month"] | DayName
"""The day on which a time back from today begins; a day of the week is the last one before today."""

FutureDay = Literal["tomorrow", "next-week", "next-month"] | DayName
"""The day on which a time from now on ends; a day of the week is the next one after today."""

Since = timedelta | date | PastDay
Until = timedelta | date | FutureDay

PHRASE_WORDS_MAX = 4
"""Words of a phrase such as `the last two weeks`."""

DAY_CHARS_MIN = 3
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)

_PAST: Mapping[str, PastDay] = {
    "today": "today",
    "now": "today",
    "this morning": "today",
    "yesterday": "yesterday",
    "this week": "this-week",
    "last week": "last-week",
    "this month": "this-month",
    "last month": "last-month",
    "weekend": "saturday",
    "the weekend": "saturday",
}
_FUTURE: Mapping[str, FutureDay] = {
    "tomorrow": "tomorrow",
    "today": "tomorrow",
    "tonight": "tomorrow",
    "the day": "tomorrow",
    "the end of the day": "tomorrow",
    "next week": "next-week",
    "this week": "next-week",
    "the week": "next-week",
    "the end of the week": "next-week",
    "next month": "next-month",
    "this month": "next-month",
    "the end of the month": "next-month",
}
_LOOKING_BACK = re.compile(r"(?:the )?(?:last|past|previous) (?P<rest>.*)")


def parse_since(text: str) -> Since | None:
    """How far back: `7d`, `2 weeks`, `last 3 days`, `yesterday`, `monday`, `last week`, `2025-05-31`; None for other
    words."""
    folded = fold(text).removesuffix(" ago")
    if named := _PAST.get(folded.replace("-", " ")):
        return named
    back = _LOOKING_BACK.fullmatch(folded)
    rest = back["rest"] if back else folded
    return parse_duration(rest) or (UNITS.get(rest) if back else None) or _day_name(rest) or _iso_day(rest)


def parse_looking_back(text: str) -> Since | None:
    """The same, of words that say by themselves that they are about the past; None for a day or a duration alone."""
    folded = fold(text)
    return parse_since(folded) if folded in _PAST or _LOOKING_BACK.fullmatch(folded) else None


def parse_for(text: str) -> Until | None:
    """How long: `7d`, `2 weeks`, `the day`, `this week`; None for other words."""
    return parse_duration(text) or _FUTURE.get(fold(text).replace("-", " "))


def parse_until(text: str) -> Until | None:
    """The day at whose beginning something ends: `tomorrow`, `friday`, `next week`, `2026-12-01`; None for other
    words."""
    folded = fold(text)
    day = _day_name(folded.removeprefix("next ").removeprefix("this "))
    return _FUTURE.get(folded.replace("-", " ")) or day or _iso_day(folded)


def _day_name(folded: str) -> DayName | None:
    """A day of the week by at least its first three letters."""
    names = (name for name in DAYS if len(folded) >= DAY_CHARS_MIN and name.startswith(folded))
    return cast("DayName | None", next(names, None))


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# Which day it is


def past_day(name: PastDay, today: date) -> date:
    """The day of a name, at most two months before `today`."""
    month = today.replace(day=1)
    days = {
        "today": today,
        "yesterday": today - _DAY,
        "this-week": today - today.weekday() * _DAY,
        "last-week": today - today.weekday() * _DAY - _WEEK,
        "this-month": month,
        "last-month": (month - _DAY).replace(day=1),
    }
    return days[name] if name in days else today - ((today.weekday() - DAYS.index(name) - 1) % 7 + 1) * _DAY


def future_day(name: FutureDay, today: date) -> date:
    """The day of a name, at most a month after `today`."""
    days = {
        "tomorrow": today + _DAY,
        "next-week": today + (7 - today.weekday()) * _DAY,
        "next-month": (today.replace(day=1) + 32 * _DAY).replace(day=1),
    }
    return days[name] if name in days else today + ((DAYS.index(name) - today.weekday() - 1) % 7 + 1) * _DAY


# Among other words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimePhrase(Generic[T]):
    """What was typed besides a time: `words` in their order, the `time` itself (None where there is none), and what
    stands behind a marker without being a time (`unreadable`, None where it is one)."""

    words: tuple[str, ...]
    time: T | None = None
    unreadable: str | None = None


def take_time(
    words: Sequence[str], markers: Mapping[str, Callable[[str], T | None]], bare: Callable[[str], T | None]
) -> TimePhrase[T]:
    """Takes a time out of words: the longest phrase behind one of the markers, as in `since monday` or `for:2 days`,
    else the longest one at the end that `bare` reads."""
    for index, word in enumerate(words):
        name, colon, value = word.partition(":")
        if name.casefold() in markers and (colon or not value):
            tail = [*([value] if value else []), *words[index + 1 :]]
            return _behind_marker(words[:index], word, tail, markers[name.casefold()])
    for size in range(min(PHRASE_WORDS_MAX, len(words)), 0, -1):
        if (time := bare(" ".join(words[-size:]))) is not None:
            return TimePhrase(tuple(words[:-size]), time)
    return TimePhrase(tuple(words))


def _behind_marker(
    before: Sequence[str], marker: str, tail: Sequence[str], read: Callable[[str], T | None]
) -> TimePhrase[T]:
    for size in range(min(PHRASE_WORDS_MAX, len(tail)), 0, -1):
        if (time := read(" ".join(tail[:size]))) is not None:
            return TimePhrase((*before, *tail[size:]), time)
    # Behind a colon the words after it are no part of it.
    _, _, value = marker.partition(":")
    unreadable = marker if value or ":" in marker else " ".join([marker, *tail[:1]])
    return TimePhrase((*before, *tail[1:]), None, unreadable)
