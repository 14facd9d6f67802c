"""The HTTP front: one endpoint for all that Slack sends, and those for whoever watches the process.

Everything is checked before a byte is parsed: size, headers, age, signature. Bodies are never logged.
"""

import hmac
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from hashlib import sha256

from slack_bolt import App
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.dispatch import dispatch, read_body
from bot.slack.watch_front import Watch, watch_routes

logger = logging.getLogger(__name__)

BODY_MAX = 1_000_000
"""Bytes. A view's state, the largest thing that Slack sends, is far below."""

MAX_AGE_S = 300
"""Source: docs.slack.dev, verifying requests from Slack: five minutes either way."""

ENDPOINT = "/slack/events"


INVALID_SIGNATURE = "invalid signature"
"""The body of a refusal."""

NOT_SLACK = "refused a request without Slack's signature: whoever sent it is not Slack"

SIGNED_OTHERWISE = (
    "refused a request: it is not signed with SLACK_SIGNING_SECRET; if all are refused, copy the secret again from the "
    "app's page, Basic Information"
)


def wrong_time(ahead_s: float) -> str:
    """What to say of a request that Slack signed when its clock and ours were so many seconds apart."""
    side = "before" if ahead_s > 0 else "after"
    return (
        f"refused a request: it was signed {abs(ahead_s):.0f} s {side} the time of this machine; if all are refused, "
        f"this machine's clock is wrong by so much: set it"
    )


class TooLargeError(Exception):
    """The body is over `BODY_MAX`; the rest of it is not read."""


def build_http_app(
    app: App,
    secret: str,
    *,
    clock: Callable[[], float],
    watch: Watch,
    own_clock: Callable[[], float] | None = None,
    pages: Sequence[Route] = (),
) -> Starlette:
    """The ASGI application. `clock`, and that of this machine where it may be another, give seconds since the epoch;
    `pages` are addresses for browsers."""
    own_clock = own_clock or clock

    async def events(request: Request) -> Response:
        try:
            body = await _body(request.stream())
        except TooLargeError:
            return PlainTextResponse("request body too large", 413)
        except ClientDisconnect:
            return Response(status_code=400)
        headers = dict(request.headers.items())
        if b"ssl_check=1" in body and _is_ssl_check(body):
            return Response()
        timestamp, signature = headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature")
        # Either clock may be wrong, and a request is no older by it.
        if not any(signed(secret, timestamp, body, signature, each()) for each in (clock, own_clock)):
            reason = unsigned(secret, timestamp, body, signature, own_clock())
            logger.warning("%s", reason)
            return PlainTextResponse(INVALID_SIGNATURE, 401)
        # Bolt calls the listener on this thread, and it may wait for the database or for Slack.
        return await run_in_threadpool(_dispatch, app, body, headers)

    return Starlette(routes=[Route(ENDPOINT, events, methods=["POST"]), *watch_routes(watch), *pages])


def signed(secret: str, timestamp: str | None, body: bytes, signature: str | None, now: float) -> bool:
    """Whether Slack signed this body within the last five minutes. False for anything malformed."""
    # `int` raises for other timestamps; in Bolt's own verification that is a 500.
    if timestamp is None or signature is None or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    return abs(now - int(timestamp)) <= MAX_AGE_S and _is_of(secret, timestamp, body, signature)


def unsigned(secret: str, timestamp: str | None, body: bytes, signature: str | None, now: float) -> str:
    """Why a request is not `signed`, and what to do about it; tells a wrong clock from a wrong secret."""
    if not timestamp or not signature:
        return NOT_SLACK
    if re.fullmatch(r"[0-9]{1,12}", timestamp) and _is_of(secret, timestamp, body, signature):
        return wrong_time(now - int(timestamp))
    return SIGNED_OTHERWISE


def _is_of(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
    expected = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, sha256).hexdigest()
    # As bytes: for text that is not ASCII `compare_digest` raises.
    return hmac.compare_digest(f"v0={expected}".encode(), signature.encode())


async def _body(stream: AsyncIterator[bytes]) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in stream:
        # Counted as it arrives: Content-Length may be missing or wrong.
        size += len(chunk)
        if size > BODY_MAX:
            raise TooLargeError
        chunks.append(chunk)
    return b"".join(chunks)


def _is_ssl_check(body: bytes) -> bool:
    """Slack asks now and then whether the certificate is right; nothing is done, so nothing needs a signature."""
    return b"ssl_check=1" in body.split(b"&")


def _dispatch(app: App, body: bytes, headers: dict[str, str]) -> Response:
    payload, family = read_body(body, headers.get("content-type", ""))
    answer = dispatch(app, payload, family, headers)
    if answer.status == 404:
        return Response()  # validly signed, handled by nobody: a 404 would count against the app
    return Response(
        answer.body, answer.status, {"content-type": answer.first_headers().get("content-type", "text/plain")}
    )
