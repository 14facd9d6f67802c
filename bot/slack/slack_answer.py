"""What counts as Slack's word, and what everything else that answers is called.

Between us and Slack stand proxies, portals and maintenance pages; none of them may decide what becomes of a message.
"""

import json
import re
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.handlers.ports import ApiFailure
from bot.slack.http_exchange import SERVER_ERROR, TOO_MANY_REQUESTS, HttpAnswer

WORD = re.compile(r"[a-z0-9_.:-]{1,64}")
"""An error as Slack writes it."""

RETRY_AFTER_MAX = timedelta(hours=1)
POINTERS_MAX, POINTER_MAX = 5, 100

NO_SLACK_ANSWER = ApiFailure("no_slack_answer")
LOOK_INCOMPLETE = ApiFailure("look_incomplete")

OK = 200
GZIP_OR_ZLIB = 47
"""`wbits` by which zlib takes either. Source: docs.python.org, zlib.decompress."""


def read_api_answer(answer: HttpAnswer, size_max: int) -> dict[str, Any] | ApiFailure:
    """Slack's word: a JSON object with status 200, a boolean `ok` and, where that is false, an `error` that looks like
    one. An `ApiFailure` for everything else."""
    if answer.status != OK:
        return status_failure(answer.status)
    body = decompress(answer, size_max)
    if isinstance(body, ApiFailure):
        return body
    result = parse_json(body)
    match result:
        case {"ok": True}:
            return dict(result)
        case {"ok": False, "error": str(word)} if WORD.fullmatch(word):
            return dict(result)
        case _:
            return NO_SLACK_ANSWER


def read_response_answer(answer: HttpAnswer, size_max: int) -> ApiFailure | None:
    """What a `response_url` answered; None where it took the message. Slack says `ok` or its error there in plain text
    or in JSON. Source: docs.slack.dev, handling user interaction."""
    body = decompress(answer, size_max)
    if isinstance(body, ApiFailure):
        return body
    text = body.decode(errors="replace").strip()
    is_refusal = 400 <= answer.status < SERVER_ERROR and answer.status != TOO_MANY_REQUESTS
    match parse_json(text):
        case {"ok": True} if answer.status == OK:
            return None
        case {"ok": False, "error": str(word)} if (is_refusal or answer.status == OK) and WORD.fullmatch(word):
            return ApiFailure(word)
        case None if answer.status == OK and text in ("", "ok"):
            return None
        case None if is_refusal and WORD.fullmatch(text):
            return ApiFailure(text)
        case _:
            return status_failure(answer.status)


def status_failure(status: int) -> ApiFailure:
    """What a status other than 200 says, without a word of Slack's."""
    if status == TOO_MANY_REQUESTS:
        return ApiFailure("ratelimited")
    return ApiFailure(f"http_{status}") if SERVER_ERROR <= status < 600 else NO_SLACK_ANSWER


def decompress(answer: HttpAnswer, size_max: int) -> bytes | ApiFailure:
    """The body, at most `size_max` bytes of it."""
    coding = answer.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        return answer.body
    if coding not in ("gzip", "x-gzip", "deflate"):
        return NO_SLACK_ANSWER
    reader = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        body = reader.decompress(answer.body, size_max + 1)
    except zlib.error:
        return NO_SLACK_ANSWER
    if len(body) > size_max:
        return NO_SLACK_ANSWER
    return body if reader.eof else NO_SLACK_ANSWER


def parse_json(text: str | bytes) -> Any:
    """JSON's value; None where it is none, or nested more deeply than Python reads."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long Slack asks to wait, at most an hour; None where it does not say so in seconds or as a date."""
    text = headers.get("Retry-After", "").strip()
    seconds = float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII) else _seconds_until(text, headers, now)
    return timedelta(seconds=min(seconds, RETRY_AFTER_MAX.total_seconds())) if seconds > 0 else None


def _seconds_until(date: str, headers: Mapping[str, str], now: datetime) -> float:
    """By the clock that wrote the date, where it says what it shows; 0 for what is no date."""
    until = instant_of(date)
    return (until - (instant_of(headers.get("Date", "")) or now)).total_seconds() if until else 0


def instant_of(text: str) -> datetime | None:
    """The instant of a date in a header; None for what is none."""
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return instant if instant.tzinfo else None


def pointers(result: object) -> list[str]:
    """Where a message is wrong, as Slack says it; never the message."""
    match result:
        case {"response_metadata": {"messages": list(messages)}}:
            return [each[:POINTER_MAX] for each in messages[:POINTERS_MAX] if isinstance(each, str)]
        case _:
            return []


def next_cursor(page: Mapping[str, Any]) -> str | None:
    """Where the next page begins; None after the last."""
    match page:
        case {"response_metadata": {"next_cursor": str(cursor)}}:
            return cursor or None
        case _:
            return None
