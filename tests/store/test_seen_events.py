"""Which events were seen, on both databases."""

from datetime import timedelta

from bot.store import seen_events
from bot.store.store import Store
from tests.store.moments import NOW, at_once


def test_an_event_is_seen_once(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.seen_events.mark_event_seen("Ev1", NOW)
        assert not tx.seen_events.mark_event_seen("Ev1", NOW)
        assert tx.seen_events.mark_event_seen("Ev2", NOW)


def test_a_message_is_handled_by_one_and_again_where_that_one_dies(store: Store) -> None:
    """`busy` for as long as whoever took it may be at work; `done` once it is handled."""
    soon, late = NOW + timedelta(seconds=1.9), NOW + timedelta(seconds=2)
    with store.transaction() as tx:
        assert [tx.seen_events.take("M1", at) for at in (NOW, soon, late, late)] == ["taken", "busy", "taken", "busy"]
        assert not tx.seen_events.mark_done("M1", NOW)
        assert tx.seen_events.mark_done("M1", late)
        assert tx.seen_events.take("M1", late + timedelta(hours=1)) == "done"
        assert tx.seen_events.take("M2", late) == "taken"


def test_what_a_clock_that_went_wrong_has_taken_is_taken_again(store: Store) -> None:
    with store.transaction() as tx:
        tx.seen_events.take("M1", NOW + timedelta(hours=2))
        assert tx.seen_events.take("M1", NOW) == "taken"


def test_of_replicas_that_get_the_same_event_one_handles_it(store: Store) -> None:
    handled = list[str]()

    def hear() -> None:
        for number in range(10):
            with store.transaction() as tx:
                if tx.seen_events.mark_event_seen(f"Ev{number}", NOW):
                    handled.append(f"Ev{number}")

    at_once(hear, hear, hear)
    assert sorted(handled) == sorted(f"Ev{number}" for number in range(10))


def test_an_event_is_remembered_for_as_long_as_slack_repeats_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.seen_events.mark_event_seen("Ev1", NOW)
        tx.seen_events.delete_before(NOW + seen_events.RETENTION, 9)
        assert not tx.seen_events.mark_event_seen("Ev1", NOW)
        tx.seen_events.delete_before(NOW + seen_events.RETENTION + timedelta(seconds=1), 9)
        assert tx.seen_events.mark_event_seen("Ev1", NOW)
