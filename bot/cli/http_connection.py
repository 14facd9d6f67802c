"""A connection of the HTTP server that has to send its request in time: slow and silent ones shut nobody out."""

import asyncio
import resource
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.handlers.measures import PROCESS

OPEN_FILES, _ = resource.getrlimit(resource.RLIMIT_NOFILE)


class BoundedConnection(HttpToolsProtocol):
    """Closed when a request, head and body, takes longer than `request_s` seconds or its head more than `head_max`
    bytes. Of more than `connections_max` connections the one is closed that has waited for longest without a whole
    request; requests that are being answered stay."""

    request_s = 10.0
    """Slack sends a request at once, and gives it up after three seconds."""
    head_max = 65_536
    connections_max = min(1000, OPEN_FILES // 2)
    """The other half is for the database, for Slack's API and for files."""

    _deadline: asyncio.TimerHandle | None = None
    _waits_since = 0.0
    _head_bytes = 0
    _has_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        PROCESS.set_connections("http", len(self.connections))
        self._expect()
        if len(self.connections) > self.connections_max:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None:
            self._expect()
        self._head_bytes += len(data)
        super().data_received(data)
        if self._deadline is not None and self._head_bytes > self.head_max and not self._has_head:
            self.transport.abort()

    def on_headers_complete(self) -> None:
        self._has_head = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._settle()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._waits_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)
        PROCESS.set_connections("http", len(self.connections))

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is being answered: the request is not there yet, or not yet whole."""
        return self._deadline is not None or self.cycle is None or self.cycle.response_complete

    @property
    def waits_since(self) -> float:
        """When it began to wait, on the clock of the event loop."""
        return self._waits_since

    def _expect(self) -> None:
        """A request begins."""
        self._has_head, self._head_bytes, self._waits_since = False, 0, self.loop.time()
        self._deadline = self.loop.call_later(self.request_s, self.transport.abort)

    def _settle(self) -> None:
        """A request is whole, or will never be."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        others: list[Any] = [each for each in self.connections if each is not self]
        waiting = (each for each in others if each.is_waiting and not each.transport.is_closing())
        oldest = min(waiting, key=lambda each: each.waits_since, default=None)
        if oldest is not None:
            oldest.transport.abort()
