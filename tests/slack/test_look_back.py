"""The look for a message that may have been posted says that it is not there only where it has seen all."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from bot.handlers.ports import ApiFailure, Posted
from bot.slack.look_back import FAR, NEAR, find_message
from bot.slack.web_api import WebApi
from tests.slack.raw_server import RawServer, answer, serving

NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


def look(server: RawServer, thread: str | None = None) -> Posted | ApiFailure | None:
    return find_message(WebApi("x", server.url), "C1", "key-1", NOW, thread)


def test_it_looks_near_the_attempt_first_and_then_as_far_as_a_clock_may_be_wrong() -> None:
    with serving(answer('{"ok": true, "messages": []}')) as server:
        assert look(server) is None
        spans = [parse_qs(each.decode().split("\r\n\r\n")[1]) for each in server.requests]
    seconds = [[float(span[end][0]) - NOW.timestamp() for end in ("oldest", "latest")] for span in spans]
    assert seconds == [[-60, 300], [-26 * 3600, 26 * 3600]]


@pytest.mark.parametrize("thread", [None, "1.0"])
@pytest.mark.parametrize(
    ("page", "outcome", "calls"),
    [
        ({"messages": [], "response_metadata": {"next_cursor": "on"}}, ApiFailure("look_incomplete"), NEAR.pages_max),
        ({"messages": [], "has_more": True}, ApiFailure("look_incomplete"), 1),
        ({"messages": []}, None, 2),
        ({"messages": [1, None, {}, {"ts": 1}, {"ts": "1.0", "metadata": []}]}, None, 2),
        ({"messages": None}, ApiFailure("no_slack_answer"), 1),
        ({}, ApiFailure("no_slack_answer"), 1),
    ],
)
def test_a_look_says_that_nothing_is_there_only_where_it_has_seen_all(
    page: dict[str, object], outcome: ApiFailure | None, calls: int, thread: str | None
) -> None:
    with serving(answer(json.dumps({"ok": True, **page}))) as server:
        assert look(server, thread) == outcome
        assert len(server.requests) == calls
        assert all(b"latest=" in each and b"oldest=" in each for each in server.requests)


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        (answer('{"ok": true, "messages": [], "response_metadata": {"next_cursor": "on"}}'), None),
        (answer('{"ok": true, "messages": [], "has_more": true}'), None),
        (answer("", "429 Too Many Requests"), ApiFailure("ratelimited")),
        (answer('{"ok": false, "error": "internal_error"}'), ApiFailure("internal_error")),
        (answer("[]"), ApiFailure("no_slack_answer")),
    ],
)
def test_far_from_the_attempt_only_a_busy_channel_is_no_reason_to_look_again(
    later: bytes, outcome: ApiFailure | None
) -> None:
    """Near it there is nothing. A look that failed may have missed the message, where the clock was wrong."""
    answers = iter([answer('{"ok": true, "messages": []}'), *[later] * 9])
    with serving(each=lambda: (next(answers),)) as server:
        assert look(server) == outcome
        assert len(server.requests) <= 1 + FAR.pages_max
