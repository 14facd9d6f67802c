"""What people type for when a digest is due."""

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import zones
from bot.core.digest_words import AT_DEFAULT, Times, times
from bot.core.schedule import DAILY, DAYS, WEEKDAYS, Schedule
from bot.core.wish import Unclear

MONDAY, FRIDAY = frozenset({0}), frozenset({4})
NO_ZONE = "is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"


def typed(text: str) -> Times | Unclear:
    return times(text.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("daily", Times(DAILY, time(9))),
        ("weekdays", Times(WEEKDAYS, time(9))),
        ("weekly friday", Times(FRIDAY, time(9))),
        ("daily 08:30", Times(DAILY, time(8, 30))),
        ("daily 8:30", Times(DAILY, time(8, 30))),
        ("daily 00:00", Times(DAILY, time(0))),
        ("daily 23:59", Times(DAILY, time(23, 59))),
        ("DAILY 08:30", Times(DAILY, time(8, 30))),
        ("Weekly MONDAY 17:00", Times(MONDAY, time(17))),
        ("weekly mon 17:00", Times(MONDAY, time(17))),
        ("weekly frid", Times(FRIDAY, time(9))),
        ("daily Europe/Berlin", Times(DAILY, time(9), "Europe/Berlin")),
        ("weekdays 08:30 Europe/Berlin", Times(WEEKDAYS, time(8, 30), "Europe/Berlin")),
        ("weekdays 08:30 EUROPE/berlin", Times(WEEKDAYS, time(8, 30), "Europe/Berlin")),
        ("weekly mon 08:30 america/new york", Times(MONDAY, time(8, 30), "America/New_York")),
        ("daily 08:30 america/argentina/buenos aires", Times(DAILY, time(8, 30), "America/Argentina/Buenos_Aires")),
        ("daily utc", Times(DAILY, time(9), "UTC")),
    ],
)
def test_these_words_name_these_times(text: str, found: Times) -> None:
    assert typed(text) == found


def test_where_nobody_says_when_it_is_nine() -> None:
    assert time(9) == AT_DEFAULT


@pytest.mark.parametrize("day", DAYS)
def test_three_letters_are_a_day_of_the_week(day: str) -> None:
    assert typed(f"weekly {day[:3]}") == typed(f"weekly {day}") == Times(frozenset({DAYS.index(day)}), time(9))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it does not say when"),
        ("noon", "“noon” is not daily, weekdays, weekly, off, preview or now"),
        ("monday 08:30", "“monday” is not daily, weekdays, weekly, off, preview or now"),
        ("weekly", "it does not say on which day; write e.g. weekly monday 08:30"),
        ("weekly 08:30", "“08:30” is not a day of the week"),
        ("weekly mo", "“mo” is not a day of the week"),
        ("weekly t", "“t” is not a day of the week"),
        ("weekly mondays", "“mondays” is not a day of the week"),
        ("off 08:30", "“off” takes nothing more"),
        ("Preview it", "“preview” takes nothing more"),
        ("now please", "“now” takes nothing more"),
        ("daily 24:00", "“24:00” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 08:60", "“08:60” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 8am", "“8am” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 8", "“8” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 0830", "“0830” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 8.30", "“8.30” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 08:30:00", "“08:30:00” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily ٠٨:٣٠", "“٠٨:٣٠” is not a valid time of day; write it as 08:30 or 17:00"),
        ("daily 08:30 Atlantis", f"“Atlantis” {NO_ZONE}"),
        ("daily 08:30 UTC+2", f"“UTC+2” {NO_ZONE}"),
        ("daily 08:30 am", f"“am” {NO_ZONE}"),
    ],
)
def test_other_words_are_unclear_for_a_reason(text: str, reason: str) -> None:
    assert typed(text) == Unclear(reason)


@pytest.mark.parametrize(
    ("text", "zone", "nearest"),
    [
        ("daily 08:30 berlin", "berlin", ("daily 08:30 Europe/Berlin",)),
        ("Weekly Mon Berlin", "Berlin", ("Weekly Mon Europe/Berlin",)),
        ("daily new york", "new york", ("daily America/New_York",)),
        ("daily 08:30 Eurpe/Berlin", "Eurpe/Berlin", ("daily 08:30 Europe/Berlin",)),
        (
            "daily 7:00 indianapolis",
            "indianapolis",
            ("daily 7:00 America/Indiana/Indianapolis", "daily 7:00 America/Indianapolis"),
        ),
    ],
)
def test_a_city_and_a_slip_are_only_suggested(text: str, zone: str, nearest: tuple[str, ...]) -> None:
    assert typed(text) == Unclear(f"“{zone}” {NO_ZONE}", nearest=nearest)
    assert all(isinstance(typed(each), Times) for each in nearest)


def test_times_without_a_zone_are_in_that_of_whoever_asks() -> None:
    assert Times(DAILY, time(8, 30)).of("Asia/Tokyo") == Schedule(DAILY, time(8, 30), "Asia/Tokyo")
    assert Times(DAILY, time(8, 30), "UTC").of("Asia/Tokyo") == Schedule(DAILY, time(8, 30), "UTC")


# Laws

SCHEDULES = st.builds(
    Schedule,
    st.sampled_from([DAILY, WEEKDAYS, *(frozenset({day}) for day in range(7))]),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(zones.names()),
)
WORDS = "daily weekdays weekly mon friday 08:30 9:00 24:00 8 berlin Europe/Berlin new york utc off now preview".split()


@given(SCHEDULES, st.sampled_from([str, str.upper, str.lower]))
def test_what_a_schedule_says_of_itself_is_typed_to_get_it_again(made: Schedule, case: Callable[[str], str]) -> None:
    found = typed(case(str(made)))
    assert isinstance(found, Times)
    assert found.of("Asia/Tokyo") == made


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_every_text_is_times_or_unclear_for_a_reason(text: str) -> None:
    found = typed(text)
    assert isinstance(found, Times) or found.reason


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_suggested_can_be_typed(words: list[str]) -> None:
    found = times(words)
    assert isinstance(found, Times) or all(isinstance(typed(each), Times) for each in found.nearest)


def test_the_time_may_stand_behind_the_zone() -> None:
    assert times("daily Europe/Berlin 08:30".split()) == times("daily 08:30 Europe/Berlin".split())
    found = times("daily berlin 08:30".split())
    assert isinstance(found, Unclear)
    assert found.nearest == ("daily 08:30 Europe/Berlin",)


def test_a_pasted_page_is_not_said_again() -> None:
    found = times(["daily", *["word"] * 500])
    assert isinstance(found, Unclear)
    assert found.reason == "no time zone has so long a name"
