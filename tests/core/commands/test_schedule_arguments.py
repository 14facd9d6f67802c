"""What people type for when a digest is due."""

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String

from bot.core.commands.schedule_arguments import AT_DEFAULT, ScheduleProblem, ScheduleSpec, parse_schedule
from bot.core.digests import time_zones
from bot.core.digests.schedule import DAILY, DAYS, WEEKDAYS, Schedule
from bot.store.schema import digest_schedule

MONDAY, FRIDAY = frozenset({0}), frozenset({4})
CITY = "write a city, e.g. Europe/Berlin or America/New_York"
NO_ZONE = "is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"


def typed(text: str) -> ScheduleSpec | ScheduleProblem:
    return parse_schedule(text.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("daily", ScheduleSpec(DAILY, time(9))),
        ("weekdays", ScheduleSpec(WEEKDAYS, time(9))),
        ("weekly friday", ScheduleSpec(FRIDAY, time(9))),
        ("daily 08:30", ScheduleSpec(DAILY, time(8, 30))),
        ("daily 8:30", ScheduleSpec(DAILY, time(8, 30))),
        ("daily 00:00", ScheduleSpec(DAILY, time(0))),
        ("daily 23:59", ScheduleSpec(DAILY, time(23, 59))),
        ("DAILY 08:30", ScheduleSpec(DAILY, time(8, 30))),
        ("Weekly MONDAY 17:00", ScheduleSpec(MONDAY, time(17))),
        ("weekly mon 17:00", ScheduleSpec(MONDAY, time(17))),
        ("weekly frid", ScheduleSpec(FRIDAY, time(9))),
        ("daily Europe/Berlin", ScheduleSpec(DAILY, time(9), "Europe/Berlin")),
        ("weekdays 08:30 Europe/Berlin", ScheduleSpec(WEEKDAYS, time(8, 30), "Europe/Berlin")),
        ("weekdays 08:30 EUROPE/berlin", ScheduleSpec(WEEKDAYS, time(8, 30), "Europe/Berlin")),
        ("weekly mon 08:30 america/new york", ScheduleSpec(MONDAY, time(8, 30), "America/New_York")),
        (
            "daily 08:30 america/argentina/buenos aires",
            ScheduleSpec(DAILY, time(8, 30), "America/Argentina/Buenos_Aires"),
        ),
        ("daily utc", ScheduleSpec(DAILY, time(9), "UTC")),
    ],
)
def test_these_words_name_these_times(text: str, found: ScheduleSpec) -> None:
    assert typed(text) == found


def test_where_nobody_says_when_it_is_nine() -> None:
    assert time(9) == AT_DEFAULT


@pytest.mark.parametrize("day", DAYS)
def test_three_letters_are_a_day_of_the_week(day: str) -> None:
    assert typed(f"weekly {day[:3]}") == typed(f"weekly {day}") == ScheduleSpec(frozenset({DAYS.index(day)}), time(9))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it does not say when"),
        ("xyz", "“xyz” is not daily, weekdays, weekly, off, preview or now"),
        ("weekly", "it does not say on which day"),
        ("weekly 08:30", "it does not say on which day"),
        ("weekly mo", "“mo” is not a day of the week"),
        ("weekly t 08:30", "“t” is not a day of the week"),
        ("daily 7:5", "“7:5” can be several times"),
        ("daily 7 8", "a digest has one time; set one digest for each"),
        ("daily 25:00", "“25:00” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 08:60", "“08:60” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily ٠٨:٣٠", "“٠٨:٣٠” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 08:30 Atlantis", f"“Atlantis” {NO_ZONE}"),
        ("daily 08:30 UTC+2", f"“UTC+2” is an offset, which does not say when clocks change; {CITY}"),
        ("daily 08:30 EST", f"“EST” does not follow summer time; {CITY}"),
    ],
)
def test_other_words_are_unclear_for_a_reason(text: str, reason: str) -> None:
    found = typed(text)
    assert isinstance(found, ScheduleProblem)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("text", "zone", "nearest"),
    [
        ("daily 08:30 berlin", "berlin", ("daily 08:30 Europe/Berlin",)),
        ("Weekly Mon Berlin", "Berlin", ("weekly monday 09:00 Europe/Berlin",)),
        ("daily new york", "new york", ("daily 09:00 America/New_York",)),
        ("daily 08:30 Eurpe/Berlin", "Eurpe/Berlin", ("daily 08:30 Europe/Berlin",)),
        (
            "daily 7:00 indianapolis",
            "indianapolis",
            ("daily 07:00 America/Indiana/Indianapolis", "daily 07:00 America/Indianapolis"),
        ),
    ],
)
def test_a_city_and_a_slip_are_only_suggested(text: str, zone: str, nearest: tuple[str, ...]) -> None:
    found = typed(text)
    assert isinstance(found, ScheduleProblem)
    assert (found.reason, found.word) == (f"“{zone}” {NO_ZONE}", zone)
    *cities, without_zone = found.nearest
    assert tuple(map(str, cities)) == nearest
    assert without_zone.zone is None


def test_times_without_a_zone_are_in_that_of_whoever_asks() -> None:
    assert ScheduleSpec(DAILY, time(8, 30)).in_zone("Asia/Tokyo") == Schedule(DAILY, time(8, 30), "Asia/Tokyo")
    assert ScheduleSpec(DAILY, time(8, 30), "UTC").in_zone("Asia/Tokyo") == Schedule(DAILY, time(8, 30), "UTC")


# Laws

SCHEDULES = st.builds(
    Schedule,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(time_zones.zone_names()),
)
WORDS = "daily weekdays weekly mon friday 08:30 9:00 24:00 8 berlin Europe/Berlin new york utc off now preview".split()


@given(SCHEDULES, st.sampled_from([str, str.upper, str.lower]))
def test_what_a_schedule_says_of_itself_is_typed_to_get_it_again(made: Schedule, case: Callable[[str], str]) -> None:
    found = typed(case(str(made)))
    # An abbreviation is asked about, and is among what is offered.
    specs = found.nearest if isinstance(found, ScheduleProblem) else (found,)
    assert made in [each.in_zone("Asia/Tokyo") for each in specs]


def test_the_longest_schedule_fits_into_its_column() -> None:
    days = [frozenset(range(7)) - {day} for day in range(7)]
    longest = max(len(str(Schedule(each, time(8, 30), zone))) for each in days for zone in time_zones.zone_names())
    column = digest_schedule.c.schedule.type
    assert isinstance(column, String)
    assert column.length is not None
    assert longest <= column.length


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_every_text_is_times_or_unclear_for_a_reason(text: str) -> None:
    found = typed(text)
    assert isinstance(found, ScheduleSpec) or found.reason


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_suggested_can_be_typed(words: list[str]) -> None:
    found = parse_schedule(words)
    offered = () if isinstance(found, ScheduleSpec) else found.nearest + found.meanings
    assert all(typed(str(each)) == each for each in offered)


def test_the_time_may_stand_behind_the_zone() -> None:
    assert parse_schedule("daily Europe/Berlin 08:30".split()) == parse_schedule("daily 08:30 Europe/Berlin".split())
    found = parse_schedule("daily berlin 08:30".split())
    assert isinstance(found, ScheduleProblem)
    assert str(found.nearest[0]) == "daily 08:30 Europe/Berlin"


def test_a_pasted_page_is_not_said_again() -> None:
    found = parse_schedule(["daily", *["word"] * 500])
    assert isinstance(found, ScheduleProblem)
    assert found.reason == "no time zone has so long a name"
