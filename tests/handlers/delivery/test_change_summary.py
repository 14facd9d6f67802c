"""One post about many changes: what it says when it is sent, and how corrections reach it."""

import re
from datetime import timedelta

import pytest

from bot.core.commands.button_value import decode_command
from bot.render.document.paging import PAGE_TEXT_MAX
from bot.store.schema import posted_claim, posted_message
from tests.handlers.boats import boat, boats
from tests.handlers.desk import TEAM, Desk
from tests.handlers.replica import MONDAY
from tests.render.limits import check, walk

ALL, CORRECTED = range(30), range(4)


@pytest.fixture
def harbour(desk: Desk) -> Desk:
    """Thirty boats are published, and the channel follows them."""
    desk.edit(*boats(ALL, 0))
    desk.subscribe("all")
    return desk


def flood(desk: Desk) -> None:
    """Four boats are corrected, and all others are updated."""
    desk.edit(*boats(CORRECTED, 1, "correction"), *boats(range(4, 30), 1))


def recorded(desk: Desk) -> list[str]:
    """The briefs whose claims the posts show."""
    with desk.store.snapshot() as tx:
        return list(tx.connection.execute(posted_claim.select().order_by(posted_claim.c.position)).scalars("slug"))


def test_corrections_are_shown_and_the_rest_is_counted(harbour: Desk) -> None:
    flood(harbour)
    harbour.run()
    (post,) = harbour.entries()
    check(post.message)
    assert post.text.startswith("30 briefs have changed\n\n11 May 2026 · 4 corrections, 26 updates\n")
    assert re.findall(r"^Now: Boat (\d+)", post.text, re.MULTILINE) == ["0", "1", "2", "3"]
    assert "\nand 26 updates\n" in post.text
    assert "\nPosted because this channel follows all (#1) · /brief unsubscribe #1 ends it\n" in post.text


def test_its_button_lists_all_that_it_counts(harbour: Desk) -> None:
    flood(harbour)
    harbour.run()
    (post,) = harbour.entries()
    (typed,) = re.findall(r"^Show all changes: /brief (.*)$", post.text, re.MULTILINE)
    (value,) = [part["value"] for part in walk(post.message.blocks) if part.get("type") == "button"]
    assert decode_command(value, harbour.services.answers().parse) == harbour.services.answers().parse(typed)
    listed: list[str] = []
    while typed:
        reply = harbour.ask(typed)
        assert reply is not None
        listed += re.findall(r"^\d+\. (Boat \d+) · (?:Correction|Update)", reply.text, re.MULTILINE)
        typed = next(iter(re.findall(r"before that: /brief (.*)$", reply.text, re.MULTILINE)), "")
    assert listed == [f"Boat {number:02}" for number in ALL]


def test_a_correction_of_what_it_shows_reaches_it_and_its_thread(harbour: Desk) -> None:
    flood(harbour)
    harbour.run()
    assert recorded(harbour) == [f"boat-{number:02}" for number in CORRECTED]
    harbour.replica.at += timedelta(days=1)
    harbour.edit(boat(1, 2, "correction"), boat(7, 2, "correction"))
    harbour.run()
    post, *others = harbour.entries()
    check(post.message)
    assert post.edits == 1
    assert "Corrected 12 May 2026: was “Boat 1 went out 1 times.”, now “Boat 1 went out 2 times.”" in post.text
    assert "Boat 7" not in post.text
    assert "30 briefs have changed\n\n11 May 2026 · 4 corrections, 26 updates\n" in post.text
    (note,) = [each for each in others if each.thread_ts == post.ts]
    assert "“Boat 1 went out 1 times.” now reads “Boat 1 went out 2 times.”" in note.text


def test_a_withdrawal_of_a_brief_that_it_shows_reaches_it(harbour: Desk) -> None:
    flood(harbour)
    harbour.run()
    harbour.replica.remove("boat-02")
    harbour.run()
    post, *_ = harbour.entries()
    assert "Withdrawn 11 May 2026: the brief “Boat 02”" in post.text


def test_a_correction_that_is_published_while_it_is_sent_reaches_it(harbour: Desk) -> None:
    flood(harbour)
    harbour.slack.drop("post", arrives=True)
    harbour.run()
    harbour.edit(boat(1, 2, "correction"))
    harbour.wake_at(60)
    post, *others = harbour.entries()
    assert "now “Boat 1 went out 2 times.”" in post.text
    assert [each.thread_ts == post.ts for each in others] == [False, True]


def test_it_has_room_for_correction_lines(harbour: Desk) -> None:
    harbour.edit(*boats(ALL, 1, "correction"))
    harbour.run()
    (post,) = harbour.entries()
    assert len(post.text) <= PAGE_TEXT_MAX
    for trips in range(2, 5):
        harbour.replica.at += timedelta(days=1)
        harbour.edit(boat(0, trips, "correction"))
        harbour.run()
    post = harbour.entries()[0]
    check(post.message)
    assert not post.text.endswith("…")


def test_it_is_void_once_the_subscription_is_muted(harbour: Desk) -> None:
    flood(harbour)
    (subscription,) = harbour.subscriptions()
    with harbour.store.transaction() as tx:
        tx.subscriptions.mute(TEAM, subscription.id, MONDAY + timedelta(days=1))
    harbour.run()
    assert [(row.kind, row.state) for row in harbour.rows()] == [("summary", "void")]


def test_it_says_what_the_channel_asks_for_when_it_is_sent(harbour: Desk) -> None:
    flood(harbour)
    (subscription,) = harbour.subscriptions()
    with harbour.store.transaction() as tx:
        tx.subscriptions.remove(TEAM, subscription.id)
    harbour.subscribe("all kind:correction")
    harbour.run()
    (post,) = harbour.entries()
    assert post.text.startswith("4 briefs have changed\n\n11 May 2026 · 4 corrections\n")


def test_what_was_taken_back_meanwhile_is_no_news(harbour: Desk) -> None:
    harbour.edit(*boats(ALL, 1))
    harbour.edit(*boats(ALL, 0))
    harbour.run()
    assert harbour.entries() == []
    assert [(row.kind, row.state) for row in harbour.rows()] == [("summary", "superseded"), ("summary", "void")]


def test_what_is_stored_of_it_are_the_briefs_that_it_shows(harbour: Desk) -> None:
    flood(harbour)
    harbour.run()
    with harbour.store.snapshot() as tx:
        (number,) = tx.connection.execute(posted_message.select()).scalars("id")
        content = tx.posted_messages.get(number).content
    assert content == {
        "kind": "summary",
        "starts": [[f"boat-{number:02}", 2] for number in CORRECTED],
        "items": 8,
        "counts": [
            {"kind": "correction", "is_new_brief": False, "number": 4},
            {"kind": "update", "is_new_brief": False, "number": 26},
        ],
        "days": ["2026-05-11", "2026-05-11"],
        "wishes": [["all", ""]],
        "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it",
    }
