"""What is owed to channels, and what becomes of it, on both databases."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.store.outbox import DUE, OPEN, Delivery, Kind, NewDelivery, QueueName, State
from bot.store.schema import delivery
from bot.store.store import Store, Transaction
from tests.store.moments import NOW, at_once, later, rows

LONG_AGO = later(days=-400)


def owed(
    key: str = "change|T1|C1|ferries|2",
    *,
    channel: str = "C1",
    team: str = "T1",
    queue: QueueName = "post",
    kind: Kind = "change",
    slug: str = "ferries",
    base: int = 1,
    publication: int = 2,
    due_at: datetime = NOW,
    state: State = "pending",
) -> NewDelivery:
    return NewDelivery(key, queue, team, "E1", channel, kind, due_at, slug, base, publication, None, state)


def batch(tx: Transaction, at: datetime = NOW, limit: int = 100) -> list[Delivery]:
    return tx.outbox.due_batch("post", "T1", at, limit)


def added(tx: Transaction, *messages: NewDelivery) -> list[Delivery]:
    tx.outbox.add(messages)
    return [delivery_of(row) for row in rows_of(tx)][-len(messages) :]


def delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})


def again(tx: Transaction, row: Delivery) -> Delivery:
    """The row as it is now."""
    return delivery_of(tx.connection.execute(delivery.select().where(delivery.c.id == row.id)).one())


def rows_of(tx: Transaction) -> list[Row[Any]]:
    return list(tx.connection.execute(delivery.select().order_by(delivery.c.id)))


def states(tx: Transaction) -> list[State]:
    return [row.state for row in rows_of(tx)]


# In


def test_what_is_owed_is_due(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add([owed()])
        (found,) = batch(tx)
    assert {name: getattr(found, name) for name in NewDelivery.__dataclass_fields__} == asdict(owed())
    assert (found.attempts, found.attempt_at) == (0, None)


def test_adding_nothing_adds_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add([])
    assert rows(store, delivery) == []


def test_the_same_key_twice_is_owed_once_as_it_was(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        tx.outbox.mark_sent(row.id, "1.0")
        tx.outbox.add([owed(base=7), owed("other"), owed("other")])
    assert [(row.key, row.base, row.state) for row in rows(store, delivery)] == [
        (owed().key, 1, "sent"),
        ("other", 1, "pending"),
    ]


def test_a_batch_is_what_is_due_by_time_and_then_by_number(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            owed("b", due_at=later(seconds=-1)),
            owed("not yet", due_at=later(microseconds=1)),
            owed("c"),
            owed("a", due_at=later(seconds=-2)),
            owed("d"),
            owed("other team", team="T2"),
            owed("other queue", queue="update"),
        )
        assert [row.key for row in batch(tx)] == ["a", "b", "c", "d"]
        assert [row.key for row in batch(tx, limit=2)] == ["a", "b"]
        assert [row.key for row in tx.outbox.due_batch("update", "T1", NOW, 9)] == ["other queue"]


def test_only_pending_and_unknown_messages_are_due(store: Store) -> None:
    every: list[State] = ["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
    with store.transaction() as tx:
        added(tx, *(owed(state, state=state) for state in every))
        assert [row.key for row in batch(tx)] == list(DUE)
        assert [state for state in every if tx.outbox.is_open(state)] == [s for s in every if s in OPEN]
        assert not tx.outbox.is_open("nothing")


def test_a_lane_says_when_it_has_something_to_do_next(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.outbox.next_due("post", "T1") is None
        added(tx, owed("a", due_at=later(hours=2)), owed("b", due_at=later(hours=1)), owed("c", team="T2"))
        added(tx, owed("d", due_at=LONG_AGO, state="paused"), owed("e", due_at=LONG_AGO, queue="update"))
        assert tx.outbox.next_due("post", "T1") == later(hours=1)


# What becomes of a message


def test_a_claim_marks_the_attempt(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        assert tx.outbox.mark_attempt(row, later(seconds=1))
        (row,) = batch(tx)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 1, later(seconds=1))
        assert tx.outbox.count_resent("T1") == 0
        assert tx.outbox.mark_attempt(row, later(seconds=9), again=True)
        (row,) = batch(tx)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 2, later(seconds=9))
        assert (tx.outbox.count_resent("T1"), tx.outbox.count_resent("T2")) == (1, 0)


def test_a_row_that_somebody_else_tried_since_it_was_read_is_not_claimed(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        assert tx.outbox.mark_attempt(row, NOW)
        assert not tx.outbox.mark_attempt(row, later(seconds=1))
        assert again(tx, row).attempt_at == NOW


def test_what_is_not_due_any_more_is_not_claimed(store: Store) -> None:
    gone: list[State] = ["waiting", "sent", "held", "paused", "superseded", "void", "dead"]
    with store.transaction() as tx:
        for row in added(tx, *(owed(state, state=state) for state in gone)):
            assert not tx.outbox.mark_attempt(row, NOW)
        assert states(tx) == gone


def test_a_message_is_superseded_or_claimed_but_never_both(store: Store) -> None:
    """A newer change and the lane meet at the same row."""
    taken, carried = list[str](), list[str]()
    channels = [f"C{number}" for number in range(30)]
    with store.transaction() as tx:
        found = added(tx, *(owed(f"change|{channel}", channel=channel) for channel in channels))

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
        found = added(tx, *(owed(f"change|{n}", channel=f"C{n}") for n in range(30)))

    def run() -> None:
        for row in found:
            with store.transaction() as tx:
                if tx.outbox.mark_attempt(row, NOW):
                    claimed.append(row.key)

    at_once(run, run)
    assert sorted(claimed) == sorted(row.key for row in found)


def test_what_was_sent_keeps_when_for_the_pace(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.mark_sent(row.id, "1.5")
    (kept,) = rows(store, delivery)
    assert (kept.state, kept.ts, kept.attempt_at, kept.error) == ("sent", "1.5", NOW, None)


def test_what_did_not_arrive_is_tried_later_as_if_never_tried(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.retry_at(row.id, later(seconds=30), "ratelimited")
        assert batch(tx) == []
        (row,) = batch(tx, later(seconds=30))
    assert (row.state, row.attempts, row.attempt_at) == ("pending", 1, None)
    assert rows(store, delivery)[0].error == "ratelimited"


def test_what_may_have_arrived_stays_unknown_with_its_attempt(store: Store) -> None:
    with store.transaction() as tx:
        (row,) = added(tx, owed())
        tx.outbox.mark_attempt(row, NOW)
        tx.outbox.mark_unknown(row.id, later(seconds=3), "dropped")
        assert batch(tx) == []
        (row,) = batch(tx, later(seconds=3))
    assert (row.state, row.attempt_at) == ("unknown", NOW)


def test_what_is_held_waits_for_somebody_to_look(store: Store) -> None:
    with store.transaction() as tx:
        one, two = added(tx, owed("one"), owed("two", team="T2"))
        for row in (one, two):
            tx.outbox.mark_attempt(row, NOW)
            tx.outbox.set_state(row.id, "held", error="missing_scope")
        assert batch(tx, later(days=9)) == []
        tx.outbox.retry_held(later(days=9))
        (row,) = batch(tx, later(days=9))
    assert (row.key, row.state, row.attempt_at) == ("one", "unknown", NOW)


def test_what_was_settled_for_good_is_never_due(store: Store) -> None:
    with store.transaction() as tx:
        void, dead = added(tx, owed("void"), owed("dead"))
        tx.outbox.set_state(void.id, "void")
        tx.outbox.set_state(dead.id, "dead", error="invalid_blocks", attempt_at=None)
        assert batch(tx, later(days=999)) == []
        assert [(row.state, row.error) for row in rows_of(tx)] == [("void", None), ("dead", "invalid_blocks")]


def test_what_waits_for_another_message_becomes_due_once(store: Store) -> None:
    with store.transaction() as tx:
        note, other = added(
            tx, owed("note|1|2", kind="note", state="waiting"), owed("note|2|2", kind="note", state="waiting")
        )
        tx.outbox.unblock("note|1|2", later(minutes=1))
        assert [row.id for row in batch(tx, later(minutes=1))] == [note.id]
        tx.outbox.mark_sent(note.id, "1.0")
        tx.outbox.unblock("note|1|2", later(minutes=2))
        assert states(tx) == ["sent", "waiting"]
        assert batch(tx, later(minutes=2)) == []
        assert tx.outbox.is_open(other.key)


def test_pausing_holds_back_what_is_pending_in_that_channel(store: Store) -> None:
    with store.transaction() as tx:
        one, two, *_ = added(
            tx,
            owed("one"),
            owed("tried"),
            owed("beside", channel="C2"),
            owed("same channel of another team", team="T2"),
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
            owed("a", base=3, publication=4),
            owed("b", base=4, publication=5),
            owed("c", channel="C2", base=4, publication=5, state="paused"),
            owed("d", team="T2", base=4, publication=5),
            owed("other brief", slug="rail", base=4, publication=5),
            owed("parent", kind="parent"),
            owed("refresh", kind="refresh", queue="update"),
        )
        assert tx.outbox.supersede("ferries") == {("T1", "C1"): 3, ("T1", "C2"): 4, ("T2", "C1"): 4}
        assert states(tx) == ["superseded"] * 4 + ["pending"] * 3
        assert tx.outbox.supersede("ferries") == {}


def test_what_was_tried_is_not_taken_back_unless_it_certainly_failed(store: Store) -> None:
    with store.transaction() as tx:
        tried, failed, _ = added(tx, owed("tried"), owed("failed"), owed("sent", state="sent"))
        tx.outbox.mark_attempt(tried, NOW)
        tx.outbox.mark_attempt(failed, NOW)
        tx.outbox.retry_at(failed.id, NOW, "http_503")
        assert tx.outbox.supersede("ferries") == {("T1", "C1"): 1}
        assert states(tx) == ["unknown", "superseded", "sent"]


# Counting and forgetting


def test_messages_are_counted_by_state_and_kind(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            owed("a"),
            owed("b"),
            owed("c", state="sent"),
            owed("d", kind="edit", queue="update"),
            owed("e", team="T2"),
        )
        assert tx.outbox.count_by_state("T1") == {"pending": 3, "sent": 1}
        assert tx.outbox.count_by_state("T1", {"edit"}) == {"pending": 1}
        assert tx.outbox.count_by_state("T3") == {}


def test_what_is_done_with_is_forgotten_and_what_is_owed_never(store: Store) -> None:
    every: list[State] = ["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
    with store.transaction() as tx:
        added(tx, *(owed(state, state=state, due_at=LONG_AGO) for state in every))
        added(tx, owed("parent", kind="parent", state="sent", due_at=LONG_AGO), owed("new", state="sent"))
        tx.outbox.delete_before(NOW)
        assert {row.key for row in rows_of(tx)} == {*OPEN, "parent", "new"}


# Lanes


def test_a_lane_is_idle_when_it_has_work_and_nothing_was_heard_of_it(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, owed("a"), owed("b", team="T2"), owed("c", queue="update"))
        added(tx, owed("d", team="T3", due_at=later(hours=1)), owed("e", team="T4", state="paused"))
        assert set(tx.outbox.stalled_workers(NOW, later(seconds=-5))) == {
            ("post", "T1"),
            ("post", "T2"),
            ("update", "T1"),
        }
        tx.outbox.start_run("post", "T1", later(seconds=-4))
        tx.outbox.next_job_number("post", "T2", later(seconds=-5))
        tx.outbox.start_run("update", "T1", later(seconds=-6))
        assert tx.outbox.stalled_workers(NOW, later(seconds=-5)) == [("update", "T1")]


def test_a_lane_whose_next_job_is_for_later_is_not_idle_before(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, owed())
        tx.outbox.next_job_number("post", "T1", later(minutes=5))
        assert tx.outbox.stalled_workers(later(minutes=5), later(minutes=5)) == []
        assert tx.outbox.stalled_workers(later(minutes=6), later(minutes=6)) == [("post", "T1")]


def test_the_lanes_of_a_stopped_workspace_are_left_alone(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, owed())
        tx.subscriptions.mark_stopped("T1", "invalid_auth")
        assert tx.outbox.stalled_workers(NOW, NOW) == []
        tx.subscriptions.mark_active("T1", None)
        assert tx.outbox.stalled_workers(NOW, NOW) == [("post", "T1")]


def test_runs_are_numbered_lane_by_lane(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.outbox.newest_job_number("post", "T1") == 0
        assert [tx.outbox.next_job_number("post", "T1", NOW) for _ in range(3)] == [1, 2, 3]
        assert tx.outbox.next_job_number("update", "T1", NOW) == 1
        assert tx.outbox.start_run("post", "T1", NOW) == 1
        assert tx.outbox.next_job_number("post", "T1", NOW) == 4
        assert tx.outbox.newest_job_number("post", "T1") == 4


def test_no_two_processes_get_the_same_run(store: Store) -> None:
    got = list[int]()

    def take() -> None:
        for _ in range(10):
            with store.transaction() as tx:
                got.append(tx.outbox.next_job_number("post", "T1", NOW))

    at_once(take, take, take)
    assert sorted(got) == list(range(1, 31))


def test_a_newer_run_fences_the_older_one(store: Store) -> None:
    with store.transaction() as tx:
        older = tx.outbox.start_run("post", "T1", NOW)
        assert tx.outbox.heartbeat("post", "T1", older, NOW)
        newer = tx.outbox.start_run("post", "T1", NOW)
        other = tx.outbox.start_run("update", "T1", NOW)
        assert not tx.outbox.heartbeat("post", "T1", older, NOW)
        assert not tx.outbox.holds_token("post", "T1", older)
        assert tx.outbox.heartbeat("post", "T1", newer, NOW)
        assert tx.outbox.holds_token("post", "T1", newer)
        assert tx.outbox.heartbeat("update", "T1", other, NOW)


def test_no_two_runs_get_the_same_epoch(store: Store) -> None:
    got = list[int]()

    def begin() -> None:
        for _ in range(10):
            with store.transaction() as tx:
                got.append(tx.outbox.start_run("post", "T1", NOW))

    at_once(begin, begin, begin)
    assert sorted(got) == list(range(1, 31))


def test_a_sign_of_life_keeps_a_lane_from_being_idle(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, owed())
        epoch = tx.outbox.start_run("post", "T1", NOW)
        at = later(seconds=10)
        assert tx.outbox.stalled_workers(at, at - timedelta(seconds=5)) == [("post", "T1")]
        tx.outbox.heartbeat("post", "T1", epoch, later(seconds=6))
        assert tx.outbox.stalled_workers(at, at - timedelta(seconds=5)) == []


# Pace


def test_attempts_of_the_last_minute_are_those_of_a_workspace_and_a_queue(store: Store) -> None:
    with store.transaction() as tx:
        found = added(
            tx,
            owed("a", channel="C1"),
            owed("b", channel="C2"),
            owed("too old", channel="C3"),
            owed("failed", channel="C4"),
            owed("never tried", channel="C5"),
            replace(owed("update"), queue="update"),
            owed("other team", team="T2"),
        )
        moments = {0: 10, 1: 5, 2: -60, 3: 7, 5: 8, 6: 9}
        for place, seconds in moments.items():
            tx.outbox.mark_attempt(found[place], later(seconds=seconds))
        tx.outbox.mark_sent(found[0].id, "1.0")
        tx.outbox.retry_at(found[3].id, NOW, "ratelimited")
        attempts = tx.outbox.recent_attempts("post", "T1", later(seconds=-50))
    assert attempts == [("C2", later(seconds=5)), ("C1", later(seconds=10))]


def test_a_gate_opens_when_slack_said_last(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.outbox.backoffs("T1") == {}
        tx.outbox.set_backoff("T1", "chat.postMessage", later(seconds=30))
        tx.outbox.set_backoff("T1", "chat.postMessage", later(seconds=20))
        tx.outbox.set_backoff("T1", "chat.update", later(seconds=5))
        tx.outbox.set_backoff("T2", "chat.update", later(seconds=9))
        assert tx.outbox.backoffs("T1") == {
            "chat.postMessage": later(seconds=20),
            "chat.update": later(seconds=5),
        }
