"""Words for time: what is typed, and the command that it gives; or a list of the commands that are offered, where it is
asked back or suggested. A kind of words is extended by a line."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.command import Ambiguous, Command, DidYouMean, ShowHelp
from bot.core.commands.day_words import DAY_CHARS_MIN, future_day, instant_of, parse_since, parse_until, past_day
from bot.core.commands.digest_commands import SetDigest
from bot.core.commands.parser import parse
from bot.core.commands.time_words import DURATION_MAX, duration_text, parse_clock, parse_duration
from bot.core.digests.schedule import DAYS
from tests.make import brief, corpus

NAMES = corpus(brief("guatemala-deportations", aliases=("guatemala",)), brief("el-salvador-offer")).names
GUATEMALA = "guatemala-deportations"

Rows = list[tuple[str, str | list[str]]]

TIMES_OF_DAY: Rows = [
    ("digest daily 8", "digest daily 08:00"),
    ("digest daily 8am", "digest daily 08:00"),
    ("digest daily 8 a.m.", "digest daily 08:00"),
    ("digest daily 8.30", "digest daily 08:30"),
    ("digest daily 8.30am", "digest daily 08:30"),
    ("digest daily 8:30 pm", "digest daily 20:30"),
    ("digest daily 0830", "digest daily 08:30"),
    ("digest daily 8h30", "digest daily 08:30"),
    ("digest daily 8h", "digest daily 08:00"),
    ("digest daily 12am", "digest daily 00:00"),
    ("digest daily 12pm", "digest daily 12:00"),
    ("digest daily noon", "digest daily 12:00"),
    ("digest daily 8 o'clock", "digest daily 08:00"),
    ("digest daily 9 in the evening", "digest daily 21:00"),
    ("digest daily 08：30", "digest daily 08:30"),
    ("digest daily 08:30.", "digest daily 08:30"),
    ("digest at 8:30", "digest daily 08:30"),
    ("digest “8:30”", "digest daily 08:30"),
    ("digest *daily* (8:30)!", "digest daily 08:30"),
    ("digest daily 8 : 30", "digest daily 08:30"),
    ("digest daily 8 30", "digest daily 08:30"),
    ("digest daily 8.30 Uhr", "digest daily 08:30"),
    ("digest daily 24:00", "digest daily 00:00"),
    ("digest 8", ["digest daily 08:00", "digest daily 20:00"]),
    ("digest 20", "digest daily 20:00"),
    ("digest daily 7:5", ["digest daily 07:05", "digest daily 07:50"]),
    ("digest monday 24:00", ["digest weekly tuesday 00:00", "digest weekly monday 00:00"]),
    ("digest daily 08:30 08:45", ["digest daily 08:30", "digest daily 08:45"]),
]

DAY_WORDS: Rows = [
    ("digest 8:30", "digest daily 08:30"),
    ("digest every day 8:30", "digest daily 08:30"),
    ("digest weekday 08:30", "digest weekdays 08:30"),
    ("digest workdays", "digest weekdays 09:00"),
    ("digest every weekday", "digest weekdays 09:00"),
    ("digest mon-fri 09:00", "digest weekdays 09:00"),
    ("digest monday to friday 09:00", "digest weekdays 09:00"),
    ("digest monday 09:00", "digest weekly monday 09:00"),
    ("digest mondays 9:00", "digest weekly monday 09:00"),
    ("digest 9:00 every monday", "digest weekly monday 09:00"),
    ("digest mo-fr 09:00", "digest weekdays 09:00"),
    ("digest next monday 09:00", "digest weekly monday 09:00"),
    ("digest mon,wed 09:00", "digest weekly mon,wed 09:00"),
    ("digest mon wed", "digest weekly mon,wed 09:00"),
    ("digest weekly monday wednesday 09:00", "digest weekly mon,wed 09:00"),
    ("digest tue and thu 9am", "digest weekly tue,thu 09:00"),
    ("digest weekends 10", "digest weekly sat,sun 10:00"),
    ("digest weekly 09:00", [f"digest weekly {day} 09:00" for day in DAYS[:5]]),
    ("digest wendesday 8:30", ["digest weekly wednesday 08:30"]),
    ("digest dayly 8:30", ["digest daily 08:30"]),
    ("digest weekly mondya 8:30", ["digest weekly monday 08:30"]),
    ("digest tomorrow", ["digest daily 09:00", "digest weekdays 09:00"]),
    ("digest every 2 days", ["digest daily 09:00", "digest weekdays 09:00"]),
    ("digest twice a day", ["digest daily 09:00", "digest weekdays 09:00"]),
    ("digest bi-weekly", ["digest daily 09:00", "digest weekdays 09:00"]),
    ("digest today", ["digest now", "digest daily 09:00"]),
]

ZONES: Rows = [
    ("digest 8:30 berlin", ["digest daily 08:30 Europe/Berlin", "digest daily 08:30"]),
    ("digest 8:30 new york", ["digest daily 08:30 America/New_York", "digest daily 08:30"]),
    ("digest 8:30 Europe/Munich", ["digest daily 08:30 Europe/Berlin", "digest daily 08:30"]),
    ("digest weekdays 8:30 ET", ["digest weekdays 08:30 America/New_York", "digest weekdays 08:30"]),
    (
        "digest weekdays at 8:30 am CET",
        ["digest weekdays 08:30 Europe/Berlin", "digest weekdays 08:30 CET", "digest weekdays 08:30"],
    ),
    (
        "digest weekdays 08:30 EST",
        ["digest weekdays 08:30 America/New_York", "digest weekdays 08:30 EST", "digest weekdays 08:30"],
    ),
    ("digest weekdays 8:30 GMT+1", ["digest weekdays 08:30"]),
    ("digest weekdays 8:30 UTC+1", ["digest weekdays 08:30"]),
    ("digest daily 8:30 utc", "digest daily 08:30 UTC"),
    ("digest daily 8:30 tag:prisons", ["subscribe tag:prisons deliver:digest", "digest daily 08:30"]),
    ("digest 8 berlin", ["digest daily 08:00 Europe/Berlin", "digest daily 20:00 Europe/Berlin"]),
    ("digest daily 8:30 Atlantis", ["digest daily 08:30"]),
    (
        "digest daily 08:30 guatemala",
        [f"subscribe {GUATEMALA} deliver:digest", "digest daily 08:30 America/Guatemala", "digest daily 08:30"],
    ),
]

DIGESTS: Rows = [
    ("digest off", "digest off"),
    ("digest stop", "digest off"),
    ("digest cancel", "digest off"),
    ("digest off #5", "digest off 5"),
    ("digest off 5", "digest off 5"),
    ("digest stop digest 5", "digest off 5"),
    ("digest 5 off", "digest off 5"),
    ("digest off all", "digest off all"),
    ("digest off please", "digest off"),
    ("digest pause", ["digest off"]),
    ("digest send now", "digest now"),
    ("digest list", "subscriptions"),
    ("digest of", ["digest off"]),
    ("digest prewiew", ["digest preview"]),
    ("digest #5", ["digest off 5"]),
    ("digest add daily 8:30", "digest add daily 08:30"),
    ("digest change 5 daily 8:30", "digest change 5 daily 08:30"),
    ("digest change #5 to mondays 9", "digest change 5 weekly monday 09:00"),
    ("digest change daily 8:30", "digest daily 08:30"),
]

MUTES: Rows = [
    ("mute all for 2 days", "mute all for:2d"),
    ("mute all 2d", "mute all for:2d"),
    ("mute #3 2 weeks", "mute #3 for:14d"),
    ("mute #3 for:1 week", "mute #3"),
    ("mute all for an hour", "mute all for:1h"),
    ("mute all for 30 minutes", "mute all for:30min"),
    ("mute for 2 days all", "mute all for:2d"),
    ("mute all for the day", "mute all until:tomorrow"),
    ("mute all today", "mute all until:tomorrow"),
    ("mute all for the rest of the week", "mute all until:next-week"),
    ("mute all until the end of the week", "mute all until:next-week"),
    ("mute all until 1 December 2026", "mute all until:2026-12-01"),
    ("mute all until Dec 1, 2026", "mute all until:2026-12-01"),
    ("mute all until 01.12.2026", "mute all until:2026-12-01"),
    ("mute all until 17:00", "mute all until:17:00"),
    ("mute all until today 5pm", "mute all until:17:00"),
    ("mute all until tomorrow 9am", "mute all until:tomorrow 09:00"),
    ("mute all until friday at 9 am", "mute all until:friday 09:00"),
    ("mute all until 2026-12-01 9:30", "mute all until:2026-12-01 09:30"),
    ("mute “guatemala” 2d", f"mute {GUATEMALA} for:2d"),
    ("mute all until tomorrow", "mute all until:tomorrow"),
    ("mute all until friday", "mute all until:friday"),
    ("mute all until next monday", "mute all until:monday"),
    ("mute all until 2026-12-01", "mute all until:2026-12-01"),
    ("mute guatemala till next week", f"mute {GUATEMALA} until:next-week"),
]

CHANGES: Rows = [
    ("changes since yesterday", "changes since:yesterday"),
    ("changes since monday", "changes since:monday"),
    ("changes since last friday", "changes since:friday"),
    ("changes last week", "changes since:last-week"),
    ("changes this week", "changes since:this-week"),
    ("changes today", "changes since:today"),
    ("changes yesterday", "changes since:yesterday"),
    ("changes monday", "changes since:monday"),
    ("changes 7 days", "changes since:7d"),
    ("changes in the last 7 days", "changes since:7d"),
    ("changes guatemala last month", f"changes {GUATEMALA} since:last-month"),
    ("changes last week guatemala", f"changes {GUATEMALA} since:last-week"),
    ("changes since “yesterday”", "changes since:yesterday"),
    ("changes since 31 May 2025", "changes since:2025-05-31"),
    ("changes past 3 days", "changes since:3d"),
    ("changes since 3 days ago", "changes since:3d"),
    ("changes since:1 week", "changes since:7d"),
    ("changes since: yesterday", "changes since:yesterday"),
    ("changes guatemala since yesterday", f"changes {GUATEMALA} since:yesterday"),
    ("changes since yesterday guatemala", f"changes {GUATEMALA} since:yesterday"),
    ("changes since 2025-05-31", "changes since:2025-05-31"),
]

ROWS: Rows = [*TIMES_OF_DAY, *DAY_WORDS, *ZONES, *DIGESTS, *MUTES, *CHANGES]


def meaning(command: Command) -> str | list[str]:
    """What to type for a command, or for each that is offered instead of one."""
    return list(map(str, command.options)) if isinstance(command, Ambiguous | DidYouMean) else str(command)


@pytest.mark.parametrize(("typed", "meant"), ROWS)
def test_these_words_mean_this_command_or_offer_these(typed: str, meant: str | list[str]) -> None:
    assert meaning(parse(typed, NAMES)) == meant


MEANT = sorted({text for _, texts in ROWS for text in ([texts] if isinstance(texts, str) else texts)})


@pytest.mark.parametrize("meant", MEANT)
def test_what_is_understood_or_offered_can_be_typed(meant: str) -> None:
    command = parse(meant, NAMES)
    # A zone that has no summer time is asked about again, and is among what is offered.
    assert meant in (str(command), *meaning(command))
    assert not isinstance(command, ShowHelp)


WORDS = "daily mon fri weekly at 8 8am 24:00 7:5 08:30 EST GMT+1 berlin UTC off 5 change add to and guatemala x".split()


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_no_time_zone_of_etc_is_ever_offered(words: list[str]) -> None:
    command = parse(" ".join(["digest", *words]), NAMES)
    options = command.options if isinstance(command, Ambiguous | DidYouMean) else (command,)
    zones = [each.spec.zone or "" for each in options if isinstance(each, SetDigest)]
    assert not [zone for zone in zones if zone.startswith("Etc/")]


# Durations and days


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        ("1D", timedelta(days=1)),
        ("2 days", timedelta(days=2)),
        ("a week", timedelta(weeks=1)),
        ("three months", timedelta(days=90)),
        ("90 minutes", timedelta(minutes=90)),
        ("1.5 hours", timedelta(minutes=90)),
        ("half an hour", timedelta(minutes=30)),
        ("3660d", DURATION_MAX),
    ],
)
def test_a_duration_is_a_number_and_its_unit(text: str, length: timedelta) -> None:
    assert parse_duration(text) == parse_since(text) == length
    assert parse_duration(duration_text(length)) == length


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "0h", "-7d", "7m", "1.2d", "3661d", "9999w", "٧d", "soon", "day"])
def test_other_words_are_no_duration(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize("text", ["2025-02-30", "2025", "31/5/2025", "tomorrow", "0d", "mo", ""])
def test_other_words_are_no_past_day(text: str) -> None:
    assert parse_since(text) is None


THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("today", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 25)),
        ("monday", date(2026, 11, 23)),
        ("thursday", date(2026, 11, 19)),
        ("friday", date(2026, 11, 20)),
        ("this week", date(2026, 11, 23)),
        ("last week", date(2026, 11, 16)),
        ("this month", date(2026, 11, 1)),
        ("last month", date(2026, 10, 1)),
    ],
)
def test_a_past_day_is_before_today_but_for_today(name: str, day: date) -> None:
    parsed = parse_since(name)
    assert isinstance(parsed, str)
    assert past_day(parsed, THURSDAY) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("tomorrow", date(2026, 11, 27)),
        ("friday", date(2026, 11, 27)),
        ("thursday", date(2026, 12, 3)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
    ],
)
def test_a_day_to_come_is_after_today(name: str, day: date) -> None:
    parsed = parse_until(name)
    assert isinstance(parsed, str)
    assert future_day(parsed, THURSDAY) == day


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("12:00", "2026-11-26T12:00"),
        ("8:00", "2026-11-27T08:00"),
        ("tomorrow 8am", "2026-11-27T08:00"),
        ("thursday", "2026-12-03T00:00"),
        ("2026-11-26 9:00", "2026-11-26T09:00"),
    ],
)
def test_a_time_to_come_is_the_next_one(typed: str, instant: str) -> None:
    until = parse_until(typed)
    assert until is not None
    assert not isinstance(until, timedelta)
    now = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert f"{instant_of(until, now):%Y-%m-%dT%H:%M}" == instant


@given(st.sampled_from(DAYS), st.integers(DAY_CHARS_MIN, 9))
def test_the_beginning_of_a_day_of_the_week_is_that_day(day: str, size: int) -> None:
    assert parse_since(day[:size]) == parse_until(day[:size]) == day


@given(st.text(max_size=12))
def test_every_text_is_a_time_or_none(text: str) -> None:
    duration = parse_duration(text)
    assert duration is None or timedelta(0) < duration <= DURATION_MAX
    assert all(clock.at.second == 0 for clock in parse_clock(text))
