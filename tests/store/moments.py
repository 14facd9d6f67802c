"""Instants and rows that the store's tests share."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import Row, Table, select

from bot.store.store import Store

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def later(**by: float) -> datetime:
    """So long after NOW."""
    return NOW + timedelta(**by)


def rows(store: Store, table: Table) -> Sequence[Row[Any]]:
    """All rows of a table, in the order of their keys."""
    with store.snapshot() as tx:
        return tx.connection.execute(select(table).order_by(*table.primary_key.columns)).all()


def at_once(*calls: Callable[[], object]) -> None:
    """Makes these calls in threads that begin together; what one of them raises is raised."""
    barrier, raised = Barrier(len(calls)), list[BaseException]()

    def run(call: Callable[[], object]) -> None:
        barrier.wait(10)
        try:
            call()
        except BaseException as error:
            raised.append(error)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    for error in raised:
        raise error
