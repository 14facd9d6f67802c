"""Asks, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.core.asks.ask import AskNoticePlace, NewAsk
from bot.store.store import Store
from tests.store.moments import NOW, at_once

NEW = NewAsk("T1", None, "C1", "U3", '["subscribe",["all"]]', "Europe/Berlin", NOW)
DAY = timedelta(days=1)


def add(store: Store, **fields: object) -> int | None:
    with store.transaction() as tx:
        return tx.asks.add(replace(NEW, **fields), ["U1", "U2"])  # type: ignore[arg-type]


def test_an_open_ask_is_kept_once_however_often_it_is_made_at_once(store: Store) -> None:
    numbers = list[int | None]()
    at_once(*[lambda: numbers.append(add(store))] * 4)
    assert sorted(map(bool, numbers)) == [False, False, False, True]
    # As long as a button holds: more than an index of Postgres takes.
    others = [{"team": "T2"}, {"channel": "C2"}, {"asker": "U4"}, {"command": "ü" * 2000}]
    assert None not in [add(store, **each) for each in others]
    with store.snapshot() as tx:
        assert [tx.asks.nth_newest("T1", "U3", n) for n in (1, 3, 4)] == [NOW, NOW, None]
        assert [tx.asks.nth_newest("T1", None, n) for n in (4, 5)] == [NOW, None]


def test_of_decisions_at_once_one_counts_and_the_same_can_be_asked_again(store: Store) -> None:
    number, decisions = add(store) or 0, list[bool]()

    def decide(by: str) -> None:
        with store.transaction() as tx:
            decisions.append(tx.asks.close(number, "allowed", by, NOW))

    at_once(*[lambda: decide("U1"), lambda: decide("U2")] * 2)
    assert sorted(decisions) == [False, False, False, True]
    again = add(store)
    assert again not in (None, number)
    with store.snapshot() as tx:
        found = tx.asks.find(number)
        assert found is not None
        assert (found.state, found.version, tx.asks.find(999)) == ("allowed", 1, None)


def test_notices_are_remembered_and_old_asks_forgotten_with_them(store: Store) -> None:
    first, second = add(store) or 0, add(store, channel="C2") or 0
    with store.transaction() as tx:
        tx.asks.mark_notice(first, AskNoticePlace("U2", "D1", "1.1"))
        assert tx.asks.notices(first) == [AskNoticePlace("U1", None, None), AskNoticePlace("U2", "D1", "1.1")]
        assert (tx.asks.lapsed(NOW, 5), tx.asks.lapsed(NOW - DAY, 5)) == ([first, second], [])
        assert tx.asks.lapsed(NOW, 1, lock=True) == [first]
        assert tx.asks.close(first, "lapsed", None, NOW)
        assert tx.asks.lapsed(NOW, 5) == [second]
        assert (tx.asks.delete_before(NOW, 5), tx.asks.delete_before(NOW + DAY, 5)) == (0, 1)
        assert (tx.asks.find(first), tx.asks.notices(first), len(tx.asks.notices(second))) == (None, [], 2)


def test_a_decision_that_is_taken_back_is_a_version_of_its_own(store: Store) -> None:
    number = add(store) or 0
    with store.transaction() as tx:
        tx.asks.reopen(number)
        assert tx.asks.close(number, "allowed", "U1", NOW)
        tx.asks.reopen(number)
        found = tx.asks.find(number)
    assert found is not None
    assert (found.state, found.decided_by, found.version) == ("open", None, 2)
