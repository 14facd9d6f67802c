"""Queries that found nothing, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.errors import DatabaseFailureError
from bot.store.store import Store
from tests.store.moments import NOW


def add(store: Store, query: str) -> None:
    with store.transaction() as tx:
        tx.unanswered_queries.add("T1", query, NOW)


def is_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


@pytest.mark.parametrize("words", ["zzq\ud83d zzw", "zzq\x00zzw"])
def test_a_query_that_the_database_refuses_loses_only_itself(store: Store, words: str) -> None:
    refused = is_postgres(store.engine) or "\x00" not in words  # SQLite stores a NUL
    add(store, "zebra")
    if refused:
        with pytest.raises(DatabaseFailureError):
            add(store, words)
    add(store, "Zebra ")
    with store.snapshot() as tx:
        assert tx.unanswered_queries.counts("T1", NOW, NOW + timedelta(seconds=1)) == {"zebra": 2}
