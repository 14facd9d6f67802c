"""One HTTP request to Slack and its answer, with one deadline for the whole of it.

All requests run on one event loop in a daemon thread of the process. A request is made once, on a connection of its
own: nothing is repeated, no redirect is followed, no cookie is kept.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock, Thread
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, TraceConfig
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env

from bot.handlers.ports import ApiFailure

logger = logging.getLogger(__name__)

ANSWER_MAX = 1_000_000
"""Bytes of an answer, as sent and decompressed. What Slack says of one message, person or channel is far below."""

HEADER_MAX = 65_536
"""Bytes of a line of the head; as many as http.client takes."""

GRACE_S = 1
"""How much longer than its deadline a call may take where the event loop itself is held up."""

TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A POST. `answer_max`: the largest body of an answer that is read, in bytes."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    answer_max: int = ANSWER_MAX


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Whatever answered, Slack or not. The names of `headers` are compared without case; `body` is as it was sent, and
    empty where the status says all."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class _Loop:
    """The event loop and its thread, started at first use."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def get(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                Thread(target=self._loop.run_forever, name="calls to Slack", daemon=True).start()
            return self._loop


_LOOP = _Loop()


@dataclass(slots=True)
class _Progress:
    connected: bool = False
    """From here on the request may arrive."""

    @property
    def failure(self) -> ApiFailure:
        return ApiFailure("dropped" if self.connected else "unreachable")


class _OversizedError(Exception):
    pass


def exchange(request: HttpRequest, *, deadline: timedelta) -> HttpAnswer | ApiFailure:
    """Sends the request and reads its answer; names, connection, TLS, request, headers and body together take no longer
    than `deadline`. `unreachable`: no connection was made, so nothing was sent. `dropped`, `no_slack_answer`: it may
    have arrived; the latter is an answer that is too large."""
    seconds = deadline.total_seconds()
    # The loop's clock is the monotonic one.
    coroutine = _exchange(request, time.monotonic() + seconds)
    future = asyncio.run_coroutine_threadsafe(coroutine, _LOOP.get())
    try:
        return future.result(seconds + GRACE_S)
    except TimeoutError:
        future.cancel()
        return ApiFailure("dropped")


async def _exchange(request: HttpRequest, ends_at: float) -> HttpAnswer | ApiFailure:
    progress = _Progress()
    try:
        async with asyncio.timeout_at(ends_at):
            return await _post(request, progress)
    except _OversizedError:
        return ApiFailure("no_slack_answer")
    # TimeoutError is an OSError; ValueError is an address, a proxy's too, that is none.
    except (ClientError, OSError, ValueError) as error:
        # The kind alone: a message may hold the address, and a `response_url` is a secret.
        logger.warning("a request ended without an answer: %s", type(error).__name__)
        return progress.failure


async def _post(request: HttpRequest, progress: _Progress) -> HttpAnswer:
    async with (
        ClientSession(
            connector=TCPConnector(force_close=True),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            max_line_size=HEADER_MAX,
            max_field_size=HEADER_MAX,
            trace_configs=[_trace(progress)],
        ) as session,
        session.post(
            request.url,
            data=request.body,
            headers={"Accept-Encoding": "gzip", **request.headers},
            allow_redirects=False,
            proxy=_proxy(request.url),
        ) as response,
    ):
        return HttpAnswer(response.status, response.headers, await _body(response, request.answer_max))


def _trace(progress: _Progress) -> TraceConfig:
    async def connected(*_: object) -> None:
        progress.connected = True

    trace = TraceConfig()
    trace.on_connection_create_end.append(connected)
    return trace


def _proxy(url: str) -> str | None:
    """The proxy of the environment, by the rules of slack_sdk: one for all addresses but those of NO_PROXY."""
    proxy = load_http_proxy_from_env()
    if not proxy or proxy_bypass(urlsplit(url).netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


async def _body(response: ClientResponse, size_max: int) -> bytes:
    """Raises: _OversizedError."""
    # Slack's word is read where there can be one; no other body is worth waiting for.
    if 300 <= response.status < 400 or response.status == TOO_MANY_REQUESTS or response.status >= SERVER_ERROR:
        return b""
    body = bytearray()
    if (response.content_length or 0) > size_max:
        raise _OversizedError
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > size_max:
            raise _OversizedError
    return bytes(body)
