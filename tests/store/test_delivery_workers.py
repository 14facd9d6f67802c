"""Delivery workers: who is woken, which run goes on, and what Slack asks to wait for, on both databases."""

from datetime import datetime, timedelta

import pytest

from bot.core.delivery.content import PostEdit
from bot.core.delivery.waiting import AHEAD_MAX
from bot.store.store import Store
from tests.store.deliveries import added, again, change, message
from tests.store.moments import NOW, at_once, later


def test_a_worker_is_stalled_when_it_has_due_deliveries_and_no_run(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change("a"), change("b", team="T2"), message(PostEdit(1, 2)))
        added(tx, change("d", team="T3", due_at=later(minutes=1)), change("e", team="T4", state="paused"))
        assert set(tx.delivery_workers.stalled(NOW)) == {("post", "T1"), ("post", "T2"), ("update", "T1")}
        tx.delivery_workers.start_run("post", "T1", later(seconds=1))
        tx.delivery_workers.expect_run("post", "T2", later(microseconds=1))
        tx.delivery_workers.start_run("update", "T1", NOW)
        assert tx.delivery_workers.stalled(NOW) == [("update", "T1")]


def test_a_worker_that_waits_is_not_stalled_before_its_time(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change())
        token = tx.delivery_workers.start_run("post", "T1", NOW)
        assert tx.delivery_workers.set_wake_after("post", "T1", token, later(minutes=5))
        assert tx.delivery_workers.stalled(later(minutes=5, microseconds=-1)) == []
        assert tx.delivery_workers.stalled(later(minutes=5)) == [("post", "T1")]


def test_a_worker_without_due_deliveries_is_left_alone_whatever_its_time(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change(due_at=later(hours=1)))
        tx.delivery_workers.start_run("post", "T1", NOW)
        assert tx.delivery_workers.stalled(later(minutes=59)) == []
        assert tx.delivery_workers.stalled(later(hours=1)) == [("post", "T1")]


def test_the_workers_of_a_stopped_workspace_are_left_alone(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change())
        tx.subscriptions.mark_stopped("T1", "invalid_auth")
        assert tx.delivery_workers.stalled(NOW) == []
        tx.subscriptions.mark_active("T1", None)
        assert tx.delivery_workers.stalled(NOW) == [("post", "T1")]


def test_a_run_that_is_expected_ends_none_that_goes_on(store: Store) -> None:
    with store.transaction() as tx:
        token = tx.delivery_workers.start_run("post", "T1", NOW)
        tx.delivery_workers.expect_run("post", "T1", later(seconds=5))
        assert tx.delivery_workers.holds_token("post", "T1", token)


def test_a_newer_run_fences_the_older_one(store: Store) -> None:
    with store.transaction() as tx:
        workers = tx.delivery_workers
        older = workers.start_run("post", "T1", NOW)
        assert workers.set_wake_after("post", "T1", older, NOW)
        newer = workers.start_run("post", "T1", NOW)
        other = workers.start_run("update", "T1", NOW)
        assert not workers.set_wake_after("post", "T1", older, NOW)
        assert not workers.holds_token("post", "T1", older)
        assert workers.set_wake_after("post", "T1", newer, NOW)
        assert workers.holds_token("post", "T1", newer)
        assert workers.set_wake_after("update", "T1", other, NOW)


def test_no_two_runs_get_the_same_token(store: Store) -> None:
    tokens = list[int]()

    def begin() -> None:
        for _ in range(10):
            with store.transaction() as tx:
                tokens.append(tx.delivery_workers.start_run("post", "T1", NOW))

    at_once(begin, begin, begin)
    assert sorted(tokens) == list(range(1, 31))


def test_a_heartbeat_keeps_a_worker_from_being_stalled(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change())
        token = tx.delivery_workers.start_run("post", "T1", later(seconds=5))
        assert tx.delivery_workers.stalled(later(seconds=10)) == [("post", "T1")]
        tx.delivery_workers.set_wake_after("post", "T1", token, later(seconds=11))
        assert tx.delivery_workers.stalled(later(seconds=10)) == []


def test_a_back_off_lasts_until_what_slack_said_last(store: Store) -> None:
    with store.transaction() as tx:
        workers = tx.delivery_workers
        assert workers.backoffs("T1") == {}
        workers.set_backoff("T1", "chat.postMessage", later(seconds=30), NOW)
        workers.set_backoff("T1", "chat.postMessage", later(seconds=20), NOW)
        workers.set_backoff("T1", "chat.update", later(seconds=5), NOW)
        workers.set_backoff("T2", "chat.update", later(seconds=9), NOW)
        assert workers.backoffs("T1") == {
            "chat.postMessage": later(seconds=20),
            "chat.update": later(seconds=5),
        }


# Clocks that have stepped back

AHEAD = [AHEAD_MAX + timedelta(microseconds=1), timedelta(hours=2), timedelta(days=400)]


@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_a_worker_whose_instants_lie_too_far_ahead_is_stalled(store: Store, ahead: timedelta) -> None:
    with store.transaction() as tx:
        added(tx, change("a", due_at=NOW + ahead), change("b", team="T2"))
        assert tx.delivery_workers.stalled(NOW) == [("post", "T1"), ("post", "T2")]
        tx.delivery_workers.start_run("post", "T1", NOW + ahead)
        tx.delivery_workers.expect_run("post", "T2", NOW + ahead)
        assert set(tx.delivery_workers.stalled(NOW)) == {("post", "T1"), ("post", "T2")}


@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_what_is_due_too_far_ahead_is_due_now_and_other_instants_stay(store: Store, ahead: timedelta) -> None:
    soon, other = NOW + AHEAD_MAX, NOW + ahead
    with store.transaction() as tx:
        mistaken, waiting, paused, of_others = added(
            tx,
            change("a", due_at=other),
            change("b", due_at=soon),
            change("c", due_at=other, state="paused"),
            change("d", team="T2", due_at=other),
        )
        tx.delivery_workers.correct_instants("post", "T1", NOW)
        assert [again(tx, each).due_at for each in (mistaken, waiting, paused, of_others)] == [NOW, soon, other, other]


def test_attempts_ahead_count_as_made_now_while_their_outcome_is_unknown_and_else_as_long_ago(store: Store) -> None:
    with store.transaction() as tx:
        unknown, held, sent, earlier = added(tx, *(change(slug) for slug in ("a", "b", "c", "d")))
        for each in (unknown, held, sent):
            tx.outbox.mark_attempt(each, later(hours=2))
        tx.outbox.set_state(held.id, "held")
        tx.outbox.mark_sent(sent.id, "1.0")
        tx.outbox.mark_attempt(earlier, later(seconds=-3))
        tx.delivery_workers.correct_instants("post", "T1", NOW)
        assert [again(tx, each).attempt_at for each in (unknown, held, earlier)] == [NOW, NOW, later(seconds=-3)]
        assert tx.outbox.recent_attempts("post", "T1", later(minutes=-1)) == [
            ("C1", later(seconds=-3)),
            ("C1", NOW),
            ("C1", NOW),
        ]
        assert again(tx, sent).attempt_at is not None, "an attempt was made"


@pytest.mark.parametrize(
    ("asked_at", "opens_at", "holds"),
    [
        (NOW, later(minutes=30), True),
        (later(seconds=1), later(hours=1), True),
        (later(minutes=-59), later(minutes=1), True),
        (later(seconds=2), later(seconds=30), False),
        (later(hours=2), later(hours=3), False),
        (NOW, later(days=1000), False),
    ],
)
def test_a_back_off_holds_unless_slack_asked_later_than_now_or_for_too_long(
    store: Store, asked_at: datetime, opens_at: datetime, holds: bool
) -> None:
    with store.transaction() as tx:
        tx.delivery_workers.set_backoff("T1", "chat.update", opens_at, asked_at)
        tx.delivery_workers.set_backoff("T2", "chat.update", later(days=9), later(days=9))
        tx.delivery_workers.correct_instants("post", "T1", NOW)
        assert tx.delivery_workers.backoffs("T1") == ({"chat.update": opens_at} if holds else {})
        assert tx.delivery_workers.backoffs("T2") != {}
