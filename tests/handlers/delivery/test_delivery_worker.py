"""Runs of a delivery worker: what they send, and who wakes the next one. The clock is injected."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.delivery.content import PauseNotice
from bot.handlers.context import PRODUCTION_CADENCE
from bot.handlers.delivery import delivery_worker
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.handlers.ports import ApiFailure, Posted
from bot.store.outbox import NewDelivery
from bot.store.schema import delivery
from bot.store.schema import delivery_worker as worker_table
from bot.store.store import Store
from tests.handlers.desk import TEAM, Desk, ferries

TICK = timedelta(milliseconds=1)
WAIT = timedelta(seconds=30)
"""Longer than a run waits for anything."""


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    """Its one channel follows all briefs."""
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.subscribe("all")
    return desk


def sweep(desk: Desk) -> list[tuple[str, str]]:
    """Sweeps; the workers that were woken."""
    wake_stalled_workers(desk.services, desk.replica.at)
    return desk.replica.queue.waiting


def wake_after(desk: Desk) -> datetime:
    """When the sweep may wake the worker of posts."""
    with desk.store.snapshot() as tx:
        query = worker_table.select().where(worker_table.c.queue == "post")
        at: datetime = tx.connection.execute(query).one().wake_after
        return at


def posts(desk: Desk) -> int:
    return len(desk.entries())


def test_a_run_sends_what_is_due_and_leaves_nothing_to_wake_for(desk: Desk) -> None:
    desk.edit(ferries(1))
    assert (desk.run(), posts(desk)) == (1, 1)
    desk.replica.at += WAIT
    assert sweep(desk) == []


def ratelimited(desk: Desk) -> None:
    desk.slack.refuse("post", "ratelimited", retry_after=WAIT)


def refused(desk: Desk) -> None:
    desk.slack.refuse("post", "http_503")


def dropped(desk: Desk) -> None:
    desk.slack.drop("post", arrives=True)


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [(ratelimited, WAIT), (refused, PRODUCTION_CADENCE.retry), (dropped, PRODUCTION_CADENCE.settle)],
)
def test_what_can_be_sent_only_later_is_woken_by_the_sweep_at_that_time(
    desk: Desk, trouble: Callable[[Desk], None], waits: timedelta
) -> None:
    trouble(desk)
    desk.edit(ferries(1))
    at = desk.replica.at
    assert desk.run() == 1
    assert (desk.replica.queue.waiting, wake_after(desk)) == ([], at + waits)
    desk.replica.at = at + waits - timedelta(microseconds=1)
    assert sweep(desk) == []
    desk.replica.at = at + waits
    assert sweep(desk) == [("post", "T1")]
    desk.run()
    assert (posts(desk), desk.rows()[0].state) == (1, "sent")


def test_a_superfluous_run_does_nothing(desk: Desk) -> None:
    ratelimited(desk)
    desk.edit(ferries(1))
    desk.run()
    before, calls = desk.rows(), wake_after(desk)
    run_worker(desk.services, "post", TEAM)
    assert (desk.rows(), wake_after(desk), posts(desk)) == (before, calls, 0)
    assert desk.replica.queue.waiting == []


def test_a_lost_job_is_made_up_for_by_the_sweep(desk: Desk) -> None:
    desk.edit(ferries(1))
    desk.replica.queue.lose()
    assert sweep(desk) == [], "its run may begin any moment"
    desk.replica.at += PRODUCTION_CADENCE.stale_after
    assert sweep(desk) == [("post", "T1")]
    desk.run()
    assert posts(desk) == 1


def test_the_sweep_wakes_a_worker_once_until_its_run_should_have_begun(desk: Desk) -> None:
    desk.edit(ferries(1))
    desk.replica.queue.lose()
    desk.replica.at += PRODUCTION_CADENCE.stale_after
    assert sweep(desk) == sweep(desk) == [("post", "T1")]


def test_a_delivery_of_another_version_is_left_alone_and_wakes_nobody(desk: Desk) -> None:
    desk.edit(ferries(1))
    desk.replica.queue.lose()
    with desk.store.transaction() as tx:
        tx.connection.execute(delivery.update().values(kind="poem", content='{"kind": "poem", "verses": 4}'))
    for _ in range(3):
        desk.replica.at += timedelta(hours=1)
        assert sweep(desk) == []
    run_worker(desk.services, "post", TEAM)
    assert (desk.replica.queue.waiting, posts(desk)) == ([], 0)
    with desk.store.snapshot() as tx:
        (row,) = tx.connection.execute(delivery.select())
    assert (row.kind, row.state, row.attempts) == ("poem", "pending", 0)


def test_a_delivery_of_another_version_holds_up_no_other(desk: Desk) -> None:
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        poem = {"kind": "poem", "content": '{"kind": "poem"}', "key": "poem|1"}
        tx.connection.execute(delivery.update().values(poem))
    desk.edit(ferries(2))
    desk.run()
    assert [(row.kind, row.state) for row in desk.rows()] == [("poem", "pending"), ("change", "sent")]


# Channels in turn


def owe(desk: Desk, *deliveries: tuple[str, int]) -> None:
    """Notices to channels, by their numbers; later ones are due later."""
    with desk.store.transaction() as tx:
        tx.outbox.add(
            NewDelivery(TEAM, None, channel, PauseNotice("C9", "archived"), desk.replica.at - (1000 - number) * TICK)
            for channel, number in deliveries
        )


def order(desk: Desk, channels: tuple[str, ...]) -> list[str]:
    """The channels that were written to, in order."""
    return [channel for _, channel in sorted((entry.ts, each) for each in channels for entry in desk.entries(each))]


def test_a_channel_that_is_owed_much_holds_up_no_other(desk: Desk) -> None:
    channels = ("C1", "C2", "C3", "C4")
    for each in channels[1:]:
        desk.slack.add_channel(each)
    owe(desk, *(("C1", number) for number in range(30)), *((each, 30) for each in channels[1:]))
    desk.wake()
    assert order(desk, channels)[:5] == ["C1", "C2", "C3", "C4", "C1"]
    assert len(desk.entries("C1")) == 30


def test_who_was_served_longest_ago_comes_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are more channels than a worker reads of at once."""
    monkeypatch.setattr(delivery_worker, "BATCH", 3)
    channels = tuple(f"C{number}" for number in range(1, 9))
    for each in channels[1:]:
        desk.slack.add_channel(each)
    owe(desk, *((each, number) for each in channels[:-1] for number in range(3)), (channels[-1], 9))
    desk.wake()
    assert order(desk, channels).index(channels[-1]) == len(channels) - 1


def lost(desk: Desk) -> None:
    desk.slack.drop("post", arrives=False)


@pytest.mark.parametrize("fail", [ratelimited, lost])
def test_a_channels_last_word_of_a_brief_is_the_newest(desk: Desk, fail: Callable[[Desk], None]) -> None:
    """The newer change is published while the call of the older one goes on, which then fails."""
    post = desk.slack.post

    def publish_and_post(*args: Any, **options: Any) -> Posted | ApiFailure:
        desk.slack.post = post  # type: ignore[method-assign]  # the first call alone
        desk.edit(ferries(2))
        return post(*args, **options)

    fail(desk)
    desk.slack.post = publish_and_post  # type: ignore[method-assign]
    desk.edit(ferries(1))
    desk.run()
    for second in (1, 5, 10, 15, 35, 40):
        desk.wake_at(second)
    assert desk.changes() == [(0, 1), (1, 2)]


def test_channels_whose_turn_comes_later_hold_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than are read at once; Slack asks to wait with looking for what they were sent."""
    monkeypatch.setattr(delivery_worker, "BATCH", 2)
    for channel in ("C2", "C3"):
        desk.subscribe("ferries", desk.slack.add_channel(channel) or channel)
    desk.slack.drop("post", arrives=False, times=3)
    desk.slack.refuse("find_posted", "ratelimited", retry_after=10 * WAIT, times=9)
    desk.edit(ferries(1))
    desk.run()
    desk.wake_at(10)
    # None of them was written to within the last minute.
    desk.set_clock(100)
    desk.slack.add_channel("C4")
    desk.subscribe("ferries", "C4")
    desk.edit(ferries(2))
    desk.run()
    assert len(desk.entries("C4")) == 1
