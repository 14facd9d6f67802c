"""What becomes of a delivery that Slack does not simply take. The clock is injected."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.core.delivery.content import DigestPage
from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.ports import ApiFailure, Posted
from bot.store.outbox import NewDelivery
from tests.handlers.desk import TEAM, Desk, Row, ferries, harbour
from tests.handlers.replica import MONDAY

HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two channels follow all."""
    desk.slack.add_channel("C2")
    desk.subscribe("all")
    desk.subscribe("all", "C2")
    return desk


def change(state: str, channel: str = "C1", **values: object) -> Row:
    return Row("change", channel, state, **values)  # type: ignore[arg-type]


SENT_AT_ONCE = change("sent", "C2", attempts=1, attempt_s=0)


# Later


def test_where_slack_says_how_long_to_wait_the_whole_workspace_waits_as_long(two: Desk) -> None:
    two.slack.refuse("post", "ratelimited", retry_after=HALF_MINUTE)
    two.edit(ferries(1))
    two.run()
    waiting = [change("pending", due_s=30, attempts=1, error="ratelimited"), change("pending", "C2")]
    assert two.rows() == waiting
    two.wake_at(29.9)
    assert (two.rows(), two.entries("C1"), two.entries("C2")) == (waiting, [], [])
    two.wake_at(30)
    assert two.rows() == [
        change("sent", due_s=30, attempts=2, attempt_s=30),
        change("sent", "C2", attempts=1, attempt_s=30),
    ]
    assert (two.changes("C1"), two.changes("C2")) == ([(0, 1)], [(0, 1)])


@pytest.mark.parametrize(
    ("limit", "pause"), [(RateLimit(10_000, timedelta(seconds=20)), 20), (RateLimit(1), 60)], ids=["gap", "per minute"]
)
@pytest.mark.parametrize("runs", [1, 2])
def test_a_limit_counts_from_slacks_answer(
    desk: Desk, limit: RateLimit, pause: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late the first call arrived, the second one comes a whole pause later; in one run, or in a later one."""
    desk.decide(limits=dict.fromkeys(("post", "update"), limit))
    # No wait is slept: the clock stands still.
    no_wait = replace(desk.services.cadence, inline_wait=timedelta(0))
    desk.services = replace(desk.services, cadence=no_wait)
    post = desk.slack.post

    def post_slowly(*args: Any, **options: Any) -> Posted | ApiFailure:
        desk.set_clock(0.9)
        return post(*args, **options)

    monkeypatch.setattr(desk.slack, "post", post_slowly)
    desk.subscribe("all")
    desk.edit(ferries(1))
    if runs == 2:
        desk.run()
    desk.edit(harbour(1))
    desk.run()
    monkeypatch.undo()
    assert [row.state for row in desk.rows()] == ["sent", "pending"]
    desk.set_clock(pause + 0.8)
    run_worker(desk.services, "post", TEAM)
    assert [row.state for row in desk.rows()] == ["sent", "pending"]
    desk.wake_at(pause + 1)
    assert [row.state for row in desk.rows()] == ["sent", "sent"]


@pytest.mark.parametrize("error", ["service_unavailable", "request_timeout", "unreachable", "http_503"])
def test_without_a_time_to_wait_only_that_delivery_waits_a_second(two: Desk, error: str) -> None:
    two.slack.refuse("post", error)
    two.edit(ferries(1))
    two.run()
    assert two.rows() == [change("pending", due_s=1, attempts=1, error=error), SENT_AT_ONCE]
    assert two.status().waiting == 1
    two.wake_at(1)
    assert two.rows() == [change("sent", due_s=1, attempts=2, attempt_s=1), SENT_AT_ONCE]
    assert (two.changes(), two.status().waiting) == ([(0, 1)], 0)


def test_a_limit_without_a_time_to_wait_holds_the_whole_workspace(two: Desk) -> None:
    no_wait = replace(two.services.cadence, inline_wait=timedelta(0))
    two.services = replace(two.services, cadence=no_wait)
    two.slack.refuse("post", "ratelimited")
    two.edit(ferries(1))
    two.run()
    two.wake_at(0.9)
    assert [row.attempts for row in two.rows()] == [1, 0]
    two.wake_at(1)
    assert [row.state for row in two.rows()] == ["sent", "sent"]


def test_without_a_time_to_wait_the_workspace_waits_ever_longer_up_to_a_minute(two: Desk) -> None:
    """However many deliveries there are: each call of theirs would be refused."""
    no_wait = replace(two.services.cadence, inline_wait=timedelta(0))
    two.services = replace(two.services, cadence=no_wait)
    two.slack.refuse("post", "ratelimited", times=9)
    two.edit(ferries(1))
    calls, last = [], 0
    for second in range(260):
        two.wake_at(second)
        if (attempts := sum(row.attempts for row in two.rows())) > last:
            calls.append(second)
            last = attempts
    assert calls[:9] == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert [row.state for row in two.rows()] == ["sent", "sent"]


def test_each_further_attempt_waits_twice_as_long_up_to_a_minute(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.refuse("post", "http_503", times=11)
    desk.edit(ferries(1))
    instants = [0.0]
    for attempts in range(1, 12):
        desk.wake_at(instants[-1] - 0.001)
        assert [row.attempts for row in desk.rows()] == [attempts - 1]
        desk.wake_at(instants[-1])
        instants.append(desk.rows()[0].due_s)
    assert [after - before for before, after in pairwise(instants)] == [
        *(1, 2, 4, 8, 16, 32),
        *(60, 60, 60, 60, 60),
    ]
    desk.wake_at(instants[-1])
    last = instants[-1]
    assert desk.rows() == [change("sent", due_s=last, attempts=12, attempt_s=last)]
    assert desk.changes() == [(0, 1)]


# Unknown


@pytest.mark.parametrize("arrives", [True, False])
def test_an_attempt_of_unknown_outcome_is_looked_for_and_posted_once(desk: Desk, arrives: bool) -> None:
    desk.subscribe("all")
    desk.slack.drop("post", arrives=arrives)
    desk.edit(ferries(1))
    desk.run()
    unknown = [change("unknown", due_s=6, attempts=1, attempt_s=0, error="dropped")]
    assert desk.rows() == unknown
    desk.wake_at(5.9)
    assert desk.rows() == unknown
    desk.wake_at(6)
    attempts, attempt_s = (1, 0) if arrives else (2, 6)
    assert desk.rows() == [change("sent", due_s=6, attempts=attempts, attempt_s=attempt_s)]
    assert [each.key for each in desk.entries()] == ["change|T1|C1|ferries|2"]


@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
def test_what_slack_calls_its_own_failure_may_have_arrived(desk: Desk, error: str) -> None:
    desk.subscribe("all")
    desk.slack.refuse("post", error)
    desk.edit(ferries(1))
    desk.run()
    assert desk.rows() == [change("unknown", due_s=6, attempts=1, attempt_s=0, error=error)]


def test_where_the_bot_may_not_look_it_is_sent_again_and_that_is_recorded(desk: Desk) -> None:
    lose_sight(desk)
    desk.wake_at(6)
    assert desk.rows() == [change("sent", due_s=6, attempts=2, attempt_s=6, blindly=True)]
    assert desk.changes() == [(0, 1), (0, 1)]


def test_where_the_bot_may_not_look_it_is_held_if_the_operator_prefers(desk: Desk) -> None:
    desk.decide(unconfirmed_posts="hold")
    lose_sight(desk)
    desk.wake_at(6)
    held = [change("held", due_s=6, attempts=1, attempt_s=0, error="missing_scope")]
    assert desk.rows() == held
    desk.wake_at(3600)
    assert (desk.rows(), desk.changes()) == (held, [(0, 1)])
    desk.slack.history = True
    with desk.store.transaction() as tx:
        tx.outbox.retry_held(desk.replica.at)
    desk.wake()
    assert desk.rows() == [change("sent", due_s=3600, attempts=1, attempt_s=0)]
    assert desk.changes() == [(0, 1)]


def lose_sight(desk: Desk) -> None:
    """A post arrives without an answer in a channel that the bot may not read."""
    desk.subscribe("all")
    desk.slack.history = False
    desk.slack.drop("post", arrives=True)
    desk.edit(ferries(1))
    desk.run()


def test_a_rate_limited_look_puts_off_all_looks_of_the_workspace_but_no_post(two: Desk) -> None:
    two.slack.drop("post", arrives=True, times=2)
    two.edit(ferries(1))
    two.run()
    two.slack.refuse("find_posted", "ratelimited", retry_after=HALF_MINUTE)
    two.wake_at(6)
    waiting = [
        change("unknown", due_s=36, attempts=1, attempt_s=0, error="ratelimited"),
        change("unknown", "C2", due_s=6, attempts=1, attempt_s=0, error="dropped"),
    ]
    assert two.rows() == waiting
    two.slack.add_channel("C3")
    two.subscribe("ferries", "C3")
    two.set_clock(7)
    two.edit(ferries(2))
    two.run()
    assert two.rows()[:2] == waiting
    assert two.changes("C3") == [(1, 2)]
    two.wake_at(36)
    assert two.rows()[:2] == [
        change("sent", due_s=36, attempts=1, attempt_s=0),
        change("sent", "C2", due_s=6, attempts=1, attempt_s=0),
    ]
    assert two.changes("C1") == two.changes("C2") == [(0, 1), (1, 2)]


def test_a_look_that_fails_is_repeated_after_the_usual_wait(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.drop("post", arrives=True)
    desk.edit(ferries(1))
    desk.run()
    desk.slack.refuse("find_posted", "http_503")
    desk.wake_at(6)
    assert desk.rows() == [change("unknown", due_s=12, attempts=1, attempt_s=0, error="http_503")]
    desk.wake_at(12)
    assert desk.rows() == [change("sent", due_s=12, attempts=1, attempt_s=0)]
    assert desk.changes() == [(0, 1)]


# Never, or not here


def test_what_slack_does_not_take_at_all_is_given_up_and_the_next_goes_out(two: Desk) -> None:
    two.slack.refuse("post", "invalid_blocks")
    two.edit(ferries(1))
    two.run()
    two.wake_at(3600)
    assert two.rows() == [change("dead", attempts=1, error="invalid_blocks"), SENT_AT_ONCE]
    assert (two.changes("C1"), two.changes("C2")) == ([], [(0, 1)])


def test_a_channel_that_cannot_be_posted_to_is_paused_and_the_next_goes_out(two: Desk) -> None:
    two.slack.archive("C1")
    two.edit(ferries(1))
    two.run()
    assert two.rows() == [
        change("paused", attempts=1, error="is_archived"),
        SENT_AT_ONCE,
        Row("notice", "U1", "sent", attempts=1, attempt_s=0),
    ]
    assert [each.paused for each in two.subscriptions()] == ["is_archived", None]


def test_a_notice_that_cannot_be_posted_is_dead_and_pauses_nobody(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.refuse("post", "messages_tab_disabled")
    desk.hear("channel_rename")
    desk.run()
    assert desk.rows() == [Row("notice", "U1", "dead", attempts=1, error="messages_tab_disabled")]


def test_a_token_that_works_no_more_stops_the_workspace_until_another_works(two: Desk) -> None:
    two.slack.refuse("post", "invalid_auth")
    two.edit(ferries(1))
    two.run()
    stopped = [change("pending", attempts=1, error="invalid_auth"), change("pending", "C2")]
    two.wake_at(3600)
    assert two.rows() == stopped
    with two.store.transaction() as tx:
        assert tx.subscriptions.stop_reason(TEAM) == "invalid_auth"
        tx.subscriptions.mark_active(TEAM, None)
    two.wake()
    assert two.rows() == [
        change("sent", attempts=2, attempt_s=3600),
        change("sent", "C2", attempts=1, attempt_s=3600),
    ]


def test_what_cannot_be_composed_is_dead_and_the_next_goes_out(desk: Desk) -> None:
    desk.subscribe("all")
    unknown_digest = DigestPage(99, 1, 1)
    with desk.store.transaction() as tx:
        tx.outbox.add([NewDelivery(TEAM, None, "C1", unknown_digest, MONDAY)])
    desk.edit(ferries(1))
    desk.run()
    assert desk.rows() == [
        Row("digest", "C1", "dead", error="cannot be composed"),
        change("sent", attempts=1, attempt_s=0),
    ]
    assert desk.changes() == [(0, 1)]
