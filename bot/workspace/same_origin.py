"""Refuses what a page of another site makes a browser send to the local workspace."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
"""Host names under which the workspace may be reached. A page of another site can have its own name point to loopback,
but not these (DNS rebinding)."""

SAFE_METHODS = frozenset({"GET", "HEAD"})
OWN_SITE = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site. Another port of this machine is `same-site`, and foreign."""


class SameOrigin:
    """Answers 403 to requests for another host, and to writing requests and WebSocket connections from another origin.
    Programs, which send neither Origin nor Sec-Fetch-Site, pass; so does a link from elsewhere, which only reads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        reads = scope["type"] == "http" and scope["method"] in SAFE_METHODS
        if is_loopback(headers) and (reads or is_own_origin(headers)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("another site may not do this", 403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: a 403


def is_loopback(headers: Headers) -> bool:
    """Whether Host names this machine, on any port: a tunnel may have another port than the server."""
    return _host_name(headers.get("host", "")) in LOOPBACK


def _host_name(host: str) -> str | None:
    """The name in `name:port`, in lower case; None where there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def is_own_origin(headers: Headers) -> bool:
    """Whether Origin and Sec-Fetch-Site, where they are sent, name the page of the workspace itself."""
    origin = headers.get("origin")
    # `is_loopback` is asked first, so there is a Host.
    if origin is not None and origin != f"http://{headers['host']}":
        return False
    return headers.get("sec-fetch-site", "none") in OWN_SITE
