"""Slack's way to the app: signed requests over HTTP."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from typing import Literal, Protocol
from urllib.parse import urlencode, urlsplit

from bot.workspace.state import Json

ACK_S = 3.0
"""Seconds that Slack waits for an answer. Source: docs.slack.dev, implementing slash commands, handling user
interaction, events api."""

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Ack:
    """What the app answered in time; `body` is its JSON or plain text, None where it is empty. `error` is Slack's name
    for a failed delivery, which the person sees instead."""

    body: Json | str | None = None
    error: str | None = None


class Delivery(Protocol):
    """A way to the app."""

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Delivers one payload and waits for at most 3 seconds. `retry` is the number and reason of a repetition."""
        ...


class HttpDelivery:
    """Signed POSTs to the app's request `url`. `clock` gives the seconds since the epoch that are signed."""

    def __init__(self, url: str, secret: str, clock: Callable[[], float]) -> None:
        self.url, self._secret, self._clock = urlsplit(url), secret, clock

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """A time-out (3 seconds) and a dropped connection are `operation_timeout`, any status but 200 is
        `dispatch_failed`."""
        body, content_type = encoded(kind, payload)
        headers = {"Content-Type": content_type, **signature(self._secret, body, self._clock())}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        connection = HTTPConnection(self.url.hostname or "", self.url.port, timeout=ACK_S)
        try:
            connection.request("POST", self.url.path, body, headers)
            response = connection.getresponse()
            answer = response.read()
        except OSError:
            return Ack(error="operation_timeout")
        finally:
            connection.close()
        if response.status != 200:
            return Ack(error="dispatch_failed")
        return Ack(parse_ack(answer, response.headers.get("content-type", "")))


def parse_ack(body: bytes, content_type: str) -> Json | str | None:
    """The body of an acknowledgement: JSON or text by its content type, None where it is empty."""
    if not body:
        return None
    return json.loads(body) if content_type.startswith("application/json") else body.decode()


def encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """A payload's body and content type: commands as a form, interactions as JSON in a form, events as JSON."""
    match kind:
        case "slash_commands":
            return urlencode(payload).encode(), "application/x-www-form-urlencoded"
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
        case "events_api":
            return json.dumps(payload).encode(), "application/json"


def signature(secret: str, body: bytes, now: float) -> dict[str, str]:
    """The headers that sign a body at `now`, in seconds. Source: docs.slack.dev, verifying requests from Slack."""
    timestamp = str(int(now))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
