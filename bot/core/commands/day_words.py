"""Words for the day since which, or until which, something is wanted; and where they stand among other words."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, Literal, TypeVar, cast

from bot.core.commands.time_words import TEXT_MAX, UNITS, fold, parse_clock, parse_duration
from bot.core.digests.schedule import DAYS

DayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PastDay = Literal["today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year"] | DayName
"""The day on which a time back from today begins; a day of the week is the last one before today."""

FutureDay = Literal["tomorrow", "next-week", "next-month"] | DayName
"""The day on which a time from now on ends; a day of the week is the next one after today."""

Since = timedelta | date | PastDay


@dataclass(frozen=True, slots=True)
class DayTime:
    """A local time on a day to come; `day` None means the next such time."""

    day: date | FutureDay | None
    at: time

    def __str__(self) -> str:
        return f"{self.day} {self.at:%H:%M}" if self.day else f"{self.at:%H:%M}"


Until = timedelta | date | FutureDay | DayTime

PHRASE_WORDS_MAX = 5
"""Words of a phrase such as `the end of the week`."""

DAY_CHARS_MIN = 3
_PREPOSITIONS = frozenset("in for of from on over during within the".split())
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
    "this year": "this-year",
    "weekend": "saturday",
}
_ENDS: Mapping[str, FutureDay] = {
    **dict.fromkeys(("today", "tonight", "day", "rest of day", "end of day"), "tomorrow"),
    **dict.fromkeys(("this week", "week", "rest of week", "end of week", "weekend"), "next-week"),
    **dict.fromkeys(("this month", "month", "rest of month", "end of month"), "next-month"),
}
"""What is over when the day of each begins."""

_FUTURE: Mapping[str, FutureDay] = {"tomorrow": "tomorrow", "next week": "next-week", "next month": "next-month"}
_TIMED = re.compile(r"(?P<day>.*? )??(?:at )?(?P<clock>[^ ]+(?: ?[ap]m)?)")
_LOOKING_BACK = re.compile(r"(?:last|past|previous) (?P<rest>.*)")
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
"""Dates that are the same day to everybody."""


def _folded(text: str) -> str:
    return " ".join(word for word in fold(text).replace(",", " ").split() if word != "the")


def parse_since(text: str) -> Since | None:
    """How far back: `7d`, `2 weeks`, `last 3 days`, `yesterday`, `monday`, `last week`, `2025-05-31`; None for other
    words."""
    folded = _folded(text).removesuffix(" ago")
    if named := _PAST.get(folded.replace("-", " ")):
        return named
    back = _LOOKING_BACK.fullmatch(folded)
    rest = back["rest"] if back else folded
    return parse_duration(rest) or (UNITS.get(rest) if back else None) or _day_name(rest) or _date(rest)


def parse_for(text: str) -> Until | None:
    """How long: `7d`, `2 weeks`, `the day`, `this week`; None for other words."""
    return parse_duration(text) or _ENDS.get(_folded(text))


def parse_until(text: str) -> Until | None:
    """The day at whose beginning something ends, or a time on it: `tomorrow`, `friday 9am`, `next week`, `2026-12-01`,
    `17:00`; None for other words."""
    folded = _folded(text)
    if day := _future_day(folded):
        return day
    timed = _TIMED.fullmatch(folded)
    clocks = parse_clock(timed["clock"].replace(" ", "")) if timed else ()
    if timed is None or len(clocks) != 1:
        return None
    at, rest = clocks[0].at, (timed["day"] or "").strip()
    day = _future_day(rest) if rest and rest not in ("today", "tonight") else None
    return DayTime(day, at) if day or rest in ("", "today", "tonight") else None


def _future_day(folded: str) -> date | FutureDay | None:
    words = folded.replace("-", " ")
    day = _day_name(words.removeprefix("next ").removeprefix("this "))
    return _FUTURE.get(words) or _ENDS.get(words) or day or _date(folded)


def _day_name(folded: str) -> DayName | None:
    """A day of the week by at least its first three letters."""
    names = (name for name in DAYS if len(folded) >= DAY_CHARS_MIN and name.startswith(folded))
    return cast("DayName | None", next(names, None))


def _date(text: str) -> date | None:
    for form in _DATES:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
    return None


# Which day it is


def past_day(name: PastDay, today: date) -> date:
    """The day of a name, at most a year before `today`."""
    month = today.replace(day=1)
    days = {
        "today": today,
        "yesterday": today - _DAY,
        "this-week": today - today.weekday() * _DAY,
        "last-week": today - today.weekday() * _DAY - _WEEK,
        "this-month": month,
        "last-month": (month - _DAY).replace(day=1),
        "this-year": month.replace(month=1),
    }
    return days[name] if name in days else today - ((today.weekday() - DAYS.index(name) - 1) % 7 + 1) * _DAY


def instant_of(until: date | FutureDay | DayTime, now: datetime) -> datetime:
    """The instant that is meant, in the zone of `now`, which is aware. It may be past where a date was typed."""
    if not isinstance(until, DayTime):
        return datetime.combine(_day_of(until, now.date()), time(), now.tzinfo)
    if until.day is None and until.at <= now.time():
        return datetime.combine(now.date() + _DAY, until.at, now.tzinfo)
    return datetime.combine(_day_of(until.day or now.date(), now.date()), until.at, now.tzinfo)


def _day_of(day: date | FutureDay, today: date) -> date:
    return future_day(day, today) if isinstance(day, str) else day


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
    else the longest one that `bare` reads at the end or the beginning; none in long texts."""
    if sum(map(len, words)) > TEXT_MAX:
        return TimePhrase(tuple(words))
    for index, word in enumerate(words):
        name, colon, value = word.partition(":")
        if name.casefold() in markers and (colon or not value):
            tail = [*([value] if value else []), *words[index + 1 :]]
            return _behind_marker(words[:index], name + colon, tail, markers[name.casefold()])
    for size in range(min(PHRASE_WORDS_MAX, len(words)), 0, -1):
        for phrase, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            if (time := bare(" ".join(phrase))) is not None:
                return TimePhrase(_without_preposition(rest), time)
    return TimePhrase(tuple(words))


def _without_preposition(words: Sequence[str]) -> tuple[str, ...]:
    """Words before a time: `in` and `the` of `in the last week` belong to it."""
    while words and words[-1].casefold() in _PREPOSITIONS:
        words = words[:-1]
    return tuple(words)


def _behind_marker(
    before: Sequence[str], marker: str, tail: Sequence[str], read: Callable[[str], T | None]
) -> TimePhrase[T]:
    for size in range(min(PHRASE_WORDS_MAX, len(tail)), 0, -1):
        if (time := read(" ".join(tail[:size]))) is not None:
            return TimePhrase((*before, *tail[size:]), time)
    gap = "" if marker.endswith(":") or not tail else " "
    return TimePhrase(tuple(before), None, f"{marker}{gap}{' '.join(tail[:PHRASE_WORDS_MAX])}")
