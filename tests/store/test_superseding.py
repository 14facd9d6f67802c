"""What a newer announcement replaces in one channel, on both databases."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.core.delivery.content import ChangeSummary
from bot.store.outbox import NewDelivery, State
from bot.store.schema import delivery
from bot.store.store import Store, Transaction
from tests.store.deliveries import added, change, message, states
from tests.store.moments import NOW, at_once, later, rows

SENT: Mapping[str, Any] = {"state": "sent", "attempt_at": NOW}


def summary(publication: int, channel: str = "C1", state: State = "pending", **starts: int) -> NewDelivery:
    return message(ChangeSummary(tuple(starts.items()), publication), channel=channel, state=state)


def outcome(tx: Transaction, publication: int, **values: Any) -> None:
    """What became of the messages of a publication."""
    tx.connection.execute(delivery.update().where(delivery.c.publication == publication).values(**values))


def test_the_briefs_with_posts_that_wait_are_known(store: Store) -> None:
    slugs = [f"brief-{number}" for number in range(600)]
    with store.transaction() as tx:
        added(tx, change("brief-0"), change("brief-599", channel="C2", state="paused"), change("brief-1", state="sent"))
        tried, _ = added(tx, change("brief-2"), change("other"))
        tx.outbox.mark_attempt(tried, NOW)
        assert tx.outbox.waiting_briefs(slugs) == {"brief-0", "brief-599"}
        assert tx.outbox.waiting_briefs([]) == set()


def test_all_that_waits_in_a_channel_is_replaced_from_where_it_began(store: Store) -> None:
    with store.transaction() as tx:
        added(
            tx,
            summary(3, ferries=1, rail=2),
            change("ferries", after=3, publication=4, state="paused"),
            change("roads", after=4, publication=5),
            change("roads", channel="C2"),
            change("roads", team="T2"),
        )
        assert tx.outbox.supersede_channel("T1", "C1") == {"ferries": 1, "rail": 2, "roads": 4}
        assert states(tx) == ["superseded"] * 3 + ["pending"] * 2
        assert tx.outbox.supersede_channel("T1", "C1") == {}


@pytest.mark.parametrize("values", [SENT, {"state": "unknown", "attempt_at": NOW}, {"state": "dead"}], ids=str)
def test_what_a_later_message_has_told_more_of_stays(store: Store, values: Mapping[str, Any]) -> None:
    with store.transaction() as tx:
        added(
            tx,
            change("ferries", after=1, publication=2),
            summary(3, ferries=2, rail=2),
            change("roads", after=2, publication=4),
            change("rail", after=3, publication=5),
        )
        outcome(tx, 5, **values)
        assert tx.outbox.supersede_channel("T1", "C1") == {"roads": 2}
        assert states(tx) == ["pending", "pending", "superseded", values["state"]]


@pytest.mark.parametrize("state", ["void", "superseded"])
def test_what_told_nothing_keeps_nothing(store: Store, state: State) -> None:
    with store.transaction() as tx:
        added(tx, change("ferries", after=1, publication=2), change("ferries", after=2, publication=3))
        outcome(tx, 3, state=state)
        assert tx.outbox.supersede_channel("T1", "C1") == {"ferries": 1}


@pytest.mark.parametrize(
    ("state", "starts"), [("pending", {}), ("sent", {}), ("void", {("T1", "C1"): 1}), ("superseded", {("T1", "C1"): 1})]
)
def test_a_post_that_a_summary_follows_is_not_replaced_by_a_post(
    store: Store, state: State, starts: Mapping[tuple[str, str], int]
) -> None:
    with store.transaction() as tx:
        added(tx, change("ferries", after=1, publication=2), summary(3, ferries=2), change("ferries", channel="C2"))
        outcome(tx, 3, state=state)
        assert tx.outbox.supersede("ferries") == {**starts, ("T1", "C2"): 1}


def test_a_message_is_replaced_or_sent_but_never_both(store: Store) -> None:
    """A newer summary and the worker meet at the same rows."""
    sent, starts = set[str](), dict[str, int]()
    slugs = [f"brief-{number:02}" for number in range(30)]
    with store.transaction() as tx:
        deliveries = added(tx, *(change(slug) for slug in slugs))

    def send() -> None:
        for slug, row in zip(slugs, deliveries, strict=True):
            with store.transaction() as tx:
                if tx.outbox.mark_attempt(row, later(seconds=1)):
                    sent.add(slug)

    def publish() -> None:
        with store.transaction() as tx:
            starts.update(tx.outbox.supersede_channel("T1", "C1"))

    at_once(send, publish)
    assert sorted([*sent, *starts]) == slugs == sorted({*sent, *starts})
    assert sum(row.state == "superseded" for row in rows(store, delivery)) == len(starts)
