"""Which conversations were welcomed, on both databases."""

from bot.store.store import Store
from tests.store.moments import NOW, at_once


def test_a_conversation_is_welcomed_once(store: Store) -> None:
    with store.transaction() as tx:
        first = [tx.welcomes.mark_welcomed(*place, NOW) for place in (("T1", "C1"), ("T1", "D1"), ("T2", "C1"))]
    with store.transaction() as tx:
        assert (first, tx.welcomes.mark_welcomed("T1", "C1", NOW)) == ([True, True, True], False)


def test_of_replicas_that_hear_of_it_one_says_it(store: Store) -> None:
    said = list[str]()

    def hear() -> None:
        for number in range(10):
            with store.transaction() as tx:
                if tx.welcomes.mark_welcomed("T1", f"C{number}", NOW):
                    said.append(f"C{number}")

    at_once(hear, hear, hear)
    assert sorted(said) == sorted(f"C{number}" for number in range(10))
