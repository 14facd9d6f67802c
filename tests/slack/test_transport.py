"""Calls over HTTP: one deadline, one request, one host, and only Slack's word is Slack's."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import HttpAnswer, HttpRequest, exchange
from bot.slack.web_api import WebApi, respond
from tests.slack.odd_answers import (
    BROKEN,
    DROPPED,
    NO_SLACK,
    OK,
    OTHERS,
    PAGE,
    RESPONSES,
    SLACK_WORDS,
    chunked,
    refused,
)
from tests.slack.raw_server import RawServer, answer, drip, serving

SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=0.3)
TOKEN = "xoxb-hush-hush"  # noqa: S105  of nobody


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A call that fails is a warning of one line, whichever library notices it."""
    yield
    assert [each for each in caplog.records if each.levelno > logging.WARNING or each.exc_info] == []


def call(api_url: str, deadline: timedelta = SECOND, **arguments: Any) -> dict[str, Any] | ApiFailure:
    return WebApi(TOKEN, api_url).call("chat.postMessage", arguments, deadline=deadline)


@pytest.mark.parametrize("kind", SLACK_WORDS)
def test_what_is_slacks_word_is_passed_on(kind: str) -> None:
    sent, outcome = SLACK_WORDS[kind]
    with serving(sent) as server:
        assert call(server.url) == outcome
        assert len(server.requests) == 1


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_not_slacks_word_decides_nothing_and_is_not_logged(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with serving(OTHERS[kind]) as server:
        assert call(server.url) == NO_SLACK
        assert len(server.requests) == 1
    assert all(len(each) < 100 and "secret" not in each for each in caplog.messages)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_connection_that_ends_before_its_answer_may_have_delivered(kind: str) -> None:
    with serving(BROKEN[kind]) as server:
        assert call(server.url) == DROPPED
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("scheme", ["http:", ""])
def test_no_redirect_is_followed_and_no_other_host_sees_a_token(status: int, scheme: str) -> None:
    with serving(answer(OK)) as other:
        moved = answer("", f"{status} Moved", [f"Location: {scheme}//127.0.0.1:{other.port}/api/chat.postMessage"])
        with serving(moved) as server:
            assert call(server.url) == NO_SLACK
            assert respond(server.url, {}, deadline=SECOND) == NO_SLACK
        assert other.connections == 0


# The deadline


def test_a_name_that_is_not_resolved_in_time_is_given_up_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: resolved.wait(5) and [])
    began = time.monotonic()
    assert call("https://slack.invalid/api/", SOON) == ApiFailure("unreachable")
    assert time.monotonic() - began < 0.8
    resolved.set()


@pytest.mark.parametrize(
    ("kind", "pieces"),
    {
        "nothing": (b"",) * 90,
        "a dripping status": drip(answer(OK)),
        "dripping headers": (b"HTTP/1.1 200 OK\r\n", *drip(b"X-Header: value\r\n" * 9)),
        "dripping lines": (b"HTTP/1.1 200 OK\r\n", *[b"X-Header: value\r\n"] * 90),
        "a dripping body": (answer("", length=999), *drip(OK.encode())),
        "dripping chunks": (chunked(end=b""), *[b"1\r\n \r\n"] * 90),
        "dripping blanks": (chunked(b"{", end=b""), *[b"400\r\n" + b" " * 1024 + b"\r\n"] * 90),
        "one 100 Continue after another": (*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 90,),
        "a 404 whose page drips": (answer("", "404 Not Found", length=999), *drip(PAGE.encode())),
    }.items(),
)
def test_a_slack_that_drips_is_given_up_at_the_deadline(kind: str, pieces: tuple[bytes, ...]) -> None:
    with serving(*pieces, pause_s=0.1) as server:
        began = time.monotonic()
        assert call(server.url, SOON) == DROPPED
        assert 0.25 < time.monotonic() - began < 0.8


def test_a_server_that_takes_no_byte_of_a_large_request_is_given_up_at_the_deadline() -> None:
    with serving(b"", b"", pause_s=5, reads=False) as server:
        began = time.monotonic()
        assert call(server.url, SOON, text="x" * 900_000) == DROPPED
        assert time.monotonic() - began < 0.8


def test_a_large_body_is_not_read_to_its_end() -> None:
    piece = b" " * 65536
    endless = (b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", *[piece] * 1500)
    with serving(*endless) as server:
        began = time.monotonic()
        assert call(server.url, timedelta(seconds=5)) == NO_SLACK
        assert time.monotonic() - began < 1


def test_a_call_ends_though_others_hang() -> None:
    with serving(b"", b"", pause_s=5) as hanging, serving(answer(OK)) as well:
        request = HttpRequest(hanging.url, {}, b"")
        with ThreadPoolExecutor(20) as pool:
            hung = [pool.submit(exchange, request, deadline=SECOND) for _ in range(20)]
            began = time.monotonic()
            assert call(well.url) == json.loads(OK)
            assert time.monotonic() - began < 0.5
            assert [each.result() for each in hung] == [DROPPED] * 20


# What never left this machine


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


UNREACHABLE = {
    "a name that does not resolve": "https://slack.invalid/api/",
    "a name that is too long": f"http://{'a' * 70}.invalid/",
    "a name with an empty label": "http://slack..invalid/",
    "no route": "http://255.255.255.255/",
    "port 0": "http://127.0.0.1:0/",
    "another scheme": "file:///etc/",
    "no scheme": "slack.com/api",
    "no host": "https:///api/",
    "a port that is none": "https://slack.com:abc/",
    "a broken address": "http://[::1/",
}


@pytest.mark.parametrize("kind", UNREACHABLE)
def test_where_no_connection_is_made_nothing_was_sent(kind: str) -> None:
    assert call(UNREACHABLE[kind]) == ApiFailure("unreachable")
    assert respond(UNREACHABLE[kind], {}, deadline=SECOND) == ApiFailure("unreachable")


def test_where_nothing_listens_nothing_was_sent() -> None:
    assert call(closed_port()) == ApiFailure("unreachable")


@pytest.mark.parametrize("pieces", [(answer(OK),), (b"", b""), ()], ids=["plain HTTP", "silence", "an end"])
def test_tls_that_fails_before_the_request_has_sent_nothing(pieces: tuple[bytes, ...]) -> None:
    with serving(*pieces, pause_s=5, reads=False) as server:
        assert call(f"https://127.0.0.1:{server.port}/", SOON) == ApiFailure("unreachable")


def test_a_server_that_does_not_accept_was_sent_nothing() -> None:
    """Its backlog is full, so that the connection is never made."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        assert call(f"http://127.0.0.1:{address[1]}/", SOON) == ApiFailure("unreachable")
        for each in waiting:
            each.close()


# Proxies


def proxied(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy)


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}", "127.0.0.1:{}"])
def test_the_proxy_of_the_environment_is_asked_for_a_tunnel_and_sees_no_token(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answer(PAGE, "502 Bad Gateway")) as proxy:
        proxied(monkeypatch, address.format(proxy.port))
        assert call("https://slack.invalid/api/") == ApiFailure("unreachable")
        (request,) = proxy.requests
    assert request.startswith(b"CONNECT slack.invalid:443 ")
    assert TOKEN.encode() not in request


def test_a_proxy_is_told_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer(PAGE, "407 Proxy Authentication Required")) as proxy:
        proxied(monkeypatch, f"http://ann:hush@127.0.0.1:{proxy.port}")
        assert call("https://slack.invalid/api/") == ApiFailure("unreachable")
        assert b"Proxy-Authorization: Basic YW5uOmh1c2g=" in proxy.requests[0]


def test_addresses_of_no_proxy_are_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    proxied(monkeypatch, closed_port())
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(answer(OK)) as server:
        assert call(server.url) == json.loads(OK)


@pytest.mark.parametrize("proxy", ["http://[::1", "ftp://127.0.0.1:9", "http://proxy.invalid:3128", "not a proxy"])
def test_a_proxy_that_is_none_is_not_reached(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxied(monkeypatch, proxy)
    assert call("https://slack.invalid/api/") == ApiFailure("unreachable")


# What is sent


def sent_by(server: RawServer) -> tuple[list[str], bytes]:
    (request,) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    return head.decode().splitlines(), body


def test_messages_are_sent_as_json_with_the_token_in_a_header() -> None:
    with serving(answer(OK)) as server:
        call(server.url.rstrip("/"), text="grüße \ud800", blocks=[{"type": "divider"}], thread_ts=None)
        head, body = sent_by(server)
    assert head[0] == "POST /chat.postMessage HTTP/1.1"
    assert f"Authorization: Bearer {TOKEN}" in head
    assert json.loads(body) == {"text": "grüße ?", "blocks": [{"type": "divider"}]}


def test_questions_are_sent_as_a_form() -> None:
    with serving(answer(OK)) as server:
        WebApi(TOKEN, server.url).call("users.info", {"user": "U 1", "limit": 5, "all": True}, deadline=SECOND)
        _, body = sent_by(server)
    assert body == b"user=U+1&limit=5&all=true"


def test_no_token_goes_to_a_response_url() -> None:
    with serving(answer("ok")) as server:
        assert respond(server.url, {"text": "hello"}, deadline=SECOND) is None
        head, body = sent_by(server)
    assert "Authorization" not in "\n".join(head)
    assert json.loads(body) == {"text": "hello"}


# Answers of a response_url


@pytest.mark.parametrize("kind", RESPONSES)
def test_a_response_url_says_whether_it_took_the_message(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    sent, outcome = RESPONSES[kind]
    with serving(sent) as server:
        assert respond(server.url, {}, deadline=SECOND) == outcome
        assert server.url not in caplog.text


def test_a_refusal_says_where_the_message_is_wrong() -> None:
    refusal = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": ["[ERROR] a", 7, "b" * 999]}}
    with serving(answer(json.dumps(refusal))) as server:
        assert call(server.url) == refused("invalid_blocks")


def test_an_answer_has_its_headers_without_case() -> None:
    with serving(answer("hello", headers=["x-any: 1"])) as server:
        got = exchange(HttpRequest(server.url, {}, b""), deadline=SECOND)
    assert isinstance(got, HttpAnswer)
    assert (got.status, got.headers["X-Any"], got.body) == (200, "1", b"hello")
