"""Reads which workspaces of an organisation the bot is let into."""

from collections.abc import Iterable

from bot.handlers.ports import ApiFailure
from bot.slack.pages import read_pages
from bot.slack.web_api import WebApi


def organisation_teams(api: WebApi) -> frozenset[str] | ApiFailure:
    """`auth.teams.list`: the ids (`T…`) of all of them, by the token of the organisation."""
    found: set[str] = set()
    for page in read_pages(api, "auth.teams.list", "teams"):
        if isinstance(page, ApiFailure):
            return page
        found |= {*_ids(page)}
    return frozenset(found)


def _ids(teams: Iterable[object]) -> Iterable[str]:
    for team in teams:
        match team:
            case {"id": str(id_)}:
                yield id_
