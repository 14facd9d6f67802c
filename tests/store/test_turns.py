"""An announcement waits for an earlier one about the same brief in its channel, on both databases."""

import pytest

from bot.core.delivery.content import ChangePost, ChangeSummary, DeliveryContent, ThreadParent
from bot.store.outbox import State
from bot.store.store import Store, Transaction
from tests.store.deliveries import message, rows_of
from tests.store.moments import NOW, later

FERRIES, HARBOUR = ChangePost("ferries", 1, 2), ChangePost("harbour", 1, 2)
BOTH = ChangeSummary((("ferries", 1), ("harbour", 1)), 2)
NEWER = ChangePost("ferries", 2, 3)


def due_now(tx: Transaction) -> list[DeliveryContent]:
    heads = tx.outbox.heads("post", "T1", NOW)
    return [each.content for each in tx.outbox.read([head.id for head in heads])]


WAITING: list[tuple[DeliveryContent, DeliveryContent]] = [
    (FERRIES, NEWER),
    (BOTH, NEWER),
    (FERRIES, ChangeSummary((("ferries", 2), ("lido", 2)), 3)),
    (BOTH, ChangeSummary((("lido", 2),), 3)),
]
FREE: list[tuple[DeliveryContent, DeliveryContent]] = [
    (HARBOUR, NEWER),
    (BOTH, ChangePost("ferry", 2, 3)),
    (HARBOUR, ChangeSummary((("ferries", 2),), 3)),
    (FERRIES, ThreadParent("ferries", 3)),
]


@pytest.mark.parametrize(("earlier", "newer"), WAITING)
def test_the_newer_one_waits_for_one_that_is_due_later(
    store: Store, earlier: DeliveryContent, newer: DeliveryContent
) -> None:
    with store.transaction() as tx:
        tx.outbox.add([message(earlier, due_at=later(seconds=9)), message(newer)])
        assert (due_now(tx), tx.outbox.next_due("post", "T1")) == ([], later(seconds=9))


@pytest.mark.parametrize(("earlier", "newer"), FREE)
def test_it_waits_for_no_other_brief(store: Store, earlier: DeliveryContent, newer: DeliveryContent) -> None:
    with store.transaction() as tx:
        tx.outbox.add([message(earlier, due_at=later(seconds=9)), message(newer)])
        assert (due_now(tx), tx.outbox.next_due("post", "T1")) == ([newer], NOW)


STATES: dict[State, bool] = {
    "pending": False,
    "unknown": False,
    **dict.fromkeys(("sent", "held", "paused", "superseded", "void", "dead"), True),
}


def test_it_waits_only_for_what_is_still_to_be_sent_or_looked_for(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add([message(FERRIES, due_at=later(seconds=9)), message(NEWER), message(NEWER, channel="C2")])
        number = rows_of(tx)[0].id
        free: dict[State, bool] = {}
        for state in STATES:
            tx.outbox.set_state(number, state)
            free[state] = due_now(tx).count(NEWER) == 2
        assert free == STATES
