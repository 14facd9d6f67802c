"""Which digests are due, once in all replicas together, and what each covers. The clock is injected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.core.digests.schedule import Schedule
from bot.core.digests.time_zones import TZDATA_VERSION
from bot.handlers.context import Services
from bot.handlers.digests.digest_windows import recompute_next
from bot.handlers.digests.fire_due_digests import fire_due_digests
from bot.store.database import connect
from bot.store.schema import delivery, digest, digest_cursor, digest_schedule
from bot.store.store import Store
from tests.conftest import members
from tests.handlers.replica import MONDAY, Replica, follow
from tests.make import brief, claim
from tests.store.moments import at_once

HOUR = timedelta(hours=1)


@pytest.fixture
def replica(tmp_path: Path, store: Store) -> Replica:
    found = Replica(tmp_path / "briefs", store)
    found.start(told(0))
    return found


def told(number: int) -> Any:
    """The brief, edited so often."""
    return brief("one", {"legal": [claim("a", text=f"There were {number} ferries that day.")]})


def wants(replica: Replica, when: str, channel: str = "C1") -> None:
    """A channel wants a digest from now on."""
    with replica.store.transaction() as tx:
        tx.digests.ensure_cursor("T1", None, channel, replica.at)
        wanted = Schedule.parse(when)
        tx.digests.add(wanted, team="T1", enterprise=None, channel=channel, by="U1", at=replica.at)
        place = tx.digests.cursor("T1", channel, lock=True)
        assert place is not None
        recompute_next(tx, place, replica.at)


def fired(store: Store, channel: str = "C1") -> list[Any]:
    """What became of the fire times of a channel, in their order."""
    with store.snapshot() as tx:
        rows = tx.connection.execute(digest.select().where(digest.c.channel == channel).order_by(digest.c.fire_at))
        return list(rows)


def owed(store: Store) -> list[tuple[str, str]]:
    """The messages of digests, as (channel, state), in the order in which they were made."""
    with store.snapshot() as tx:
        rows = tx.connection.execute(delivery.select().where(delivery.c.kind == "digest").order_by(delivery.c.id))
        return [(row.channel, row.state) for row in rows]


def send(store: Store, state: str = "sent") -> None:
    """What is owed goes out."""
    with store.transaction() as tx:
        values = {"state": state, "attempt_at": MONDAY if state == "sent" else None}
        tx.connection.execute(update(delivery).where(delivery.c.state == "pending").values(**values))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CHANGES = {
    "Berlin in spring": (
        "daily 02:30 Europe/Berlin",
        "2026-03-27T12:00",
        ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"],
    ),
    "Berlin in autumn": (
        "daily 02:30 Europe/Berlin",
        "2026-10-23T12:00",
        ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
    ),
    "New York in spring": (
        "daily 08:30 America/New_York",
        "2026-03-06T18:00",
        ["2026-03-07T13:30", "2026-03-08T12:30", "2026-03-09T12:30"],
    ),
    "New York in autumn": (
        "daily 01:30 America/New_York",
        "2026-10-30T18:00",
        ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"],
    ),
    "Lord Howe in spring": (
        "daily 02:15 Australia/Lord_Howe",
        "2026-10-02T00:00",
        ["2026-10-02T15:45", "2026-10-03T15:30", "2026-10-04T15:15"],
    ),
    "Lord Howe in autumn": (
        "daily 01:45 Australia/Lord_Howe",
        "2026-04-03T00:00",
        ["2026-04-03T14:45", "2026-04-04T14:45", "2026-04-05T15:15"],
    ),
}


QUARTERS = range(34 * 4, 42 * 4)
"""Quarters of an hour after the start of each walk, with its change of clocks among them."""

WALK = [n * HOUR / 4 for n in range(3 * 24 * 4 + 1) if n % 4 == 0 or n in QUARTERS]


@pytest.mark.parametrize(
    ("databases", "name"),
    [
        *(("sqlite", name) for name in members(list(CHANGES), "Berlin in spring", "Lord Howe in autumn")),
        ("postgres", "Berlin in autumn"),
    ],
    indirect=["databases"],
)
def test_a_clock_goes_across_a_change_and_each_digest_is_owed_once(replica: Replica, name: str) -> None:
    when, start, expected = CHANGES[name]
    replica.at = at(start)
    follow(replica.store, "all deliver:digest")
    wants(replica, when)
    for number, passed in enumerate(WALK, 1):
        replica.at = at(start) + passed
        if passed % (3 * HOUR) == timedelta(0):
            replica.edit(told(number))
        fire_due_digests(replica.services, replica.at)
        send(replica.store)
    rows = [row for row in fired(replica.store) if row.fire_at <= at(expected[-1])]
    assert [row.fire_at for row in rows] == list(map(at, expected))
    assert {row.state for row in rows} == {"owed"}
    assert owed(replica.store) == [("C1", "sent")] * len(fired(replica.store))
    tiles(fired(replica.store), at(start))


def tiles(rows: list[Any], since: datetime) -> None:
    """Windows follow each other without a gap and without a change that two of them tell."""
    assert [row.since for row in rows] == [since, *(row.fire_at for row in rows[:-1])]
    assert [row.after_publication for row in rows[1:]] == [row.publication for row in rows[:-1]]


@pytest.fixture
def daily(replica: Replica) -> Replica:
    """Monday, 9:00 UTC; a digest is due at 10:00 each day, and something has changed."""
    follow(replica.store, "all deliver:digest")
    wants(replica, "daily 10:00 UTC")
    replica.at += timedelta(minutes=1)
    replica.edit(told(1))
    return replica


TEN = MONDAY + timedelta(hours=1)
DAY = timedelta(days=1)


def tick(replica: Replica, now: datetime, **changed: Any) -> None:
    replica.at = now
    services = replica.services
    fire_due_digests(replace(services, policy=replace(services.policy, **changed)), now)


def test_nothing_is_owed_before_its_time(daily: Replica) -> None:
    tick(daily, TEN - timedelta(microseconds=1))
    assert fired(daily.store) == []
    tick(daily, TEN)
    tick(daily, TEN)
    assert owed(daily.store) == [("C1", "pending")]


def test_two_replicas_owe_it_once(daily: Replica, database_url: str) -> None:
    for n in range(2, 30):
        follow(daily.store, "all deliver:digest", f"C{n}")
        wants(daily, "daily 10:00 UTC", f"C{n}")
    daily.at = TEN - timedelta(minutes=1)
    daily.edit(told(2))
    other = Store(connect(database_url))
    both: list[Services] = [daily.services, replace(daily.services, store=other)]
    at_once(*(lambda services=services: fire_due_digests(services, TEN) for services in both))
    tick(daily, TEN)  # what one replica left to the other, which was busy with it
    other.engine.dispose()
    assert sorted(owed(daily.store)) == sorted((f"C{n}", "pending") for n in range(1, 30))


def test_two_schedules_at_one_instant_are_one_digest(daily: Replica) -> None:
    wants(daily, "weekdays 12:00 Europe/Berlin")
    tick(daily, TEN)
    assert owed(daily.store) == [("C1", "pending")]


def test_missed_ones_coalesce_into_the_latest_within_the_grace(daily: Replica) -> None:
    wants(daily, "daily 12:00 UTC")
    tick(daily, TEN + timedelta(hours=5))
    (row,) = fired(daily.store)
    assert (row.fire_at, row.since, row.state) == (TEN + timedelta(hours=2), MONDAY, "owed")


def test_older_ones_are_skipped_and_covered_by_the_next(daily: Replica) -> None:
    tick(daily, TEN + timedelta(hours=7))
    tick(daily, TEN + DAY)
    skipped, next_ = fired(daily.store)
    assert (skipped.fire_at, skipped.state) == (TEN, "skipped")
    assert (next_.since, next_.after_publication, next_.state) == (MONDAY, 1, "owed")


@pytest.mark.parametrize("state", ["pending", "paused", "dead"])
def test_what_did_not_go_out_is_covered_by_the_next(daily: Replica, state: str) -> None:
    tick(daily, TEN)
    send(daily.store, state)
    tick(daily, TEN + DAY)
    first, second = fired(daily.store)
    assert (second.since, second.after_publication) == (first.since, first.after_publication)
    assert owed(daily.store) == [("C1", "dead" if state == "dead" else "superseded"), ("C1", "pending")]


def test_what_may_have_gone_out_is_not_told_again(daily: Replica) -> None:
    tick(daily, TEN)
    send(daily.store)
    daily.edit(told(2))
    tick(daily, TEN + DAY)
    tiles(fired(daily.store), MONDAY)


def test_a_publication_that_is_written_late_falls_into_the_next_window(daily: Replica) -> None:
    tick(daily, TEN + timedelta(minutes=1))
    send(daily.store)
    daily.at = TEN - timedelta(minutes=1)  # its clock had read this when it began to write
    daily.edit(told(2))
    tick(daily, TEN + DAY)
    tiles(fired(daily.store), MONDAY)
    assert [(row.after_publication, row.publication, row.state) for row in fired(daily.store)] == [
        (1, 2, "owed"),
        (2, 3, "owed"),
    ]


def test_what_is_published_at_the_fire_time_falls_into_the_next_window(daily: Replica) -> None:
    daily.at = TEN
    daily.edit(told(2))
    tick(daily, TEN + timedelta(minutes=1))
    assert [(row.after_publication, row.publication) for row in fired(daily.store)] == [(1, 2)]


def test_nothing_changed_is_no_post_unless_that_is_wanted(replica: Replica) -> None:
    follow(replica.store, "all deliver:digest")
    wants(replica, "daily 10:00 UTC")
    tick(replica, TEN)
    assert ([row.state for row in fired(replica.store)], owed(replica.store)) == (["empty"], [])
    tick(replica, TEN + DAY, empty_digests=True)
    assert owed(replica.store) == [("C1", "pending")]


@pytest.mark.parametrize(
    ("wish", "state"),
    [
        ("all deliver:digest", "owed"),
        ("all kind:update deliver:digest", "owed"),
        ("one/legal deliver:digest", "owed"),
        ("all kind:correction deliver:digest", "empty"),
        ("two deliver:digest", "empty"),
        ("all", "empty"),
    ],
)
def test_only_what_is_followed_for_digests_feeds_one(replica: Replica, wish: str, state: str) -> None:
    follow(replica.store, wish)
    wants(replica, "daily 10:00 UTC")
    replica.edit(told(1))
    tick(replica, TEN)
    assert [row.state for row in fired(replica.store)] == [state]


def test_other_rules_of_time_zones_are_reckoned_by_anew(daily: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    with daily.store.transaction() as tx:
        wrong = {"tzdata_version": "1999z", "next_at": TEN + 9 * DAY}
        tx.connection.execute(update(digest_cursor).values(**wrong))
    tick(daily, MONDAY + timedelta(minutes=2))
    with daily.store.snapshot() as tx:
        (row,) = tx.connection.execute(digest_cursor.select())
    assert (row.next_at, row.tzdata_version) == (TEN, TZDATA_VERSION)


def test_trouble_in_one_channel_does_not_stop_the_others(daily: Replica) -> None:
    follow(daily.store, "all deliver:digest", "C2")
    wants(daily, "daily 10:00 UTC", "C2")
    daily.edit(told(2))
    with daily.store.transaction() as tx:
        broken = update(digest_schedule).where(digest_schedule.c.channel == "C1")
        tx.connection.execute(broken.values(schedule="daily 10:00 Mars/Olympus"))
    tick(daily, TEN)
    assert owed(daily.store) == [("C2", "pending")]
