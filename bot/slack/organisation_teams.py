"""Reads which workspaces of an organisation the bot is let into."""

from collections.abc import Iterable
from typing import Any

from bot.handlers.ports import ApiFailure
from bot.slack.slack_answer import LOOK_INCOMPLETE, NO_SLACK_ANSWER, next_cursor
from bot.slack.web_api import WebApi, failed

METHOD = "auth.teams.list"

PAGE = 1000
"""Workspaces that Slack names at a time, at most. Source: docs.slack.dev, auth.teams.list."""

PAGES_MAX = 10


def organisation_teams(api: WebApi) -> frozenset[str] | ApiFailure:
    """The ids (`T…`) of all of them, by the token of the organisation."""
    found: set[str] = set()
    arguments: dict[str, Any] = {"limit": PAGE}
    for _ in range(PAGES_MAX):
        page = api.call(METHOD, arguments)
        if isinstance(page, ApiFailure):
            return page
        if not isinstance(teams := page.get("teams"), list):
            return failed(METHOD, NO_SLACK_ANSWER)
        found |= {*_ids(teams)}
        arguments["cursor"] = next_cursor(page)
        if arguments["cursor"] is None:
            return frozenset(found)
    return failed(METHOD, LOOK_INCOMPLETE)


def _ids(teams: Iterable[object]) -> Iterable[str]:
    for team in teams:
        match team:
            case {"id": str(id_)}:
                yield id_
