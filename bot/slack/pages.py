"""Reads what Slack lists page by page."""

from collections.abc import Iterator
from typing import Any

from bot.handlers.ports import ApiFailure
from bot.slack.slack_answer import LOOK_INCOMPLETE, NO_SLACK_ANSWER, next_cursor
from bot.slack.web_api import WebApi, failed

PAGE = 1000
"""Entries that Slack names at a time, at most. Source: docs.slack.dev, conversations.members and auth.teams.list."""

PAGES_MAX = 10
"""What is beyond these is not known: somebody waits for the answer."""


def read_pages(api: WebApi, method: str, field: str, **arguments: Any) -> Iterator[list[Any] | ApiFailure]:
    """The lists that a method's answers have in a field, in their order; an ApiFailure is the last where there is more
    than was read."""
    asked: dict[str, Any] = {**arguments, "limit": PAGE}
    for _ in range(PAGES_MAX):
        page = api.call(method, asked)
        if isinstance(page, ApiFailure):
            yield page
            return
        if not isinstance(entries := page.get(field), list):
            yield failed(method, NO_SLACK_ANSWER)
            return
        yield entries
        asked["cursor"] = next_cursor(page)
        if asked["cursor"] is None:
            return
    yield failed(method, LOOK_INCOMPLETE)
