"""Every error word has a class, and every class an outcome: walked word by word through the sending of deliveries."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.core.delivery.content import CorrectionNote, DeliveryContent, FileNotice, PostEdit
from bot.handlers.delivery.delivery_worker import run_worker
from bot.handlers.delivery.slack_errors import BEGINNINGS, CLASSES, MEANINGS, advice, classify
from bot.handlers.ports import ApiFailure
from bot.store.outbox import NewDelivery, State
from tests.fake_slack import Call
from tests.handlers.desk import TEAM, Desk, Row, ferries
from tests.handlers.replica import MONDAY
from tests.workspace.contract import contract, needs_contract

METHODS = (
    "auth.test auth.teams.list chat.postMessage chat.update conversations.history conversations.info "
    "conversations.members "
    "conversations.open conversations.replies usergroups.users.list users.info views.open apps.connections.open"
).split()
"""Those that the bot calls."""

OF_A_POST = {
    "later": "pending",
    "unknown": "unknown",
    "pause": "paused",
    "stop": "pending",
    "unlisted": "pending",
}
"""The state of a post that was refused, by class; of all others it is dead."""

OF_AN_EDIT = {"later": "pending", "unknown": "pending", "pause": "paused", "stop": "pending", "unlisted": "pending"}

WORDS = [
    *sorted(CLASSES),
    "http_500",
    "http_502",
    "restricted_action_of_tomorrow",
    "slack_connect_x_blocked",
    "new_word",
]


@needs_contract
@pytest.mark.parametrize("method", METHODS)
def test_every_documented_word_of_a_method_is_listed(method: str) -> None:
    assert [word for word in contract(method)["errors"] if word not in CLASSES] == []


def test_a_word_has_one_class() -> None:
    assert [
        word for word, n in Counter(word for each in MEANINGS.values() for word in each.words).items() if n > 1
    ] == []


def test_words_that_begin_as_known_ones_are_treated_as_these() -> None:
    assert classify(ApiFailure("http_599")) == "unknown"
    assert {classify(ApiFailure(f"{start}_new")) for start in BEGINNINGS} == {"unknown", "pause"}
    assert classify(ApiFailure("new_word")) == "unlisted"


@pytest.mark.parametrize("word", WORDS)
def test_a_person_is_told_what_to_do(word: str) -> None:
    assert advice(ApiFailure(word)).endswith(".")


def test_a_post_that_is_refused_ends_as_its_class_says(desk: Desk) -> None:
    for number, word in enumerate(WORDS):
        refuse(desk, "post", word, number, FileNotice((word,)))
    rows = {row.channel: row for row in desk.rows()}
    by_word = {word: rows[f"C1{number}"] for number, word in enumerate(WORDS)}
    assert {word: row.state for word, row in by_word.items()} == {
        word: OF_A_POST.get(classify(ApiFailure(word)), "dead") for word in WORDS
    }
    assert {(row.attempts, row.error == word) for word, row in by_word.items()} == {(1, True)}


def test_an_edit_that_is_refused_ends_as_its_class_says_and_its_note_is_never_lost(desk: Desk) -> None:
    """The edits are of one post and correction; of the notes that come free there is nothing left to say."""
    desk.ask("legal ferries share")
    desk.edit(ferries(1, "correction"))
    desk.run()
    for number, word in enumerate(WORDS):
        edit, note = PostEdit(1, 100 + number), CorrectionNote(1, 100 + number)
        refuse(desk, "update", word, number, edit, note)
    rows = [row for row in desk.rows() if row.channel != "C1"]
    states = {word: rows[2 * number].state for number, word in enumerate(WORDS)}
    notes = {word: rows[2 * number + 1].state for number, word in enumerate(WORDS)}
    assert states == {word: OF_AN_EDIT.get(classify(ApiFailure(word)), "dead") for word in WORDS}
    assert notes == {word: "pending" if state == "dead" else "waiting" for word, state in states.items()}


def refuse(desk: Desk, call: Call, word: str, number: int, *contents: DeliveryContent) -> None:
    """A call of a workspace of its own is refused with a word: some of them stop all that it sends. What follows the
    first of `contents` waits for it."""
    team, channel = f"T1{number}", f"C1{number}"
    states: tuple[State, ...] = ("pending", "waiting")
    with desk.store.transaction() as tx:
        for content, state in zip(contents, states, strict=False):
            tx.outbox.add([NewDelivery(team, None, channel, content, desk.replica.at, state)])
    desk.slack.refuse(call, word)
    run_worker(desk.services, "update" if call == "update" else "post", team)


# A word that nobody knows


def test_a_word_that_nobody_knows_is_tried_for_a_day_then_given_up_and_told(desk: Desk) -> None:
    desk.slack.add_channel("CM")
    desk.decide(maintainers=(TEAM, "CM"))
    desk.subscribe("all")
    desk.slack.refuse("post", "new_word", times=30)
    desk.edit(ferries(1))
    for hour in range(24):
        desk.wake_at(hour * 3600)
        assert [(row.kind, row.state, row.error) for row in desk.rows()] == [("change", "pending", "new_word")]
    assert desk.status().dead == 0
    desk.wake_at(24 * 3600)
    assert [(row.kind, row.state) for row in desk.rows()] == [("change", "dead"), ("refusal", "pending")]
    desk.slack.heal()
    desk.wake_at(24 * 3600 + 10)
    assert desk.status().dead == 1
    assert desk.slack.texts("CM")[0].startswith("1 message was given up: new_word")


def test_a_word_that_nobody_knows_is_forgotten_once_it_passes(desk: Desk) -> None:
    desk.subscribe("all")
    desk.slack.refuse("post", "new_word")
    desk.edit(ferries(1))
    desk.run()
    desk.wake_at(25 * 3600)
    desk.slack.refuse("post", "new_word")
    desk.edit(ferries(2))
    desk.run()
    assert [(row.kind, row.state) for row in desk.rows()] == [("change", "sent"), ("change", "pending")]


@pytest.mark.parametrize("word", ["update_failed", "dropped", "new_word"])
def test_a_correction_that_slack_refuses_for_long_is_told_in_the_thread_and_edited_later(desk: Desk, word: str) -> None:
    desk.ask("legal ferries share")
    (post,) = desk.entries()
    desk.slack.refuse("update", word, times=10)
    desk.edit(ferries(1, "correction"))
    at = 0.0
    for _ in range(10):
        desk.wake_at(at)
        at = desk.rows()[0].due_s
    desk.wake_at(at - 1)
    (note,) = desk.slack.texts("C1", post.ts)
    assert "could not be edited yet, and still shows the old words" in note
    assert (desk.status().edits_open, desk.status().edits_done, desk.uneditable()) == (1, 0, [word])
    desk.wake_at(at)
    assert (desk.status().edits_done, desk.uneditable()) == (1, [None])
    assert "There were 1 ferries" in desk.entries()[0].text
    assert len(desk.slack.texts("C1", post.ts)) == 1


# Threads that are shut


@pytest.mark.parametrize("word", sorted(MEANINGS["thread"].words))
def test_what_a_shut_thread_does_not_take_is_posted_in_the_channel(desk: Desk, word: str) -> None:
    desk.subscribe("all deliver:thread")
    desk.edit(ferries(1))
    desk.run()
    parent, _ = desk.entries()
    desk.slack.refuse("post", word)
    desk.edit(ferries(2))
    desk.run()
    assert [each.thread_ts == parent.ts for each in desk.entries()] == [False, True, False]
    desk.edit(ferries(3))
    desk.run()
    later_parent, reply = desk.entries()[3:]
    assert (later_parent.thread_ts, reply.thread_ts) == (None, later_parent.ts)


def test_a_maintainer_reads_once_a_day_why_messages_are_given_up(desk: Desk) -> None:
    desk.slack.add_channel("CM")
    desk.decide(maintainers=(TEAM, "CM"))
    for number in range(3):
        with desk.store.transaction() as tx:
            tx.outbox.add(
                [NewDelivery(TEAM, None, "C1", FileNotice((str(number),)), MONDAY + timedelta(seconds=number))]
            )
    desk.slack.refuse("post", "invalid_blocks", times=3)
    desk.wake_at(3)
    assert Counter(row.state for row in desk.rows() if row.kind == "files") == {"dead": 3}
    desk.wake_at(13)
    (notice,) = desk.slack.texts("CM")
    assert notice.startswith("3 messages were given up: invalid_blocks")
    assert Row("refusal", "CM", "sent", 13, 1, 13) in desk.rows()
