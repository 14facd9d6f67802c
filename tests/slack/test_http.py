"""The front: what is not Slack's gets its refusal, and nothing of a body or a secret reaches the log."""

import json
import logging
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from slack_bolt import App, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.slack.http import (
    BODY_MAX,
    ENDPOINT,
    NOT_SLACK,
    SIGNED_OTHERWISE,
    build_http_app,
    signed,
    unsigned,
    wrong_time,
)
from bot.slack.watch_front import Readiness, Watch, build_watch_app
from bot.workspace.deliver import signature
from bot.workspace.local_server import LocalServer

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  Slack's documented example
TIMESTAMP = "1531420618"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
NOW = 1_700_000_000.0
READY = Readiness(answers=True)


def test_slacks_documented_vector_is_accepted() -> None:
    """Source: docs.slack.dev, verifying requests from Slack."""
    assert signed(SECRET, TIMESTAMP, BODY, SIGNATURE, float(TIMESTAMP))
    assert signature(SECRET, BODY, float(TIMESTAMP))["X-Slack-Signature"] == SIGNATURE
    assert SignatureVerifier(SECRET).generate_signature(timestamp=TIMESTAMP, body=BODY) == SIGNATURE


@pytest.mark.parametrize("age", [0, 300, -300])
def test_five_minutes_either_way_are_accepted(age: int) -> None:
    assert signed(SECRET, TIMESTAMP, BODY, SIGNATURE, float(TIMESTAMP) + age)


@pytest.mark.parametrize(
    ("timestamp", "mark", "body", "now"),
    [
        (TIMESTAMP, SIGNATURE, BODY + b"x", float(TIMESTAMP)),
        (TIMESTAMP, SIGNATURE[:-1] + "4", BODY, float(TIMESTAMP)),
        (TIMESTAMP, SIGNATURE, BODY, float(TIMESTAMP) + 301),
        (TIMESTAMP, SIGNATURE, BODY, float(TIMESTAMP) - 301),
        (None, SIGNATURE, BODY, float(TIMESTAMP)),
        (TIMESTAMP, None, BODY, float(TIMESTAMP)),
        ("", SIGNATURE, BODY, 0.0),
        ("soon", SIGNATURE, BODY, 0.0),
        ("-1", SIGNATURE, BODY, 0.0),
        ("1e9", SIGNATURE, BODY, 1e9),
        ("٣", SIGNATURE, BODY, 3.0),
        ("9" * 5000, SIGNATURE, BODY, 0.0),
        (TIMESTAMP, "ü", BODY, float(TIMESTAMP)),
    ],
)
def test_anything_else_is_not(timestamp: str | None, mark: str | None, body: bytes, now: float) -> None:
    assert not signed(SECRET, timestamp, body, mark, now)


@pytest.mark.parametrize(
    ("timestamp", "mark", "now", "said"),
    [
        (None, SIGNATURE, 0, NOT_SLACK),
        (TIMESTAMP, None, 0, NOT_SLACK),
        (TIMESTAMP, SIGNATURE[:-1] + "4", 0, SIGNED_OTHERWISE),
        (TIMESTAMP, SIGNATURE[:-1] + "4", 900, SIGNED_OTHERWISE),
        ("soon", SIGNATURE, 0, SIGNED_OTHERWISE),
        (TIMESTAMP, SIGNATURE, 900, wrong_time(900)),
        (TIMESTAMP, SIGNATURE, -3600, wrong_time(-3600)),
    ],
)
def test_a_wrong_clock_is_told_from_a_wrong_secret(
    timestamp: str | None, mark: str | None, now: int, said: str
) -> None:
    assert unsigned(SECRET, timestamp, BODY, mark, float(TIMESTAMP) + now) == said
    assert ("3600 s after the time" in wrong_time(-3600), "900 s before the time" in wrong_time(900)) == (True, True)


class Echo(App):
    """Bolt's place, taken by something that says what it was given."""

    def __init__(self, answer: BoltResponse | Exception) -> None:
        self.answer = answer

    def dispatch(self, req: object) -> BoltResponse:  # noqa: ARG002  whatever it is given
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@contextmanager
def serving(answer: BoltResponse | Exception | None = None, *, state: Readiness = READY) -> Iterator[str]:
    app = Echo(answer or BoltResponse(status=200, body="handled"))
    server = LocalServer(build_http_app(app, SECRET, clock=lambda: NOW, watch=Watch(lambda: state)))
    yield server.url
    server.close()


def send(url: str, method: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request(method, parts.path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def post(body: bytes, answer: BoltResponse | Exception | None = None) -> tuple[int, str]:
    with serving(answer) as url:
        return send(url + ENDPOINT, "POST", body, signature(SECRET, body, NOW))


def test_a_signed_request_is_handled() -> None:
    assert post(BODY) == (200, "handled")


def test_what_nobody_handles_is_taken_all_the_same() -> None:
    assert post(BODY, BoltResponse(status=404, body="{}")) == (200, "")
    assert post(b'{"type":"shortcut"}') == (200, "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"payload=%7B%22type%22%3A%22block_act", 400),
        (b"payload=words", 400),
        (b"payload=", 400),
        (b"payload=[]", 400),
        (b"payload=" + b"[" * 1000 + b"]" * 1000, 400),
        (b"payload=" + b'{"a":' * 1000 + b"1" + b"}" * 1000, 400),
        (b'payload={"type":"block_actions","team":{"id":["T1"]}}', 400),
        (b"", 400),
        (b"words", 400),
        (b"\xff\xfe", 400),
        (b"{\xff\xfe", 200),
        (b"command=%2Fbrief&text=%ff", 400),
        (b"command=%2Fbrief&text=%ed%a0%80", 400),
        (b"&".join([b"command=%2Fbrief", *(b"f%d=" % n for n in range(200))]), 400),
        (b"command=%2Fbrief&text=legal&text=news&team_id=T1&user_id=U1&channel_id=C1", 400),
        (b'payload={"user":{"id":"U1"}}', 400),
        (b'payload={"type":["block_actions"]}', 400),
        (b"command=%2Fbrief", 400),
        (b"command=%2Fbrief&team_id=T1&user_id=U1&channel_id=C1%00", 400),
        (b'{"type":"event_callback"', 200),
        (b'{"a":' * 1000 + b"1" + b"}" * 1000, 200),
        (b"{}", 200),
        (b'{"type":NaN}', 200),
        (b'{"type":"event_callback","event":1e999}', 200),
        (b'{"type":"event_callback","event":1' + b"0" * 5000 + b"}", 200),
        (b'{"type":"event_callback","event":[]}', 200),
        (b'{"type":"event_callback","team_id":["T1"],"event":{"type":"message"}}', 200),
    ],
)
def test_what_is_signed_and_malformed_is_refused_in_one_line(
    caplog: pytest.LogCaptureFixture, body: bytes, status: int
) -> None:
    assert post(body) == (status, "")
    (record,) = (record for record in caplog.records if record.name.startswith("bot."))
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("refused a malformed payload")
    assert record.exc_info is None


def test_what_is_raised_within_bolt_is_a_failure_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    assert post(BODY, RuntimeError("broken")) == (500, "")
    (record,) = (record for record in caplog.records if record.name.startswith("bot."))
    assert "RuntimeError: broken" in caplog.text
    assert record.levelno == logging.ERROR


def test_a_check_of_the_certificate_needs_no_signature() -> None:
    with serving() as url:
        assert send(url + ENDPOINT, "POST", b"ssl_check=1&token=x") == (200, "")


def test_a_body_at_the_limit_passes_and_one_byte_more_does_not() -> None:
    assert post(BODY + b"x" * (BODY_MAX - len(BODY)))[0] == 200
    assert post(BODY + b"x" * (BODY_MAX - len(BODY) + 1))[0] == 413


def test_json_answers_keep_their_type() -> None:
    answer = BoltResponse(status=200, body={"text": "hello"}, headers={"content-type": ["application/json"]})
    status, text = post(BODY, answer)
    assert (status, json.loads(text)) == (200, {"text": "hello"})


@pytest.mark.parametrize(
    ("state", "status", "text"),
    [
        (READY, 200, "ready"),
        (
            Readiness(answers=True, troubles=("the disk is full", "the sky falls")),
            200,
            "degraded: the disk is full\ndegraded: the sky falls",
        ),
        (Readiness(answers=False, troubles=("the disk is full",)), 503, "no briefs yet"),
        (Readiness(answers=True, is_connected=False), 503, "not connected to Slack; the log says why"),
    ],
)
def test_health_and_readiness(state: Readiness, status: int, text: str) -> None:
    with serving(state=state) as url:
        assert send(f"{url}/healthz", "GET")[0] == 200
        assert send(f"{url}/readyz", "GET") == (status, f"{text}\n")


def test_beside_socket_mode_health_and_metrics_are_served_alone() -> None:
    watch = Watch(lambda: READY, lambda: ("digests", "watch files"), lambda: b"briefbot_info 1\n")
    server = LocalServer(build_watch_app(watch))
    assert send(f"{server.url}/healthz", "GET") == (503, "stuck: digests, watch files; start it anew\n")
    assert send(f"{server.url}/readyz", "GET") == (200, "ready\n")
    assert send(f"{server.url}/metrics", "GET") == (200, "briefbot_info 1\n")
    assert send(server.url + ENDPOINT, "POST", BODY)[0] == 404
    server.close()


# With curl, over the real server


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    app = Echo(BoltResponse(status=200, body="handled"))
    server = LocalServer(build_http_app(app, SECRET, clock=time.time, watch=Watch(lambda: READY)))
    yield server.url
    server.close()


def curl(url: str, *arguments: str) -> str:
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", *arguments, url]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout


IDS = {"team_id": "T1", "channel_id": "C1", "user_id": "U1"}
BODY_TEXT = urlencode({"command": "/brief", "text": "a-very-private-question", **IDS})


def headers(timestamp: str, mark: str) -> list[str]:
    return ["-H", f"X-Slack-Request-Timestamp: {timestamp}", "-H", f"X-Slack-Signature: {mark}", "-d", BODY_TEXT]


def test_curl_is_refused_as_it_should_be_and_the_log_knows_nothing(
    served: str, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    big = tmp_path_factory.mktemp("big") / "body"
    big.write_bytes(b"a-very-private-question" * 450_000)
    now, old = str(int(time.time())), str(int(time.time()) - 301)
    mark = signature(SECRET, BODY_TEXT.encode(), float(old))["X-Slack-Signature"]
    url = served + ENDPOINT
    assert [
        curl(url, *headers(now, "v0=" + "0" * 64)),
        curl(url, *headers(old, mark)),
        curl(url, *headers("yesterday", mark)),
        curl(url, "-d", BODY_TEXT),
        curl(url, "--data-binary", f"@{big}"),
        curl(url),
    ] == ["401", "401", "401", "401", "413", "405"]
    good = signature(SECRET, BODY_TEXT.encode(), time.time())
    assert curl(url, *headers(*good.values())) == "200"
    assert "a-very-private-question" not in caplog.text
    assert SECRET not in caplog.text
    assert "refused a request" in caplog.text
