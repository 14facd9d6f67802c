"""Answers that a test orders: Slack's words, and what is none."""

import gzip
import json
from http.client import IncompleteRead

import pytest

from bot.workspace.answers import Answer, word
from bot.workspace.api.web_api import METHODS
from bot.workspace.workspace import Workspace
from tests.workspace.contract import contract, needs_contract
from tests.workspace.over_http import Found, send_json


def call(workspace: Workspace, name: str, arguments: object, timeout: float = 5, size: int | None = None) -> Found:
    return send_json(workspace, f"/api/{name}", arguments, timeout, size)


def post(workspace: Workspace, channel: str, timeout: float = 5) -> Found:
    return call(workspace, "chat.postMessage", {"channel": channel, "text": "hello"}, timeout)


@pytest.mark.parametrize("effect", [False, True])
def test_a_word_comes_as_often_as_ordered_with_its_effect_or_without(served: Workspace, effect: bool) -> None:
    channel = served.add_channel("general")
    served.limits.on = False
    served.faults.order("chat.postMessage", "fatal_error", times=2, effect=effect)
    answers = [post(served, channel).value for _ in range(2)]
    assert answers == [{"ok": False, "error": "fatal_error"}] * 2
    assert len(served.state.messages) == (2 if effect else 0)
    assert post(served, channel).value["ok"]


def test_a_word_comes_with_further_fields(served: Workspace) -> None:
    served.faults.order("*", word("missing_scope", needed="chat:write"))
    assert call(served, "auth.test", {}).value == {"ok": False, "error": "missing_scope", "needed": "chat:write"}


@needs_contract
@pytest.mark.parametrize("name", METHODS)
def test_every_method_can_answer_with_every_word_that_slack_documents(served: Workspace, name: str) -> None:
    words = contract(name)["errors"]
    for each in words:
        served.faults.order(name, each)
    assert [call(served, name, {}).value["error"] for _ in words] == list(words)
    assert served.faults.counts["ordered"] == len(words) > 20


PAGE, HTML = b"<html>Down for maintenance</html>", {"Content-Type": "text/html"}
ELSEWHERE = "http://127.0.0.2:9/"
RAW: dict[str, Answer] = {
    "a page": Answer(PAGE, headers=HTML),
    "a page with 413": Answer(PAGE, 413, HTML),
    "a page in Latin-1": Answer("Störung".encode("latin-1"), 502, {"Content-Type": "text/html"}),
    "nothing": Answer(b""),
    "half of it": Answer(b'{"ok": true, "ts": "17'),
    "a list": Answer(b"[1]"),
    "null": Answer(b"null"),
    "gzip": Answer(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"}),
    "gzip that is none": Answer(PAGE, headers={"Content-Encoding": "gzip"}),
    **{f"{status}": Answer(b"", status, {"Location": ELSEWHERE}) for status in (301, 302, 303, 307, 308)},
    **{f"429, {wait}": Answer(b"", 429, {"Retry-After": wait}) for wait in ("", "abc", "-5", "99999999")},
    "429 alone": Answer(b"", 429),
}


@pytest.mark.parametrize("name", RAW)
def test_any_status_headers_and_body_come_as_ordered(served: Workspace, name: str) -> None:
    answer = RAW[name]
    served.faults.order("auth.test", answer)
    found = call(served, "auth.test", {})
    assert (found.status, found.body) == (answer.status, answer.body)
    assert all(found.headers[key] == value for key, value in answer.headers.items())
    assert "Retry-After" in answer.headers or "Retry-After" not in found.headers


def test_an_answer_without_a_body_is_the_methods_own(served: Workspace) -> None:
    channel = served.add_channel("general")
    served.faults.order("chat.postMessage", Answer(status=502))
    found = post(served, channel)
    assert (found.status, found.value["ts"]) == (502, served.state.messages[0].ts)


def test_a_cut_answer_ends_before_what_it_announced(served: Workspace) -> None:
    channel = served.add_channel("general")
    served.faults.order("chat.postMessage", Answer(is_cut=True))
    with pytest.raises(IncompleteRead) as caught:
        post(served, channel)
    assert json.loads(caught.value.partial)["ok"]
    assert len(served.state.messages) == 1


def test_a_dripping_answer_comes_byte_by_byte(served: Workspace) -> None:
    served.faults.order("auth.test", Answer(b"ab", byte_s=0.05, repeat=1000))
    found = call(served, "auth.test", {}, size=3)
    assert (found.headers["Content-Length"], found.body) == ("2000", b"aba")


@pytest.mark.parametrize("answer", [Answer(b"{}", head_s=60), Answer(head_s=60)])
def test_a_silent_answer_is_waited_for_in_vain(served: Workspace, answer: Answer) -> None:
    channel = served.add_channel("general")
    served.faults.order("chat.postMessage", answer)
    with pytest.raises(TimeoutError):
        post(served, channel, timeout=0.2)
    assert len(served.state.messages) == (answer.body is None)


def test_a_large_answer_is_sent_whole(served: Workspace) -> None:
    served.faults.order("auth.test", Answer(b" " * 1_000_000, repeat=20))
    assert len(call(served, "auth.test", {}).body) == 20_000_000


def test_a_response_url_answers_as_ordered(served: Workspace) -> None:
    ann = served.add_user("ann")
    key = served.state.new_response_key({"channel": served.add_channel("general", ann), "user": ann})
    served.faults.order("response_url", Answer(b"gone", 410))
    found = send_json(served, f"/response/{served.state.team}/{key}", {"text": "hello"})
    assert (found.status, found.body, len(served.state.messages)) == (410, b"gone", 0)


def test_a_limit_does_not_use_up_what_was_ordered_with_effect(served: Workspace) -> None:
    channel = served.add_channel("general")
    post(served, channel)
    served.faults.order("chat.postMessage", "fatal_error", effect=True)
    assert post(served, channel).status == 429
    assert [fault.times for fault in served.faults.scripted] == [1]
