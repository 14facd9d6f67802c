"""Answers that are not Slack's own, as proxies, portals, broken networks and other services give them."""

import gzip
import json

from bot.workspace.answers import Answer
from bot.workspace.state import Json

OK: Json = {"ok": True, "ts": "1700000000.000100", "channel": "C1", "message": {"ts": "1700000000.000100"}}
PAGE = b"<!doctype html><html><body>We are down for maintenance. Please come back later.</body></html>"
HTML = {"Content-Type": "text/html"}
LONG_AGO_S = 3600.0
"""Longer than any caller waits."""


def _json(value: object) -> Answer:
    return Answer(json.dumps(value).encode())


BODIES: dict[str, Answer] = {
    "page": Answer(PAGE, headers=HTML),
    "page as JSON": Answer(PAGE),
    "page 404": Answer(PAGE, 404, HTML),
    "page 413": Answer(PAGE, 413, HTML),
    "page 502": Answer(PAGE, 502, HTML),
    "page in Latin-1": Answer("Störung über Gebühr".encode("latin-1"), 502, {"Content-Type": "text/html"}),
    "words in Latin-1": Answer('{"ok": false, "error": "Störung"}'.encode("latin-1")),
    "nothing": Answer(b""),
    "nothing 204": Answer(b"", 204),
    "blanks": Answer(b"  \n"),
    "half of it": Answer(json.dumps(OK).encode()[:25]),
    "list": _json([1]),
    "empty list": _json([]),
    "null": _json(None),
    "number": _json(7),
    "string": _json("ok"),
    "true": _json(True),
    "object without ok": _json({}),
    "ok as text": _json({"ok": "true"}),
    "ok as number": _json({**OK, "ok": 1}),
    "ok null": _json({"ok": None, "error": None}),
    "ok without fields": _json({"ok": True}),
    "no error word": _json({"ok": False}),
    "error null": _json({"ok": False, "error": None}),
    "error as list": _json({"ok": False, "error": ["ratelimited"]}),
    "error empty": _json({"ok": False, "error": ""}),
    "error of words": _json({"ok": False, "error": "Please sign in to the network of the hotel"}),
    "error of 65 characters": _json({"ok": False, "error": "x" * 65}),
    "error of a million": _json({"ok": False, "error": "x" * 1_000_000}),
    "error of a page": _json({"ok": False, "error": PAGE.decode()}),
    "not a number": Answer(b'{"ok": NaN}'),
    "deeper than Python": Answer(b"[" * 100_000),
    "with a byte order mark": Answer(b"\xef\xbb\xbf" + b'{"ok": false'),
    "in UTF-16": Answer(json.dumps(OK).encode("utf-16")),
    "gzip, said": Answer(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"}),
    "gzip, unsaid": Answer(gzip.compress(json.dumps(OK).encode())),
    "gzip, not so": Answer(PAGE, headers={"Content-Encoding": "gzip"}),
}
"""By what came instead. None of them is a word of Slack's, and each ends at once."""

REDIRECTS = (301, 302, 303, 307, 308)


def redirect(status: int, url: str) -> Answer:
    """Sends the caller to another address."""
    return Answer(b"", status, {"Location": url})


def too_many(retry_after: str | None) -> Answer:
    """A 429 with this `Retry-After`, whatever it says; None: without."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Answer(b'{"ok":false,"error":"ratelimited"}', 429, headers)


RETRY_AFTERS = (None, "", "abc", "-5", "0", "1.5", "1e3", "99999999", "9" * 400, "Wed, 21 Oct 2026 07:28:00 GMT")
"""What a `Retry-After` may say that is no plain number of seconds, or an absurd one."""

SLOW: dict[str, Answer] = {
    "silent": Answer(b"", head_s=LONG_AGO_S),
    "silent after the head": Answer(b"{", byte_s=LONG_AGO_S),
    "a byte a second": Answer(b" ", byte_s=1.0, repeat=3600),
    "its own, a byte a second": Answer(byte_s=1.0),
    "its own, cut": Answer(is_cut=True),
    "100 MB": Answer(b" " * 1_000_000, repeat=100),
}
"""Answers that do not end, or not soon; those that are its own have taken effect."""
