"""The HTTP server of a running bot, at the address of the settings."""

import logging
import socket
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from bot.cli.http_connection import BoundedConnection
from bot.errors import SettingsError

logger = logging.getLogger(__name__)

GRACE_S = 10
"""How long requests in progress may take to finish after SIGTERM."""


def bind(host: str, port: int) -> socket.socket:
    """A socket at this address that does not listen yet: whoever connects meanwhile is refused, not left waiting.
    Raises: SettingsError, naming the variable, where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    front = socket.socket(family)
    try:
        front.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        front.bind((host, port))
    except socket.gaierror as error:
        front.close()
        raise SettingsError(
            f'BRIEFBOT_HOST is "{host}", which is no address of this machine ({error.strerror})'
        ) from None
    except OSError as error:
        front.close()
        reason = (error.strerror or str(error)).lower()
        trouble = f"BRIEFBOT_PORT: port {port} of {host} cannot be had ({reason})"
        raise SettingsError(f"{trouble}; end what listens there, or name another port") from None
    return front


def url_of(front: socket.socket) -> str:
    """The address of a bound socket, e.g. `http://127.0.0.1:3000`."""
    host, port = front.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server(app: ASGIApp) -> uvicorn.Server:
    """Serves an application, once `run` is called with its sockets."""
    config = uvicorn.Config(
        app,
        loop="auto",  # uvloop where it is installed, the extra `fast`
        http=BoundedConnection,
        ws="none",
        # `Bot` starts and stops the parts; the application has no events of its own.
        lifespan="off",
        access_log=False,
        # uvicorn's loggers then use the format of all others.
        log_config=None,
        timeout_graceful_shutdown=GRACE_S,
    )
    return uvicorn.Server(config)


class SideServer:
    """Serves an application in a thread of its own, beside what the process is there for."""

    def __init__(self, app: ASGIApp, front: socket.socket) -> None:
        self._front, self._server = front, server(app)
        self._thread = Thread(target=self._server.run, args=([front],), name="http", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finishes the requests that are under way, and frees the address."""
        self._server.should_exit = True
        self._thread.join(GRACE_S)
        self._front.close()
