"""Which events were seen, on both databases."""

from datetime import timedelta

from bot.store import seen_events
from bot.store.store import Store
from tests.store.moments import NOW, at_once


def test_an_event_is_seen_once(store: Store) -> None:
    with store.writing() as connection:
        assert seen_events.mark_event_seen(connection, "Ev1", NOW)
        assert not seen_events.mark_event_seen(connection, "Ev1", NOW)
        assert seen_events.mark_event_seen(connection, "Ev2", NOW)


def test_of_replicas_that_get_the_same_event_one_handles_it(store: Store) -> None:
    handled = list[str]()

    def hear() -> None:
        for number in range(10):
            with store.writing() as connection:
                if seen_events.mark_event_seen(connection, f"Ev{number}", NOW):
                    handled.append(f"Ev{number}")

    at_once(hear, hear, hear)
    assert sorted(handled) == sorted(f"Ev{number}" for number in range(10))


def test_an_event_is_remembered_for_as_long_as_slack_repeats_it(store: Store) -> None:
    with store.writing() as connection:
        seen_events.mark_event_seen(connection, "Ev1", NOW)
        seen_events.delete_before(connection, NOW + seen_events.RETENTION)
        assert not seen_events.mark_event_seen(connection, "Ev1", NOW)
        seen_events.delete_before(connection, NOW + seen_events.RETENTION + timedelta(seconds=1))
        assert seen_events.mark_event_seen(connection, "Ev1", NOW)
