"""Looks for a message of ours of which nobody knows whether it was posted, by the key in its metadata."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.handlers.ports import ApiFailure, Posted
from bot.slack.slack_answer import LOOK_INCOMPLETE, NO_SLACK_ANSWER, next_cursor
from bot.slack.web_api import WebApi, failed

LOOK_DEADLINE = timedelta(seconds=6)
"""Of all pages of one look-back together: the worker waits for it."""

METADATA_TYPE = "briefbot_delivery"
HISTORY_MAX = 200
PAGE_BYTES_MAX = 16_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at: so long before an attempt and after it, in at most so many pages, the newest messages first
    (in a thread the oldest)."""

    before: timedelta
    after: timedelta
    pages_max: int


NEAR = Window(timedelta(seconds=60), timedelta(minutes=5), pages_max=5)
"""Where the message is, as far as Slack's clock and ours agree."""

FAR = Window(timedelta(hours=26), timedelta(hours=26), pages_max=2)
"""Where it may be if the clock that dated the attempt was wrong, by a day or by the hours from UTC to local time."""


def metadata(key: str) -> dict[str, Any]:
    """The metadata of a message with this key. Everybody in the workspace can read it, so it says nothing."""
    return {"event_type": METADATA_TYPE, "event_payload": {"key": _hash(key)}}


def find_message(
    api: WebApi, channel: str, key: str, at: datetime, thread_ts: str | None
) -> Posted | ApiFailure | None:
    """Reads `conversations.history`, or `conversations.replies` of a thread, around the instant of an attempt. None
    where no message near it has the key; `look_incomplete` where more messages are near it than are looked at; what
    Slack refused otherwise."""
    ends_at = time.monotonic() + LOOK_DEADLINE.total_seconds()
    near = _look(api, channel, key, at, thread_ts, NEAR, ends_at)
    if near is not None:
        return near
    far_ends_at = time.monotonic() + LOOK_DEADLINE.total_seconds()
    far = _look(api, channel, key, at, thread_ts, FAR, far_ends_at)
    # What is near was seen to its end. A busy channel's day is for clocks that are wrong, and no reason to give up; but
    # a look that failed has seen nothing.
    return None if far == LOOK_INCOMPLETE else far


def _look(
    api: WebApi, channel: str, key: str, at: datetime, thread_ts: str | None, window: Window, ends_at: float
) -> Posted | ApiFailure | None:
    method = "conversations.replies" if thread_ts else "conversations.history"
    arguments = _bounds(at, window) | {"channel": channel, "ts": thread_ts}
    for _ in range(window.pages_max):
        left = timedelta(seconds=ends_at - time.monotonic())
        page = api.call(method, arguments, deadline=left, answer_max=PAGE_BYTES_MAX)
        if isinstance(page, ApiFailure):
            return page
        if not isinstance(messages := page.get("messages"), list):
            return failed(method, NO_SLACK_ANSWER)
        if ts := next(filter(None, (_ts(each, key) for each in messages)), None):
            return Posted(channel, ts)
        arguments["cursor"] = next_cursor(page)
        if arguments["cursor"] is None:
            # More without a way to it: the window was not seen to its end.
            return failed(method, LOOK_INCOMPLETE) if page.get("has_more") else None
    return failed(method, LOOK_INCOMPLETE)


def _bounds(at: datetime, window: Window) -> dict[str, Any]:
    return {
        "oldest": f"{(at - window.before).timestamp():.6f}",
        "latest": f"{(at + window.after).timestamp():.6f}",
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
