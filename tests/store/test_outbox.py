"""What is owed to channels, and what becomes of it, on both databases."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from bot.store import outbox, subscriptions
from bot.store.outbox import DUE, OPEN, Delivery, Kind, NewDelivery, QueueName, State
from bot.store.schema import delivery
from bot.store.store import Store
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


def batch(connection: Connection, at: datetime = NOW, limit: int = 100) -> list[Delivery]:
    return outbox.due_batch(connection, "post", "T1", at, limit)


def added(connection: Connection, *messages: NewDelivery) -> list[Delivery]:
    outbox.add(connection, messages)
    return [delivery_of(row) for row in rows_of(connection)][-len(messages) :]


def delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})


def again(connection: Connection, row: Delivery) -> Delivery:
    """The row as it is now."""
    return delivery_of(connection.execute(delivery.select().where(delivery.c.id == row.id)).one())


def rows_of(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(delivery.select().order_by(delivery.c.id)))


def states(connection: Connection) -> list[State]:
    return [row.state for row in rows_of(connection)]


# In


def test_what_is_owed_is_due(store: Store) -> None:
    with store.writing() as connection:
        outbox.add(connection, [owed()])
        (found,) = batch(connection)
    assert {name: getattr(found, name) for name in NewDelivery.__dataclass_fields__} == asdict(owed())
    assert (found.attempts, found.attempt_at) == (0, None)


def test_adding_nothing_adds_nothing(store: Store) -> None:
    with store.writing() as connection:
        outbox.add(connection, [])
    assert rows(store, delivery) == []


def test_the_same_key_twice_is_owed_once_as_it_was(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        outbox.mark_sent(connection, row.id, "1.0")
        outbox.add(connection, [owed(base=7), owed("other"), owed("other")])
    assert [(row.key, row.base, row.state) for row in rows(store, delivery)] == [
        (owed().key, 1, "sent"),
        ("other", 1, "pending"),
    ]


def test_a_batch_is_what_is_due_by_time_and_then_by_number(store: Store) -> None:
    with store.writing() as connection:
        added(
            connection,
            owed("b", due_at=later(seconds=-1)),
            owed("not yet", due_at=later(microseconds=1)),
            owed("c"),
            owed("a", due_at=later(seconds=-2)),
            owed("d"),
            owed("other team", team="T2"),
            owed("other queue", queue="update"),
        )
        assert [row.key for row in batch(connection)] == ["a", "b", "c", "d"]
        assert [row.key for row in batch(connection, limit=2)] == ["a", "b"]
        assert [row.key for row in outbox.due_batch(connection, "update", "T1", NOW, 9)] == ["other queue"]


def test_only_pending_and_unknown_messages_are_due(store: Store) -> None:
    every: list[State] = ["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
    with store.writing() as connection:
        added(connection, *(owed(state, state=state) for state in every))
        assert [row.key for row in batch(connection)] == list(DUE)
        assert [state for state in every if outbox.is_open(connection, state)] == [s for s in every if s in OPEN]
        assert not outbox.is_open(connection, "nothing")


def test_a_lane_says_when_it_has_something_to_do_next(store: Store) -> None:
    with store.writing() as connection:
        assert outbox.next_due(connection, "post", "T1") is None
        added(connection, owed("a", due_at=later(hours=2)), owed("b", due_at=later(hours=1)), owed("c", team="T2"))
        added(connection, owed("d", due_at=LONG_AGO, state="paused"), owed("e", due_at=LONG_AGO, queue="update"))
        assert outbox.next_due(connection, "post", "T1") == later(hours=1)


# What becomes of a message


def test_a_claim_marks_the_attempt(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        assert outbox.mark_attempt(connection, row, later(seconds=1))
        (row,) = batch(connection)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 1, later(seconds=1))
        assert outbox.count_resent(connection, "T1") == 0
        assert outbox.mark_attempt(connection, row, later(seconds=9), again=True)
        (row,) = batch(connection)
        assert (row.state, row.attempts, row.attempt_at) == ("unknown", 2, later(seconds=9))
        assert (outbox.count_resent(connection, "T1"), outbox.count_resent(connection, "T2")) == (1, 0)


def test_a_row_that_somebody_else_tried_since_it_was_read_is_not_claimed(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        assert outbox.mark_attempt(connection, row, NOW)
        assert not outbox.mark_attempt(connection, row, later(seconds=1))
        assert again(connection, row).attempt_at == NOW


def test_what_is_not_due_any_more_is_not_claimed(store: Store) -> None:
    gone: list[State] = ["waiting", "sent", "held", "paused", "superseded", "void", "dead"]
    with store.writing() as connection:
        for row in added(connection, *(owed(state, state=state) for state in gone)):
            assert not outbox.mark_attempt(connection, row, NOW)
        assert states(connection) == gone


def test_a_message_is_superseded_or_claimed_but_never_both(store: Store) -> None:
    """A newer change and the lane meet at the same row."""
    taken, carried = list[str](), list[str]()
    channels = [f"C{number}" for number in range(30)]
    with store.writing() as connection:
        found = added(connection, *(owed(f"change|{channel}", channel=channel) for channel in channels))

    def send() -> None:
        for row in found:
            with store.writing() as connection:
                if outbox.mark_attempt(connection, row, NOW):
                    taken.append(row.channel)

    def publish() -> None:
        with store.writing() as connection:
            carried.extend(channel for _, channel in outbox.supersede(connection, "ferries"))

    at_once(send, publish)
    assert sorted(taken + carried) == sorted(channels)
    assert {row.channel for row in rows(store, delivery) if row.state == "superseded"} == set(carried)


def test_two_that_claim_the_same_messages_get_each_of_them_once(store: Store) -> None:
    claimed = list[str]()
    with store.writing() as connection:
        found = added(connection, *(owed(f"change|{n}", channel=f"C{n}") for n in range(30)))

    def run() -> None:
        for row in found:
            with store.writing() as connection:
                if outbox.mark_attempt(connection, row, NOW):
                    claimed.append(row.key)

    at_once(run, run)
    assert sorted(claimed) == sorted(row.key for row in found)


def test_what_was_sent_keeps_when_for_the_pace(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        outbox.mark_attempt(connection, row, NOW)
        outbox.mark_sent(connection, row.id, "1.5")
    (kept,) = rows(store, delivery)
    assert (kept.state, kept.ts, kept.attempt_at, kept.error) == ("sent", "1.5", NOW, None)


def test_what_did_not_arrive_is_tried_later_as_if_never_tried(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        outbox.mark_attempt(connection, row, NOW)
        outbox.retry_at(connection, row.id, later(seconds=30), "ratelimited")
        assert batch(connection) == []
        (row,) = batch(connection, later(seconds=30))
    assert (row.state, row.attempts, row.attempt_at) == ("pending", 1, None)
    assert rows(store, delivery)[0].error == "ratelimited"


def test_what_may_have_arrived_stays_unknown_with_its_attempt(store: Store) -> None:
    with store.writing() as connection:
        (row,) = added(connection, owed())
        outbox.mark_attempt(connection, row, NOW)
        outbox.mark_unknown(connection, row.id, later(seconds=3), "dropped")
        assert batch(connection) == []
        (row,) = batch(connection, later(seconds=3))
    assert (row.state, row.attempt_at) == ("unknown", NOW)


def test_what_is_held_waits_for_somebody_to_look(store: Store) -> None:
    with store.writing() as connection:
        one, two = added(connection, owed("one"), owed("two", team="T2"))
        for row in (one, two):
            outbox.mark_attempt(connection, row, NOW)
            outbox.set_state(connection, row.id, "held", error="missing_scope")
        assert batch(connection, later(days=9)) == []
        outbox.retry_held(connection, later(days=9))
        (row,) = batch(connection, later(days=9))
    assert (row.key, row.state, row.attempt_at) == ("one", "unknown", NOW)


def test_what_was_settled_for_good_is_never_due(store: Store) -> None:
    with store.writing() as connection:
        void, dead = added(connection, owed("void"), owed("dead"))
        outbox.set_state(connection, void.id, "void")
        outbox.set_state(connection, dead.id, "dead", error="invalid_blocks", attempt_at=None)
        assert batch(connection, later(days=999)) == []
        assert [(row.state, row.error) for row in rows_of(connection)] == [("void", None), ("dead", "invalid_blocks")]


def test_what_waits_for_another_message_becomes_due_once(store: Store) -> None:
    with store.writing() as connection:
        note, other = added(
            connection, owed("note|1|2", kind="note", state="waiting"), owed("note|2|2", kind="note", state="waiting")
        )
        outbox.unblock(connection, "note|1|2", later(minutes=1))
        assert [row.id for row in batch(connection, later(minutes=1))] == [note.id]
        outbox.mark_sent(connection, note.id, "1.0")
        outbox.unblock(connection, "note|1|2", later(minutes=2))
        assert states(connection) == ["sent", "waiting"]
        assert batch(connection, later(minutes=2)) == []
        assert outbox.is_open(connection, other.key)


def test_pausing_holds_back_what_is_pending_in_that_channel(store: Store) -> None:
    with store.writing() as connection:
        one, two, *_ = added(
            connection,
            owed("one"),
            owed("tried"),
            owed("beside", channel="C2"),
            owed("same channel of another team", team="T2"),
        )
        outbox.mark_attempt(connection, two, NOW)
        outbox.pause(connection, "T1", "C1", "is_archived")
        assert states(connection) == ["paused", "unknown", "pending", "pending"]
        outbox.resume(connection, "T1", "C1", later(days=2))
        row = rows_of(connection)[0]
        assert (row.id, row.state, row.due_at, row.error) == (one.id, "pending", later(days=2), None)


# Superseding


def test_a_newer_change_takes_back_what_was_not_tried_and_begins_where_it_began(store: Store) -> None:
    with store.writing() as connection:
        added(
            connection,
            owed("a", base=3, publication=4),
            owed("b", base=4, publication=5),
            owed("c", channel="C2", base=4, publication=5, state="paused"),
            owed("d", team="T2", base=4, publication=5),
            owed("other brief", slug="rail", base=4, publication=5),
            owed("parent", kind="parent"),
            owed("refresh", kind="refresh", queue="update"),
        )
        assert outbox.supersede(connection, "ferries") == {("T1", "C1"): 3, ("T1", "C2"): 4, ("T2", "C1"): 4}
        assert states(connection) == ["superseded"] * 4 + ["pending"] * 3
        assert outbox.supersede(connection, "ferries") == {}


def test_what_was_tried_is_not_taken_back_unless_it_certainly_failed(store: Store) -> None:
    with store.writing() as connection:
        tried, failed, _ = added(connection, owed("tried"), owed("failed"), owed("sent", state="sent"))
        outbox.mark_attempt(connection, tried, NOW)
        outbox.mark_attempt(connection, failed, NOW)
        outbox.retry_at(connection, failed.id, NOW, "http_503")
        assert outbox.supersede(connection, "ferries") == {("T1", "C1"): 1}
        assert states(connection) == ["unknown", "superseded", "sent"]


# Counting and forgetting


def test_messages_are_counted_by_state_and_kind(store: Store) -> None:
    with store.writing() as connection:
        added(
            connection,
            owed("a"),
            owed("b"),
            owed("c", state="sent"),
            owed("d", kind="edit", queue="update"),
            owed("e", team="T2"),
        )
        assert outbox.count_by_state(connection, "T1") == {"pending": 3, "sent": 1}
        assert outbox.count_by_state(connection, "T1", {"edit"}) == {"pending": 1}
        assert outbox.count_by_state(connection, "T3") == {}


def test_what_is_done_with_is_forgotten_and_what_is_owed_never(store: Store) -> None:
    every: list[State] = ["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
    with store.writing() as connection:
        added(connection, *(owed(state, state=state, due_at=LONG_AGO) for state in every))
        added(connection, owed("parent", kind="parent", state="sent", due_at=LONG_AGO), owed("new", state="sent"))
        outbox.delete_before(connection, NOW)
        assert {row.key for row in rows_of(connection)} == {*OPEN, "parent", "new"}


# Lanes


def test_a_lane_is_idle_when_it_has_work_and_nothing_was_heard_of_it(store: Store) -> None:
    with store.writing() as connection:
        added(connection, owed("a"), owed("b", team="T2"), owed("c", queue="update"))
        added(connection, owed("d", team="T3", due_at=later(hours=1)), owed("e", team="T4", state="paused"))
        assert set(outbox.stalled_workers(connection, NOW, later(seconds=-5))) == {
            ("post", "T1"),
            ("post", "T2"),
            ("update", "T1"),
        }
        outbox.start_run(connection, "post", "T1", later(seconds=-4))
        outbox.next_job_number(connection, "post", "T2", later(seconds=-5))
        outbox.start_run(connection, "update", "T1", later(seconds=-6))
        assert outbox.stalled_workers(connection, NOW, later(seconds=-5)) == [("update", "T1")]


def test_a_lane_whose_next_job_is_for_later_is_not_idle_before(store: Store) -> None:
    with store.writing() as connection:
        added(connection, owed())
        outbox.next_job_number(connection, "post", "T1", later(minutes=5))
        assert outbox.stalled_workers(connection, later(minutes=5), later(minutes=5)) == []
        assert outbox.stalled_workers(connection, later(minutes=6), later(minutes=6)) == [("post", "T1")]


def test_the_lanes_of_a_stopped_workspace_are_left_alone(store: Store) -> None:
    with store.writing() as connection:
        added(connection, owed())
        subscriptions.mark_stopped(connection, "T1", "invalid_auth")
        assert outbox.stalled_workers(connection, NOW, NOW) == []
        subscriptions.mark_active(connection, "T1", None)
        assert outbox.stalled_workers(connection, NOW, NOW) == [("post", "T1")]


def test_runs_are_numbered_lane_by_lane(store: Store) -> None:
    with store.writing() as connection:
        assert outbox.newest_job_number(connection, "post", "T1") == 0
        assert [outbox.next_job_number(connection, "post", "T1", NOW) for _ in range(3)] == [1, 2, 3]
        assert outbox.next_job_number(connection, "update", "T1", NOW) == 1
        assert outbox.start_run(connection, "post", "T1", NOW) == 1
        assert outbox.next_job_number(connection, "post", "T1", NOW) == 4
        assert outbox.newest_job_number(connection, "post", "T1") == 4


def test_no_two_processes_get_the_same_run(store: Store) -> None:
    got = list[int]()

    def take() -> None:
        for _ in range(10):
            with store.writing() as connection:
                got.append(outbox.next_job_number(connection, "post", "T1", NOW))

    at_once(take, take, take)
    assert sorted(got) == list(range(1, 31))


def test_a_newer_run_fences_the_older_one(store: Store) -> None:
    with store.writing() as connection:
        older = outbox.start_run(connection, "post", "T1", NOW)
        assert outbox.heartbeat(connection, "post", "T1", older, NOW)
        newer = outbox.start_run(connection, "post", "T1", NOW)
        other = outbox.start_run(connection, "update", "T1", NOW)
        assert not outbox.heartbeat(connection, "post", "T1", older, NOW)
        assert not outbox.holds_token(connection, "post", "T1", older)
        assert outbox.heartbeat(connection, "post", "T1", newer, NOW)
        assert outbox.holds_token(connection, "post", "T1", newer)
        assert outbox.heartbeat(connection, "update", "T1", other, NOW)


def test_no_two_runs_get_the_same_epoch(store: Store) -> None:
    got = list[int]()

    def begin() -> None:
        for _ in range(10):
            with store.writing() as connection:
                got.append(outbox.start_run(connection, "post", "T1", NOW))

    at_once(begin, begin, begin)
    assert sorted(got) == list(range(1, 31))


def test_a_sign_of_life_keeps_a_lane_from_being_idle(store: Store) -> None:
    with store.writing() as connection:
        added(connection, owed())
        epoch = outbox.start_run(connection, "post", "T1", NOW)
        at = later(seconds=10)
        assert outbox.stalled_workers(connection, at, at - timedelta(seconds=5)) == [("post", "T1")]
        outbox.heartbeat(connection, "post", "T1", epoch, later(seconds=6))
        assert outbox.stalled_workers(connection, at, at - timedelta(seconds=5)) == []


# Pace


def test_attempts_of_the_last_minute_are_those_of_a_workspace_and_a_queue(store: Store) -> None:
    with store.writing() as connection:
        found = added(
            connection,
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
            outbox.mark_attempt(connection, found[place], later(seconds=seconds))
        outbox.mark_sent(connection, found[0].id, "1.0")
        outbox.retry_at(connection, found[3].id, NOW, "ratelimited")
        attempts = outbox.recent_attempts(connection, "post", "T1", later(seconds=-50))
    assert attempts == [("C2", later(seconds=5)), ("C1", later(seconds=10))]


def test_a_gate_opens_when_slack_said_last(store: Store) -> None:
    with store.writing() as connection:
        assert outbox.backoffs(connection, "T1") == {}
        outbox.set_backoff(connection, "T1", "chat.postMessage", later(seconds=30))
        outbox.set_backoff(connection, "T1", "chat.postMessage", later(seconds=20))
        outbox.set_backoff(connection, "T1", "chat.update", later(seconds=5))
        outbox.set_backoff(connection, "T2", "chat.update", later(seconds=9))
        assert outbox.backoffs(connection, "T1") == {
            "chat.postMessage": later(seconds=20),
            "chat.update": later(seconds=5),
        }
