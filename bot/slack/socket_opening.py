"""Opens connections of Socket Mode: asks Slack for an address, and shakes hands there."""

import logging
import re
import socket
from contextlib import suppress

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.sync.client import ClientConnection, connect

HANDSHAKE_S = 5
PING_S, PONG_S, CLOSE_S = 3, 3, 1
"""A connection that dies without a word is given up after the three together."""

PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "org_login_required",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Refusals of `apps.connections.open` that end by themselves. Source: docs.slack.dev, the method's page."""

HTTP_SERVER_ERROR = 500

RETRY_AFTER_MAX_S = 60

SILENT_LOGGER = logging.getLogger("bot.slack.websocket")
"""For websockets, which logs what is sent and received, and a traceback for each connection that dies."""
SILENT_LOGGER.setLevel(logging.CRITICAL)


class NotConnectedError(Exception):
    """There is no connection; `str(error)` says why, and what to do. `for_good`: Slack refuses the token. Slack does
    not want to be asked again before `retry_after_s`, 0 where it does not say."""

    def __init__(self, reason: str, *, for_good: bool = False, retry_after_s: float = 0) -> None:
        super().__init__(reason)
        self.for_good, self.retry_after_s = for_good, retry_after_s


def open_socket(client: WebClient, app_token: str) -> ClientConnection:
    """A connection that is open, and is closed by itself when it dies. Raises: NotConnectedError."""
    try:
        url = str(client.apps_connections_open(app_token=app_token)["url"])
        connection = connect(
            url,
            open_timeout=HANDSHAKE_S,
            ping_interval=PING_S,
            ping_timeout=PONG_S,
            close_timeout=CLOSE_S,
            logger=SILENT_LOGGER,
        ).__enter__()  # newer versions of websockets warn of a connection that is used otherwise
    except SlackApiError as error:
        raise _refusal(error) from None
    except Exception as error:
        # Of Slack's client, of the handshake or of the system: in any case nobody answers as Slack does.
        reason = f"Slack cannot be reached over Socket Mode ({type(error).__name__}); check the network"
        raise NotConnectedError(reason) from error
    _limit_sending(connection.socket)
    return connection


def _limit_sending(connection: socket.socket) -> None:
    """What the other side does not confirm in time ends the connection. Pings do not show it: they wait for what is
    being sent."""
    with suppress(OSError, AttributeError):  # only Linux has the option
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int((PING_S + PONG_S) * 1000))


def _refusal(error: SlackApiError) -> NotConnectedError:
    answer = error.response
    word = str(answer.get("error"))[:64]
    if answer.status_code >= HTTP_SERVER_ERROR or word in PASSING:
        wait = str(answer.headers.get("Retry-After") or "")
        retry_after_s = min(int(wait), RETRY_AFTER_MAX_S) if wait.isascii() and wait.isdigit() else 0
        return NotConnectedError(f"Slack refuses Socket Mode for now ({word})", retry_after_s=retry_after_s)
    if not re.fullmatch("[a-z0-9_.:-]+", word):
        whose = f"what answers in Slack's place is not Slack (HTTP {answer.status_code})"
        return NotConnectedError(f"{whose}; check the network, the proxy and SLACK_API_URL")
    return NotConnectedError(
        f"Slack refuses SLACK_APP_TOKEN ({word}); copy it again, with the scope connections:write", for_good=True
    )
