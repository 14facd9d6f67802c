"""What becomes of a delivery that Slack does not simply take. The clock is injected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.core.delivery.content import DigestPage
from bot.handlers.delivery.send_delivery import send_delivery
from bot.handlers.delivery.worker_run import WorkerRun
from bot.store.outbox import Delivery, NewDelivery
from tests.handlers.desk import TEAM, Desk, Row, ferries
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


@pytest.mark.parametrize("error", ["service_unavailable", "request_timeout", "unreachable", "http_503", "ratelimited"])
def test_without_a_time_to_wait_only_that_delivery_waits_a_second(two: Desk, error: str) -> None:
    two.slack.refuse("post", error)
    two.edit(ferries(1))
    two.run()
    assert two.rows() == [change("pending", due_s=1, attempts=1, error=error), SENT_AT_ONCE]
    assert two.status().waiting == 1
    two.wake_at(1)
    assert two.rows() == [change("sent", due_s=1, attempts=2, attempt_s=1), SENT_AT_ONCE]
    assert (two.changes(), two.status().waiting) == ([(0, 1)], 0)


def test_each_further_attempt_waits_twice_as_long_up_to_five_minutes(desk: Desk) -> None:
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
        *(1, 2, 4, 8, 16, 32, 64, 128, 256),
        *(300, 300),
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
    assert desk.rows() == [change("unknown", due_s=8, attempts=1, attempt_s=0, error="http_503")]
    desk.wake_at(8)
    assert desk.rows() == [change("sent", due_s=8, attempts=1, attempt_s=0)]
    assert desk.changes() == [(0, 1)]


# Never, or not here


def test_an_error_that_nobody_knows_kills_the_delivery_and_the_next_goes_out(two: Desk) -> None:
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


# Edits


@pytest.fixture
def shared(desk: Desk) -> Desk:
    """An answer was shared; nobody follows anything."""
    desk.ask("legal ferries share")
    return desk


def test_a_corrected_post_is_edited_before_its_note_goes_out(shared: Desk) -> None:
    shared.slack.refuse("update", "http_503")
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert shared.rows() == [
        Row("edit", "C1", "pending", due_s=1, attempts=1, error="http_503"),
        Row("note", "C1", "waiting"),
    ]
    shared.wake_at(1)
    assert shared.rows() == [
        Row("edit", "C1", "sent", due_s=1, attempts=2, attempt_s=1),
        Row("note", "C1", "sent", due_s=1, attempts=1, attempt_s=1),
    ]
    post, note = shared.entries()
    assert (post.edits, "There were 1 ferries" in post.text, note.thread_ts) == (1, True, post.ts)
    assert shared.uneditable() == [None]


def test_an_edit_of_unknown_outcome_is_made_again_without_a_look(shared: Desk) -> None:
    shared.slack.history = False
    shared.slack.drop("update", arrives=True)
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert shared.rows()[0] == Row("edit", "C1", "pending", due_s=1, attempts=1, error="dropped")
    shared.wake_at(1)
    assert shared.rows()[0] == Row("edit", "C1", "sent", due_s=1, attempts=2, attempt_s=1)
    post, _ = shared.entries()
    assert post.edits == 2


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message", "message_not_found"])
def test_the_note_of_a_post_that_cannot_be_edited_goes_out_alone_and_says_so(shared: Desk, error: str) -> None:
    (post,) = shared.entries()
    shared.slack.lock("C1", post.ts, error)
    shared.edit(ferries(1, "correction"))
    shared.run()
    edit, note = Row("edit", "C1", "dead", attempts=1, error=error), Row("note", "C1", "sent", attempts=1, attempt_s=0)
    assert (shared.rows(), shared.uneditable()) == ([edit, note], [error])
    shared.edit(ferries(2, "correction"))
    shared.run()
    assert shared.rows() == [edit, note, note]
    assert shared.entries()[0] == post
    assert shared.status().uneditable == 1
    notes = shared.slack.texts("C1", post.ts)
    assert ["cannot be edited" in text for text in notes] == [True, True]
    assert ["now reads “There were 1 ferries" in text for text in notes] == [True, False]


def test_a_post_that_somebody_deleted_stops_no_other_correction(shared: Desk) -> None:
    shared.slack.add_channel("C2")
    shared.ask("legal ferries share", channel="C2")
    shared.slack.delete("C1", shared.entries()[0].ts)
    shared.edit(ferries(1, "correction"))
    shared.run()
    assert [(row.kind, row.channel, row.state) for row in shared.rows()] == [
        ("edit", "C1", "dead"),
        ("note", "C1", "sent"),
        ("edit", "C2", "sent"),
        ("note", "C2", "sent"),
    ]
    post, note = shared.entries("C2")
    assert (post.edits, "Corrected 11 May 2026: was" in post.text, note.thread_ts) == (1, True, post.ts)
    assert shared.uneditable() == ["message_not_found", None]


def test_a_thread_whose_parent_cannot_be_edited_gives_way_to_another(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    desk.run()
    parent = desk.entries()[0]
    desk.slack.lock("C1", parent.ts)
    desk.edit(ferries(2))
    desk.run()
    assert desk.rows()[-1] == Row("refresh", "C1", "void", attempts=1, error="edit_window_closed")
    parents = [each for each in desk.entries() if each.thread_ts is None]
    assert [len(desk.slack.texts("C1", each.ts)) for each in parents] == [1, 1]


# Two runs at once


def test_a_run_that_a_newer_one_has_replaced_sends_nothing(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    older, newer = begin(desk), begin(desk)
    (delivery,) = due(desk)
    send_delivery(delivery, older)
    assert (desk.rows(), desk.entries(), older.stopped) == ([change("pending")], [], True)
    send_delivery(delivery, newer)
    assert (desk.rows(), newer.stopped) == ([change("sent", attempts=1, attempt_s=0)], False)


def test_a_delivery_that_was_marked_since_it_was_read_is_not_sent_again(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    run, (delivery,) = begin(desk), due(desk)
    send_delivery(delivery, run)
    send_delivery(delivery, run)
    assert desk.rows() == [change("sent", attempts=1, attempt_s=0)]
    assert desk.changes() == [(0, 1)]


def test_a_run_that_is_replaced_between_mark_and_call_does_not_call(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))

    def newer_run_begins() -> None:
        desk.set_clock(2)
        begin(desk)

    older = begin(desk)
    older.services = replace(desk.services, now=after_mark(desk, newer_run_begins))
    (delivery,) = due(desk)
    send_delivery(delivery, older)
    assert desk.rows() == [change("unknown", attempts=1, attempt_s=0)]
    assert (desk.entries(), older.stopped) == ([], True)
    desk.wake_at(6)
    assert desk.rows() == [change("sent", attempts=2, attempt_s=6)]
    assert desk.changes() == [(0, 1)]


def test_an_attempt_that_took_long_to_mark_is_marked_again_before_the_call(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    run = begin(desk)
    run.services = replace(desk.services, now=after_mark(desk, lambda: desk.set_clock(2)))
    (delivery,) = due(desk)
    send_delivery(delivery, run)
    assert desk.rows() == [change("sent", attempts=2, attempt_s=2)]
    assert desk.changes() == [(0, 1)]


def begin(desk: Desk) -> WorkerRun:
    """A run of the worker of posts."""
    with desk.store.transaction() as tx:
        return WorkerRun(tx, desk.services, "post", TEAM)


def due(desk: Desk) -> list[Delivery]:
    with desk.store.snapshot() as tx:
        return tx.outbox.due_batch("post", TEAM, desk.replica.at, 10)


def after_mark(desk: Desk, happen: Callable[[], None]) -> Callable[[], datetime]:
    """A clock, at whose first look after an attempt was marked something happens."""
    events = [happen]

    def now() -> datetime:
        if events and desk.rows()[0].state == "unknown":
            events.pop()()
        return desk.replica.at

    return now
