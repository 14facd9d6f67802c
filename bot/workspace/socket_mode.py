"""Socket Mode, Slack's side: connections, envelopes, acknowledgements, disconnects."""

import asyncio
import json
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from itertools import count
from random import Random
from threading import Lock
from typing import Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.deliver import ACK_S, Ack, Kind
from bot.workspace.state import Json
from bot.workspace.wire import deafen, ping

CONNECTIONS_MAX = 10
"""Open connections of an app. Source: docs.slack.dev, using Socket Mode. That one more gets `disconnect` with the
reason `too_many_websockets` in place of `hello` is what slackapi/bolt-js#2238 and #2225 report."""

PING_S = 10
"""Between two pings of a connection, the first behind `hello`; each has a text, as in logs of Slack's clients."""

HOST = "applink-1"

Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]
"""Why Slack sends `disconnect`. A `warning` comes some seconds ahead, and the connection goes on meanwhile."""


class SocketModeServer:
    """The open connections of one app, and the envelopes that wait for their acknowledgement. `send` and the other
    plain methods may be called on any thread."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._lock = Lock()
        self._connections: dict[WebSocket, asyncio.AbstractEventLoop] = {}
        self._acks: dict[str, Future[Json | None]] = {}
        self._numbers = count(1)
        self._random = Random(1)  # noqa: S311  which connection gets a payload is no secret
        self.opened = 0
        """The number of connections that were ever open."""

    def count(self) -> int:
        """The number of open connections."""
        return len(self._connections)

    async def serve(self, socket: WebSocket) -> None:
        """Holds one connection until either side closes it; refuses it where the app has all it may have."""
        await socket.accept()
        number = self._register(socket)
        if number is None:
            await _disconnect(socket, "too_many_websockets")
            return
        hello = {"type": "hello", "num_connections": number, "connection_info": {"app_id": self._app_id}}
        debug = {"host": HOST, "build_number": 14, "approximate_connection_time": 18060}
        pinging = asyncio.create_task(_keep_pinging(socket))
        try:
            await socket.send_text(json.dumps({**hello, "debug_info": debug}))
            while True:
                self._acknowledge(await socket.receive_text())
        # starlette raises RuntimeError where this side has closed the connection.
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            pinging.cancel()
            with self._lock:
                self._connections.pop(socket, None)

    def _register(self, socket: WebSocket) -> int | None:
        """How many connections are open with this one; None where it is one too many."""
        with self._lock:
            if len(self._connections) >= CONNECTIONS_MAX:
                return None
            self._connections[socket] = asyncio.get_running_loop()
            self.opened += 1
            return len(self._connections)

    def _acknowledge(self, text: str) -> None:
        """Passes an acknowledgement on; what is none, or comes too late, is ignored."""
        with suppress(ValueError):
            answer = json.loads(text)
            if isinstance(answer, dict):
                with self._lock:
                    ack = self._acks.pop(str(answer.get("envelope_id")), None)
                if ack is not None:
                    ack.set_result(answer.get("payload"))

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Delivers an envelope over any one connection and waits for at most 3 seconds. Only commands and interactions
        are answered with a payload: one with the acknowledgement of an event is the error `unexpected_payload`."""
        envelope_id, answered = f"envelope-{next(self._numbers)}", kind != "events_api"
        envelope: Json = {"type": kind, "envelope_id": envelope_id, "payload": payload}
        envelope |= {"accepts_response_payload": answered}
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        ack: Future[Json | None] = Future()
        with self._lock:
            if not self._connections:
                return Ack(error="dispatch_failed")
            # Slack sends each payload over any one connection, without a pattern.
            socket, loop = self._random.choice(list(self._connections.items()))
            # Before the envelope goes out: the acknowledgement may come at once.
            self._acks[envelope_id] = ack
        asyncio.run_coroutine_threadsafe(socket.send_text(json.dumps(envelope)), loop)
        try:
            found = Ack(ack.result(ACK_S))
        except FutureTimeoutError:
            return Ack(error="operation_timeout")
        return found if answered or found.body is None else Ack(found.body, "unexpected_payload")

    def disconnect(self, reason: Reason = "refresh_requested") -> None:
        """Asks every connection to come again, as Slack does every few hours, and ends it unless it is only a
        warning."""
        for socket, loop in list(self._connections.items()):
            asyncio.run_coroutine_threadsafe(_disconnect(socket, reason), loop).result(ACK_S)

    def kill(self) -> None:
        """Ends every connection without a `disconnect` message."""
        for socket, loop in list(self._connections.items()):
            asyncio.run_coroutine_threadsafe(socket.close(1011), loop).result(ACK_S)

    def freeze(self) -> None:
        """Every connection dies without a word: it stays open, and nothing is read from it or sent over it any more.
        New ones are as ever."""
        with self._lock:
            dead = list(self._connections.items())
            self._connections.clear()
        for socket, loop in dead:
            asyncio.run_coroutine_threadsafe(deafen(socket), loop).result(ACK_S)


async def _disconnect(socket: WebSocket, reason: Reason) -> None:
    await socket.send_text(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}))
    if reason != "warning":
        await socket.close(1000)


async def _keep_pinging(socket: WebSocket) -> None:
    while True:
        ping(socket, f"Ping from {HOST}")
        await asyncio.sleep(PING_S)
