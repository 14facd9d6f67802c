"""What is owed to channels, and what becomes of it, on both databases."""

from datetime import datetime
from typing import get_args

import pytest

from bot.core.delivery.content import (
    ChangePost,
    ChangeSummary,
    CorrectionNote,
    DeliveryContent,
    DigestPage,
    PauseNotice,
    PostEdit,
    Reply,
    ThreadParent,
    ThreadParentEdit,
)
from bot.store.outbox import DUE, OPEN, Delivery, NewDelivery, QueueName, State
from bot.store.schema import delivery
from bot.store.store import Store, Transaction
from tests.due import due
from tests.store.deliveries import added, again, change, message, rows_of, slugs, states
from tests.store.moments import NOW, at_once, later, rows

LONG_AGO = later(days=-400)
EVERY: tuple[State, ...] = get_args(State)


def batch(tx: Transaction, at: datetime = NOW) -> list[Delivery]:
    return due(tx, "post", "T1", at)


# In


def test_what_is_owed_is_due(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add([change()])
        (found,) = batch(tx)
    assert {name: getattr(found, name) for name in NewDelivery.__dataclass_fields__} == {
        name: getattr(change(), name) for name in NewDelivery.__dataclass_fields__
    }
    assert (found.key, found.queue) == (change().key, "post")
    assert (found.attempts, found.attempt_at) == (0, None)


CONTENTS: list[tuple[DeliveryContent, str, str]] = [
    (ChangePost("ferries", 1, 2), "change|T1|C1|ferries|2", "post"),
    (ChangeSummary((("ferries", 1), ("rail", 0)), 2), "summary|T1|C1|2", "post"),
    (ThreadParent("ferries", 2), "parent|T1|C1|ferries|2", "post"),
    (ThreadParentEdit("ferries", 2), "refresh|T1|C1|ferries|2", "update"),
    (PostEdit(3, 2), "edit|3|2", "update"),
    (CorrectionNote(3, 2), "note|3|2", "post"),
    (PauseNotice("C9", "archived"), "notice|T1|C9|C1|2026-05-12T09:30:00+00:00", "post"),
    (DigestPage(4, 1, 2), "digest|4|1", "post"),
]


@pytest.mark.parametrize(("content", "key", "queue"), CONTENTS, ids=[content.kind for content, *_ in CONTENTS])
def test_each_kind_of_content_comes_back_as_it_was(
    store: Store, content: DeliveryContent, key: str, queue: QueueName
) -> None:
    with store.transaction() as tx:
        tx.outbox.add([message(content)])
        (found,) = due(tx, queue, "T1", NOW)
    assert (found.content, found.key, found.queue) == (content, key, queue)


def test_a_kind_of_another_version_is_left_to_it(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, change())
        poem = {"kind": "poem", "content": '{"kind": "poem", "verses": 4}'}
        tx.connection.execute(delivery.update().values(poem))
        assert batch(tx) == []
        assert tx.outbox.next_due("post", "T1") is None
        assert tx.delivery_workers.stalled(later(days=1)) == []
        assert tx.outbox.supersede("ferries") == {}
        tx.outbox.delete_before(later(days=400), 9)
        assert [(row.kind, row.state) for row in rows_of(tx)] == [("poem", "pending")]


def test_adding_nothing_adds_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add([])
    assert rows(store, delivery) == []


def test_the_same_key_twice_is_owed_once_as_it_was(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        tx.outbox.mark_sent(row.id, "1.0")
        tx.outbox.add([change(after=7), change("other"), change("other")])
        assert [(row.key, row.state) for row in rows_of(tx)] == [
            (change().key, "sent"),
            (change("other").key, "pending"),
        ]
        assert again(tx, row).content == change().content


def reply(number: str) -> Reply:
    return Reply(number, "answer", "Hello.", (), NOW)


def heads(tx: Transaction, at: datetime = NOW) -> list[str]:
    """The slugs or keys of the first due delivery of each channel, by channel."""
    found = sorted(tx.outbox.heads("post", "T1", at), key=lambda each: each.channel)
    return [getattr(row.content, "slug", row.key) for row in tx.outbox.read([each.id for each in found])]


def test_the_first_of_each_channel_is_a_reply_or_else_what_became_due_first(store: Store) -> None:
    with store.transaction() as tx:
        assert heads(tx) == []
        added(
            tx,
            change("second", channel="C1"),
            change("first", channel="C1", due_at=later(seconds=-1)),
            change("later", channel="C2", due_at=later(seconds=1)),
            change("sent", channel="C3", state="sent"),
            change("other worker", channel="C4", team="T2"),
            change("doubtful", channel="C5", state="unknown"),
            change("post", channel="C6", due_at=later(seconds=-9)),
            message(reply("1.2"), channel="C6"),
            message(reply("1.1"), channel="C6", due_at=later(seconds=-1)),
            message(reply("1.3"), channel="C7", due_at=later(seconds=1)),
        )
        assert heads(tx) == ["first", "doubtful", "reply|T1|C6|1.1"]
        assert heads(tx, later(seconds=1)) == [
            "first",
            "later",
            "doubtful",
            "reply|T1|C6|1.1",
            "reply|T1|C7|1.3",
        ]


def test_what_is_read_is_in_the_order_that_was_asked_for_without_what_is_due_no_more(store: Store) -> None:
    with store.transaction() as tx:
        a, b, c = added(tx, change("a"), change("b"), change("c"))
        tx.outbox.mark_sent(b.id, "1.0")
        assert slugs(tx.outbox.read([c.id, b.id, a.id, 999])) == ["c", "a"]


def test_what_is_due_is_told_by_time_and_then_by_number(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            change("b", due_at=later(seconds=-1)),
            change("not yet", due_at=later(microseconds=1)),
            change("c"),
            change("a", due_at=later(seconds=-2)),
            change("d"),
            change("other team", team="T2"),
            message(PostEdit(1, 2)),
        )
        assert slugs(batch(tx)) == ["a", "b", "c", "d"]
        assert [row.key for row in due(tx, "update", "T1", NOW)] == ["edit|1|2"]


def test_only_pending_and_unknown_messages_are_due(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, *(change(state, state=state) for state in EVERY))
        assert slugs(batch(tx)) == list(DUE)


def test_a_parent_is_found_by_the_change_that_waits_for_it(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, *(message(ThreadParent(state, 2), state=state) for state in EVERY), message(ThreadParent("late", 3)))
        assert [tx.outbox.parent_state("T1", "C1", s, 2) for s in EVERY] == list(EVERY)
        elsewhere = [("T2", "C1", "late", 3), ("T1", "C2", "late", 3), ("T1", "C1", "late", 2)]
        assert not any(tx.outbox.parent_state(*place) for place in elsewhere)


def test_a_lane_says_when_it_has_something_to_do_next(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.outbox.next_due("post", "T1") is None
        added(tx, change("a", due_at=later(hours=2)), change("b", due_at=later(hours=1)), change("c", team="T2"))
        added(tx, change("d", due_at=LONG_AGO, state="paused"), message(PostEdit(1, 2), due_at=LONG_AGO))
        assert tx.outbox.next_due("post", "T1") == later(hours=1)


# What becomes of a message


def test_a_claim_marks_the_attempt(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        assert tx.outbox.mark_attempt(row, later(seconds=1))
        (row,) = batch(tx)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 1, later(seconds=1))
        assert tx.delivery_counts.resent("T1") == 0
        assert tx.outbox.mark_attempt(row, later(seconds=9), blindly=True)
        (row,) = batch(tx)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 2, later(seconds=9))
        assert (tx.delivery_counts.resent("T1"), tx.delivery_counts.resent("T2")) == (1, 0)


def test_a_row_that_somebody_else_tried_since_it_was_read_is_not_claimed(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        assert tx.outbox.mark_attempt(row, NOW)
        assert not tx.outbox.mark_attempt(row, later(seconds=1))
        assert again(tx, row).attempt_at == NOW


def test_what_is_not_due_any_more_is_not_claimed(store: Store) -> None:
    gone: list[State] = ["waiting", "sent", "held", "paused", "superseded", "void", "dead"]
    with store.transaction() as tx:
        for row in added(tx, *(change(state, state=state) for state in gone)):
            assert not tx.outbox.mark_attempt(row, NOW)
        assert states(tx) == gone


def test_a_message_is_superseded_or_claimed_but_never_both(store: Store) -> None:
    """A newer change and the lane meet at the same row."""
    taken, carried = list[str](), list[str]()
    channels = [f"C{number}" for number in range(30)]
    with store.transaction() as tx:
        found = added(tx, *(change(channel=channel) for channel in channels))

    def send() -> None:
        for row in found:
            with store.transaction() as tx:
                if tx.outbox.mark_attempt(row, NOW):
                    taken.append(row.channel)

    def publish() -> None:
        with store.transaction() as tx:
            carried.extend(channel for _, channel in tx.outbox.supersede("ferries"))

    at_once(send, publish)
    assert sorted(taken + carried) == sorted(channels)
    assert {row.channel for row in rows(store, delivery) if row.state == "superseded"} == set(carried)


def test_two_that_claim_the_same_messages_get_each_of_them_once(store: Store) -> None:
    claimed = list[str]()
    with store.transaction() as tx:
        found = added(tx, *(change(channel=f"C{n}") for n in range(30)))

    def run() -> None:
        for row in found:
            with store.transaction() as tx:
                if tx.outbox.mark_attempt(row, NOW):
                    claimed.append(row.key)

    at_once(run, run)
    assert sorted(claimed) == sorted(row.key for row in found)


def test_what_was_sent_keeps_when_for_the_pace(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.mark_sent(row.id, "1.5")
    (kept,) = rows(store, delivery)
    assert (kept.state, kept.ts, kept.attempt_at, kept.error) == ("sent", "1.5", NOW, None)


def test_what_did_not_arrive_is_tried_later_as_if_never_tried(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.retry_at(row.id, later(seconds=30), "ratelimited")
        assert batch(tx) == []
        (row,) = batch(tx, later(seconds=30))
    assert (row.state, row.attempts, row.attempt_at) == ("pending", 1, None)
    assert rows(store, delivery)[0].error == "ratelimited"


def test_what_may_have_arrived_stays_unknown_with_its_attempt(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, change())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.mark_unknown(row.id, later(seconds=3), "dropped")
        assert batch(tx) == []
        (row,) = batch(tx, later(seconds=3))
    assert (row.state, row.attempt_at) == ("unknown", NOW)


def test_what_is_held_waits_for_somebody_to_look(store: Store) -> None:
    with store.transaction() as tx:
        one, two = added(tx, change("one"), change("two", team="T2"))
        for row in (one, two):
            tx.outbox.mark_attempt(row, NOW)
            tx.outbox.set_state(row.id, "held", error="missing_scope")
        assert batch(tx, later(days=9)) == []
        tx.outbox.retry_held(later(days=9))
        (row,) = batch(tx, later(days=9))
    assert (row.key, row.state, row.attempt_at) == (change("one").key, "unknown", NOW)


def test_what_was_settled_for_good_is_never_due(store: Store) -> None:
    with store.transaction() as tx:
        void, dead = added(tx, change("void"), change("dead"))
        tx.outbox.set_state(void.id, "void")
        tx.outbox.set_state(dead.id, "dead", error="invalid_blocks", attempt_at=None)
        assert batch(tx, later(days=999)) == []
        assert [(row.state, row.error) for row in rows_of(tx)] == [("void", None), ("dead", "invalid_blocks")]


def test_what_waits_for_another_message_becomes_due_once(store: Store) -> None:
    with store.transaction() as tx:
        note, other = added(tx, *(message(CorrectionNote(post, 2), state="waiting") for post in (1, 2)))
        tx.outbox.unblock("note|1|2", later(minutes=1))
        assert [row.id for row in batch(tx, later(minutes=1))] == [note.id]
        tx.outbox.mark_sent(note.id, "1.0")
        tx.outbox.unblock("note|1|2", later(minutes=2))
        assert states(tx) == ["sent", "waiting"]
        assert batch(tx, later(minutes=2)) == []
        assert [row.id for row in rows_of(tx) if row.state == "waiting"] == [other.id]


def test_pausing_holds_back_what_is_pending_in_that_channel(store: Store) -> None:
    with store.transaction() as tx:
        one, two, *_ = added(
            tx,
            change("one"),
            change("tried"),
            change("beside", channel="C2"),
            change("same channel of another team", team="T2"),
        )
        tx.outbox.mark_attempt(two, NOW)
        tx.outbox.pause("T1", "C1", "is_archived")
        assert states(tx) == ["paused", "unknown", "pending", "pending"]
        tx.outbox.resume("T1", "C1", later(days=2))
        row = rows_of(tx)[0]
        assert (row.id, row.state, row.due_at, row.error) == (one.id, "pending", later(days=2), None)


# Superseding


def test_a_newer_change_takes_back_what_was_not_tried_and_begins_where_it_began(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            change(after=3, publication=4),
            change(after=4, publication=5),
            change(channel="C2", after=4, publication=5, state="paused"),
            change(team="T2", after=4, publication=5),
            change("rail", after=4, publication=5),
            message(ThreadParent("ferries", 5)),
            message(ThreadParentEdit("ferries", 5)),
        )
        assert tx.outbox.supersede("ferries") == {("T1", "C1"): 3, ("T1", "C2"): 4, ("T2", "C1"): 4}
        assert states(tx) == ["superseded"] * 4 + ["pending"] * 3
        assert tx.outbox.supersede("ferries") == {}


def test_what_was_tried_is_not_taken_back_unless_it_certainly_failed(store: Store) -> None:
    with store.transaction() as tx:
        tried, failed, _ = added(tx, change(), change(channel="C2"), change(channel="C3", state="sent"))
        tx.outbox.mark_attempt(tried, NOW)
        tx.outbox.mark_attempt(failed, NOW)
        tx.outbox.retry_at(failed.id, NOW, "http_503")
        assert tx.outbox.supersede("ferries") == {("T1", "C2"): 1}
        assert states(tx) == ["unknown", "superseded", "sent"]


# Counting and forgetting


def test_messages_are_counted_by_state_and_kind(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            change("a"),
            change("b"),
            change("c", state="sent"),
            message(PostEdit(1, 2)),
            change("e", team="T2"),
        )
        assert tx.delivery_counts.by_state("T1") == {"pending": 3}
        assert tx.delivery_counts.by_state("T1", {"edit"}) == {"pending": 1}
        assert tx.delivery_counts.by_state("T3") == {}


def test_what_is_done_with_is_forgotten_and_what_is_owed_never(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, *(change(state, state=state, due_at=LONG_AGO) for state in EVERY))
        added(tx, message(ThreadParent("parent", 2), state="sent", due_at=LONG_AGO), change("new", state="sent"))
        assert (tx.outbox.delete_before(NOW, 3), tx.outbox.delete_before(NOW, 3)) == (3, 2)
        assert {row.slug for row in rows_of(tx)} == {*OPEN, "new"}


def test_a_digest_keeps_its_messages_while_others_go_into_its_thread(store: Store) -> None:
    with store.transaction() as tx:
        pages = [
            message(DigestPage(digest, page, 2), due_at=LONG_AGO, state="sent") for digest in (7, 71) for page in (1, 2)
        ]
        added(tx, *pages, message(DigestPage(7, 3, 2), due_at=LONG_AGO, state="paused"))
        assert tx.outbox.open_digests() == {7}
        assert tx.outbox.delete_before(NOW, 9) == 2
        assert [row.key for row in rows_of(tx)] == ["digest|7|1", "digest|7|2", "digest|7|3"]


# Pace


def test_attempts_of_the_last_minute_are_those_of_a_workspace_and_a_queue(store: Store) -> None:
    with store.transaction() as tx:
        found = added(
            tx,
            change("a", channel="C1"),
            change("b", channel="C2"),
            change("too old", channel="C3"),
            change("failed", channel="C4"),
            change("never tried", channel="C5"),
            message(PostEdit(1, 2)),
            change("other team", team="T2"),
        )
        moments = {0: 10, 1: 5, 2: -60, 3: 7, 5: 8, 6: 9}
        for place, seconds in moments.items():
            tx.outbox.mark_attempt(found[place], later(seconds=seconds))
        tx.outbox.mark_sent(found[0].id, "1.0")
        tx.outbox.retry_at(found[3].id, NOW, "ratelimited")
        attempts = tx.outbox.recent_attempts("post", "T1", later(seconds=-50))
    assert attempts == [("C2", later(seconds=5)), ("C1", later(seconds=10))]
