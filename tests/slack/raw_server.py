"""Servers on loopback that answer with any bytes, at any pace, and remember what they were sent."""

import re
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread

HEAD_END = b"\r\n\r\n"


def answer(
    body: bytes | str = b"", status: str = "200 OK", headers: Sequence[str] = (), *, length: int | None = None
) -> bytes:
    """A whole answer; `length` is what it says of its body, where that is not so."""
    sent = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(sent) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + HEAD_END + sent


class RawServer:
    """Sends what `each` gives to whoever has sent a request (at once where not `reads`), piece by piece, and closes the
    connection; before each piece but the first it waits `pause_s`. `requests` are the bytes of each request, in order;
    `connections` counts those that were accepted."""

    def __init__(self, each: Callable[[], Iterable[bytes]], pause_s: float, *, reads: bool) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self.closed = Event()
        self._each, self._pause_s, self._reads = each, pause_s, reads
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Ends it, and every answer under way."""
        self.closed.set()
        # Wakes `accept`, which a close alone does not.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.connections += 1
                Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if self._reads:
                self.requests.append(_request(connection))
            for number, piece in enumerate(self._each()):
                if number and self.closed.wait(self._pause_s):
                    return
                connection.sendall(piece)


def _request(connection: socket.socket) -> bytes:
    """One request with its body."""
    sent = b""
    while HEAD_END not in sent or len(sent) < sent.index(HEAD_END) + len(HEAD_END) + _length(sent):
        piece = connection.recv(65536)
        if not piece:
            break
        sent += piece
    return sent


def _length(sent: bytes) -> int:
    stated = re.search(rb"(?i)content-length: *([0-9]+)", sent)
    return int(stated[1]) if stated else 0


@contextmanager
def serving(
    *pieces: bytes, pause_s: float = 0, reads: bool = True, each: Callable[[], Iterable[bytes]] | None = None
) -> Iterator[RawServer]:
    """A server for the duration of a test, which answers every request with `pieces`, or by `each`; see `RawServer`."""
    server = RawServer(each or (lambda: pieces), pause_s, reads=reads)
    try:
        yield server
    finally:
        server.close()


def drip(whole: bytes) -> tuple[bytes, ...]:
    """The bytes one by one."""
    return tuple(whole[n : n + 1] for n in range(len(whole)))
