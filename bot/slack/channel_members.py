"""Reads whether somebody is in a channel."""

from typing import Any

from bot.handlers.ports import ApiFailure
from bot.slack.slack_answer import LOOK_INCOMPLETE, NO_SLACK_ANSWER, next_cursor
from bot.slack.web_api import WebApi, failed

METHOD = "conversations.members"

PAGE = 1000
"""People whom Slack names at a time, at most. Source: docs.slack.dev, conversations.members."""

PAGES_MAX = 10
"""Who is beyond these is not known to be in it: somebody waits for the answer."""


def is_in_channel(api: WebApi, channel: str, user: str) -> bool | ApiFailure:
    """Page by page, until somebody is found."""
    arguments: dict[str, Any] = {"channel": channel, "limit": PAGE}
    for _ in range(PAGES_MAX):
        page = api.call(METHOD, arguments)
        if isinstance(page, ApiFailure):
            return page
        if not isinstance(members := page.get("members"), list):
            return failed(METHOD, NO_SLACK_ANSWER)
        if user in members:
            return True
        arguments["cursor"] = next_cursor(page)
        if arguments["cursor"] is None:
            return False
    return failed(METHOD, LOOK_INCOMPLETE)
