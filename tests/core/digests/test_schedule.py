"""Digests come at the time that the clock on the wall shows, whatever was done to that clock."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from itertools import islice, takewhile
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import time_zones
from bot.core.digests.schedule import (
    DAILY,
    DAYS,
    WEEKDAYS,
    DueTimes,
    Schedule,
    due_times,
    fire_time,
    fire_times,
    parse_days,
)
from tests.core.digests import wallclock

DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
TIMES = [time(0), time(2, 30), time(8, 30), time(12), time(17, 45), time(23, 59)]
WEEKLY = [frozenset({day}) for day in range(7)]

observed = partial(wallclock.observed, FIRST, LAST)


def at(text: str) -> datetime:
    """An instant from e.g. `2025-03-30 01:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(zone: str, when: str = "08:30") -> Schedule:
    return Schedule(DAILY, time.fromisoformat(when), zone)


# Examples. All are in the past: rules for times to come may change.

EXAMPLES = [
    ("Europe/Berlin", "2025-01-15 08:30", "2025-01-15 07:30"),
    ("Europe/Berlin", "2025-07-15 08:30", "2025-07-15 06:30"),
    ("Europe/Berlin", "2025-03-30 02:30", "2025-03-30 01:00"),
    ("Europe/Berlin", "2025-10-26 02:30", "2025-10-26 00:30"),
    ("America/New_York", "2025-03-09 02:30", "2025-03-09 07:00"),
    ("America/New_York", "2025-11-02 01:30", "2025-11-02 05:30"),
    ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-04 15:30"),
    ("Australia/Lord_Howe", "2025-04-06 01:45", "2025-04-05 14:45"),
    ("Asia/Kathmandu", "2025-05-12 08:30", "2025-05-12 02:45"),
    ("Africa/Casablanca", "2025-02-23 02:30", "2025-02-23 01:30"),  # Ramadan begins
    ("Africa/Casablanca", "2025-04-06 02:30", "2025-04-06 02:00"),  # and is over
    ("Pacific/Apia", "2011-12-29 08:30", "2011-12-29 18:30"),
    ("Pacific/Apia", "2011-12-30 08:30", None),
    ("Pacific/Apia", "2011-12-30 00:00", None),
    ("Pacific/Apia", "2011-12-30 23:59", None),
    ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00"),
    ("Pacific/Apia", "2011-12-31 08:30", "2011-12-30 18:30"),
    ("America/Nuuk", "2024-03-30 23:59", "2024-03-31 01:00"),  # there is no such time, but there is that day
    ("America/Nuuk", "2024-03-31 00:00", "2024-03-31 01:00"),
    ("America/Nuuk", "2024-10-26 23:30", "2024-10-27 00:30"),
    ("Africa/Cairo", "2024-04-26 00:00", "2024-04-25 22:00"),
    ("Africa/Cairo", "2024-10-31 23:30", "2024-10-31 20:30"),
    ("Asia/Beirut", "2025-03-30 00:00", "2025-03-29 22:00"),
    ("America/Havana", "2025-03-09 00:00", "2025-03-09 05:00"),
    ("America/Havana", "2025-11-02 00:30", "2025-11-02 04:30"),
    ("America/Santiago", "2025-09-07 00:00", "2025-09-07 04:00"),
    ("America/Santiago", "2025-04-05 23:30", "2025-04-06 02:30"),
]


@pytest.mark.parametrize(("zone", "wall", "instant"), EXAMPLES)
def test_wall_clock_times_are_these_instants(zone: str, wall: str, instant: str | None) -> None:
    day, _, when = wall.partition(" ")
    expected = at(instant) if instant else None
    assert fire_time(daily(zone, when), date.fromisoformat(day)) == expected


@pytest.mark.parametrize(("zone", "wall", "instant"), EXAMPLES)
def test_the_oracle_knows_the_examples(zone: str, wall: str, instant: str | None) -> None:
    local = datetime.fromisoformat(wall)
    segments = (apia() if local.year == 2011 else observed())[zone]
    expected = at(instant) if instant else None
    assert wallclock.fire_time(segments, local.date(), local.time()) == expected


def test_the_oracle_sees_all_zones_and_the_shifts_of_ramadan() -> None:
    assert sorted(observed()) == list(time_zones.zone_names())
    seen = wallclock.changes(observed()["Africa/Casablanca"])
    assert seen[:4] == [at(f"{day} 02:00") for day in ("2024-03-10", "2024-04-14", "2025-02-23", "2025-04-06")]


def test_other_days_have_none() -> None:
    weekdays = Schedule(WEEKDAYS, time(8, 30), "Europe/Berlin")
    assert fire_time(weekdays, date(2025, 5, 16)) == at("2025-05-16 06:30")
    assert fire_time(weekdays, date(2025, 5, 17)) is None


def test_days_are_those_of_the_zone() -> None:
    monday = Schedule(frozenset({0}), time(8, 30), "Pacific/Auckland")
    assert next(fire_times(monday, at("2025-05-10 00:00"))) == at("2025-05-11 20:30")
    evening = daily("America/New_York", "23:00")
    assert next(fire_times(evening, at("2025-05-12 02:00"))) == at("2025-05-12 03:00")


def test_times_go_on_strictly_after_an_instant() -> None:
    schedule = daily("Europe/Berlin")
    times = [at("2025-03-29 07:30"), at("2025-03-30 06:30"), at("2025-03-31 06:30")]
    assert list(islice(fire_times(schedule, times[0] - timedelta(microseconds=1)), 3)) == times
    assert list(islice(fire_times(schedule, times[0]), 2)) == times[1:]


def test_a_day_that_is_left_out_is_stepped_over() -> None:
    times = islice(fire_times(daily("Pacific/Apia"), at("2011-12-29 00:00")), 2)
    assert list(times) == [at("2011-12-29 18:30"), at("2011-12-30 18:30")]


# Against the C library


def apia() -> dict[str, wallclock.Segments]:
    """The weeks in which Samoa went without a Friday."""
    return wallclock.observed(date(2011, 12, 1), date(2012, 1, 31))


def sample(name: str, segments: wallclock.Segments) -> set[date]:
    """The days around every change, and thirty others."""
    near = {change.date() + n * DAY for change in wallclock.changes(segments) for n in range(-3, 4)}
    chance = Random(name)  # noqa: S311  the same days at every run
    return near | {FIRST + n * DAY for n in chance.sample(range((LAST - FIRST).days), 30)}


def differences(name: str, segments: wallclock.Segments, sampled: Iterable[date]) -> Iterator[tuple[object, ...]]:
    for when in TIMES:
        schedule = Schedule(DAILY, when, name)
        for day in sampled:
            ours, theirs = fire_time(schedule, day), wallclock.fire_time(segments, day, when)
            if ours != theirs:
                yield name, day, when, ours, theirs


def test_every_zone_agrees_with_the_c_library_around_its_changes() -> None:
    assert [d for name, known in observed().items() for d in differences(name, known, sample(name, known))] == []


def test_every_zone_agrees_with_the_c_library_when_samoa_left_a_day_out() -> None:
    sampled = [date(2011, 12, 25) + n * DAY for n in range(10)]
    assert [d for name, known in apia().items() for d in differences(name, known, sampled)] == []


# Laws

ATS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
SCHEDULES = st.builds(
    Schedule, st.sampled_from([DAILY, WEEKDAYS, *WEEKLY]), ATS, st.sampled_from(time_zones.zone_names())
)
INSTANTS = st.datetimes(datetime(1800, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  its bounds are naive


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    """A schedule, and an instant within three days of a change in its zone, where it has one."""
    schedule = draw(SCHEDULES)
    changes = wallclock.changes(observed()[schedule.zone]) or [at("2025-05-12 00:00")]
    return schedule, draw(st.sampled_from(changes)) + draw(st.timedeltas(-3 * DAY, 3 * DAY))


CASES = st.tuples(SCHEDULES, INSTANTS) | near_a_change()


def day_of(schedule: Schedule, fired: datetime) -> date:
    """The only day of the calendar whose digest is due then."""
    (day,) = [day for n in range(-3, 4) if fire_time(schedule, day := fired.date() + n * DAY) == fired]
    return day


@given(CASES)
def test_times_increase_and_come_after(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    times = [after, *islice(fire_times(schedule, after), 8)]
    assert times == sorted(set(times))


@given(CASES, st.integers(0, 6))
def test_times_resumed_at_any_of_them_go_on_alike(case: tuple[Schedule, datetime], place: int) -> None:
    schedule, after = case
    times = list(islice(fire_times(schedule, after), 8))
    assert list(islice(fire_times(schedule, times[place]), 7 - place)) == times[place + 1 :]


@given(CASES)
def test_each_day_has_one_time_at_most_and_none_is_missed(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    fired = [day_of(schedule, each) for each in islice(fire_times(schedule, after), 8)]
    between = [fired[0] + n * DAY for n in range((fired[-1] - fired[0]).days + 1)]
    assert fired == [day for day in between if fire_time(schedule, day)]
    assert {day.weekday() for day in fired} <= schedule.days


@given(CASES)
def test_the_first_time_is_the_next_one(case: tuple[Schedule, datetime]) -> None:
    schedule, after = case
    near = [fire_time(schedule, after.date() + n * DAY) for n in range(-5, 17)]
    assert next(fire_times(schedule, after)) == min(each for each in near if each and each > after)


@given(SCHEDULES)
def test_the_text_of_a_schedule_gives_it_again(schedule: Schedule) -> None:
    assert Schedule.parse(str(schedule)) == schedule
    assert parse_days(schedule.recurrence) == schedule.days


def test_schedules_are_written_as_people_type_them() -> None:
    assert str(daily("Europe/Berlin", "08:05")) == "daily 08:05 Europe/Berlin"
    assert str(Schedule(WEEKDAYS, time(9), "UTC")) == "weekdays 09:00 UTC"
    assert [Schedule(only, time(9), "UTC").recurrence for only in WEEKLY] == [f"weekly {day}" for day in DAYS]


@pytest.mark.parametrize(
    "text", ["", "daily", "daily 08:30", "weekly 08:30 UTC", "weekly someday 08:30 UTC", "daily 25:00 UTC"]
)
def test_other_texts_are_no_schedule(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Schedule.parse(text)


# What is due

BERLIN = daily("Europe/Berlin")
MAY = {day: at(f"2025-05-{day} 06:30") for day in range(10, 20)}
"""When Berlin's digests are due, by the day of the month."""

SECOND = timedelta(seconds=1)


def test_nothing_is_due_between_two_times() -> None:
    assert due_times([BERLIN], MAY[12], MAY[13] - SECOND, DAY) == DueTimes(None, (), MAY[13])


def test_nothing_is_ever_due_without_a_schedule() -> None:
    assert due_times([], MAY[12], MAY[13], DAY) == DueTimes(None, (), None)


def test_one_is_due_at_its_second() -> None:
    assert due_times([BERLIN], MAY[12], MAY[13], DAY) == DueTimes(MAY[13], (), MAY[14])


def test_what_was_due_at_since_is_due_no_more() -> None:
    assert due_times([BERLIN], MAY[12], MAY[12], DAY) == DueTimes(None, (), MAY[13])
    assert due_times([BERLIN], MAY[12] - SECOND, MAY[12], DAY) == DueTimes(MAY[12], (), MAY[13])


def test_missed_days_coalesce_into_the_latest() -> None:
    assert due_times([BERLIN], MAY[11], MAY[14] + SECOND, 7 * DAY) == DueTimes(MAY[14], (), MAY[15])


def test_those_beyond_grace_are_skipped() -> None:
    assert due_times([BERLIN], MAY[11], MAY[14] + SECOND, DAY) == DueTimes(MAY[14], (MAY[12], MAY[13]), MAY[15])


def test_grace_includes_its_end() -> None:
    grace = timedelta(hours=1)
    assert due_times([BERLIN], MAY[12], MAY[13] + grace, grace) == DueTimes(MAY[13], (), MAY[14])
    assert due_times([BERLIN], MAY[12], MAY[13] + grace + SECOND, grace) == DueTimes(None, (MAY[13],), MAY[14])


def test_two_schedules_at_one_instant_are_one_digest() -> None:
    same = daily("UTC", "06:30")
    assert due_times([BERLIN, same], MAY[12], MAY[13], DAY) == DueTimes(MAY[13], (), MAY[14])
    assert due_times([BERLIN, same], MAY[11], MAY[13], timedelta()) == DueTimes(MAY[13], (MAY[12],), MAY[14])


def test_several_schedules_take_turns() -> None:
    evening = daily("Europe/Berlin", "17:00")
    five = at("2025-05-13 15:00")
    assert due_times([evening, BERLIN], MAY[12], MAY[13], DAY).next_at == at("2025-05-13 15:00")
    assert due_times([evening, BERLIN], MAY[13], five, DAY) == DueTimes(five, (), MAY[14])


@given(st.lists(SCHEDULES, max_size=3), CASES, st.lists(st.timedeltas(SECOND, 9 * DAY), min_size=1, max_size=6))
def test_a_walk_through_time_meets_the_latest_of_each_step_once(
    others: list[Schedule], case: tuple[Schedule, datetime], steps: list[timedelta]
) -> None:
    first, since = case
    schedules = [first, *others]
    end = since + sum(steps, timedelta())
    times = sorted({each for one in schedules for each in takewhile(lambda t: t <= end, fire_times(one, since))})
    for step in steps:
        now = since + step
        reached = [each for each in times if since < each <= now]
        upcoming = min(next(fire_times(one, now)) for one in schedules)
        assert due_times(schedules, since, now, timedelta.max) == DueTimes(
            reached[-1] if reached else None, (), upcoming
        )
        since = now


@given(CASES, st.timedeltas(SECOND, 9 * DAY), st.timedeltas(timedelta(), 9 * DAY))
def test_what_is_missed_is_skipped_exactly_where_it_is_older_than_grace(
    case: tuple[Schedule, datetime], step: timedelta, grace: timedelta
) -> None:
    schedule, since = case
    now = since + step
    missed = list(takewhile(lambda t: t <= now, fire_times(schedule, since)))
    outcome = due_times([schedule], since, now, grace)
    assert list(outcome.skipped) == [each for each in missed if now - each > grace]
    assert outcome.fire_at == (missed[-1] if missed and now - missed[-1] <= grace else None)


# The ends of the calendar, and of the rules

BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize("when", ["00:00", "12:00", "23:59"])
def test_the_ends_of_the_calendar_are_ends(when: str) -> None:
    for name in time_zones.zone_names():
        schedule = daily(name, when)
        assert next(fire_times(schedule, BEGINNING)) <= BEGINNING + 2 * DAY
        assert list(fire_times(schedule, END)) == []
        assert due_times([schedule], END - DAY, END, DAY).next_at is None


def test_what_was_due_before_the_end_of_the_calendar_is_still_due() -> None:
    last = at("9999-12-30 08:30")
    assert due_times([daily("UTC")], END - 2 * DAY, END, 9 * DAY) == DueTimes(last, (), None)
    assert due_times([daily("UTC")], END - 2 * DAY, END, timedelta()) == DueTimes(None, (last,), None)


def test_an_unknown_zone_is_told() -> None:
    gone = daily("Europe/Atlantis")
    with pytest.raises(LookupError, match=f"Europe/Atlantis is not a time zone of tzdata {time_zones.TZDATA_VERSION}"):
        fire_time(gone, date(2025, 5, 12))
    with pytest.raises(LookupError):
        due_times([BERLIN, gone], MAY[12], MAY[13], DAY)


def test_new_rules_move_the_times(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_summer_time(name: str) -> ZoneInfo:
        with files("tzdata").joinpath("zoneinfo", "Africa", "Lagos").open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)

    assert fire_time(BERLIN, date(2025, 5, 12)) == at("2025-05-12 06:30")
    monkeypatch.setattr("bot.core.digests.schedule.zone", without_summer_time)
    assert fire_time(BERLIN, date(2025, 5, 12)) == at("2025-05-12 07:30")
    assert due_times([BERLIN], MAY[12], MAY[13], DAY) == DueTimes(at("2025-05-12 07:30"), (), at("2025-05-13 07:30"))
