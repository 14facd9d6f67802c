"""When channels want digests, on both databases, and how those who asked before there were any come to theirs."""

from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from bot.core.digests.schedule import Schedule
from bot.store import digests
from bot.store.database import migrate
from bot.store.schema import digest_cursor
from bot.store.store import Store
from tests.databases import Databases, opened
from tests.store.moments import NOW, later

DAILY = Schedule.parse("daily 08:30 Europe/Berlin")


def add(store: Store, channel: str = "C1", team: str = "T1") -> digests.DigestSchedule:
    with store.transaction() as tx:
        tx.digests.ensure_cursor(team, None, channel, NOW)
        return tx.digests.add(DAILY, team=team, enterprise=None, channel=channel, by="U1", at=NOW)


def test_schedules_belong_to_a_channel_of_a_workspace(store: Store) -> None:
    made = add(store)
    add(store, "C2")
    add(store, team="T2")
    with store.snapshot() as tx:
        assert tx.digests.of_channel("T1", "C1") == [made]
        assert [each.channel for each in tx.digests.of_team("T1")] == ["C1", "C2"]
    with store.transaction() as tx:
        tx.digests.remove("T2", made.id)
    with store.snapshot() as tx:
        assert tx.digests.of_channel("T1", "C1") == [made]


@pytest.mark.parametrize("text", ["weekly monday 17:00 UTC", "weekly mon,wed,fri 17:00 America/New_York"])
def test_a_changed_schedule_keeps_its_number(store: Store, text: str) -> None:
    made, other = add(store), add(store, "C2")
    with store.transaction() as tx:
        tx.digests.change("T2", other.id, Schedule.parse(text))
        tx.digests.change("T1", made.id, Schedule.parse(text))
    with store.snapshot() as tx:
        assert [(each.id, str(each.schedule)) for each in tx.digests.of_team("T1")] == [
            (made.id, text),
            (other.id, str(DAILY)),
        ]


def test_a_window_goes_on_where_it_began(store: Store) -> None:
    with store.transaction() as tx:
        tx.digests.ensure_cursor("T1", None, "C1", NOW)
        tx.digests.ensure_cursor("T1", None, "C1", later(days=1))
        place = tx.digests.cursor("T1", "C1", lock=True)
    assert place is not None
    assert place.since == NOW


@pytest.mark.parametrize(("hours", "rules", "found"), [(0, "2026a", 0), (1, "2026a", 1), (0, "2026b", 1)])
def test_a_calendar_is_due_at_its_time_or_by_other_rules(store: Store, hours: int, rules: str, found: int) -> None:
    add(store)
    with store.transaction() as tx:
        place = tx.digests.cursor("T1", "C1", lock=True)
        assert place is not None
        tx.digests.advance_cursor(place.id, NOW, later(hours=1), "2026a")
    with store.transaction() as tx:
        due = tx.digests.due(later(hours=hours), rules)
        assert len(tx.digests.lock_due(due, later(hours=hours), rules)) == len(due) == found


def test_what_one_process_is_busy_with_another_leaves_alone(postgres: Databases) -> None:
    with opened(postgres.migrated()) as engine:
        store = Store(engine)
        add(store)
        with store.transaction() as tx:
            tx.digests.advance_cursor(1, NOW, NOW, "2026a")
        with store.transaction() as one, store.transaction() as two:
            assert len(one.digests.lock_due([1], NOW, "2026a")) == 1
            assert two.digests.lock_due([1], NOW, "2026a") == []
    postgres.forget()


def test_questions_are_counted_in_their_window(store: Store) -> None:
    for at in (NOW - timedelta(seconds=1), NOW, later(hours=1), later(hours=2)):
        with store.transaction() as tx:
            for team, query in (("T1", "zebra"), ("T1", "Zebra"), ("T2", "zebra"), ("T1", " zebra ")):
                tx.unanswered_queries.add(team, query, at)
    with store.snapshot() as tx:
        assert tx.unanswered_queries.counts("T1", NOW, later(hours=2)) == {"zebra": 6}
        assert tx.unanswered_queries.counts("T3", NOW, later(hours=2)) == {}


def test_of_two_windows_that_meet_within_a_second_one_counts_a_query(store: Store) -> None:
    cut = later(seconds=1.3)
    with store.transaction() as tx:
        for seconds in (1.2, 1.4):
            tx.unanswered_queries.add("T1", "zebra", later(seconds=seconds))
    with store.snapshot() as tx:
        before, after = (tx.unanswered_queries.counts("T1", *window) for window in ((NOW, cut), (cut, later(hours=1))))
    assert (before["zebra"], after["zebra"]) == (0, 2)


# Those who asked before there were digests


def upgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "bot.store:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


PUBLISHED = """
    INSERT INTO publication (number, predecessor, fingerprint, vocabulary, published_at)
    VALUES (:number, :before, 'f', '{}', :at)
"""
FOLLOWED = """
    INSERT INTO subscription (team, channel, target, filters, deliver, made_by, made_at)
    VALUES ('T1', :channel, :target, '', :deliver, 'U1', :at)
"""


def test_changes_are_kept_for_those_who_subscribed_before_there_were_digests(databases: Databases) -> None:
    with opened(databases.empty()) as engine:
        upgrade(engine, "0001")
        with engine.begin() as connection:
            for number in (1, 2):
                at = {"at": str(later(hours=2 * number)), "number": number, "before": number - 1}
                connection.execute(text(PUBLISHED), at)
            for channel, target, deliver, hours in (
                ("C1", "all", "digest", 3),
                ("C1", "one", "digest", 5),
                ("C2", "all", "channel", 3),
            ):
                made = {"channel": channel, "target": target, "deliver": deliver, "at": str(later(hours=hours))}
                connection.execute(text(FOLLOWED), made)
        migrate(engine)
        row: Any
        with engine.begin() as connection:
            (row,) = connection.execute(digest_cursor.select()).all()
        assert (row.channel, row.since, row.after_publication, row.next_at) == ("C1", later(hours=3), 1, None)
