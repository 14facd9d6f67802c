"""What who shares is told where Slack did not take it."""

from dataclasses import replace

import pytest

from bot.core.answers.answer import Answer
from bot.core.commands.command import Show
from bot.handlers.commands.share import share
from bot.handlers.delivery.slack_errors import advice
from bot.handlers.ports import ApiFailure, Caller
from tests.handlers.desk import Desk


def told(desk: Desk, error: str, caller: Caller | None = None) -> tuple[str, str]:
    """What comes of sharing while posts are refused so, and who sees it."""
    desk.slack.refuse("post", error)
    answer = desk.services.answers().answer(Show("legal", "ferries"))
    assert isinstance(answer, Answer)
    message = share(answer, 1, caller or desk.slack.caller("U1", "C1"), desk.services, 1)
    return message.text, message.response_type


@pytest.mark.parametrize("error", ["missing_scope", "invalid_auth", "invalid_blocks"])
def test_a_plain_refusal_is_said_as_one_with_its_remedy(desk: Desk, error: str) -> None:
    remedy = advice(ApiFailure(error))
    assert told(desk, error) == (f"It was not shared: Slack refused it ({error}). {remedy}", "ephemeral")
    assert [row.state for row in desk.replies()] == ["void"]


@pytest.mark.parametrize("error", ["ratelimited", "http_503", "request_timeout"])
def test_what_slack_does_not_take_for_now_is_shared_later(desk: Desk, error: str) -> None:
    text, who = told(desk, error)
    assert text.startswith(f"Slack does not take it just now ({error}). It is shared as soon as Slack does")
    assert who == "ephemeral"
    desk.wake_at(1)
    assert [row.state for row in desk.replies()] == ["sent"]
    assert len(desk.entries()) == 1


def test_what_slack_refuses_with_a_word_that_nobody_knows_is_tried_again(desk: Desk) -> None:
    text, _ = told(desk, "new_word")
    assert text.startswith(
        "Slack refuses it (new_word), a reason that this bot does not know. It is tried again for a day"
    )
    desk.wake_at(1)
    assert len(desk.entries()) == 1


@pytest.mark.parametrize("error", ["dropped", "internal_error", "fatal_error", "http_504"])
def test_what_may_have_arrived_is_looked_for_and_shared_once(desk: Desk, error: str) -> None:
    text, who = told(desk, error)
    assert text.startswith(f"Slack did not say whether it took it ({error}). The bot looks, and shares it if")
    assert who == "ephemeral"
    desk.wake_at(6)
    assert [row.state for row in desk.replies()] == ["sent"]
    assert len(desk.entries()) == 1


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "restricted_action"])
def test_where_the_bot_may_not_post_the_answer_itself_goes_out(desk: Desk, error: str) -> None:
    text, who = told(desk, error)
    assert (text.startswith("Shared by <@U1>. Corrections will not reach this copy unless"), who) == (
        True,
        "in_channel",
    )


def test_between_people_nobody_is_told_to_invite_the_bot(desk: Desk) -> None:
    caller = replace(desk.slack.caller("U1", "C1"), group=True)
    text, who = told(desk, "channel_not_found", caller)
    assert text.startswith("Shared by <@U1>. Corrections will not reach this copy\n")
    assert (who, "/invite" in text) == ("in_channel", False)
