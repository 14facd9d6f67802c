"""The workspaces of an organisation are read to the last page, or not at all."""

import json
from urllib.parse import parse_qs

import pytest

from bot.handlers.ports import ApiFailure
from bot.slack.organisation_teams import organisation_teams
from bot.slack.pages import PAGES_MAX
from bot.slack.web_api import WebApi
from tests.slack.raw_server import answer, serving


def page(*teams: object, cursor: object = "") -> bytes:
    return answer(json.dumps({"ok": True, "teams": teams, "response_metadata": {"next_cursor": cursor}}))


def test_all_pages_are_read() -> None:
    pages = iter([page({"id": "T1", "name": "one"}, {"id": "T2"}, cursor="more"), page({"id": "T3"}, None, {"id": 4})])
    with serving(each=lambda: (next(pages),)) as server:
        assert organisation_teams(WebApi("xoxb-1", server.url)) == frozenset({"T1", "T2", "T3"})
    asked = [parse_qs(each.rpartition(b"\r\n\r\n")[2].decode()) for each in server.requests]
    assert asked == [{"limit": ["1000"]}, {"limit": ["1000"], "cursor": ["more"]}]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (answer('{"ok": true}'), "no_slack_answer"),
        (answer('{"ok": true, "teams": {"id": "T1"}}'), "no_slack_answer"),
        (answer('{"ok": false, "error": "not_allowed_token_type"}'), "not_allowed_token_type"),
        (page({"id": "T1"}, cursor="on and on"), "look_incomplete"),
    ],
)
def test_half_a_list_is_none(sent: bytes, error: str) -> None:
    with serving(sent) as server:
        assert organisation_teams(WebApi("xoxb-1", server.url)) == ApiFailure(error)
    assert len(server.requests) <= PAGES_MAX
