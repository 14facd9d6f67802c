"""What a delivery says when it is sent, and where, or why it is not sent."""

from datetime import timedelta

import pytest

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.changes.change_set import CORRECTING
from bot.core.delivery.content import ChangePost, DigestPage
from bot.handlers.delivery.compose_delivery import prepare
from bot.handlers.delivery.prepared_message import PreparedMessage
from bot.store.outbox import Delivery, NewDelivery
from tests.due import due
from tests.ferries import noted
from tests.handlers.desk import TEAM, Desk, Row, counted, ferries, harbour
from tests.handlers.replica import MONDAY
from tests.make import brief


def sent(kind: str, **values: object) -> Row:
    return Row(kind, "C1", "sent", **{"attempts": 1, "attempt_s": 0, **values})  # type: ignore[arg-type]


# Threads


def test_a_change_in_a_thread_waits_for_its_parent(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.slack.refuse("post", "http_503")
    desk.edit(ferries(1))
    desk.run()
    waits = Row("change", "C1", "pending", due_s=1, error="waits for its thread")
    assert desk.rows() == [
        Row("parent", "C1", "pending", due_s=1, attempts=1, error="http_503"),
        waits,
        Row("refresh", "C1", "void"),
    ]
    desk.wake_at(1)
    assert desk.rows() == [
        sent("parent", due_s=1, attempts=2, attempt_s=1),
        sent("change", due_s=1, attempt_s=1),
        Row("refresh", "C1", "void"),
    ]
    parent, change = desk.entries()
    assert (parent.thread_ts, change.thread_ts, change.broadcast) == (None, parent.ts, False)


def test_a_change_whose_parent_is_given_up_stands_in_the_channel(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.slack.refuse("post", "invalid_blocks")
    desk.edit(ferries(1))
    desk.run()
    assert [(row.kind, row.state) for row in desk.rows()] == [
        ("parent", "dead"),
        ("change", "sent"),
        ("refresh", "void"),
    ]
    assert [each.thread_ts for each in desk.entries()] == [None]


def test_later_changes_go_into_the_thread_that_is_there(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    for number in (1, 2):
        desk.edit(ferries(number))
        desk.run()
    assert desk.rows() == [
        sent("parent"),
        sent("change"),
        Row("refresh", "C1", "void"),
        Row("parent", "C1", "void"),
        sent("change"),
        sent("refresh"),
    ]
    parent, *changes = desk.entries()
    assert [each.thread_ts for each in changes] == [parent.ts] * 2
    assert desk.changes() == [(0, 1), (1, 2)]


def test_each_brief_has_a_thread_of_its_own(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1), harbour(1))
    desk.run()
    parents = [each for each in desk.entries() if each.thread_ts is None]
    assert [len(desk.slack.texts("C1", each.ts)) for each in parents] == [1, 1]


def test_who_also_follows_in_the_channel_gets_the_change_in_the_channel_alone(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.subscribe("ferries")
    desk.edit(ferries(1))
    desk.run()
    assert desk.rows() == [sent("change")]
    (post,) = desk.entries()
    assert post.thread_ts is None
    assert "follows all (#1) and ferries (#2)" in post.text


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("correction", True), ("withdrawal", True), ("update", False), ("clarification", False), ("evidence", False)],
)
def test_of_a_thread_only_what_corrects_also_shows_in_the_channel(desk: Desk, kind: ChangeKind, shown: bool) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1, kind))
    desk.run()
    _, change = desk.entries()
    assert change.broadcast is shown is (kind in CORRECTING)


def test_a_change_that_only_the_thread_asks_for_goes_into_it(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.subscribe("harbour")
    desk.edit(ferries(1))
    desk.run()
    parent, change = desk.entries()
    assert change.thread_ts == parent.ts


def test_a_thread_that_nothing_would_go_into_is_not_started(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    desk.edit(ferries(0))
    desk.run()
    assert desk.entries() == []
    assert {row.state for row in desk.rows()} == {"superseded", "void"}


def test_a_thread_whose_change_goes_into_the_channel_meanwhile_is_not_started(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    desk.subscribe("ferries")
    desk.edit(ferries(2))
    desk.run()
    (change,) = desk.entries()
    assert change.thread_ts is None
    assert desk.changes() == [(0, 2)]


def test_a_withdrawn_brief_shows_in_the_channel(desk: Desk) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1, "withdrawal", status="withdrawn"))
    desk.run()
    parent, change = desk.entries()
    assert (change.thread_ts, change.broadcast) == (parent.ts, True)
    assert "Withdrawal · " in change.text


# Nothing left to say


def test_a_change_is_void_once_the_subscription_is_muted(desk: Desk) -> None:
    subscription = desk.subscribe("all")
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, subscription.id, MONDAY + timedelta(days=1))
    desk.run()
    assert (desk.rows(), desk.entries()) == ([Row("change", "C1", "void")], [])


def test_a_change_goes_out_at_the_instant_at_which_the_mute_ends(desk: Desk) -> None:
    subscription = desk.subscribe("all")
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, subscription.id, MONDAY)
    desk.run()
    assert desk.rows() == [sent("change")]


def test_a_change_is_void_once_the_subscription_has_ended(desk: Desk) -> None:
    subscription = desk.subscribe("all")
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.subscriptions.remove(TEAM, subscription.id)
    desk.run()
    assert (desk.rows(), desk.entries()) == ([Row("change", "C1", "void")], [])


@pytest.mark.parametrize("spec", ["harbour", "all kind:correction", "all/reactions", "all deliver:digest"])
def test_a_change_is_void_once_the_channel_asks_for_others_only(desk: Desk, spec: str) -> None:
    subscription = desk.subscribe("ferries")
    desk.edit(ferries(1))
    with desk.store.transaction() as tx:
        tx.subscriptions.remove(TEAM, subscription.id)
    desk.subscribe(spec)
    desk.run()
    assert (desk.rows(), desk.entries()) == ([Row("change", "C1", "void")], [])


def test_a_muted_subscription_is_no_reason_for_a_post(desk: Desk) -> None:
    muted, _ = desk.subscribe("all"), desk.subscribe("ferries")
    with desk.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, muted.id, MONDAY + timedelta(days=1))
    desk.edit(ferries(1))
    desk.run()
    (post,) = desk.entries()
    assert post.text.endswith("Posted because this channel follows ferries (#2) · /brief unsubscribe #2 ends it")


# What is composed


def test_what_a_message_is_made_from_has_to_be_stored(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        tx.outbox.add([NewDelivery(TEAM, None, "C1", DigestPage(9, 1, 1), MONDAY)])
    with desk.store.snapshot() as tx:
        (delivery,) = due(tx, "post", TEAM, MONDAY)
        with pytest.raises(LookupError):
            prepare(tx, desk.services, delivery)


def test_a_change_over_several_publications_is_one_message_with_its_key_and_claims(desk: Desk) -> None:
    desk.subscribe("all")
    desk.edit(ferries(1))
    desk.edit(ferries(2))
    (delivery,) = due_here(desk)
    assert (delivery.key, delivery.content) == ("change|T1|C1|ferries|3", ChangePost("ferries", 1, 3))
    with desk.store.snapshot() as tx:
        message = prepare(tx, desk.services, delivery)
    assert isinstance(message, PreparedMessage)
    assert message.record is not None
    assert [(each.slug, each.claim) for each in message.record.claims] == [("ferries", "a")]
    assert (message.ts, message.thread_ts, message.broadcast, message.follow_up) == (None, None, False, None)
    desk.run()
    assert desk.changes() == [(0, 2)]


def test_an_outage_ends_with_one_post_for_each_brief_that_holds_every_change(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.add_channel("C2")
    desk.subscribe("ferries/legal", "C2")
    desk.slack.refuse("post", "http_503", times=100)
    for brief_ in (ferries(1), ferries(2), harbour(1), ferries(3)):
        desk.edit(brief_)
        desk.replica.at += timedelta(seconds=1)
        desk.wake()
    assert (desk.entries("C1"), desk.entries("C2"), desk.status().waiting) == ([], [], 3)
    desk.slack.heal()
    desk.replica.at += timedelta(minutes=5)
    desk.wake()
    assert (sorted(desk.changes("C1")), desk.changes("C2")) == ([(0, 1), (0, 3)], [(0, 3)])
    assert len(desk.entries("C1")) == 2


def test_there_and_back_in_an_outage_is_no_news(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.refuse("post", "http_503")
    desk.edit(ferries(1))
    desk.run()
    desk.edit(ferries(0))
    desk.wake_at(60)
    superseded = Row("change", "C1", "superseded", due_s=1, attempts=1, error="http_503")
    assert (desk.rows(), desk.entries()) == ([superseded, Row("change", "C1", "void")], [])


def test_a_note_that_nobody_is_owed_any_more_stops_nobody(desk: Desk) -> None:
    desk.slack.add_channel("C2")
    ended, _ = desk.subscribe("all"), desk.subscribe("all", "C2")
    desk.edit(noted(ferries(0), "update", "No news."))
    with desk.store.transaction() as tx:
        tx.subscriptions.remove(TEAM, ended.id)
    desk.run()
    assert [(row.channel, row.state) for row in desk.rows()] == [("C1", "void"), ("C2", "sent")]
    assert desk.entries() == []
    (text,) = desk.slack.texts("C2")
    assert "No news." in text


def due_here(desk: Desk) -> list[Delivery]:
    with desk.store.snapshot() as tx:
        return due(tx, "post", TEAM, desk.replica.at)


# Digests


@pytest.fixture
def many(desk: Desk) -> Desk:
    """A digest of two pages is due: many claims of a brief changed."""
    desk.edit(long(0))
    assert desk.ask("subscribe long deliver:digest") is None
    desk.set_clock(60)
    desk.edit(long(1))
    desk.set_clock(120)
    assert desk.ask("digest now") is None
    return desk


def long(number: int) -> Brief:
    return brief("long", {"legal": [counted(f"c{n}", number, f"ferries at pier {n}") for n in range(40)]})


def test_the_second_page_of_a_digest_follows_into_the_thread_of_the_first(many: Desk) -> None:
    many.run()
    assert len(many.rows()) > 1
    assert many.rows() == [sent("digest", due_s=120, attempt_s=120)] * len(many.rows())
    confirmation, first, *others = many.entries()
    assert first.thread_ts is confirmation.thread_ts is None
    assert {each.thread_ts for each in others} == {first.ts}
    assert [each.key for each in (first, *others)] == [f"digest|1|{n}" for n in range(1, len(others) + 2)]


def test_the_second_page_of_a_digest_is_owed_only_once_the_first_is_posted(many: Desk) -> None:
    many.slack.refuse("post", "http_503")
    many.run()
    assert many.rows() == [Row("digest", "C1", "pending", due_s=121, attempts=1, error="http_503")]
    many.wake_at(121)
    assert {row.state for row in many.rows()} == {"sent"}
    assert len(many.rows()) > 1
