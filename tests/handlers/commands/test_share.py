"""What who shares is told where Slack did not take it."""

from dataclasses import replace

import pytest

from bot.core.answers.answer import Answer
from bot.core.commands.command import Show
from bot.handlers.commands.share import share
from bot.handlers.delivery.slack_errors import ADVICE
from bot.handlers.ports import Caller
from tests.handlers.desk import Desk

REFUSALS = {
    "missing_scope": "stop",
    "invalid_auth": "stop",
    "ratelimited": "later",
    "http_503": "later",
    "invalid_blocks": "bug",
    "a_word_that_nobody_knows": "bug",
}
"""By Slack's word, the class whose advice belongs to it."""


def told(desk: Desk, error: str, caller: Caller | None = None) -> tuple[str, str]:
    """What comes of sharing while posts are refused so, and who sees it."""
    desk.slack.refuse("post", error)
    answer = desk.services.answers().answer(Show("legal", "ferries"))
    assert isinstance(answer, Answer)
    message = share(answer, 1, caller or desk.slack.caller("U1", "C1"), desk.services, 1)
    return message.text, message.response_type


@pytest.mark.parametrize(("error", "kind"), REFUSALS.items())
def test_a_plain_refusal_is_said_as_one_with_its_remedy(desk: Desk, error: str, kind: str) -> None:
    remedies = {str(key): advice for key, advice in ADVICE.items()}
    assert told(desk, error) == (f"It was not shared: Slack refused it ({error}). {remedies[kind]}", "ephemeral")


@pytest.mark.parametrize("error", ["dropped", "internal_error", "fatal_error", "request_timeout", "http_504"])
def test_only_where_it_may_have_arrived_is_it_to_be_shared_once_more(desk: Desk, error: str) -> None:
    text = f"Slack did not say that it took it ({error}). If you do not see it above, share it once more."
    assert told(desk, error) == (text, "ephemeral")


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
