"""A network between a process and Postgres, which fails when it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from urllib.parse import parse_qs, urlsplit

ACCEPT_S = 0.05
CHUNK = 65536


class Network:
    """Passes bytes on between clients on loopback and the server's socket."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(ACCEPT_S)
        self.url = f"postgresql://postgres@127.0.0.1:{self._listener.getsockname()[1]}{parts.path}"
        self._flows, self._up, self._closed = Event(), Event(), Event()
        self._flows.set()
        self._up.set()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = Lock()
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Nothing passes; connections stay open and their ends answer keepalives, as a proxy's kernel does."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Every connection is cut and no new one comes about, as while a server restarts."""
        self._up.clear()
        self._cut()
        try:
            yield
        finally:
            self._up.set()

    def close(self) -> None:
        """Ends it."""
        self._closed.set()
        self._flows.set()
        self._cut()
        self._thread.join()
        self._listener.close()

    def _cut(self) -> None:
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for each in (end for pair in pairs for end in pair):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while not self._closed.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                if self._up.is_set():
                    self._connect(client)
                else:
                    client.close()

    def _connect(self, client: socket.socket) -> None:
        client.settimeout(None)
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._server)
        with self._lock:
            self._pairs.append((client, server))
        for ends in ((client, server), (server, client)):
            Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._flows.wait()
                target.sendall(data)
            self._flows.wait()
            target.shutdown(socket.SHUT_WR)


@contextmanager
def network(url: str) -> Iterator[Network]:
    """A network to the database of a URL, for as long as it is needed."""
    between = Network(url)
    try:
        yield between
    finally:
        between.close()
