"""Looks for a message of ours of which nobody knows whether it was posted, by the key in its metadata."""

import time
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.handlers.ports import ApiFailure, Posted
from bot.slack.slack_answer import NO_SLACK_ANSWER
from bot.slack.web_api import WebApi, failed

LOOK_DEADLINE = timedelta(seconds=6)
"""Of all pages of one look-back together: the worker waits for it."""

METADATA_TYPE = "briefbot_delivery"
HISTORY_MAX, PAGES_MAX = 200, 5
PAGE_BYTES_MAX = 16_000_000
CLOCK_TOLERANCE = timedelta(seconds=60)
"""How far Slack's clock and ours may differ."""

LOOK_AHEAD = timedelta(minutes=5)
"""How much later than its attempt a message may have been posted."""


LOOK_INCOMPLETE = ApiFailure("look_incomplete")


def metadata(key: str) -> dict[str, Any]:
    """The metadata of a message with this key. Everybody in the workspace can read it, so it says nothing."""
    return {"event_type": METADATA_TYPE, "event_payload": {"key": _hash(key)}}


def find_message(
    api: WebApi, channel: str, key: str, since: datetime, thread_ts: str | None
) -> Posted | ApiFailure | None:
    """`conversations.history`, or `conversations.replies` of a thread, page by page, of the minutes around `since`.
    None where no message of them has the key; `look_incomplete` where they have more messages than are looked at."""
    method = "conversations.replies" if thread_ts else "conversations.history"
    arguments = _window(since) | {"channel": channel, "ts": thread_ts}
    ends_at = time.monotonic() + LOOK_DEADLINE.total_seconds()
    for _ in range(PAGES_MAX):
        left = timedelta(seconds=ends_at - time.monotonic())
        page = api.call(method, arguments, deadline=left, answer_max=PAGE_BYTES_MAX)
        if isinstance(page, ApiFailure):
            return page
        if not isinstance(messages := page.get("messages"), list):
            return failed(method, NO_SLACK_ANSWER)
        if ts := next(filter(None, (_ts(each, key) for each in messages)), None):
            return Posted(channel, ts)
        cursor = _next_cursor(page)
        if cursor is None:
            # More without a way to it: the window was not seen to its end.
            return failed(method, LOOK_INCOMPLETE) if page.get("has_more") else None
        arguments["cursor"] = cursor
    return failed(method, LOOK_INCOMPLETE)


def _window(since: datetime) -> dict[str, Any]:
    return {
        "oldest": f"{(since - CLOCK_TOLERANCE).timestamp():.6f}",
        "latest": f"{(since + LOOK_AHEAD).timestamp():.6f}",
        "limit": HISTORY_MAX,
        "include_all_metadata": True,
    }


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:24]


def _ts(message: object, key: str) -> str | None:
    """The `ts` of a message that has the key; None for every other."""
    match message:
        case {"ts": str(ts), "metadata": {"event_type": kind, "event_payload": {"key": hashed}}}:
            return ts if (kind, hashed) == (METADATA_TYPE, _hash(key)) else None
        case _:
            return None


def _next_cursor(page: dict[str, Any]) -> str | None:
    match page:
        case {"response_metadata": {"next_cursor": str(cursor)}}:
            return cursor or None
        case _:
            return None
