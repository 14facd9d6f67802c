"""Time zones are suggested by city and by abbreviation, and by spelling only where a word is long enough."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests.time_zones import zone_names
from bot.core.digests.zone_suggestions import (
    ABBREVIATIONS,
    PLACES,
    SUGGESTIONS_MAX,
    is_fixed,
    suggest_zones,
    utc_offset,
)

SUGGESTIONS = [
    # A city that is the last part of a name, alone or behind a region
    ("berlin", ["Europe/Berlin"]),
    ("New York", ["America/New_York"]),
    ("new york city", ["America/New_York"]),
    ("São Paulo", ["America/Sao_Paulo"]),
    ("Eurpe/Berlin", ["Europe/Berlin"]),
    ("indianapolis", ["America/Indiana/Indianapolis", "America/Indianapolis"]),
    # A city that is none
    ("nyc", ["America/New_York"]),
    ("munich", ["Europe/Berlin"]),
    ("München", ["Europe/Berlin"]),
    ("Munich Germany", ["Europe/Berlin"]),
    ("Europe/Munich", ["Europe/Berlin"]),
    ("boston", ["America/New_York"]),
    ("America/Boston", ["America/New_York"]),
    ("beijing", ["Asia/Shanghai"]),
    ("san francisco", ["America/Los_Angeles"]),
    # An abbreviation
    ("ET", ["America/New_York"]),
    ("EST", ["America/New_York"]),
    ("edt", ["America/New_York"]),
    ("eastern", ["America/New_York"]),
    ("CT", ["America/Chicago"]),
    ("CST", ["America/Chicago", "Asia/Shanghai"]),
    ("MT", ["America/Denver"]),
    ("PST", ["America/Los_Angeles"]),
    ("pacific time", ["America/Los_Angeles"]),
    ("BST", ["Europe/London", "Asia/Dhaka"]),
    ("CEST", ["Europe/Berlin"]),
    ("IST", ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("JST", ["Asia/Tokyo"]),
    ("MSK", ["Europe/Moscow"]),
    # A slip
    ("Berlni", ["Europe/Berlin"]),
    ("Europe/Belrin", ["Europe/Berlin"]),
    ("melborne", ["Australia/Melbourne"]),
    ("gutemala", ["America/Guatemala"]),
    # Spelling is no reason where it may be hours off
    ("Atlantis", []),
    ("Fargo", []),
    ("rom", []),
    ("am", []),
    ("", []),
]


@pytest.mark.parametrize(("typed", "zones"), SUGGESTIONS)
def test_these_zones_are_suggested(typed: str, zones: list[str]) -> None:
    assert list(suggest_zones(typed)) == zones


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("UTC+1", 1), ("gmt-5", -5), ("GMT +1", 1), ("+01:00", 1), ("Etc/GMT+1", 1), ("UTC+5:30", 5.5), ("GMT−3", -3)],
)
def test_an_offset_is_ahead_of_utc_with_a_plus(typed: str, hours: float) -> None:
    assert utc_offset(typed) == timedelta(hours=hours)


@pytest.mark.parametrize("typed", ["UTC", "UTC+15", "berlin", "+", "UTC+1 please", "08:30"])
def test_other_words_are_no_offset(typed: str) -> None:
    assert utc_offset(typed) is None


@pytest.mark.parametrize(("name", "fixed"), [("EST", True), ("Etc/GMT+1", True), ("CET", False), ("UTC", False)])
def test_a_fixed_zone_has_no_summer_time(name: str, fixed: bool) -> None:
    assert is_fixed(name) is fixed


def test_every_zone_of_the_tables_exists() -> None:
    named = {zone for zones in [*PLACES, *ABBREVIATIONS.values()] for zone in zones}
    assert named <= {*zone_names()}


@given(st.text(max_size=30) | st.sampled_from([*ABBREVIATIONS, *zone_names()]))
def test_a_suggestion_is_a_place(typed: str) -> None:
    zones = suggest_zones(typed)
    assert len(zones) <= SUGGESTIONS_MAX
    assert all("/" in zone and not zone.startswith("Etc/") for zone in zones)
