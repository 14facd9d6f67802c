"""The numbers that the database has; on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import DatabaseFailureError
from bot.handlers.delivery.stored_figures import KEPT_S, StoredFiguresReader
from bot.store.store import Store
from tests.handlers.desk import Desk, ferries


class Seconds:
    at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all")
    desk.subscribe("all", "C404")
    return desk


def test_what_is_owed_is_counted_with_the_oldest_and_again_after_some_seconds(desk: Desk) -> None:
    clock = Seconds()
    reader = StoredFiguresReader(desk.services, clock)
    first = reader.figures()
    assert first is not None
    assert (dict(first.deliveries), first.oldest_due) == ({}, None)
    desk.set_clock(60)
    desk.edit(ferries(1))
    clock.at += KEPT_S
    assert reader.figures() is first
    clock.at += 1
    second = reader.figures()
    assert second is not None
    assert dict(second.deliveries) == {"pending": 2}
    assert second.oldest_due is not None
    assert desk.replica.at - second.oldest_due < timedelta(minutes=1)
    assert second.published_at == desk.replica.at
    desk.run()
    clock.at += KEPT_S + 1
    third = reader.figures()
    assert third is not None
    # The other channel is not there.
    assert (dict(third.deliveries), third.oldest_due) == ({"paused": 1}, None)


def test_a_database_that_does_not_answer_is_asked_again_only_after_some_seconds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, asked = Seconds(), list[float]()

    def away(*_: object) -> Store:
        asked.append(clock.at)
        raise DatabaseFailureError("away")

    monkeypatch.setattr(Store, "within", away)
    reader = StoredFiguresReader(desk.services, clock)
    assert [reader.figures() for _ in range(3)] == [None] * 3
    clock.at += KEPT_S + 1
    assert reader.figures() is None
    assert asked == [100.0, 106.0]
