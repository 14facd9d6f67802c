"""What Slack's servers and the network between do below ASGI: odd answers, dropped and dead connections, pings."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.workspace.answers import Answer

JSON_TYPE = "application/json; charset=utf-8"


class OrderedResponse(Response):
    """Sends an answer, `own` being the method's own body; ends early where the caller does not wait for it."""

    def __init__(self, answer: Answer, own: bytes, request: Request) -> None:
        super().__init__()
        self._answer, self._request = answer, request
        self._body = own if answer.body is None else answer.body

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        sending, leaving = asyncio.create_task(self._send(send)), asyncio.create_task(_left(receive))
        try:
            done, _ = await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            leaving.cancel()
        if sending in done:
            sending.result()

    async def _send(self, send: Send) -> None:
        await asyncio.sleep(self._answer.head_s)
        length = len(self._body) * self._answer.repeat + self._answer.is_cut
        headers = {"content-type": JSON_TYPE, "content-length": str(length)}
        headers |= {name.lower(): value for name, value in self._answer.headers.items()}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self._answer.status, "headers": raw})
        async for piece in self._pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not self._answer.is_cut:
            await send({"type": "http.response.body", "body": b""})
            return
        close(self._request)
        await asyncio.Event().wait()  # until the caller sees it, since the server complains of an end before that

    async def _pieces(self) -> AsyncIterator[bytes]:
        for _ in range(self._answer.repeat):
            if not self._answer.byte_s:
                yield self._body
                continue
            for byte in self._body:
                await asyncio.sleep(self._answer.byte_s)
                yield bytes([byte])


async def _left(receive: Receive) -> None:
    """Waits until the caller has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Droppable:
    """ASGI middleware that lets an endpoint reach its connection, to drop it without an answer, as networks do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        protocol = getattr(send, "__self__", None)
        scope["briefbot.protocol"], scope["briefbot.transport"] = protocol, getattr(protocol, "transport", None)
        await self.app(scope, receive, send)


def drop(request: Request) -> Response:
    """Drops the connection, with what is not sent yet. Returns a response that nobody gets."""
    transport = request.scope["briefbot.transport"]
    if transport is not None:
        transport.abort()
    return Response()


def close(request: Request) -> None:
    """Ends the connection behind what was sent."""
    transport = request.scope["briefbot.transport"]
    if transport is not None:
        transport.close()


def ping(socket: WebSocket, text: str) -> None:
    """Sends a ping with a text, which ASGI has no message for; not over a dead connection."""
    protocol = socket.scope["briefbot.protocol"]
    if protocol.transport.is_reading():
        protocol.conn.send_ping(text.encode())
        protocol.transport.write(b"".join(protocol.conn.data_to_send()))


async def deafen(socket: WebSocket) -> None:
    """Makes a connection dead: nothing more is read from it, not even its end."""
    socket.scope["briefbot.transport"].pause_reading()
