"""Answers to a call, from Slack's own to those of whatever else may stand at its address, and what each comes to."""

import gzip
import json
import zlib
from datetime import timedelta

from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import ANSWER_MAX
from tests.slack.raw_server import answer

OK = json.dumps({"ok": True, "channel": "C1", "ts": "1.0"})
REFUSED = json.dumps({"ok": False, "error": "channel_not_found"})
PAGE = "<html><body>Down for maintenance, secret-page-text</body></html>"

NO_SLACK = ApiFailure("no_slack_answer")
DROPPED = ApiFailure("dropped")
RATELIMITED = ApiFailure("ratelimited")


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
"""Of a `response_url`."""
