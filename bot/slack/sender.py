"""`Sender` over Slack's Web API."""

import logging
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.handlers.ports import Caller, Posted, Refused
from bot.render.message import Message

logger = logging.getLogger(__name__)

HTTP_SERVER_ERROR = 500
TIMEOUT_S = 2
"""A press is acknowledged within 3 seconds, and what it sends is sent before that."""


class WebSender:
    """Posts with the token of the workspace; every call is made once: Slack's default client posts a second time when
    a connection drops after the request was sent."""

    def __init__(self, client_for: Callable[[str], WebClient]) -> None:
        self._client_for = client_for

    def post(self, team: str, channel: str, message: Message, thread_ts: str | None) -> Posted | Refused:
        """`chat.postMessage`, nothing unfurled."""
        try:
            answer = self._client_for(team).chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            return _refused(_word(error))
        except (OSError, HTTPException):
            return _refused("unreachable")
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def open(self, caller: Caller, view: dict[str, Any]) -> Refused | None:
        """`views.open`."""
        if caller.trigger_id is None:
            return _refused("no_trigger_id")
        try:
            self._client_for(caller.team).views_open(trigger_id=caller.trigger_id, view=view)
        except SlackApiError as error:
            return _refused(_word(error))
        except (OSError, HTTPException):
            return _refused("unreachable")
        return None

    def respond(self, caller: Caller, message: Message) -> Refused | None:
        """Through `response_url`. Source: docs.slack.dev, handling user interaction. The client does not raise."""
        if caller.response_url is None:
            return _refused("no_response_url")
        thread = {"thread_ts": caller.thread_ts} if caller.thread_ts else {}
        try:
            answer = WebhookClient(caller.response_url, timeout=TIMEOUT_S, retry_handlers=[]).send_dict(
                {**message.payload(), **thread, "replace_original": False, "unfurl_links": False, "unfurl_media": False}
            )
        except (OSError, HTTPException):
            return _refused("unreachable")
        return None if answer.status_code == 200 else _refused(answer.body)


def client(token: str, api_url: str) -> WebClient:
    """A Web API client that makes every call once."""
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT_S, retry_handlers=[])


def _word(error: SlackApiError) -> str:
    """Slack's own word, or the HTTP status of a service that had none."""
    status = error.response.status_code
    return f"http_{status}" if status >= HTTP_SERVER_ERROR else str(error.response["error"])


def _refused(error: str) -> Refused:
    logger.warning("Slack refused a message: %s", error)
    return Refused(error)
