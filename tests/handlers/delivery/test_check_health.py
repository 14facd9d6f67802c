"""What a look at the database and its workers finds. The clock is injected."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.errors import DatabaseFailureError
from bot.handlers.delivery.check_health import check_health
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries

SWEEPS = 40
"""Over two minutes, which is twice as long as it takes until a worker stands still."""


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    """Its one channel follows all briefs."""
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all")
    return desk


def time_passes(desk: Desk, sweeps: int = SWEEPS) -> None:
    """The sweep does its work, and the queue runs nothing."""
    for _ in range(sweeps):
        desk.replica.at += timedelta(seconds=3)
        wake_stalled_workers(desk.services, desk.replica.at)


def troubles(desk: Desk) -> list[str]:
    check_health(desk.services, desk.replica.at)
    return list(desk.services.troubles(TEAM))


def test_a_worker_that_cannot_begin_gets_no_further_runs(desk: Desk) -> None:
    desk.edit(ferries(1))
    waiting = list(desk.replica.queue.waiting)
    time_passes(desk)
    assert desk.replica.queue.waiting == waiting == [("post", TEAM)]


def test_what_is_due_and_not_sent_for_a_minute_stands_still_until_it_is_sent(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    assert troubles(desk) == []
    desk.edit(ferries(1))
    time_passes(desk, 10)
    assert troubles(desk) == []
    time_passes(desk)
    assert troubles(desk) == ["standing"]
    assert "messages have been due for over 0:01:00, and nobody sends them: post of workspace T1" in caplog.text
    desk.run()
    assert troubles(desk) == []


def test_what_waits_for_a_pause_that_slack_asked_for_does_not_stand_still(desk: Desk) -> None:
    desk.slack.refuse("post", "ratelimited", retry_after=timedelta(hours=1))
    desk.edit(ferries(1))
    for _ in range(SWEEPS):
        desk.run()
        time_passes(desk, 1)
        assert troubles(desk) == []


def test_a_database_that_takes_no_writes_is_trouble_until_it_does(desk: Desk) -> None:
    engine = desk.store.engine
    postgres = engine.dialect.name == "postgresql"
    statement = "SET TRANSACTION READ ONLY" if postgres else "PRAGMA query_only=1"

    def refuse(connection: object) -> None:
        connection.execute(text(statement))  # type: ignore[attr-defined]

    event.listen(engine, "begin", refuse)
    with pytest.raises(DatabaseFailureError):
        check_health(desk.services, desk.replica.at)
    event.remove(engine, "begin", refuse)
    assert desk.services.troubles() == ("no writes",)
    engine.dispose()
    assert troubles(desk) == []
