"""A channel gets another id: all that was kept under the former goes on under the new one, on both databases."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.asks.ask import NewAsk
from bot.core.delivery.content import DigestPage, PauseNotice, ThreadParent
from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.store.channel_moves import GONE, HISTORY, ONE_OF_EACH
from bot.store.delivery_key import delivery_key
from bot.store.digests import DigestCursor
from bot.store.outbox import OPEN
from bot.store.schema import METADATA, default_brief, delivery, digest_cursor, subscription
from bot.store.store import Store, Transaction
from tests.due import due
from tests.store.deliveries import added, again, change, message, rows_of, states
from tests.store.moments import NOW, later, rows

WITH_CHANNEL = [table for table in METADATA.sorted_tables if "channel" in table.c]
DAILY, WEEKLY = (Schedule.parse(f"{days} 08:30 Europe/Berlin") for days in ("daily", "weekly monday"))


def move(store: Store, before: str = "C1", now: str = "C2", at: datetime = NOW) -> None:
    with store.transaction() as tx:
        tx.channel_moves.move("T1", before, now, at)


def follow(tx: Transaction, channel: str = "C1", target: str = "all", team: str = "T1") -> int:
    spec = SubscriptionSpec(Target.parse(target))
    return tx.subscriptions.add(spec, team, None, channel, by="U1", at=NOW).id


def choose(tx: Transaction, slug: str | None, channel: str = "C1", team: str = "T1") -> None:
    tx.subscriptions.set_default_brief(slug, team=team, enterprise=None, channel=channel, by="U1")


def cursor(tx: Transaction, channel: str = "C1", team: str = "T1") -> DigestCursor:
    tx.digests.ensure_cursor(team, None, channel, NOW)
    found = tx.digests.cursor(team, channel)
    assert found is not None
    return found


def fired(tx: Transaction, channel: str = "C1", at: datetime = NOW, team: str = "T1") -> int:
    place = cursor(tx, channel, team)
    return tx.digests.add_run(place, fire_at=at, since=NOW, after_publication=1, publication=2, state="empty")


def schedule(tx: Transaction, channel: str = "C1", times: Schedule = DAILY, team: str = "T1") -> int:
    return tx.digests.add(times, team=team, enterprise=None, channel=channel, by="U1", at=NOW).id


def posted(tx: Transaction, channel: str = "C1", ts: str = "1.1", team: str = "T1") -> int | None:
    return tx.posted_messages.add(
        team=team,
        enterprise=None,
        channel=channel,
        ts=ts,
        thread_ts=None,
        publication=1,
        content={},
        claims=(),
        at=NOW,
    )


def everything(tx: Transaction, channel: str, team: str = "T1") -> None:
    """One row in each table that has a channel."""
    follow(tx, channel, team=team)
    choose(tx, "ferries", channel, team)
    schedule(tx, channel, team=team)
    fired(tx, channel, team=team)
    posted(tx, channel, team=team)
    tx.posted_messages.start_thread(team, None, channel, "ferries", "1.1")
    tx.welcomes.mark_welcomed(team, channel, NOW)
    tx.asks.add(NewAsk(team, None, channel, "U1", "[]", None, NOW), ["U2"])
    added(tx, change(channel=channel, team=team))


def channels(store: Store, team: str = "T1") -> dict[str, list[str]]:
    """By table, the channels of its rows."""
    return {table.name: sorted(row.channel for row in rows(store, table) if row.team == team) for table in WITH_CHANNEL}


def test_all_that_a_channel_has_goes_with_it_and_nothing_else_does(store: Store) -> None:
    with store.transaction() as tx:
        for channel, team in (("C1", "T1"), ("C3", "T1"), ("C1", "T2")):
            everything(tx, channel, team)
    move(store)
    # The row of the former id stays, without a choice.
    left = {"default_brief": ["C1", "C2", "C3"]}
    assert channels(store) == {table.name: ["C2", "C3"] for table in WITH_CHANNEL} | left
    assert channels(store, "T2") == {table.name: ["C1"] for table in WITH_CHANNEL}
    with store.snapshot() as tx:
        assert tx.subscriptions.default_brief("T1", "C1") == (None, None)
        assert tx.subscriptions.default_brief("T1", "C2") == ("ferries", "U1")


def test_a_second_event_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        everything(tx, "C1")
    move(store)
    once = {table.name: rows(store, table) for table in WITH_CHANNEL}
    move(store)
    assert {table.name: rows(store, table) for table in WITH_CHANNEL} == once


def test_a_channel_of_which_nothing_is_known_is_no_trouble(store: Store) -> None:
    move(store)
    assert all(rows(store, table) == [] for table in WITH_CHANNEL)


def test_every_table_with_a_channel_is_moved() -> None:
    assert {*ONE_OF_EACH, *HISTORY, default_brief, delivery, digest_cursor} == set(WITH_CHANNEL)


def test_what_the_new_id_has_already_was_said_later_and_counts(store: Store) -> None:
    with store.transaction() as tx:
        follow(tx, "C1", "ferries")
        follow(tx, "C1", "rail")
        kept = [follow(tx, "C2", "ferries"), follow(tx, "C2", "all")]
        choose(tx, "ferries", "C1")
        choose(tx, "rail", "C2")
        tx.posted_messages.start_thread("T1", None, "C1", "ferries", "1.1")
        tx.posted_messages.start_thread("T1", None, "C1", "rail", "1.2")
        tx.posted_messages.start_thread("T1", None, "C2", "ferries", "2.1")
        schedule(tx, "C1"), schedule(tx, "C1", WEEKLY), schedule(tx, "C2")
        tx.welcomes.mark_welcomed("T1", "C1", NOW)
        tx.welcomes.mark_welcomed("T1", "C2", later(hours=1))
    move(store)
    with store.snapshot() as tx:
        assert tx.subscriptions.of_channel("T1", "C1") == []
        follows = {str(each.spec.target): each.id for each in tx.subscriptions.of_channel("T1", "C2")}
        assert sorted(follows) == ["all", "ferries", "rail"]
        assert {follows["ferries"], follows["all"]} == set(kept)
        assert tx.subscriptions.default_brief("T1", "C2") == ("rail", "U1")
        assert [tx.posted_messages.thread("T1", "C2", slug) for slug in ("ferries", "rail")] == ["2.1", "1.2"]
        assert tx.posted_messages.threads("T1", "C1") == set()
        assert sorted(str(each.schedule) for each in tx.digests.of_channel("T1", "C2")) == [str(DAILY), str(WEEKLY)]


def test_a_choice_without_a_brief_under_the_new_id_counts_as_well(store: Store) -> None:
    with store.transaction() as tx:
        choose(tx, "ferries", "C1")
        choose(tx, None, "C2")
    move(store)
    with store.snapshot() as tx:
        assert tx.subscriptions.default_brief("T1", "C2") == (None, "U1")


def test_replicas_see_that_a_default_has_moved(store: Store) -> None:
    with store.transaction() as tx:
        choose(tx, "ferries", "C1")
        ((seen, *_),) = tx.subscriptions.default_briefs_since(0)
    move(store)
    with store.snapshot() as tx:
        assert [each[1:] for each in tx.subscriptions.default_briefs_since(seen)] == [
            ("T1", "C2", "ferries"),
            ("T1", "C1", None),
        ]


def test_history_stays_reachable_by_its_numbers(store: Store) -> None:
    with store.transaction() as tx:
        runs = [fired(tx, "C1"), fired(tx, "C1", later(days=1)), fired(tx, "C2")]
        posts = [posted(tx, "C1"), posted(tx, "C1", "1.2"), posted(tx, "C2")]
    move(store)
    with store.snapshot() as tx:
        assert [tx.digests.get_run(number).channel for number in runs] == ["C1", "C2", "C2"]
        assert [tx.posted_messages.get(number or 0).channel for number in posts] == ["C1", "C2", "C2"]


# Deliveries


def test_deliveries_keep_their_keys(store: Store) -> None:
    with store.transaction() as tx:
        before = added(tx, change("sent", state="sent"), change("open"), message(DigestPage(1, 1, 2)))
    move(store)
    with store.snapshot() as tx:
        assert [(row.key, row.channel) for row in rows_of(tx)] == [(each.key, "C2") for each in before]
        page = DigestPage(1, 1, 2)
        assert delivery_key("T1", "C2", page, NOW) == delivery_key("T1", "C1", page, NOW)


def test_a_thread_still_waits_for_its_parent(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, message(ThreadParent("ferries", 2)), change())
    move(store)
    with store.snapshot() as tx:
        assert tx.outbox.parent_state("T1", "C2", "ferries", 2) == "pending"
        assert len(tx.outbox.open_changes("T1", "C2", "ferries")) == 1


def test_a_notice_that_is_not_sent_yet_names_the_new_id(store: Store) -> None:
    contents = (PauseNotice("C1", "archived"), PauseNotice("C10", "archived"), PauseNotice("C2", "archived"))
    with store.transaction() as tx:
        added(tx, *(message(each, channel=f"U{number}") for number, each in enumerate(contents)))
        added(tx, message(PauseNotice("C1", "archived"), channel="U9", state="sent"))
        added(tx, message(PauseNotice("C1", "archived"), channel="U9", team="T2"))
    move(store)
    with store.snapshot() as tx:
        found = [*due(tx, "post", "T1", NOW), *due(tx, "post", "T2", NOW)]
    named = [each.content.channel for each in found if isinstance(each.content, PauseNotice)]
    assert named == ["C2", "C10", "C2", "C1"]


# Pauses


@pytest.mark.parametrize(
    ("reason", "paused", "state"), [(GONE, None, "pending"), ("renamed", "renamed", "paused")], ids=["gone", "renamed"]
)
def test_a_pause_ends_if_it_is_because_of_the_former_id(
    store: Store, reason: str, paused: str | None, state: str
) -> None:
    with store.transaction() as tx:
        follow(tx)
        added(tx, change())
        tx.subscriptions.pause("T1", "C1", reason)
        tx.outbox.pause("T1", "C1", reason)
    move(store, at=later(hours=1))
    with store.snapshot() as tx:
        (row,) = rows_of(tx)
        assert (row.state, row.error) == (state, paused)
        assert row.due_at == (NOW if paused else later(hours=1))
        assert [each.paused for each in tx.subscriptions.of_channel("T1", "C2")] == [paused]


def test_what_is_under_way_stays_under_way(store: Store) -> None:
    with store.transaction() as tx:
        added(tx, *(change(state, state=state) for state in OPEN))
    move(store)
    with store.snapshot() as tx:
        assert states(tx) == list(OPEN)


# Digests


def joined(store: Store, arrange: Callable[[Transaction, DigestCursor, DigestCursor], Any]) -> DigestCursor:
    """The cursor of a channel that had one under both ids."""
    with store.transaction() as tx:
        arrange(tx, cursor(tx, "C1"), cursor(tx, "C2"))
    move(store)
    with store.snapshot() as tx:
        assert tx.connection.execute(select(digest_cursor.c.channel)).scalars().all() == ["C2"]
        found = tx.digests.cursor("T1", "C2")
    assert found is not None
    return found


def test_a_window_that_is_open_under_both_ids_begins_with_the_earlier(store: Store) -> None:
    def arrange(tx: Transaction, before: DigestCursor, now: DigestCursor) -> None:
        tx.digests.start_window(before.id, later(days=-3), 4)
        tx.digests.start_window(now.id, later(days=-1), 7)

    found = joined(store, arrange)
    assert (found.since, found.after_publication) == (later(days=-3), 4)


def test_a_window_goes_on_where_the_new_id_had_a_digest(store: Store) -> None:
    def arrange(tx: Transaction, before: DigestCursor, now: DigestCursor) -> None:
        tx.digests.start_window(before.id, later(days=-3), 4)
        tx.digests.start_window(now.id, later(days=-1), 7)
        fired(tx, "C2")

    found = joined(store, arrange)
    assert (found.since, found.after_publication) == (later(days=-1), 7)


def test_no_fire_time_comes_twice_and_the_next_is_the_earlier(store: Store) -> None:
    def arrange(tx: Transaction, before: DigestCursor, now: DigestCursor) -> None:
        tx.digests.advance_cursor(before.id, later(hours=1), later(hours=5), "2026a")
        tx.digests.advance_cursor(now.id, later(hours=2), None, None)

    found = joined(store, arrange)
    assert (found.processed_until, found.next_at) == (later(hours=2), later(hours=5))


def test_subscriptions_keep_their_numbers(store: Store) -> None:
    with store.transaction() as tx:
        number = follow(tx)
    move(store)
    assert [(row.id, row.channel) for row in rows(store, subscription)] == [(number, "C2")]


def test_what_is_owed_under_both_ids_is_told_once(store: Store) -> None:
    with store.transaction() as tx:
        owed = added(tx, change(channel="C1"), change("rail", channel="C1"), change(channel="C2"))
    move(store)
    with store.snapshot() as tx:
        assert [again(tx, each).state for each in owed] == ["superseded", "pending", "pending"]
