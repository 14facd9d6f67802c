"""Threads and channels do not mix, whoever asks for a change and whatever happens before it is posted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.delivery.content import ChangePost
from bot.handlers.delivery.send_delivery import send_delivery
from bot.handlers.delivery.worker_run import WorkerRun
from bot.store.outbox import NewDelivery
from bot.store.store import Store
from tests.due import due
from tests.fake_channel import Entry
from tests.handlers.desk import TEAM, Desk, counted, ferries, harbour
from tests.handlers.replica import MONDAY
from tests.make import brief

THREAD, CHANNEL = "all deliver:thread", "ferries"


def noted(number: int, *kinds: str) -> Brief:
    """The brief after as many edits, of which the notes say of which kinds the last are."""
    notes = tuple(
        ChangeNote(date=MONDAY.date(), kind=kind, note=f"Edit {number - n}.", claims=("a",))  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    return replace(ferries(number), changes=notes)


def shape(desk: Desk, channel: str = "C1") -> list[str]:
    """What a channel has: parents with the number of their replies, and posts beside them."""
    entries = desk.entries(channel)
    heads = [each for each in entries if each.thread_ts is None]
    assert all(any(head.ts == each.thread_ts for head in heads) for each in entries if each.thread_ts)
    return [_head(head, entries) for head in heads]


def _head(head: Entry, entries: Sequence[Entry]) -> str:
    if (head.key or "").startswith("parent|"):
        return f"parent of {sum(each.thread_ts == head.ts for each in entries)}"
    return (head.key or "").partition("|")[0]


@pytest.mark.parametrize(
    ("specs", "place"),
    [
        ([THREAD, "harbour"], "parent of 1"),
        ([THREAD, "ferries kind:correction"], "parent of 1"),
        ([THREAD, "ferries/reactions"], "parent of 1"),
        ([THREAD, "tag:trains"], "parent of 1"),
        ([THREAD, "ferries deliver:digest"], "parent of 1"),
        ([THREAD, "all/legal deliver:thread"], "parent of 1"),
        (["harbour deliver:thread", "all"], "change"),
        (["all kind:correction deliver:thread", "all/legal"], "change"),
        ([THREAD, CHANNEL], "change"),
        ([THREAD, "all/legal kind:update"], "change"),
    ],
)
@pytest.mark.parametrize("thread_is_there", [False, True])
def test_who_asks_for_a_change_decides_where_it_stands(
    desk: Desk, specs: Sequence[str], place: str, thread_is_there: bool
) -> None:
    if thread_is_there:
        began = desk.subscribe("ferries deliver:thread")
        desk.edit(ferries(1))
        desk.run()
        unsubscribe(desk, began.id)
    for spec in specs:
        desk.subscribe(spec)
    desk.edit(ferries(2))
    desk.run()
    before = ["parent of 1"] if thread_is_there else []
    assert shape(desk) == (["parent of 2"] if before and place != "change" else [*before, place])


@pytest.mark.parametrize(
    ("first", "then", "place"),
    [
        ("update", "update", "parent of 1"),
        ("correction", "update", "change"),
        ("update", "correction", "change"),
        ("correction", "correction", "change"),
    ],
)
def test_of_several_edits_in_one_message_any_decides(desk: Desk, first: str, then: str, place: str) -> None:
    desk.subscribe(THREAD)
    desk.subscribe("ferries kind:correction")
    desk.edit(noted(1, first))
    desk.edit(noted(2, then, first))
    desk.run()
    assert shape(desk) == [place]
    assert desk.changes() == [(0, 2)]


def test_a_channel_subscription_that_waits_for_another_kind_draws_nothing_out_of_the_thread(desk: Desk) -> None:
    desk.subscribe(THREAD)
    desk.subscribe("ferries kind:withdrawal")
    for number in (1, 2):
        desk.edit(ferries(number))
    desk.run()
    assert (shape(desk), desk.changes()) == (["parent of 1"], [(0, 2)])


# What happens between publication and post


def unsubscribe(desk: Desk, number: int) -> None:
    with desk.store.transaction() as tx:
        tx.subscriptions.remove(TEAM, number)


def mute(desk: Desk, number: int) -> None:
    with desk.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, number, MONDAY + timedelta(days=1))


def change_spec(desk: Desk, _: int, spec: str) -> None:
    desk.subscribe(spec)


@dataclass(frozen=True)
class Between:
    """Something that happens once a change is owed, by the number of the channel's first subscription; and what the
    channel then has."""

    name: str
    specs: Sequence[str]
    happens: Callable[[Desk, int], object]
    has: Sequence[str]


def send_first(desk: Desk) -> None:
    """What is due first, and nothing else."""
    with desk.store.transaction() as tx:
        run = WorkerRun(tx, desk.services, "post", TEAM)
        first, *_ = due(tx, "post", TEAM, desk.replica.at)
    send_delivery(first, run)


def publish(desk: Desk, _: int, *briefs: Brief) -> None:
    desk.edit(*briefs)


def flood(desk: Desk, _: int) -> None:
    desk.decide(posts_per_publication=1)
    desk.edit(ferries(2), harbour(1))


TABLE = (
    Between("nothing", [THREAD], lambda *_: None, ["parent of 1"]),
    Between("taken back", [THREAD], partial(publish), []),
    Between("muted", [THREAD], mute, []),
    Between("ended", [THREAD], unsubscribe, []),
    Between("now in the channel", [THREAD], partial(change_spec, spec="all"), ["change"]),
    Between("now in the channel, too", [THREAD], partial(change_spec, spec="ferries"), ["change"]),
    Between("now in the digest", [THREAD], partial(change_spec, spec="all deliver:digest"), []),
    Between("now of others", [THREAD], partial(change_spec, spec="all section:reactions deliver:thread"), []),
    Between("now in a thread", ["all"], partial(change_spec, spec=THREAD), ["parent of 1"]),
    Between("only the thread is left", ["ferries", THREAD], unsubscribe, ["parent of 1"]),
    Between("only the thread hears", ["ferries", THREAD], mute, ["parent of 1"]),
    Between("only the channel is left", [THREAD, "ferries"], unsubscribe, ["change"]),
    Between("superseded", [THREAD], lambda desk, _: desk.edit(ferries(2)), ["parent of 1"]),
    Between("swallowed", [THREAD], flood, ["summary"]),
)


@pytest.mark.parametrize("between", TABLE, ids=lambda each: each.name)
def test_what_happens_before_anything_is_posted(desk: Desk, between: Between) -> None:
    first, *_ = [desk.subscribe(spec) for spec in between.specs]
    desk.edit(ferries(1))
    if between.name == "taken back":
        desk.edit(ferries(0))
    else:
        between.happens(desk, first.id)
    desk.run()
    assert shape(desk) == between.has


AFTER_PARENT = (
    Between("nothing", [THREAD], lambda *_: None, ["parent of 1"]),
    Between("taken back", [THREAD], lambda desk, _: desk.edit(ferries(0)), ["parent of 2"]),
    Between("muted", [THREAD], mute, ["parent of 1"]),
    Between("ended", [THREAD], unsubscribe, ["parent of 1"]),
    Between("now in the channel", [THREAD], partial(change_spec, spec="all"), ["parent of 1"]),
    Between("now in the digest", [THREAD], partial(change_spec, spec="all deliver:digest"), ["parent of 1"]),
    Between("now of others", [THREAD], partial(change_spec, spec="all kind:correction"), ["parent of 1"]),
    Between("superseded", [THREAD], lambda desk, _: desk.edit(ferries(2)), ["parent of 2"]),
    Between("gone", [THREAD], lambda desk, _: desk.replica.remove("ferries"), ["parent of 3"]),
    Between("swallowed", [THREAD], flood, ["parent of 1", "summary"]),
)


@pytest.mark.parametrize("outcome_is_known", [True, False])
@pytest.mark.parametrize("between", AFTER_PARENT, ids=lambda each: each.name)
def test_a_parent_that_is_posted_gets_its_reply(desk: Desk, between: Between, outcome_is_known: bool) -> None:
    first, *_ = [desk.subscribe(spec) for spec in between.specs]
    desk.edit(ferries(1))
    if not outcome_is_known:
        desk.slack.drop("post", arrives=True)
    send_first(desk)
    assert shape(desk) == ["parent of 0"]
    between.happens(desk, first.id)
    for n in range(1, 5):
        desk.wake_at(60 * n)
    assert shape(desk) == between.has


def test_what_the_channel_asks_for_by_then_also_shows_there(desk: Desk) -> None:
    desk.subscribe(THREAD)
    desk.edit(ferries(1))
    send_first(desk)
    desk.subscribe("all")
    desk.wake_at(60)
    _, change = desk.entries()
    assert change.broadcast


# Briefs that come and go


@pytest.mark.parametrize("spec", ["all", THREAD, "all kind:withdrawal kind:new"])
@pytest.mark.parametrize("way", ["removed", "withdrawn", "draft"])
def test_a_brief_that_came_and_went_is_not_told(desk: Desk, spec: str, way: str) -> None:
    desk.subscribe(spec)
    new = brief("rail", {"legal": [counted("a", 1, "trains")]})
    desk.edit(new)
    if way == "removed":
        desk.replica.remove("rail")
    else:
        note = ChangeNote(date=MONDAY.date(), kind="withdrawal", note="It was wrong.")
        desk.edit(replace(new, status=way, changes=(note,) if way == "withdrawn" else ()))  # type: ignore[arg-type]
    desk.run()
    assert shape(desk) == [], desk.entries()[0].text


# Rows of earlier versions


def test_a_change_that_an_earlier_version_owed_without_a_parent_gets_one(tmp_path: Path, store: Store) -> None:
    desk = Desk(tmp_path, store, ferries(0))
    desk.subscribe(THREAD)
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM delivery WHERE kind <> 'change'")
    desk.run()
    assert shape(desk) == ["parent of 1"]


def test_a_parent_that_was_void_is_posted_after_all(tmp_path: Path, store: Store) -> None:
    desk = Desk(tmp_path, store, ferries(0))
    desk.subscribe(THREAD)
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE delivery SET state = 'void' WHERE kind = 'parent'")
    desk.run()
    assert shape(desk) == ["parent of 1"]
    assert NewDelivery(TEAM, None, "C1", ChangePost("ferries", 1, 2), MONDAY).key == desk.entries()[1].key


@pytest.mark.parametrize("resolve", ["looked for", "another thread"])
def test_a_change_waits_for_a_thread_that_is_held(tmp_path: Path, store: Store, resolve: str) -> None:
    desk = Desk(tmp_path / "briefs", store, ferries(0))
    desk.decide(unconfirmed_posts="hold")
    desk.subscribe("ferries deliver:thread")
    desk.slack.history = False
    desk.slack.drop("post", arrives=False)
    desk.edit(ferries(1))
    desk.run()
    for second in (10, 20, 21, 22):
        desk.wake_at(second)
    assert {row.kind: row.state for row in desk.rows()}.items() >= {"change": "waiting", "parent": "held"}.items()
    desk.slack.history = True
    if resolve == "looked for":
        with desk.store.transaction() as tx:
            tx.outbox.retry_held(desk.replica.at)
    else:
        desk.edit(ferries(2))
    for second in (30, 40, 50):
        desk.wake_at(second)
    assert desk.changes() == ([(0, 1)] if resolve == "looked for" else [(0, 1), (1, 2)])
