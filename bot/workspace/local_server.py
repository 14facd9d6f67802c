"""A server in a thread of this process, on loopback."""

import socket
from threading import Thread
from time import monotonic, sleep

import uvicorn
from starlette.types import ASGIApp

from bot.errors import SettingsError

START_S = 10


class LocalServer:
    """Serves an application from the moment it is created until `close`, at the first of `ports` that is not in use; 0,
    the default, is any free one. `url` has the real one. Raises: SettingsError if all are in use."""

    def __init__(self, app: ASGIApp, *ports: int) -> None:
        # Bound here, so that the address is known before the server runs.
        self._socket = _listening_socket(*ports or (0,))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            http="httptools",
            ws="websockets-sansio",
            ws_ping_interval=None,  # pings are Slack's, in `socket_mode`
            lifespan="off",
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), name=f"serve {self.url}", daemon=True)
        self._thread.start()
        deadline = monotonic() + START_S
        # uvicorn has no event to wait for, only this flag.
        while not self._server.started and monotonic() < deadline:
            sleep(0.005)

    def close(self) -> None:
        """Finishes the requests that are under way, for at most a second, and frees the port."""
        self._server.should_exit = True
        self._thread.join(START_S)
        self._socket.close()


def _listening_socket(port: int, *others: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        if others:
            return _listening_socket(*others)
        raise SettingsError(
            f"port {port}: {(error.strerror or str(error)).lower()}; name another one, or none for a free one"
        ) from error
