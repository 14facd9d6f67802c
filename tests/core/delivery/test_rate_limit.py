"""A workspace is posted to as fast as Slack allows, and not faster."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.delivery.rate_limit import WINDOW, RateLimit, RateLimiter

START = datetime(2025, 5, 12, 7, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)

Calls = list[tuple[str, datetime]]

LIMITS = st.builds(
    RateLimit,
    per_minute=st.integers(1, 6),
    gap=st.sampled_from([timedelta(0), timedelta(seconds=1.05), timedelta(seconds=20), timedelta(seconds=90)]),
)
WANTED = st.lists(
    st.tuples(st.sampled_from("abc"), st.timedeltas(timedelta(0), timedelta(seconds=40))), min_size=1, max_size=40
)
"""A channel each, and how long after the call before somebody wants to post there."""


def seconds(number: float) -> datetime:
    return START + timedelta(seconds=number)


def allowed(limit: RateLimit, calls: Calls) -> bool:
    """What Slack would say of calls, oldest first, each looked at with all that came before it."""
    instants = [at for _, at in calls]
    crowded = any(late - early < WINDOW for early, late in zip(instants, instants[limit.per_minute :], strict=False))
    channels = {channel: [at for each, at in calls if each == channel] for channel, _ in calls}
    close = any(b - a < limit.gap for own in channels.values() for a, b in pairwise(own))
    return not (crowded or close)


def paced(limiter: RateLimiter, wanted: list[tuple[str, timedelta]], now: datetime = START) -> Calls:
    """Every call made at the instant at which the pace lets it through."""
    calls: Calls = []
    for channel, later in wanted:
        now = limiter.next_allowed_at(channel, now + later)
        limiter.record_call(channel, now)
        calls.append((channel, now))
    return calls


# Examples


def test_the_first_call_may_be_made_at_once() -> None:
    assert RateLimiter(RateLimit(1, timedelta(seconds=1))).next_allowed_at("a", START) == START


def test_the_next_call_in_a_channel_waits_for_the_gap_and_one_elsewhere_does_not() -> None:
    limiter = RateLimiter(RateLimit(10, timedelta(seconds=2)), [("a", START)])
    assert limiter.next_allowed_at("a", seconds(0.5)) == seconds(2)
    assert limiter.next_allowed_at("b", seconds(0.5)) == seconds(0.5)


def test_one_call_more_than_a_minute_holds_waits_for_the_first_to_be_a_minute_old() -> None:
    limiter = RateLimiter(RateLimit(2), [("a", START), ("b", seconds(10))])
    assert limiter.next_allowed_at("c", seconds(20)) == seconds(60)
    limiter.record_call("c", seconds(60))
    assert limiter.next_allowed_at("d", seconds(60)) == seconds(70)


def test_calls_that_were_made_at_once_all_count() -> None:
    limiter = RateLimiter(RateLimit(2), [("a", START), ("b", START), ("c", START)])
    assert limiter.next_allowed_at("d", seconds(1)) == seconds(60)


def test_after_a_step_back_the_calls_before_it_count_as_just_made() -> None:
    limiter = RateLimiter(RateLimit(2, timedelta(seconds=1)), [("a", seconds(7200)), ("b", seconds(7201))])
    assert limiter.next_allowed_at("b", START) == seconds(60)
    assert limiter.next_allowed_at("b", seconds(30)) == seconds(60), "they grow old from then on"
    assert limiter.next_allowed_at("b", seconds(60)) == seconds(60)


# Laws


STEPS = st.timedeltas(timedelta(days=-1), timedelta(days=1))


@given(LIMITS, st.lists(st.tuples(st.sampled_from("abc"), STEPS), min_size=1, max_size=40))
def test_however_the_clock_steps_nobody_waits_longer_than_the_window_or_the_gap(
    limit: RateLimit, wanted: list[tuple[str, timedelta]]
) -> None:
    limiter, now = RateLimiter(limit), START
    for channel, step in wanted:
        now += step
        allowed_at = limiter.next_allowed_at(channel, now)
        assert now <= allowed_at <= now + max(WINDOW, limit.gap)
        limiter.record_call(channel, allowed_at)
        now = allowed_at


@given(LIMITS, WANTED, st.timedeltas(timedelta(days=-1), timedelta(0)), WANTED)
def test_a_step_back_lets_no_call_through_sooner(
    limit: RateLimit, before: list[tuple[str, timedelta]], step: timedelta, after: list[tuple[str, timedelta]]
) -> None:
    """In true time, which goes on."""
    limiter = RateLimiter(limit)
    calls = paced(limiter, before)
    later = paced(limiter, after, calls[-1][1] + step)
    assert allowed(limit, [*calls, *((channel, at - step) for channel, at in later)])


@given(LIMITS, WANTED)
def test_no_minute_holds_too_many_and_no_channel_is_hurried(
    limit: RateLimit, wanted: list[tuple[str, timedelta]]
) -> None:
    assert allowed(limit, paced(RateLimiter(limit), wanted))


@given(LIMITS, WANTED)
def test_no_call_is_later_than_it_has_to_be(limit: RateLimit, wanted: list[tuple[str, timedelta]]) -> None:
    calls = paced(RateLimiter(limit), wanted)
    earlier = START
    for place, ((channel, at), (_, later)) in enumerate(zip(calls, wanted, strict=True)):
        sooner = at - TICK
        assert at == earlier + later or not allowed(limit, [*calls[:place], (channel, sooner)])
        earlier = at


@given(LIMITS, WANTED, WANTED)
def test_a_lane_that_starts_anew_goes_on_where_the_one_before_it_was(
    limit: RateLimit, before: list[tuple[str, timedelta]], after: list[tuple[str, timedelta]]
) -> None:
    limiter = RateLimiter(limit)
    calls = paced(limiter, before)
    now = calls[-1][1]
    reach = max(WINDOW, limit.gap)
    recent = [(channel, at) for channel, at in calls if at > now - reach]
    assert paced(RateLimiter(limit, recent), after, now) == paced(limiter, after, now)


@given(LIMITS, WANTED, st.lists(st.sampled_from("abcd"), max_size=5))
def test_asking_changes_nothing(limit: RateLimit, wanted: list[tuple[str, timedelta]], channels: list[str]) -> None:
    limiter = RateLimiter(limit)
    now = paced(limiter, wanted)[-1][1]
    opens = limiter.next_allowed_at("a", now)
    for channel in channels:
        limiter.next_allowed_at(channel, now)
    assert limiter.next_allowed_at("a", now) == opens
