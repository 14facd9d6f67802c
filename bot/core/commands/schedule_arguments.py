"""Parses what is typed behind digest: days, a time of day, a time zone, in any order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from bot.core.commands.time_words import ClockTime, bare_words, parse_clock
from bot.core.digests import time_zones, zone_suggestions
from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS, Schedule
from bot.core.spelling import closest_match

AT_DEFAULT = time(9)
"""The time of day where none is typed."""

DAY_MIN_CHARS = 3
NAME_MAX = 60
ASK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
"""The days among which somebody chooses who says *weekly* alone: as many as there are buttons."""

_PHRASES = (
    (r"\b(working|business|work|week)[ -]?days?\b", "weekdays"),
    (r"\b(every|each) ?day\b|\b(once a|per) day\b|\beveryday\b", "daily"),
    (r"\b(every|each|once a|per) week\b", "weekly"),
    (r"\bevery morning\b", "daily"),
    (r"(?<=[0-9]) ?(in the morning|a\.m\.|a\.m\b|am\b)", "am"),
    (r"(?<=[0-9]) ?(in the (afternoon|evening)|at night|p\.m\.|p\.m\b|pm\b)", "pm"),
    (r"(?<=[0-9]) ?(o['’]?clock|uhr|hrs)\b", ""),
    (r"\b([0-9]{1,2}) (?:: ?)?([3-5][0-9]|00)\b", r"\1:\2"),
    (
        r"\b(?P<first>(mo|tu|we|th|fr|sa|su)[a-z]*) ?(-|–|—|\bto\b|\bthrough\b|\bthru\b) ?(?=[a-z])",
        r"\g<first>-",
    ),
)
"""Phrases, and the one word that each of them becomes."""

_FILLERS = frozenset("at on in every each and & + the a time please @ my our local from is next this - – —".split())
_DAY_WORDS = {
    "daily": DAILY,
    **dict.fromkeys(("weekdays", "weekday"), WEEKDAYS),
    **dict.fromkeys(("weekends", "weekend"), frozenset({5, 6})),
}
_KNOWN_DAYS = (*_DAY_WORDS, "weekly", *DAYS)


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When a digest is wanted; `days` are weekdays (Monday is 0), `zone` is an IANA name, None for the zone in the
    profile of the person who asks. Raises: ValueError for no day, and for a time with seconds or an offset."""

    days: frozenset[int]
    at: time
    zone: str | None = None

    def __post_init__(self) -> None:
        is_time = self.at == self.at.replace(second=0, microsecond=0, tzinfo=None)
        if not (self.days and self.days <= DAILY and is_time):
            raise ValueError("no digest is ever due then")

    def __str__(self) -> str:
        """What to type to get it again."""
        return str(Schedule(self.days, self.at, self.zone or "")).strip()

    def in_zone(self, zone: str) -> Schedule:
        """The schedule, in this zone where none was named."""
        return Schedule(self.days, self.at, self.zone or zone)


@dataclass(frozen=True, slots=True)
class ScheduleProblem:
    """Why no schedule was understood, without capital and full stop. `nearest` are suggestions, best first, `meanings`
    the possible readings of what was typed; both may be empty. `word` is what was not understood."""

    reason: str
    word: str = ""
    nearest: tuple[ScheduleSpec, ...] = ()
    meanings: tuple[ScheduleSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The words of a schedule by what they are; `days` is empty where none is named."""

    days: frozenset[int]
    weekly: bool
    clocks: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """What is neither a day nor a time: a time zone, or not understood."""
        return " ".join(self.others)


def parse_schedule(words: Sequence[str]) -> ScheduleSpec | ScheduleProblem:
    """From days (none: daily), a time of day (none: 9:00) and a time zone, in any order."""
    if sum(map(len, words)) > 3 * NAME_MAX:  # a pasted page must cost nothing, and nobody reads it again
        return ScheduleProblem("no time zone has so long a name")
    parts = _parts(words)
    if not (parts.days or parts.weekly or parts.clocks or parts.others):
        return ScheduleProblem("it does not say when")
    times = _times(parts)
    if isinstance(times, ScheduleProblem):
        return times
    return _unknown(parts) or _in_zone(parts.phrase, _specs(parts, times), _question(parts))


def _parts(words: Sequence[str]) -> _Parts:
    days: frozenset[int] = frozenset()
    weekly, clocks, others = False, [], []
    for word in _tokens(" ".join(words)):
        folded = word.casefold()
        if named := _days_of(folded):
            days |= named
        elif folded == "weekly":
            weekly = True
        elif word[0].isdigit() or parse_clock(folded):
            clocks.append(word)
        else:
            others.append(word)
    return _Parts(days, weekly, tuple(clocks), tuple(others))


def _tokens(text: str) -> Iterator[str]:
    """Words that say something, with phrases joined and marks around them taken off."""
    text = " ".join(bare_words(text))
    for pattern, word in _PHRASES:
        text = re.sub(pattern, word, text, flags=re.IGNORECASE)
    for word in re.split(r"[\s,;]+", text):
        bare = word.rstrip(".:")
        if bare and bare.casefold() not in _FILLERS:
            yield bare


def _days_of(word: str) -> frozenset[int]:
    """The weekdays that a word names: `daily`, `mon`, `mondays`, `mon-fri`, `mon/wed`; empty for other words."""
    if days := _DAY_WORDS.get(word):
        return days
    first, dash, last = word.partition("-")
    if dash and (begin := _day_numbers(first, 2)) and (end := _day_numbers(last, 2)):
        (start,), (stop,) = begin, end
        return frozenset((start + n) % 7 for n in range((stop - start) % 7 + 1))
    parts = [_day_numbers(part) for part in word.split("/")]
    return frozenset(number for part in parts for number in part) if all(parts) else frozenset()


def _day_numbers(word: str, min_chars: int = DAY_MIN_CHARS) -> list[int]:
    long_enough = [name for name in (word, word.removesuffix("s")) if len(name) >= min_chars]
    return [n for n, day in enumerate(DAYS) if any(day.startswith(name) for name in long_enough)]


def _times(parts: _Parts) -> tuple[ClockTime, ...] | ScheduleProblem:
    """The readings of the time of day, at least one."""
    readings = tuple(each for word in parts.clocks for each in parse_clock(word))
    for word in parts.clocks:
        if not parse_clock(word):
            return ScheduleProblem(f"“{word}” is not a valid time of day; write it as 08:30 or 17:00", word)
    alone = len(parts.clocks) == 1 and not (parts.days or parts.weekly) and parts.clocks[0].isdigit()
    if alone and len(parts.clocks[0]) <= 2 and 1 <= readings[0].at.hour < 12:
        # `digest 8` may be meant for the evening; behind a day it is a time by the clock of 24 hours.
        return (*readings, ClockTime(readings[0].at.replace(hour=readings[0].at.hour + 12)))
    return readings or (ClockTime(AT_DEFAULT),)


def _question(parts: _Parts) -> str:
    """What is to be answered where several schedules are possible."""
    if parts.weekly and not parts.days:
        return "it does not say on which day"
    if len(parts.clocks) > 1:
        return "a digest has one time; set one digest for each"
    return f"“{' '.join(parts.clocks)}” can be several times"


def _specs(parts: _Parts, times: Iterable[ClockTime]) -> tuple[ScheduleSpec, ...]:
    """All that days and times can mean, without a zone."""
    choices = [parts.days] if parts.days else [DAILY]
    if parts.weekly and not parts.days:
        choices = [frozenset({DAYS.index(day)}) for day in ASK_DAYS]
    shifted = (
        ScheduleSpec(frozenset((day + clock.next_day) % 7 for day in days), clock.at)
        for days in choices
        for clock in times
    )
    return tuple(dict.fromkeys(shifted))


def _in_zone(typed: str, specs: tuple[ScheduleSpec, ...], question: str) -> ScheduleSpec | ScheduleProblem:
    """The one schedule in the zone that was typed (empty: that of the profile), else what to choose from."""
    name = time_zones.zone_name(typed) if typed else None
    if typed and (name is None or zone_suggestions.abbreviated_zones(name) or zone_suggestions.is_fixed(name)):
        return _suggest_zones(typed, name, specs)
    zoned = tuple(ScheduleSpec(each.days, each.at, name) for each in specs)
    return zoned[0] if len(zoned) == 1 else ScheduleProblem(question, meanings=zoned)


def _suggest_zones(typed: str, name: str | None, specs: tuple[ScheduleSpec, ...]) -> ScheduleProblem:
    """Zones that may have been meant: those of cities, the one that was typed where it is a name, and last that of the
    profile (None), which is never wrong by hours."""
    offset = zone_suggestions.utc_offset(typed) is not None
    zones = () if offset else zone_suggestions.suggest_zones(typed)
    nearest = (*zones, *([name] if name else []), None)
    if len(specs) > 1:  # one question at a time, with a button for each answer
        nearest = nearest[:1]
    return ScheduleProblem(
        _zone_reason(typed, name, offset),
        typed,
        tuple(ScheduleSpec(spec.days, spec.at, zone) for zone in nearest for spec in specs),
    )


def _zone_reason(typed: str, name: str | None, offset: bool) -> str:
    city = "write a city, e.g. Europe/Berlin or America/New_York"
    if name and zone_suggestions.is_fixed(name):
        return f"“{typed}” does not follow summer time; {city}"
    if offset:
        return f"“{typed}” is an offset, which does not say when clocks change; {city}"
    if zones := zone_suggestions.abbreviated_zones(typed):
        return f"“{typed}” is an abbreviation{' of several time zones' if len(zones) > 1 else ''}; {city}"
    return f"“{typed}” is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"


def _unknown(parts: _Parts) -> ScheduleProblem | None:
    """What to say where a day is mistyped, or where no word is a day, a time or a place; None elsewhere."""
    is_place = time_zones.zone_name(parts.phrase) or zone_suggestions.suggest_zones(parts.phrase)
    if parts.days or not parts.others or is_place:
        return None
    what = "a day of the week" if parts.weekly else "daily, weekdays, weekly, off, preview or now"
    reason = f"“{parts.phrase}” is not {what}"
    if near := closest_match(parts.others[0].casefold(), DAYS if parts.weekly else _KNOWN_DAYS):
        meant = parse_schedule([near, *parts.clocks, *parts.others[1:]])
        nearest = (meant,) if isinstance(meant, ScheduleSpec) else meant.nearest + meant.meanings
        return ScheduleProblem(reason, parts.phrase, nearest)
    # Beside a time it is taken for a zone.
    return None if parts.clocks and not parts.weekly else ScheduleProblem(reason, parts.phrase)
