"""Runs of a delivery worker: what they send, and who wakes the next one. The clock is injected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.core.delivery.rate_limit import RateLimit
from bot.handlers.context import PRODUCTION_CADENCE, Policy, Services
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.wake_workers import wake_stalled_workers
from bot.store.schema import delivery, delivery_worker
from bot.store.store import Store
from tests.ferries import COURT, ferries, with_claims
from tests.handlers.replica import Replica, follow, owed

FERRIES = ferries()
ONE = with_claims(FERRIES, legal=[replace(COURT, text="One town."), *FERRIES.sections["legal"].claims[1:]])
WAIT = timedelta(seconds=30)
"""Longer than a run waits for anything."""


class Desk:
    """A workspace whose one channel follows all briefs."""

    def __init__(self, directory: Path, store: Store) -> None:
        self.replica = Replica(directory, store)
        self.replica.start(FERRIES)
        self.replica.slack.add_channel("C1")
        follow(store)
        policy = Policy(command="/brief", limits={"post": RateLimit(10_000), "update": RateLimit(10_000)})
        self.services: Services = replace(self.replica.services, policy=policy)
        self.replica.queue.handler("post", partial(run_worker, self.services, "post"))
        self.replica.queue.handler("update", partial(run_worker, self.services, "update"))

    def run(self) -> int:
        """Runs all jobs; how many."""
        return self.replica.queue.run_all()

    def sweep(self) -> list[tuple[str, str]]:
        """Sweeps; the workers that were woken."""
        wake_stalled_workers(self.services, self.replica.at)
        return self.replica.queue.waiting

    def wake_after(self) -> datetime:
        """When the sweep may wake the worker of posts."""
        with self.replica.store.snapshot() as tx:
            query = delivery_worker.select().where(delivery_worker.c.queue == "post")
            at: datetime = tx.connection.execute(query).one().wake_after
            return at

    def posts(self) -> int:
        return len(self.replica.slack.texts("C1"))


@pytest.fixture
def desk(tmp_path: Path, store: Store) -> Desk:
    return Desk(tmp_path / "briefs", store)


def test_a_run_sends_what_is_due_and_leaves_nothing_to_wake_for(desk: Desk) -> None:
    desk.replica.edit(ONE)
    assert (desk.run(), desk.posts()) == (1, 1)
    desk.replica.at += WAIT
    assert desk.sweep() == []


def ratelimited(desk: Desk) -> None:
    desk.replica.slack.refuse("post", "ratelimited", retry_after=WAIT)


def refused(desk: Desk) -> None:
    desk.replica.slack.refuse("post", "http_503")


def dropped(desk: Desk) -> None:
    desk.replica.slack.drop("post", arrives=True)


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [(ratelimited, WAIT), (refused, PRODUCTION_CADENCE.retry), (dropped, PRODUCTION_CADENCE.settle)],
)
def test_what_can_be_sent_only_later_is_woken_by_the_sweep_at_that_time(
    desk: Desk, trouble: Callable[[Desk], None], waits: timedelta
) -> None:
    trouble(desk)
    desk.replica.edit(ONE)
    at = desk.replica.at
    assert desk.run() == 1
    assert (desk.replica.queue.waiting, desk.wake_after()) == ([], at + waits)
    desk.replica.at = at + waits - timedelta(microseconds=1)
    assert desk.sweep() == []
    desk.replica.at = at + waits
    assert desk.sweep() == [("post", "T1")]
    desk.run()
    assert (desk.posts(), owed(desk.replica.store)[0][-1]) == (1, "sent")


def test_a_superfluous_run_does_nothing(desk: Desk) -> None:
    ratelimited(desk)
    desk.replica.edit(ONE)
    desk.run()
    before, calls = owed(desk.replica.store), desk.wake_after()
    run_worker(desk.services, "post", "T1")
    assert (owed(desk.replica.store), desk.wake_after(), desk.posts()) == (before, calls, 0)
    assert desk.replica.queue.waiting == []


def test_a_lost_job_is_made_up_for_by_the_sweep(desk: Desk) -> None:
    desk.replica.edit(ONE)
    desk.replica.queue.lose()
    assert desk.sweep() == [], "its run may begin any moment"
    desk.replica.at += PRODUCTION_CADENCE.stale_after
    assert desk.sweep() == [("post", "T1")]
    desk.run()
    assert desk.posts() == 1


def test_the_sweep_wakes_a_worker_once_until_its_run_should_have_begun(desk: Desk) -> None:
    desk.replica.edit(ONE)
    desk.replica.queue.lose()
    desk.replica.at += PRODUCTION_CADENCE.stale_after
    assert desk.sweep() == desk.sweep() == [("post", "T1")]


def test_a_delivery_of_another_version_is_left_alone_and_wakes_nobody(desk: Desk) -> None:
    desk.replica.edit(ONE)
    desk.replica.queue.lose()
    with desk.replica.store.transaction() as tx:
        tx.connection.execute(delivery.update().values(kind="poem", content='{"kind": "poem", "verses": 4}'))
    for _ in range(3):
        desk.replica.at += timedelta(hours=1)
        assert desk.sweep() == []
    run_worker(desk.services, "post", "T1")
    assert (desk.replica.queue.waiting, desk.posts()) == ([], 0)
    with desk.replica.store.snapshot() as tx:
        (row,) = tx.connection.execute(delivery.select())
    assert (row.kind, row.state, row.attempts) == ("poem", "pending", 0)


def test_a_delivery_of_another_version_holds_up_no_other(desk: Desk) -> None:
    desk.replica.edit(ONE)
    with desk.replica.store.transaction() as tx:
        poem = {"kind": "poem", "content": '{"kind": "poem"}', "key": "poem|1"}
        tx.connection.execute(delivery.update().values(poem))
    desk.replica.edit(FERRIES)
    desk.run()
    assert [(row[0], row[-1]) for row in kinds(desk)] == [("poem", "pending"), ("change", "sent")]


def kinds(desk: Desk) -> list[tuple[str, str]]:
    """Every delivery as (kind, state)."""
    with desk.replica.store.snapshot() as tx:
        rows = tx.connection.execute(delivery.select().order_by(delivery.c.id))
        return [(row.kind, row.state) for row in rows]
