"""Socket Mode, Slack's side: connections, envelopes, acknowledgements, disconnects."""

import asyncio
import json
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from itertools import count
from random import Random
from threading import Lock
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.deliver import ACK_S, Ack, Kind
from bot.workspace.state import Json

CONNECTIONS_MAX = 10
"""Source: docs.slack.dev, using Socket Mode: each payload goes to any one of the connections."""


class SocketModeServer:
    """The open connections of the app, and the envelopes that wait for their acknowledgement."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[WebSocket, asyncio.AbstractEventLoop] = {}
        self._waiting: dict[str, Future[Json | None]] = {}
        self._numbers = count(1)
        self._chance = Random(1)  # noqa: S311  which connection gets a payload is no secret

    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    async def serve(self, socket: WebSocket) -> None:
        """Holds one connection until either side closes it."""
        await socket.accept()
        with self._lock:
            self._open[socket] = asyncio.get_running_loop()
        hello = {"type": "hello", "num_connections": self.count(), "connection_info": {"app_id": "A0LOCAL001"}}
        await socket.send_text(json.dumps({**hello, "debug_info": {"approximate_connection_time": 18060}}))
        try:
            while True:
                self._acknowledged(json.loads(await socket.receive_text()))
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            with self._lock:
                self._open.pop(socket, None)

    def _acknowledged(self, answer: Json) -> None:
        with self._lock:
            waiting = self._waiting.pop(str(answer.get("envelope_id")), None)
        if waiting is not None:
            waiting.set_result(answer.get("payload"))

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """Delivers an envelope over any one connection and waits for at most 3 seconds."""
        envelope_id = f"envelope-{next(self._numbers)}"
        envelope: Json = {
            "type": kind,
            "envelope_id": envelope_id,
            "payload": payload,
            "accepts_response_payload": True,
        }
        if retry:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        waiting: Future[Json | None] = Future()
        with self._lock:
            if not self._open:
                return Ack(error="dispatch_failed")
            socket, loop = self._chance.choice(list(self._open.items()))
            self._waiting[envelope_id] = waiting
        asyncio.run_coroutine_threadsafe(socket.send_text(json.dumps(envelope)), loop)
        try:
            return Ack(waiting.result(ACK_S))
        except FutureTimeoutError:
            return Ack(error="operation_timeout")

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come again, as Slack does every few hours."""
        for socket, loop in list(self._open.items()):
            asyncio.run_coroutine_threadsafe(_say_goodbye(socket, reason), loop).result(ACK_S)

    def kill(self) -> None:
        """Ends every connection without a word."""
        for socket, loop in list(self._open.items()):
            asyncio.run_coroutine_threadsafe(socket.close(1011), loop).result(ACK_S)


async def _say_goodbye(socket: WebSocket, reason: str) -> Any:
    await socket.send_text(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}}))
    await socket.close(1000)
