"""Vectors of claims, on both databases."""

from bot.store.claim_vectors import CHUNK
from bot.store.publications import Publication
from bot.store.store import Store
from tests.make import VOCABULARY, brief
from tests.store.moments import NOW, at_once


def load(store: Store, model: str, *revisions: str) -> dict[str, bytes]:
    with store.snapshot() as tx:
        return {key: each for part in tx.claim_vectors.load(model, revisions) for key, each in part.items()}


def add(store: Store, model: str, **vectors: bytes) -> None:
    with store.transaction() as tx:
        tx.claim_vectors.add(model, vectors)


def test_the_vectors_of_one_model_are_not_those_of_another(store: Store) -> None:
    add(store, "m1", a=b"\x00\x80\xff", b=b"")
    add(store, "m2", a=b"other")
    add(store, "m2")
    assert load(store, "m1", "a", "b", "c") == {"a": b"\x00\x80\xff", "b": b""}
    assert load(store, "m2", "a", "b", "c") == {"a": b"other"}
    assert load(store, "m1") == {}


def test_what_another_process_has_stored_stays(store: Store) -> None:
    add(store, "m", a=b"first")
    add(store, "m", a=b"second", b=b"second")
    assert load(store, "m", "a", "b") == {"a": b"first", "b": b"second"}


def test_processes_may_store_the_same_at_once(store: Store) -> None:
    def store_some() -> None:
        for _ in range(5):
            add(store, "m", a=b"x", b=b"y")

    at_once(store_some, store_some, store_some)
    assert load(store, "m", "a", "b") == {"a": b"x", "b": b"y"}


def test_more_revisions_than_one_query_takes_are_loaded_in_parts(store: Store) -> None:
    names = [f"{number:08}" for number in range(CHUNK + 2)]
    with store.transaction() as tx:
        tx.claim_vectors.add("m", dict.fromkeys(names, b"x"))
    with store.snapshot() as tx:
        assert [len(part) for part in tx.claim_vectors.load("m", names)] == [CHUNK, 2]


def test_vectors_of_revisions_that_no_brief_has_now_are_deleted(store: Store) -> None:
    tea = brief("tea")
    with store.transaction() as tx:
        tx.publications.add(Publication(1, "1" * 16, NOW), VOCABULARY, {"tea": tea}, {})
        tx.claim_vectors.add("m", {tea.revision: b"now", "before": b"then"})
        tx.claim_vectors.delete_superseded(9)
    assert load(store, "m", tea.revision, "before") == {tea.revision: b"now"}
