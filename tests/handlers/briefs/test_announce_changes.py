"""A channel is told of many changes in one post, and of few in a post each."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.core.briefs.brief import Brief
from bot.core.delivery.content import CONTENT, ChangeSummary
from bot.store.schema import delivery
from tests.due import due
from tests.handlers.boats import boat, boats
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY

ALL = range(12)


def fleet(trips: int, numbers: range = ALL) -> list[Brief]:
    """Some of the boats, each with its colour."""
    return [boat(number, trips, tags=("red",) if number % 2 else ()) for number in numbers]


@pytest.fixture
def harbour(desk: Desk) -> Desk:
    """Twelve boats are published, of which every second is red."""
    desk.edit(*fleet(0))
    return desk


def kinds(desk: Desk, channel: str = "C1") -> list[tuple[str, str]]:
    """(kind, state) of the deliveries to a channel."""
    return [(row.kind, row.state) for row in desk.rows() if row.channel == channel]


def summaries(desk: Desk, channel: str = "C1") -> Sequence[ChangeSummary]:
    """The summaries for a channel, in the order in which they were added."""
    query = delivery.select().where(delivery.c.kind == "summary", delivery.c.channel == channel)
    with desk.store.snapshot() as tx:
        contents = [CONTENT.validate_json(row.content) for row in tx.connection.execute(query.order_by(delivery.c.id))]
    return [each for each in contents if isinstance(each, ChangeSummary)]


# How many are too many


def test_as_many_changes_as_are_allowed_are_posted_one_by_one(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(10)))
    assert kinds(harbour) == [("change", "pending")] * 10


def test_one_more_makes_them_one_post(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(11)))
    assert kinds(harbour) == [("summary", "pending")]
    (summary,) = summaries(harbour)
    assert summary == ChangeSummary(tuple((f"boat-{number:02}", 2) for number in range(11)), 3)


def test_the_operator_decides_how_many(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.decide(posts_per_publication=1)
    harbour.edit(*fleet(1, range(1)))
    harbour.edit(*fleet(1, range(1, 3)))
    assert kinds(harbour) == [("change", "superseded"), ("summary", "pending")]


def test_only_the_changes_count_that_the_channel_asks_for(harbour: Desk) -> None:
    for channel, spec in {
        "C1": "all",
        "C2": "tag:red",
        "C3": "all kind:correction",
        "C4": "all -tag:red",
        "C5": "all/reactions",
        "C6": "boat-01",
        "C7": "all deliver:digest",
    }.items():
        harbour.subscribe(spec, channel)
    harbour.edit(*fleet(1))
    numbers = {f"C{n}": len(kinds(harbour, f"C{n}")) for n in range(1, 8)}
    assert numbers == {"C1": 1, "C2": 6, "C3": 0, "C4": 6, "C5": 0, "C6": 1, "C7": 0}
    assert [len(each.starts) for each in summaries(harbour)] == [12]


def test_several_subscriptions_of_a_channel_count_together(harbour: Desk) -> None:
    harbour.subscribe("tag:red")
    harbour.subscribe("all -tag:red")
    harbour.edit(*fleet(1))
    assert kinds(harbour) == [("summary", "pending")]


def test_the_same_publication_gives_a_channel_one_summary(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1))
    with harbour.store.transaction() as tx:
        (row,) = due(tx, "post", TEAM, MONDAY)
    assert row.key == "summary|T1|C1|3"


# Who is not there


def test_a_paused_channel_gets_it_once_it_can_be_reached(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.slack.archive("C1")
    harbour.hear("channel_archive")
    harbour.edit(*fleet(1))
    assert kinds(harbour)[-1] == ("summary", "paused")
    harbour.slack.unarchive("C1")
    harbour.hear("channel_unarchive")
    harbour.run()
    assert kinds(harbour)[-1] == ("summary", "sent")


def test_muted_subscriptions_do_not_count(harbour: Desk) -> None:
    muted = harbour.subscribe("all")
    harbour.subscribe("tag:red")
    with harbour.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, muted.id, MONDAY + timedelta(days=1))
    harbour.edit(*fleet(1))
    assert kinds(harbour) == [("change", "pending")] * 6


# What waits already


def test_what_waits_goes_out_with_it(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(2)))
    harbour.edit(*fleet(2, range(1, 12)))
    assert kinds(harbour) == [("change", "superseded")] * 2 + [("summary", "pending")]
    starts = dict(summaries(harbour)[0].starts)
    assert (starts["boat-00"], starts["boat-01"], starts["boat-02"]) == (2, 2, 3)


def test_a_summary_that_waits_goes_out_with_the_next(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(11)))
    harbour.edit(*fleet(2, range(1)))
    harbour.edit(*fleet(2, range(1, 12)))
    assert kinds(harbour) == [("summary", "superseded"), ("change", "superseded"), ("summary", "pending")]
    assert dict(summaries(harbour)[1].starts) == {
        **{f"boat-{number:02}": 2 for number in range(11)},
        "boat-11": 4,
    }


def test_what_is_being_sent_stays_and_the_summary_begins_behind_it(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(11)))
    with harbour.store.transaction() as tx:
        (row,) = due(tx, "post", TEAM, MONDAY)
        assert tx.outbox.mark_attempt(row, MONDAY)
    harbour.edit(*fleet(2))
    assert kinds(harbour) == [("summary", "unknown"), ("summary", "pending")]
    assert set(dict(summaries(harbour)[1].starts).values()) == {3}


def test_a_later_change_of_one_brief_is_a_post_of_its_own_that_begins_behind_the_summary(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1))
    harbour.edit(*fleet(2, range(1)))
    harbour.edit(*fleet(3, range(1)))
    assert kinds(harbour) == [("summary", "pending"), ("change", "superseded"), ("change", "pending")]
    harbour.run()
    summary, post = harbour.entries()
    assert summary.text.startswith("12 briefs have changed")
    assert "Was: Boat 0 went out 1 times." in post.text
    assert "Now: Boat 0 went out 3 times." in post.text


# Threads


def test_a_flood_starts_no_threads(harbour: Desk) -> None:
    harbour.subscribe("all deliver:thread")
    harbour.edit(*fleet(1))
    harbour.run()
    assert kinds(harbour) == [("summary", "sent")]
    assert [each.thread_ts for each in harbour.entries()] == [None]


def test_a_thread_that_waits_for_its_change_is_not_started(harbour: Desk) -> None:
    harbour.subscribe("all deliver:thread")
    harbour.edit(*fleet(1, range(2)))
    harbour.edit(*fleet(2))
    harbour.run()
    (summary,) = harbour.entries()
    assert summary.text.startswith("12 briefs have changed")
    assert {state for kind, state in kinds(harbour) if kind == "parent"} == {"void"}


def test_threads_that_are_there_are_brought_up_to_date(harbour: Desk) -> None:
    harbour.subscribe("all deliver:thread")
    harbour.edit(*fleet(1, range(2)))
    harbour.run()
    before = {each.ts: each.text for each in harbour.entries() if each.thread_ts is None}
    harbour.edit(*fleet(2))
    harbour.run()
    assert kinds(harbour)[6:] == [("summary", "sent"), ("refresh", "sent"), ("refresh", "sent")]
    edits = {each.ts: each.text for each in harbour.entries() if each.ts in before}
    assert all(edits[ts] != text for ts, text in before.items())


def test_corrections_of_earlier_posts_are_made_whatever_else_is_posted(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1, range(1)))
    harbour.run()
    harbour.edit(*boats(ALL, 2, "correction"))
    assert [kind for kind, _ in kinds(harbour)] == ["change", "summary", "edit", "note"]


def test_a_summary_counts_among_the_posts(harbour: Desk) -> None:
    harbour.subscribe("all")
    harbour.edit(*fleet(1))
    assert harbour.status().waiting == 1
