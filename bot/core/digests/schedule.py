"""Digest schedules (days, a local time, a time zone) and their fire times in UTC.

The local time stays the same over changes of the UTC offset. A time that is skipped when clocks are put forward fires
at the end of the gap, a time that occurs twice at the first occurrence. A day that a zone skips as a whole has no
digest.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import merge

from bot.core.digests.time_zones import zone

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAILY, WEEKDAYS = frozenset(range(7)), frozenset(range(5))
_SHORT_DAYS = tuple(day[:3] for day in DAYS)
_RECURRENCES = {DAILY: "daily", WEEKDAYS: "weekdays"} | {
    frozenset({number}): f"weekly {day}" for number, day in enumerate(DAYS)
}
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days` are weekdays, 0 for Monday; `at` is a local time without seconds; `zone` is an IANA name. The text form is
    what people type: `weekdays 08:30 Europe/Berlin`."""

    days: frozenset[int]
    at: time
    zone: str

    @property
    def recurrence(self) -> str:
        """The days as people type them: `daily`, `weekdays`, `weekly monday`, or `weekly mon,wed`."""
        if self.days in _RECURRENCES:
            return _RECURRENCES[self.days]
        # Short names: six long ones would not fit into the column of a stored schedule.
        return f"weekly {','.join(DAYS[day][:3] for day in sorted(self.days))}"

    def __str__(self) -> str:
        return f"{self.recurrence} {self.at:%H:%M} {self.zone}"

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """A schedule from its text form, e.g. `daily 08:30 Europe/Berlin`; the zone is not looked up. Raises:
        ValueError."""
        recurrence, at, zone_name = text.rsplit(" ", 2)
        return cls(parse_days(recurrence), time.fromisoformat(at), zone_name)


def parse_days(recurrence: str) -> frozenset[int]:
    """Weekdays, 0 for Monday, from the text of a recurrence. Raises: ValueError for other text."""
    for days, text in _RECURRENCES.items():
        if text == recurrence:
            return days
    weekly, _, names = recurrence.partition(" ")
    if weekly == "weekly":
        return frozenset(_SHORT_DAYS.index(name) for name in names.split(","))
    raise ValueError(f"“{recurrence}” is not daily, weekdays or weekly with days")


def fire_time(schedule: Schedule, day: date) -> datetime | None:
    """The fire time (UTC) for a day in the schedule's zone; None if the schedule has none on it. Raises: LookupError
    for an unknown zone, OverflowError near `date.min` and `date.max`."""
    if day.weekday() not in schedule.days:
        return None
    tz = zone(schedule.zone)
    local = datetime.combine(day, schedule.at)
    first = local.replace(tzinfo=tz).astimezone(UTC)  # fold=0: the first of two, and in a gap the offset before it
    if first.astimezone(tz).replace(tzinfo=None) == local:
        return first
    gap_end = _end_of_gap(tz, local, first)
    last_before, first_after = ((at.astimezone(tz).replace(tzinfo=None)) for at in (gap_end - _SECOND, gap_end))
    midnight = datetime.combine(day, time())
    skips_day = last_before < midnight and first_after >= midnight + _DAY
    return None if skips_day else gap_end


def _end_of_gap(tz: tzinfo, local: datetime, late: datetime) -> datetime:
    """The instant (UTC) at which clocks were put forward over a local time. `late` is that time by the offset before
    the gap; by the offset after it, it is early: the instant is found between them by bisection."""
    early = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    offset_before = early.astimezone(tz).utcoffset()
    while late - early > _SECOND:
        middle = early + ((late - early) // 2 // _SECOND) * _SECOND
        if middle.astimezone(tz).utcoffset() == offset_before:
            early = middle
        else:
            late = middle
    return late


def fire_times(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """The fire times (UTC) strictly after an instant, in order, up to `date.max`. Raises: LookupError for an unknown
    zone."""
    day = after.astimezone(UTC).date()
    day -= min(2 * _DAY, day - date.min)  # a gap may end a day later, and a zone be a day ahead
    while day < date.max:
        try:
            at = fire_time(schedule, day)
        # A day near `date.min` or `date.max` may have no instant in UTC.
        except OverflowError:
            at = None
        if at is not None and at > after:
            yield at
        day += _DAY


@dataclass(frozen=True, slots=True)
class DueTimes:
    """What is due in a channel. `fire_at` is that of the one digest to make now, None if none is due; `skipped` are
    older fire times that get no digest, oldest first; `next_at` is the next one, None without schedules. All in UTC."""

    fire_at: datetime | None
    skipped: tuple[datetime, ...]
    next_at: datetime | None


def due_times(
    schedules: Iterable[Schedule],
    since: datetime,
    now: datetime,
    grace: timedelta,
    done: Collection[datetime] = frozenset(),
) -> DueTimes:
    """What is due in `(since, now]`: the latest fire time, for all in the window. Those more than `grace` ago are
    skipped; those that are `done`, by a clock that has stepped back since, do not come again. Raises: LookupError for
    an unknown zone."""
    missed: list[datetime] = []
    next_at = None
    for at in merge(*(fire_times(schedule, since) for schedule in schedules)):
        if at in done:
            continue
        if at > now:
            next_at = at
            break
        # Two schedules may fire at one instant; the channel still gets one digest.
        if missed[-1:] != [at]:
            missed.append(at)
    skipped = tuple(at for at in missed if now - at > grace)
    return DueTimes(missed[-1] if len(skipped) < len(missed) else None, skipped, next_at)
