"""`SlackClient` over Slack's Web API."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message

logger = logging.getLogger(__name__)

HTTP_SERVER_ERROR = 500
TOO_MANY_REQUESTS = 429
TIMEOUT_S = 2
"""Slack expects an acknowledgement within 3 seconds, and some listeners call Slack before they acknowledge."""

SILENT_LOGGER = logging.getLogger("bot.slack.web")
SILENT_LOGGER.setLevel(logging.CRITICAL)

METADATA_TYPE = "briefbot_delivery"
HISTORY_MAX = 200
CLOCK_TOLERANCE = timedelta(seconds=60)
"""How far Slack's clock and ours may differ."""


class WebSlackClient:
    """Posts with the token of the workspace; every call is made once: Slack's default client posts a second time when
    a connection drops after the request was sent."""

    def __init__(self, client_for: Callable[[str], WebClient]) -> None:
        self._client_for = client_for

    def post(
        self,
        team: str,
        channel: str,
        message: Message,
        thread_ts: str | None,
        *,
        key: str | None = None,
        broadcast: bool = False,
    ) -> Posted | ApiFailure:
        """`chat.postMessage`, nothing unfurled; with `thread_ts` None outside threads. `key` goes into the metadata as
        a hash, for `find_posted`; None sends none."""
        answer = self._call(
            team,
            lambda web: web.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
                # slack_sdk leaves out arguments that are None.
                reply_broadcast=True if broadcast else None,
                metadata=_metadata(key) if key else None,
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        return answer if isinstance(answer, ApiFailure) else Posted(str(answer["channel"]), str(answer["ts"]))

    def update(self, team: str, channel: str, ts: str, message: Message) -> Posted | ApiFailure:
        """`chat.update`, which keeps blocks only when they are sent again."""
        answer = self._call(
            team, lambda web: web.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        )
        return answer if isinstance(answer, ApiFailure) else Posted(str(answer["channel"]), str(answer["ts"]))

    def find_posted(
        self, team: str, channel: str, key: str, since: datetime, thread_ts: str | None
    ) -> Posted | ApiFailure | None:
        """`conversations.history`, or `conversations.replies` of a thread, page by page. None where no message since
        then has the key in its metadata."""
        page: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{(since - CLOCK_TOLERANCE).timestamp():.6f}",
            "limit": HISTORY_MAX,
            "include_all_metadata": True,
        }
        while True:
            answer = self._call(
                team,
                lambda web: (
                    web.conversations_replies(ts=thread_ts, **page) if thread_ts else web.conversations_history(**page)
                ),
            )
            if isinstance(answer, ApiFailure):
                return answer
            for message in answer["messages"]:
                if message.get("metadata") == _metadata(key):
                    return Posted(channel, str(message["ts"]))
            page["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not page["cursor"]:
                return None

    def channel_info(self, team: str, channel: str) -> ChannelInfo | ApiFailure:
        """`conversations.info`."""
        answer = self._call(team, lambda web: web.conversations_info(channel=channel))
        if isinstance(answer, ApiFailure):
            return answer
        channel_json = answer["channel"]
        return ChannelInfo(archived=bool(channel_json.get("is_archived")), member=bool(channel_json.get("is_member")))

    def user_info(self, team: str, user: str) -> UserInfo | ApiFailure:
        """`users.info`."""
        answer = self._call(team, lambda web: web.users_info(user=user))
        if isinstance(answer, ApiFailure):
            return answer
        user_json = answer["user"]
        listed = team in ((user_json.get("enterprise_user") or {}).get("teams") or ())
        restricted = any(user_json.get(each) for each in ("is_restricted", "is_ultra_restricted", "is_stranger"))
        elsewhere = user_json.get("team_id") not in (None, "", team) and not listed
        return UserInfo(restricted or elsewhere, user_json.get("tz") or None, listed)

    def open_modal(self, caller: Caller, view: dict[str, Any]) -> ApiFailure | None:
        """`views.open`; None once the modal is open. Slack takes a trigger once, within 3 seconds."""
        trigger = caller.trigger_id
        if trigger is None:
            return _refused("no_trigger_id")
        answer = self._call(caller.team, lambda web: web.views_open(trigger_id=trigger, view=view))
        return answer if isinstance(answer, ApiFailure) else None

    def respond(self, caller: Caller, message: Message) -> ApiFailure | None:
        """Through `response_url`. Source: docs.slack.dev, handling user interaction. The client does not raise."""
        if caller.response_url is None:
            return _refused("no_response_url")
        thread = {"thread_ts": caller.thread_ts} if caller.thread_ts else {}
        try:
            answer = WebhookClient(caller.response_url, timeout=TIMEOUT_S, retry_handlers=[]).send_dict(
                {**message.payload(), **thread, "replace_original": False, "unfurl_links": False, "unfurl_media": False}
            )
        except (OSError, HTTPException):
            return _refused("dropped")
        return None if answer.status_code == 200 else _refused(answer.body)

    def _call(self, team: str, method: Callable[[WebClient], SlackResponse]) -> SlackResponse | ApiFailure:
        """One call. Whatever goes wrong is a value."""
        try:
            return method(self._client_for(team))
        except SlackApiError as error:
            return _refused(_error_name(error), _retry_after(error), _pointers(error))
        # Before OSError, its base: a refused connection is the one case in which nothing was sent.
        except URLError as error:
            return _refused("unreachable" if isinstance(error.reason, ConnectionRefusedError) else "dropped")
        except (OSError, HTTPException):
            return _refused("dropped")


def client(token: str, api_url: str) -> WebClient:
    """A Web API client that makes every call once, and does not log what it also raises."""
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT_S, retry_handlers=[], logger=SILENT_LOGGER)


def _metadata(key: str) -> dict[str, Any]:
    """Everybody in the workspace can read it, so it says nothing."""
    return {"event_type": METADATA_TYPE, "event_payload": {"key": sha256(key.encode()).hexdigest()[:24]}}


def _error_name(error: SlackApiError) -> str:
    """Slack's own word, or the HTTP status of a service that had none."""
    status = error.response.status_code
    if status >= HTTP_SERVER_ERROR:
        return f"http_{status}"
    return "ratelimited" if status == TOO_MANY_REQUESTS else str(error.response["error"])


def _retry_after(error: SlackApiError) -> timedelta | None:
    text = str(error.response.headers.get("Retry-After") or "")
    return timedelta(seconds=int(text)) if text.isdigit() else None


def _pointers(error: SlackApiError) -> list[str]:
    """Where a message is wrong, as Slack says it; never the message."""
    metadata = error.response.get("response_metadata") or {}
    return list(metadata.get("messages", ())) if isinstance(metadata, dict) else []


def _refused(error: str, retry_after: timedelta | None = None, pointers: list[str] | None = None) -> ApiFailure:
    logger.warning("Slack refused a call: %s %s", error, "; ".join(pointers or ()))
    return ApiFailure(error, retry_after)
