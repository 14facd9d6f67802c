"""`briefbot schedule`, as somebody types it before a change of the clocks."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from freezegun import freeze_time

from bot.__main__ import main
from bot.cli.schedule import EXAMPLE

WORKS = f"briefbot schedule {EXAMPLE}"
NO_ZONE = "is not a valid time zone; write its IANA name, e.g. Europe/Berlin or America/New_York"

BUENOS_AIRES = [f"briefbot schedule daily 09:00 America/{each}Buenos_Aires" for each in ("Argentina/", "")]


@dataclass(frozen=True)
class Outcome:
    """How it ended, and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda *arguments: Outcome(main(["schedule", *arguments]), *capsys.readouterr())


def lines(*rows: tuple[str, str, str]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


# What it prints


def test_times_keep_to_the_wall_clock(run: Run) -> None:
    expected = lines(
        ("2025-03-28T07:30:00Z", "2025-03-28T08:30:00+01:00", "Europe/Berlin"),
        ("2025-03-31T06:30:00Z", "2025-03-31T08:30:00+02:00", "Europe/Berlin"),
    )
    outcome = run("weekdays 08:30 Europe/Berlin", "--after", "2025-03-27T07:30:00Z", "--count", "2")
    assert outcome == Outcome(0, expected, "")


def test_a_time_in_a_gap_is_shown_as_the_clock_shows_it_then(run: Run) -> None:
    outcome = run("daily 02:30 Europe/Berlin", "--after", "2025-03-29T12:00:00Z", "--count", "1")
    assert outcome.out == lines(("2025-03-30T01:00:00Z", "2025-03-30T03:00:00+02:00", "Europe/Berlin"))


def test_words_may_be_one_argument_or_several(run: Run) -> None:
    after = ("--after", "2025-03-27T07:30:00Z")
    whole = run("weekly fri 17:00 america/new york", *after)
    assert run("weekly", "fri", "17:00", "america/new", "york", *after) == whole
    assert whole.out.startswith("2025-03-28T21:00:00Z\t2025-03-28T17:00:00-04:00\tAmerica/New_York\n")


def test_five_times_are_shown_where_nobody_says_how_many(run: Run) -> None:
    assert run("daily UTC", "--after", "2025-03-27T07:30:00Z").out.count("\n") == 5


def test_an_instant_may_have_any_offset(run: Run) -> None:
    same = ["2025-03-27T07:30:00Z", "2025-03-27T08:30:00+01:00", "2025-03-27T07:30+00:00", "20250327T073000Z"]
    assert len({run("daily UTC", "--after", each) for each in same}) == 1


@pytest.mark.parametrize(("now", "first"), [("11:59:59", "2026-05-11"), ("12:00:00", "2026-05-12")])
def test_without_an_instant_the_next_times_are_those_after_now(run: Run, now: str, first: str) -> None:
    with freeze_time(f"2026-05-11T{now}Z"):
        out = run("daily 12:00 UTC", "--count", "1").out
    assert out.startswith(f"{first}T12:00:00Z\t")


def test_the_last_times_of_the_calendar_are_all_there_are(run: Run) -> None:
    outcome = run("daily UTC", "--after", "9999-12-30T00:00:00Z", "--count", "9" * 30)
    assert outcome == Outcome(0, lines(("9999-12-30T09:00:00Z", "9999-12-30T09:00:00+00:00", "UTC")), "")


def test_no_time_left_is_nothing_found(run: Run) -> None:
    assert run("daily UTC", "--after", "9999-12-31T23:59:59Z") == Outcome(1, "", "")


# What is wrong


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("weekdays 08:30", f"“weekdays 08:30” has no time zone; add its IANA name, e.g. {WORKS}"),
        ("daily 08:30 berlin", f"“berlin” {NO_ZONE}; did you mean briefbot schedule daily 08:30 Europe/Berlin?"),
        ("daily buenos aires", f"“buenos aires” {NO_ZONE}; did you mean {' or '.join(BUENOS_AIRES)}?"),
        ("daily Atlantis", f"“Atlantis” {NO_ZONE}; a valid one: {WORKS}"),
        ("daily 25:00 UTC", f"“25:00” is not a valid time of day; write it as 08:30 or 17:00; a valid one: {WORKS}"),
        ("", f"it does not say when; a valid one: {WORKS}"),
    ],
)
def test_words_that_are_unclear_are_answered_with_what_to_type(run: Run, words: str, says: str) -> None:
    assert run(words) == Outcome(2, "", f"briefbot: {says}\n")


@pytest.mark.parametrize(
    "text", ["tomorrow", "", "2025-03-27", "2025-03-27T07:30:00", "07:30Z", "1743060600", "9999-12-31T23:00:00-05:00"]
)
def test_an_instant_without_its_offset_is_none(run: Run, text: str) -> None:
    says = f"--after is “{text}”, which is not an ISO 8601 time with Z or an offset, e.g. 2026-03-29T06:30:00Z"
    assert run("daily UTC", "--after", text) == Outcome(2, "", f"briefbot: {says}\n")


@pytest.mark.parametrize("count", ["0", "-1"])
def test_a_count_below_one_is_refused(run: Run, count: str) -> None:
    assert run("daily UTC", "--count", count) == Outcome(2, "", f"briefbot: --count is {count}; it must be 1 or more\n")


@pytest.mark.parametrize("arguments", [[], ["daily UTC", "--count", "many"], ["daily UTC", "--after"]])
def test_other_arguments_are_answered_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["schedule", *arguments])
    assert capsys.readouterr().err.startswith("usage: briefbot schedule")


def test_the_example_works(run: Run) -> None:
    assert run(EXAMPLE).code == 0
