"""Calls over HTTP: one deadline, one request, one host, and only Slack's word is Slack's."""

import gzip
import json
import logging
import socket
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import ANSWER_MAX, HttpAnswer, HttpRequest, exchange
from bot.slack.web_api import WebApi, respond
from tests.slack.raw_server import RawServer, answer, drip, serving

SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=0.3)
TOKEN = "xoxb-hush-hush"  # noqa: S105  of nobody
OK = json.dumps({"ok": True, "channel": "C1", "ts": "1.0"})
REFUSED = json.dumps({"ok": False, "error": "channel_not_found"})
PAGE = "<html><body>Down for maintenance, secret-page-text</body></html>"

NO_SLACK = ApiFailure("no_slack_answer")
DROPPED = ApiFailure("dropped")
RATELIMITED = ApiFailure("ratelimited")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A call that fails is a warning of one line, whichever library notices it."""
    yield
    assert [each for each in caplog.records if each.levelno > logging.WARNING or each.exc_info] == []


def refused(word: str, seconds: float | None = None) -> ApiFailure:
    return ApiFailure(word, None if seconds is None else timedelta(seconds=seconds))


def limited(*headers: str, body: str = "") -> bytes:
    return answer(body, "429 Too Many Requests", headers)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in chunks) + end


def zipped(body: bytes, coding: str = "gzip") -> bytes:
    packed = gzip.compress(body) if coding == "gzip" else zlib.compress(body)
    return answer(packed, headers=[f"Content-Encoding: {coding}"])


def call(api_url: str, deadline: timedelta = SECOND, **arguments: Any) -> dict[str, Any] | ApiFailure:
    return WebApi(TOKEN, api_url).call("chat.postMessage", arguments, deadline=deadline)


SLACK_WORDS: dict[str, tuple[bytes, object]] = {
    "ok": (answer(OK), json.loads(OK)),
    "ok with a byte order mark": (answer(b"\xef\xbb\xbf" + OK.encode()), json.loads(OK)),
    "ok without a length": (b"HTTP/1.1 200 OK\r\n\r\n" + OK.encode(), json.loads(OK)),
    "ok in chunks": (chunked(OK[:9].encode(), OK[9:].encode()), json.loads(OK)),
    "ok in gzip": (zipped(OK.encode()), json.loads(OK)),
    "ok in deflate": (zipped(OK.encode(), "deflate"), json.loads(OK)),
    "ok as text/html": (answer(OK, headers=["Content-Type: text/html"]), json.loads(OK)),
    "ok over HTTP/1.0": (answer(OK).replace(b"1.1", b"1.0", 1), json.loads(OK)),
    "ok after 100 Continue": (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(OK), json.loads(OK)),
    "ok after 103": (b"HTTP/1.1 103 Early Hints\r\n\r\n" + answer(OK), json.loads(OK)),
    "ok without a reason": (answer(OK, "200"), json.loads(OK)),
    "a refusal": (answer(REFUSED), refused("channel_not_found")),
    "a word that nobody knows": (answer('{"ok": false, "error": "a_new-word:1.2"}'), refused("a_new-word:1.2")),
    "a refusal with Retry-After": (answer(REFUSED, headers=["Retry-After: 7"]), refused("channel_not_found", 7)),
    "429": (limited(), RATELIMITED),
    "429 with HTML": (limited(body=PAGE), RATELIMITED),
    "429 with another word": (limited(body=REFUSED), RATELIMITED),
    "429, 30 seconds": (limited("Retry-After: 30"), refused("ratelimited", 30)),
    "429, half a second": (limited("Retry-After: 0.5"), refused("ratelimited", 0.5)),
    "429, none": (limited("Retry-After: "), RATELIMITED),
    "429, 0": (limited("Retry-After: 0"), RATELIMITED),
    "429, -5": (limited("Retry-After: -5"), RATELIMITED),
    "429, abc": (limited("Retry-After: abc"), RATELIMITED),
    "429, a digit that is none": (limited("Retry-After: ²"), RATELIMITED),
    "429, three years": (limited("Retry-After: 99999999"), refused("ratelimited", 3600)),
    "429, more than a number holds": (limited(f"Retry-After: {'9' * 400}"), refused("ratelimited", 3600)),
    "429, a date": (
        limited("Retry-After: Wed, 21 Oct 2026 07:28:30 GMT", "Date: Wed, 21 Oct 2026 07:28:00 GMT"),
        refused("ratelimited", 30),
    ),
    "429, a date that is past": (limited("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"), RATELIMITED),
    "429, a date that is none": (limited("Retry-After: Wed, 99 Foo 2026 99:99:99 GMT"), RATELIMITED),
    "500": (answer(PAGE, "500 Oops"), refused("http_500")),
    "502 in Latin-1": (answer("passé".encode("latin-1"), "502 Bad Gateway"), refused("http_502")),
    "503": (answer("", "503 Service Unavailable", ["Retry-After: 9"]), refused("http_503", 9)),
    "504": (answer(PAGE, "504 Gateway Timeout"), refused("http_504")),
    "503 with a word": (answer(REFUSED, "503 Service Unavailable"), refused("http_503")),
    "503 whose body never ends": (answer("", "503 Service Unavailable", length=10**9), refused("http_503")),
}
"""What is Slack's word, or a status that says all."""

OTHERS: dict[str, bytes] = {
    "HTML": answer(PAGE, headers=["Content-Type: text/html"]),
    "nothing": answer(""),
    "204": answer("", "204 No Content"),
    "201 with ok": answer(OK, "201 Created"),
    "a list": answer("[]"),
    "a list of answers": answer(f"[{OK}]"),
    "null": answer("null"),
    "a number": answer("1"),
    "a text": answer('"ok"'),
    "an empty object": answer("{}"),
    "ok as text": answer('{"ok": "true"}'),
    "ok as a number": answer('{"ok": 1}'),
    "ok null": answer('{"ok": null, "error": "channel_not_found"}'),
    "no error": answer('{"ok": false}'),
    "error null": answer('{"ok": false, "error": null}'),
    "error a list": answer('{"ok": false, "error": ["channel_not_found"]}'),
    "error empty": answer('{"ok": false, "error": ""}'),
    "error with blanks": answer('{"ok": false, "error": "access denied by policy 7"}'),
    "error in capitals": answer('{"ok": false, "error": "Channel_Not_Found"}'),
    "error with a line break": answer('{"ok": false, "error": "channel_not_found\\n"}'),
    "error of 65 letters": answer(json.dumps({"ok": False, "error": "a" * 65})),
    "cut JSON": answer(OK[:-3]),
    "cut without a length": b"HTTP/1.1 200 OK\r\n\r\n" + OK[:-3].encode(),
    "Latin-1": answer('{"ok": true, "text": "passé"}'.encode("latin-1")),
    "deep JSON": answer("[" * 100_000),
    "a number of 5,000 digits": answer(f'{{"ok": true, "ts": {"9" * 5000}}}'),
    "gzip that is none": answer(OK, headers=["Content-Encoding: gzip"]),
    "cut gzip": answer(gzip.compress(OK.encode())[:-12], headers=["Content-Encoding: gzip"]),
    "an unknown coding": answer(OK, headers=["Content-Encoding: br"]),
    "301": answer("", "301 Moved", ["Location: /elsewhere"]),
    "304": answer("", "304 Not Modified"),
    "400 with a word": answer(REFUSED, "400 Bad Request"),
    "403 with HTML": answer(PAGE, "403 Forbidden"),
    "101": answer("", "101 Switching Protocols", ["Upgrade: websocket", "Connection: upgrade"]),
    "999": answer(OK, "999 Denied"),
    "404": answer(PAGE, "404 Not Found"),
    "407": answer(PAGE, "407 Proxy Authentication Required"),
    "413 with HTML": answer(PAGE, "413 Payload Too Large"),
    "a large body with a length": answer(b" " * (ANSWER_MAX + 1)),
    "a large body in chunks": chunked(*[b" " * 65536] * 20),
    "a gzip bomb": zipped(b" " * 50_000_000),
}
"""What is not Slack's word, and came whole."""

BROKEN: dict[str, bytes] = {
    "no byte": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/0.9": OK.encode(),
    "half a status": b"HTTP/1.1 20",
    "a status that is none": b"HTTP/1.1 abc OK\r\n\r\n",
    "half the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "headers without an end": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 10_000,
    "one endless header": b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 1_000_000,
    "a length that is none": b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length below zero": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
    "a length and chunks": chunked(OK.encode()).replace(b"\r\n", b"\r\nContent-Length: 2\r\n", 1),
    "a length that is too short": answer(OK, length=5),
    "TLS": b"\x16\x03\x01\x02\x00",
    "half the body": answer(OK, length=10_000),
    "half the chunks": chunked(OK[:9].encode(), end=b""),
    "a chunk that is none": chunked(OK.encode(), end=b"zz\r\n\r\n"),
}
"""Connections that end before an answer does."""


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


RESPONSES = {
    "ok": (answer("ok"), None),
    "nothing": (answer(""), None),
    "JSON": (answer('{"ok": true}'), None),
    "used up": (answer("expired_url", "404 Not Found"), refused("expired_url")),
    "used up in JSON": (answer('{"ok": false, "error": "used_url"}', "404 Not Found"), refused("used_url")),
    "refused in JSON": (answer('{"ok": false, "error": "invalid_blocks"}'), refused("invalid_blocks")),
    "a page": (answer(PAGE), NO_SLACK),
    "a page with 404": (answer(PAGE, "404 Not Found"), NO_SLACK),
    "another word with 200": (answer("moved"), NO_SLACK),
    "429": (limited("Retry-After: 3", body="expired_url"), refused("ratelimited", 3)),
    "503": (answer("ok", "503 Service Unavailable"), refused("http_503")),
    "201": (answer("ok", "201 Created"), NO_SLACK),
    "Latin-1": (answer("passé".encode("latin-1")), NO_SLACK),
    "cut": (answer("ok", length=9), DROPPED),
}


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
