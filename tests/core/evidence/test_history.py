"""A line of the lock changes where there is news alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.evidence.history import GONE_AFTER, Observation, next_check
from bot.core.evidence.lock import QuoteCheck, QuoteKey, QuoteState, UnreadReason
from tests.conftest import examples

KEY = QuoteKey("tea-act", "duty-stays", "gazette", "0123456789abcdef")
DAY = date(2026, 5, 3)
FOUND = Observation(day=DAY, address="a", page="p", places=1, is_verbatim=True)
LOST = replace(FOUND, places=0, is_verbatim=False, page="q")


def unread(reason: UnreadReason, day: int = 0) -> Observation:
    return Observation(day=DAY + timedelta(days=day), address="a", reason=reason)


def on(observation: Observation, day: int) -> Observation:
    return replace(observation, day=DAY + timedelta(days=day))


def after(*observations: Observation) -> QuoteCheck:
    check: QuoteCheck | None = None
    for observation in observations:
        check = next_check(check, KEY, observation)
    assert check is not None
    return check


def told(check: QuoteCheck) -> tuple[str, int, str | None]:
    """State, days since the first, reason."""
    return str(check.state), (check.since - DAY).days, check.reason and str(check.reason)


ABSENT, REFUSED, TIMEOUT, BUSY = UnreadReason.ABSENT, UnreadReason.REFUSED, UnreadReason.TIMEOUT, UnreadReason.BUSY

HISTORIES = {
    "found": ([FOUND], ("verbatim", 0, None)),
    "found again": ([FOUND, on(FOUND, 7), on(FOUND, 14)], ("verbatim", 0, None)),
    "lost": ([FOUND, on(LOST, 7)], ("missing", 7, None)),
    "lost for long": ([FOUND, on(LOST, 7), on(LOST, 14)], ("missing", 7, None)),
    "other typography": ([FOUND, replace(on(FOUND, 7), is_verbatim=False)], ("normalised", 7, None)),
    "absent once": ([FOUND, unread(ABSENT, 7)], ("unreachable", 7, "absent")),
    "absent twice a day": ([unread(ABSENT), unread(ABSENT), unread(ABSENT)], ("unreachable", 0, "absent")),
    "absent for a day": ([unread(ABSENT), unread(ABSENT, 1)], ("unreachable", 0, "absent")),
    "absent for days": ([unread(ABSENT), unread(ABSENT, 1), unread(ABSENT, 3)], ("gone", 3, "absent")),
    "absent for weeks": ([unread(ABSENT), unread(ABSENT, 7), unread(ABSENT, 14)], ("gone", 7, "absent")),
    "absent with a time-out between": ([unread(ABSENT), unread(TIMEOUT, 2), unread(ABSENT, 7)], ("gone", 7, "absent")),
    "absent with a refusal between": (
        [unread(ABSENT), unread(REFUSED, 2), unread(ABSENT, 4)],
        ("unreachable", 4, "absent"),
    ),
    "absent and back": ([unread(ABSENT), on(FOUND, 2), unread(ABSENT, 4)], ("unreachable", 4, "absent")),
    "gone and refused": ([unread(ABSENT), unread(ABSENT, 7), unread(REFUSED, 14)], ("gone", 7, "absent")),
    "gone and back": ([unread(ABSENT), unread(ABSENT, 7), on(FOUND, 14)], ("verbatim", 14, None)),
    "refused for ever": ([unread(REFUSED), unread(REFUSED, 7), unread(REFUSED, 99)], ("unreachable", 0, "refused")),
    "refused, then busy": ([unread(REFUSED), unread(BUSY, 7)], ("unreachable", 0, "refused")),
    "busy, then refused": ([unread(BUSY), unread(REFUSED, 7)], ("unreachable", 7, "refused")),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_what_is_known_after_several_runs(name: str) -> None:
    observations, expected = HISTORIES[name]
    assert told(after(*observations)) == expected


def test_what_it_was_when_the_page_was_read_is_kept_while_it_cannot_be() -> None:
    check = after(FOUND, unread(TIMEOUT, 1), unread(ABSENT, 2), unread(ABSENT, 9))
    assert (check.state, check.before, check.page, check.places) == (QuoteState.GONE, QuoteState.VERBATIM, "p", 1)
    assert after(unread(TIMEOUT)).before is None


def test_a_page_with_other_words_around_the_quote_is_no_news() -> None:
    assert after(FOUND, replace(on(FOUND, 7), page="other")) == after(FOUND)


def test_more_places_and_a_copy_are_news_but_no_change_of_state() -> None:
    for change in ({"places": 2}, {"archived": True}):
        check = after(FOUND, replace(on(FOUND, 7), page="r", **change))
        assert (check.since, check.page) == (DAY, "r")


def test_a_source_with_another_address_begins_anew() -> None:
    check = after(FOUND, replace(unread(ABSENT, 7), address="b"))
    assert (check.address, check.page, check.before) == ("b", None, None)


OBSERVATIONS = st.one_of(st.builds(unread, st.sampled_from(UnreadReason), st.just(0)), st.sampled_from([FOUND, LOST]))


@examples(300)
@given(st.lists(st.tuples(OBSERVATIONS, st.integers(0, 9)), min_size=1, max_size=8))
def test_a_run_that_sees_the_same_again_changes_nothing(steps: list[tuple[Observation, int]]) -> None:
    check, day = None, 0
    for observation, days in steps:
        day += days
        check = next_check(check, KEY, on(observation, day))
        assert next_check(check, KEY, on(observation, day)) is check
        # But for a page that is absent for so long that it is gone.
        again = next_check(check, KEY, on(observation, day + 1))
        assert again is check or again.state is QuoteState.GONE


@examples(300)
@given(st.lists(st.tuples(OBSERVATIONS, st.integers(0, 9)), min_size=1, max_size=8))
def test_a_page_is_gone_only_after_two_absences_days_apart(steps: list[tuple[Observation, int]]) -> None:
    check, day, absences = None, 0, list[int]()
    for observation, days in steps:
        day += days
        absences = [*absences, day] if observation.reason is ABSENT else absences if observation.reason else []
        check = next_check(check, KEY, on(observation, day))
        if check.state is QuoteState.GONE:
            assert absences[-1] - absences[0] >= GONE_AFTER.days
