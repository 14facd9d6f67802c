"""Replies are owed with the work that they tell of: sent at once where Slack takes them, later where not, and once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.delivery.rate_limit import RateLimit
from bot.errors import BusyError, DatabaseFailureError
from bot.handlers.commands.slash_command import answer_mention
from bot.handlers.commands.welcome import welcome_channel
from bot.handlers.delivery import replies
from bot.handlers.ports import ApiFailure, Caller, Posted
from bot.store.outbox import Delivery
from tests.fake_channel import Entry
from tests.handlers.desk import TEAM, Desk, Row, ferries


@dataclass
class Question:
    """A message that mentions the bot, which Slack may deliver several times."""

    desk: Desk
    text: str = "legal ferries"

    def __post_init__(self) -> None:
        self.ts = self.desk.slack.say("U1", "C1", f"<@UBOT> {self.text}").ts

    def deliver(self) -> None:
        services, key = self.desk.services, f"{TEAM}/C1/{self.ts}"
        if taken_at := services.take_message(key, self.ts, edited=False):
            caller = Caller(TEAM, None, "U1", "C1", message=key, taken_at=taken_at)
            answer_mention(self.text, caller, self.ts, services)
            services.mark_done(key, taken_at)


def mention(desk: Desk, text: str = "legal ferries") -> Question:
    """Somebody mentions the bot, once."""
    question = Question(desk, text)
    question.deliver()
    return question


@contextmanager
def death_before(desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str, *, arrives: bool) -> Iterator[None]:
    """The process dies in a call to Slack, before or after it took effect."""
    real = getattr(desk.slack, call)

    def die(*args: Any, **options: Any) -> Posted | ApiFailure:
        if arrives:
            real(*args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk.slack, call, die)
        with suppress(KeyboardInterrupt):
            yield


def said(desk: Desk) -> list[Entry]:
    """What the bot has said in the channel."""
    return [each for each in desk.entries() if each.user is None]


def answers(desk: Desk) -> int:
    return sum("Legal considerations" in each.text for each in said(desk))


# Once


@pytest.mark.parametrize("error", ["ratelimited", "http_503", "unreachable", "new_word", "internal_error", "dropped"])
def test_an_answer_that_slack_does_not_take_at_once_is_posted_later_and_once(desk: Desk, error: str) -> None:
    desk.slack.refuse("post", error)
    question = mention(desk)
    assert answers(desk) == 0
    desk.wake_at(6)
    question.deliver()
    assert (answers(desk), [row.state for row in desk.replies()]) == (1, ["sent"])


@pytest.mark.parametrize("arrives", [True, False])
def test_an_answer_whose_process_dies_in_the_call_is_posted_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    question = Question(desk)
    with death_before(desk, monkeypatch, "post", arrives=arrives):
        question.deliver()
    assert desk.replies() == [Row("reply", "C1", "unknown", due_s=6, attempts=1, attempt_s=0)]
    question.deliver()  # its answer is owed, so it is handled
    desk.wake_at(6)
    assert (answers(desk), [row.state for row in desk.replies()]) == (1, ["sent"])


def test_a_message_whose_process_dies_before_its_answer_is_owed_is_answered_when_it_comes_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(desk, "subscribe all")
    with death_before(desk, monkeypatch, "user_info", arrives=False):
        question.deliver()
    assert (desk.subscriptions(), desk.replies()) == ([], [])
    desk.set_clock(2)
    question.deliver()
    assert (len(desk.subscriptions()), len(said(desk))) == (1, 1)


@pytest.mark.parametrize("arrives", [True, False])
def test_a_change_and_its_announcement_are_kept_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    question = Question(desk, "subscribe all")
    with death_before(desk, monkeypatch, "post", arrives=arrives):
        question.deliver()
    assert len(desk.subscriptions()) == 1
    desk.wake_at(6)
    question.deliver()
    assert [each.text.startswith("<@U1> made this channel follow all briefs") for each in said(desk)] == [True]


def test_a_press_that_is_delivered_again_posts_once(desk: Desk) -> None:
    caller = desk.slack.caller("U1", "C1")
    for _ in range(3):
        answer_mention("legal ferries", caller, "1.0", desk.services)
    assert answers(desk) == 1


def test_a_welcome_that_slack_does_not_take_comes_later_and_once(desk: Desk) -> None:
    desk.slack.refuse("post", "http_503")
    welcome_channel(TEAM, "C1", desk.services)
    desk.wake_at(1)
    welcome_channel(TEAM, "C1", desk.services)
    assert len(said(desk)) == 1


# Recorded with its work


def test_a_share_that_was_posted_and_not_recorded_is_found_and_corrected(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseFailureError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("bot.store.outbox.Outbox.mark_sent", fail)
        desk.ask("legal ferries share")
    assert (len(desk.entries()), desk.uneditable()) == (1, [])
    desk.edit(ferries(1, "correction"))
    desk.wake_at(6)
    desk.wake_at(7)
    post, note = desk.entries()
    assert "There were 1 ferries" in post.text
    assert note.thread_ts == post.ts
    assert desk.uneditable() == [None]


# Slack's pace


def test_what_comes_too_fast_for_a_channel_waits_and_goes_before_changes(desk: Desk) -> None:
    slow = dict.fromkeys(("post", "update"), RateLimit(10_000, timedelta(seconds=1)))
    desk.decide(limits=slow)
    desk.services = replace(desk.services, cadence=replace(desk.services.cadence, inline_wait=timedelta(0)))
    desk.subscribe("all")
    desk.edit(ferries(1))
    for _ in range(4):
        mention(desk)
    assert [row.state for row in desk.replies()] == ["sent", "pending", "pending", "pending"]
    for second in range(1, 12):
        desk.wake_at(second)
    assert ["Was: " in each.text for each in said(desk)] == [False, False, False, False, True]
    assert desk.changes() == [(0, 1)]


def test_while_slack_asks_to_wait_nothing_is_tried(desk: Desk) -> None:
    desk.slack.refuse("post", "ratelimited", retry_after=timedelta(seconds=30))
    mention(desk)
    mention(desk)
    assert [row.attempts for row in desk.replies()] == [1, 0]
    desk.wake_at(30)
    assert answers(desk) == 2


# Refused


@pytest.mark.parametrize("error", ["is_archived", "restricted_action", "not_in_channel"])
def test_who_asks_where_the_bot_may_not_post_is_told_in_a_direct_message(desk: Desk, error: str) -> None:
    desk.slack.refuse("post", error)
    mention(desk)
    desk.run()
    assert desk.replies() == [Row("reply", "C1", "dead", due_s=6, attempts=1, error=error)]
    (notice,) = desk.slack.texts("U1")
    assert notice.startswith(f"What you asked for could not be posted in <#C1>: Slack answers {error}.")


def test_nobody_waits_for_an_answer_of_yesterday(desk: Desk) -> None:
    desk.slack.refuse("post", "invalid_auth")
    mention(desk)
    with desk.store.transaction() as tx:
        tx.subscriptions.mark_active(TEAM, None)
    desk.wake_at(24 * 3600)
    assert (answers(desk), [row.state for row in desk.replies()]) == (0, ["void"])


# Beside others


def test_whoever_was_too_slow_with_a_message_takes_back_what_it_did(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process has taken it meanwhile, and does the same."""
    question = Question(desk, "subscribe all")
    user_info = desk.slack.user_info

    def ask_slowly(*args: str) -> Any:
        monkeypatch.undo()
        desk.set_clock(3)
        question.deliver()
        return user_info(*args)

    monkeypatch.setattr(desk.slack, "user_info", ask_slowly)
    with pytest.raises(BusyError):
        question.deliver()
    assert [each.version for each in desk.subscriptions()] == [1]
    assert len(said(desk)) == 1


def test_an_attempt_that_comes_late_is_left_to_the_worker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process was stopped between the mark and the call."""
    question = Question(desk)
    owe = replies.owe

    def stop(*args: Any, **options: Any) -> Delivery | None:
        owed = owe(*args, **options)
        desk.set_clock(5)
        return owed

    monkeypatch.setattr(replies, "owe", stop)
    question.deliver()
    assert answers(desk) == 0
    desk.wake_at(6)
    assert (answers(desk), [row.state for row in desk.replies()]) == (1, ["sent"])


def test_an_outcome_that_comes_late_changes_nothing_that_the_worker_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(desk)
    post = desk.slack.post

    def post_late(*args: Any, **options: Any) -> Posted | ApiFailure:
        monkeypatch.undo()
        post(*args, **options)
        desk.wake_at(6)
        return ApiFailure("unreachable")

    monkeypatch.setattr(desk.slack, "post", post_late)
    question.deliver()
    desk.wake_at(60)
    assert (answers(desk), [row.state for row in desk.replies()]) == (1, ["sent"])


def test_a_channel_reads_of_changes_in_their_order(desk: Desk) -> None:
    desk.slack.refuse("post", "http_503")
    desk.ask("subscribe all")
    desk.ask("unsubscribe all")
    assert said(desk) == []
    desk.wake_at(1)
    first, second = said(desk)
    assert "made this channel follow all briefs" in first.text
    assert "made this channel follow all briefs" not in second.text


def test_a_reply_does_not_wait_for_a_channel_to_be_opened_again(desk: Desk) -> None:
    desk.slack.refuse("post", "http_503")
    mention(desk)
    desk.slack.archive("C1")
    desk.hear("channel_archive")
    desk.wake_at(1)
    assert [(row.state, row.error) for row in desk.replies()] == [("dead", "is_archived")]
    assert len(desk.slack.texts("U1")) == 1
