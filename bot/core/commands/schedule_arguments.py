"""Parses what is typed behind digest: days, a time of day, a time zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.core.commands.subscribe_arguments import ArgumentProblem
from bot.core.digests import time_zones
from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS, Schedule
from bot.core.spelling import closest_match

AT_DEFAULT = time(9)
"""The time of day where none is typed."""

DAY_MIN_CHARS = 3
NAME_MAX = 60
_TIME = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When a digest is wanted; `days` are weekdays (Monday is 0), `zone` is an IANA name, None for the zone in the
    profile of the person who asks."""

    days: frozenset[int]
    at: time
    zone: str | None = None

    def __str__(self) -> str:
        """What to type to get it again."""
        return str(Schedule(self.days, self.at, self.zone or "")).strip()

    def in_zone(self, zone: str) -> Schedule:
        """The schedule, in this zone where none was named."""
        return Schedule(self.days, self.at, self.zone or zone)


def parse_schedule(words: Sequence[str]) -> ScheduleSpec | ArgumentProblem:
    """From `daily`, `weekdays` or `weekly monday`, a time and a zone."""
    parsed = _parse_days([word.casefold() for word in words])
    if isinstance(parsed, ArgumentProblem):
        return parsed
    days, length = parsed
    rest = list(words[length:])
    clock = next((word for word in rest if word[0].isdigit()), None)  # before the zone or behind it
    at = _time(clock) if clock else AT_DEFAULT
    if isinstance(at, ArgumentProblem):
        return at
    if clock:
        rest.remove(clock)
    before = [*words[:length], *([clock] if clock else [])]
    zone = _zone(" ".join(rest), before) if rest else None
    return zone if isinstance(zone, ArgumentProblem) else ScheduleSpec(days, at, zone)


def _parse_days(words: Sequence[str]) -> tuple[frozenset[int], int] | ArgumentProblem:
    """Weekdays, and how many words name them."""
    match words:
        case ["daily", *_]:
            return DAILY, 1
        case ["weekdays", *_]:
            return WEEKDAYS, 1
        case ["weekly", day, *_]:
            numbers = [n for n, name in enumerate(DAYS) if name.startswith(day) and len(day) >= DAY_MIN_CHARS]
            return (frozenset(numbers), 2) if numbers else ArgumentProblem(f"“{day}” is not a day of the week")
        case ["weekly"]:
            return ArgumentProblem("it does not say on which day; write e.g. weekly monday 08:30")
        # Alone they are commands, and `parse_digest` has taken them.
        case ["off" | "preview" | "now" as word, *_]:
            return ArgumentProblem(f"“{word}” takes nothing more")
        case [word, *_]:
            return ArgumentProblem(f"“{word}” is not daily, weekdays, weekly, off, preview or now")
        case _:
            return ArgumentProblem("it does not say when")


def _time(word: str) -> time | ArgumentProblem:
    """A time of day, by the clock of 24 hours."""
    match = _TIME.fullmatch(word)
    try:
        return time(int(match["hour"]), int(match["minute"])) if match else _invalid_time(word)
    except ValueError:
        return _invalid_time(word)


def _invalid_time(word: str) -> ArgumentProblem:
    return ArgumentProblem(f"“{word}” is not a valid time of day; write it as 08:30 or 17:00")


def _zone(typed: str, before: Sequence[str]) -> str | ArgumentProblem:
    """An IANA name; a city alone, or a slip, is only suggested."""
    if len(typed) > NAME_MAX:  # a pasted page must cost nothing, and nobody reads it again
        return ArgumentProblem("no time zone has so long a name")
    if name := time_zones.zone_name(typed):
        return name
    folded = {name.casefold(): name for name in time_zones.zone_names()}
    near = closest_match(typed.casefold().replace(" ", "_"), folded)
    meant = time_zones.zones_by_city(typed) or ((folded[near],) if near else ())
    why = f"“{typed}” is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"
    return ArgumentProblem(why, nearest=tuple(" ".join([*before, name]) for name in meant))
