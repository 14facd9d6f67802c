"""When a channel wants its digest: days, a wall-clock time and a zone; and the instants that this means.

Wall-clock time is kept whatever the offset is. A time that a day lacks, because clocks are put forward over it, is the
end of the gap; one that it has twice is the first; a day that a zone leaves out has no digest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge

from bot.core.digests.time_zones import zone

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAILY, WEEKDAYS = frozenset(range(7)), frozenset(range(5))
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days` are weekdays, 0 for Monday; `at` is a wall-clock time without seconds; `zone` an IANA name. Its text form
    is what people type: `weekdays 08:30 Europe/Berlin`."""

    days: frozenset[int]
    at: time
    zone: str

    @property
    def recurrence(self) -> str:
        """`daily`, `weekdays`, `weekly monday`."""
        if self.days == DAILY:
            return "daily"
        return "weekdays" if self.days == WEEKDAYS else f"weekly {DAYS[min(self.days)]}"

    def __str__(self) -> str:
        return f"{self.recurrence} {self.at:%H:%M} {self.zone}"


def parse_days(often: str) -> frozenset[int]:
    """Weekdays from their text form. Raises: ValueError."""
    match often.split():
        case ["daily"]:
            return DAILY
        case ["weekdays"]:
            return WEEKDAYS
        case ["weekly", day] if day in DAYS:
            return frozenset({DAYS.index(day)})
    raise ValueError(f"“{often}” names no days")


def parse_schedule(text: str) -> Schedule:
    """A schedule from its text form. Raises: ValueError."""
    often, at, name = text.rsplit(" ", 2)
    return Schedule(parse_days(often), time.fromisoformat(at), name)


def fire_time(found: Schedule, day: date) -> datetime | None:
    """The instant (UTC) at which a digest is due for a day of the calendar; None where that day has none. Raises:
    LookupError for an unknown zone, OverflowError at the ends of the calendar."""
    if day.weekday() not in found.days:
        return None
    where = zone(found.zone)
    wall = datetime.combine(day, found.at)
    first = wall.replace(tzinfo=where).astimezone(UTC)  # fold=0: the first of two, and before a gap its own offset
    if first.astimezone(where).replace(tzinfo=None) == wall:
        return first
    gap = _end_of_gap(found, wall, first)
    left, reached = ((at.astimezone(where).replace(tzinfo=None)) for at in (gap - _SECOND, gap))
    midnight = datetime.combine(day, time())
    is_left_out = left < midnight and reached >= midnight + _DAY
    return None if is_left_out else gap


def _end_of_gap(found: Schedule, wall: datetime, late: datetime) -> datetime:
    """When the clocks were put forward: between the wall time by the offset after that and by the one before."""
    where = zone(found.zone)
    early = wall.replace(tzinfo=where, fold=1).astimezone(UTC)
    before = early.astimezone(where).utcoffset()
    while late - early > _SECOND:
        middle = early + ((late - early) // 2 // _SECOND) * _SECOND
        if middle.astimezone(where).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def fire_times(found: Schedule, after: datetime) -> Iterator[datetime]:
    """The instants strictly after another, in order; none beyond the ends of the calendar. Raises: LookupError for an
    unknown zone."""
    day = after.astimezone(UTC).date()
    day -= min(2 * _DAY, day - date.min)  # a gap may end a day later, and a zone be a day ahead
    while day < date.max:
        try:
            at = fire_time(found, day)
        except OverflowError:
            at = None
        if at is not None and at > after:
            yield at
        day += _DAY


@dataclass(frozen=True, slots=True)
class DueTimes:
    """What is due in a channel at an instant: at most one digest, whose fire time is the latest; `skipped` are those
    that came too long ago, `next_at` is the next one, None where there is no schedule."""

    fire_at: datetime | None
    skipped: tuple[datetime, ...]
    next_at: datetime | None


def due_times(found: Iterable[Schedule], since: datetime, now: datetime, grace: timedelta) -> DueTimes:
    """What is due in `(since, now]`. Fire times that were missed coalesce into the latest, if it is within `grace`."""
    missed: list[datetime] = []
    next_at = None
    for at in merge(*(fire_times(each, since) for each in found)):
        if at > now:
            next_at = at
            break
        if missed[-1:] != [at]:
            missed.append(at)
    late = tuple(each for each in missed if now - each > grace)
    return DueTimes(missed[-1] if len(late) < len(missed) else None, late, next_at)
