"""A TCP proxy whose network can be frozen: connections stay open, and no packet of them comes through any more.

The kernel drops what arrives at the proxy's sockets, acknowledgements and probes too, so that both sides see
what they would see of a machine without power or a torn cable. Linux only.
"""

import ctypes
import socket
import struct
from contextlib import suppress
from threading import Event, Lock, Thread

SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
_RETURN_0 = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
DROP_ALL = struct.pack("HL", 1, ctypes.addressof(_RETURN_0))
"""A packet filter of one instruction: of each packet take nothing. Source: docs.kernel.org, networking/filter."""

CHUNK = 65_536


class Proxy:
    """Passes on to a port of loopback what arrives at `port`."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock, self._flows = Lock(), Event()
        self._flows.set()
        self._open = [self._listener]
        Thread(target=self._accept, name="proxy", daemon=True).start()

    def freeze(self) -> None:
        """From now on nothing comes through; new connections are not answered either."""
        with self._lock:
            self._flows.clear()
            for each in self._open:
                with suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, DROP_ALL)

    def thaw(self) -> None:
        """All that is still wanted comes through, as its senders repeat it."""
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)
            self._flows.set()

    def close(self) -> None:
        """Ends all connections."""
        self._flows.set()
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                target = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                if self._listener.fileno() < 0:
                    return
                continue
            with self._lock:
                self._open = [*(each for each in self._open if each.fileno() >= 0), client, target]
            for ends in ((client, target), (target, client)):
                Thread(target=self._pass_on, args=ends, name="proxied", daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._flows.wait()
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
