"""Calls that are none: Slack's word for each, and never a failure of the workspace."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import JSONResponse

from bot.workspace.api.request_body import read_body
from bot.workspace.api.web_api import METHODS, call
from bot.workspace.state import SlackError
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.workspace.calls import posted, refusal
from tests.workspace.contract import CONTRACT, contract
from tests.workspace.over_http import send

JSON_TYPE, FORM_TYPE = "application/json; charset=utf-8", "application/x-www-form-urlencoded"
MALFORMED: dict[str, tuple[bytes, str | None, str]] = {
    "no JSON": (b"{", JSON_TYPE, "invalid_json"),
    "half of it": (b'{"channel": "C1", "te', JSON_TYPE, "invalid_json"),
    "a form as JSON": (b"channel=C1&text=x", JSON_TYPE, "invalid_json"),
    "not in UTF-8": ('{"text": "é"}'.encode("latin-1"), JSON_TYPE, "invalid_json"),
    "with a NaN": (b'{"limit": NaN}', JSON_TYPE, "invalid_json"),
    "with a number beyond all": (b'{"limit": 1e999}', JSON_TYPE, "invalid_json"),
    "deeper than Python": (b'{"a": ' + b"[" * 100_000, JSON_TYPE, "invalid_json"),
    "an array": (b"[]", JSON_TYPE, "json_not_object"),
    "null": (b"null", JSON_TYPE, "json_not_object"),
    "a text": (b'"x"', JSON_TYPE, "json_not_object"),
    "a number": (b"7", JSON_TYPE, "json_not_object"),
    "a form not in UTF-8": (b"text=\xff", FORM_TYPE, "invalid_form_data"),
    "a form escaped not in UTF-8": (b"text=%ff", FORM_TYPE, "invalid_form_data"),
    "without a type": (b"text=x", None, "missing_post_type"),
    "of another type": (b"<a/>", "text/xml", "invalid_post_type"),
    "of another charset": (b"{}", "application/json; charset=utf-16", "invalid_charset"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_body_gets_slacks_word(served: Workspace, name: str) -> None:
    body, content_type, error = MALFORMED[name]
    found = send(served, "/api/chat.postMessage", body, content_type)
    assert (found.status, found.value) == (200, {"ok": False, "error": error})


def test_what_is_null_is_not_there() -> None:
    assert read_body(b'{"channel": "C1", "thread_ts": null}', JSON_TYPE) == {"channel": "C1"}
    assert read_body(b"", None) == {}


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert read_body(rb'{"a": "\ud800", "b": "\ud83d\ude00"}', JSON_TYPE) == {"a": "�", "b": "😀"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"text": []}', b"text=x"])
def test_a_malformed_response_is_refused(served: Workspace, body: bytes) -> None:
    ann = served.add_user("ann")
    key = served.state.new_response_key({"channel": served.add_channel("general", ann), "user": ann})
    found = send(served, f"/response/{served.state.team}/{key}", body, JSON_TYPE)
    assert (found.status, found.body) == (400, b"invalid_payload")
    assert len(served.state.messages) == 0


@pytest.mark.parametrize("value", [[], ["C1"], {}, {"id": "C1"}])
def test_a_plain_argument_is_no_array(workspace: Workspace, value: object) -> None:
    assert refusal(workspace, "chat.postMessage", channel=value, text="x") == "invalid_array_arg"
    assert refusal(workspace, "users.info", user=value) == "invalid_array_arg"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


UNDOCUMENTED = {"cannot_dm_bot", "invalid_arguments", "invalid_auth", "invalid_limit", "invalid_thread_ts"}
"""Words that Slack is known to answer with and does not document for every method that does."""


@given(st.data())
def test_any_arguments_are_carried_out_or_refused(data: st.DataObject) -> None:
    scopes = {f"{kind}:{right}" for kind in ("channels", "groups", "im", "mpim") for right in ("read", "history")}
    workspace = Workspace(scopes=ALL_SCOPES | scopes | {"channels:join", "im:write", "team:read"})
    ann = workspace.add_user("ann")
    message = posted(workspace, workspace.add_channel("general", ann))
    sensible = {"channel": message.channel, "ts": message.ts, "user": ann, "users": ann, "text": "x"}
    name = data.draw(st.sampled_from(sorted(METHODS)))
    names = [*METHODS[name].required, *METHODS[name].optional]
    arguments = {each: data.draw(_value(sensible.get(each))) for each in names}
    app = workspace.state.app
    token = {"app": app.app_token}.get(METHODS[name].token, app.bot_token)
    present = {key: value for key, value in arguments.items() if value is not None}
    try:
        answer = call(workspace.state, name, json.loads(json.dumps(present)), token)
    except SlackError as error:
        answer = {"ok": False, "error": error.error, **error.extra}
    assert JSONResponse(answer).status_code == 200
    if CONTRACT.exists():
        assert answer.get("error") in {None, *contract(name)["errors"], *UNDOCUMENTED}


def _value(sensible: str | None) -> st.SearchStrategy[Any]:
    values = VALUES | VALUES.map(json.dumps)
    return values if sensible is None else st.just(sensible) | values
