"""Whatever happens between publications and posts, every change is in some post that was sent or is still owed."""

from collections.abc import Sequence
from typing import Literal, assert_never

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.store import outbox
from bot.store.outbox import OPEN, NewDelivery
from bot.store.schema import delivery
from bot.store.store import Store
from tests.store.moments import NOW

CHANNELS = ("C1", "C2")
Fate = Literal["sent", "later", "unknown", "held", "paused"]
Event = Literal["publish", "gone", "back", "look"] | tuple[int, Fate]
"""Something is published; the first channel cannot be reached, or can be again; somebody looks at what is held; or the
lane takes one of the due messages, and that becomes of it."""

fates = st.sampled_from(["sent", "later", "unknown", "held", "paused"])
events: st.SearchStrategy[list[Event]] = st.lists(
    st.one_of(
        st.just("publish"),
        st.sampled_from(["publish", "gone", "back", "look"]),
        st.tuples(st.integers(0, 3), fates),
    ),
    max_size=25,
)


def test_no_change_is_lost(store: Store) -> None:
    @settings(max_examples=50)
    @given(events)
    def check(happening: Sequence[Event]) -> None:
        with store.writing() as connection:
            connection.execute(delivery.delete())
            published = 0
            for event in happening:
                published += event == "publish"
                happen(connection, event, published)
                for channel in CHANNELS:
                    assert covered(connection, channel) >= set(range(1, published + 1))

    check()


def happen(connection: Connection, event: Event, published: int) -> None:
    match event:
        case "publish":
            announce(connection, published)
        case "gone":
            outbox.pause(connection, "T1", "C1", "is_archived")
        case "back":
            outbox.resume(connection, "T1", "C1", NOW)
        case "look":
            outbox.retry_held(connection, NOW)
        case (place, fate):
            take(connection, place, fate)
        case _:
            assert_never(event)


def announce(connection: Connection, number: int) -> None:
    """As `on_revision` does."""
    before = outbox.supersede(connection, "ferries")
    outbox.add(
        connection,
        [
            NewDelivery(
                key=f"change|T1|{channel}|ferries|{number}",
                queue="post",
                team="T1",
                enterprise=None,
                channel=channel,
                kind="change",
                due_at=NOW,
                slug="ferries",
                base=before.get(("T1", channel), number - 1),
                publication=number,
            )
            for channel in CHANNELS
        ],
    )


def take(connection: Connection, place: int, fate: Fate) -> None:
    """As a lane does."""
    due = outbox.due_batch(connection, "post", "T1", NOW, 4)
    if place >= len(due) or not outbox.mark_attempt(connection, due[place], NOW):
        return
    number = due[place].id
    match fate:
        case "sent":
            outbox.mark_sent(connection, number, "1.0")
        case "later":
            outbox.retry_at(connection, number, NOW, "ratelimited")
        case "unknown":
            outbox.mark_unknown(connection, number, NOW, "dropped")
        case "held":
            outbox.set_state(connection, number, "held")
        case "paused":
            outbox.set_state(connection, number, "paused", attempt_at=None)
        case _:
            assert_never(fate)


def covered(connection: Connection, channel: str) -> set[int]:
    """The publications whose changes were sent to a channel, or are still owed to it."""
    query = delivery.select().where(delivery.c.channel == channel, delivery.c.state.in_(["sent", *OPEN]))
    return {number for row in connection.execute(query) for number in range(row.base + 1, row.publication + 1)}
