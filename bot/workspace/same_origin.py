"""Refuses what a page of another site or port makes a browser send to a server of this machine."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a server may be reached. A page of another site can have its own name point to loopback, but not
these (DNS rebinding)."""

HTTP_PORT = 80
"""The port that browsers leave out of Host."""

OWN_SITE = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site. Another port of this machine is `same-site`, and foreign."""

DOCUMENT = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
"""What a browser says of a link or an address that it opens in a tab, and not in a frame."""

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Of every answer. None of them lets another origin read it."""

_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]

REFUSED = (
    "refused: only the page at http://127.0.0.1:{port} itself, and programs on this machine, may do this. Open that "
    "address; a tunnel has to have the same port at both ends."
)


class SameOrigin:
    """Answers 403 to all requests for another host or port and from another origin, whether they read or write, and
    closes such WebSocket connections. Programs, which send neither Origin nor Sec-Fetch-Site, pass: what is behind
    this asks them for a token. So does a link from elsewhere that opens the page `/` in a tab."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, port = Headers(scope=scope), _port(scope)
        if _is_own_host(headers, port) and _is_own_origin(headers, opens_page=_opens_page(scope, headers)):
            await self.app(scope, receive, _secured(send))
        elif scope["type"] == "http":
            await PlainTextResponse(REFUSED.format(port=port), 403)(scope, receive, _secured(send))
        else:
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: a 403


def _port(scope: Scope) -> int | None:
    """The port of the connection itself, whatever its request says."""
    return (scope.get("server") or (None, None))[1]


def _is_own_host(headers: Headers, port: int | None) -> bool:
    own = {f"{name}:{port}" for name in LOOPBACK} | ({*LOOPBACK} if port == HTTP_PORT else set())
    hosts = headers.getlist("host")
    return len(hosts) == 1 and hosts[0].lower() in own


def _is_own_origin(headers: Headers, *, opens_page: bool) -> bool:
    """Whether Origin and Sec-Fetch-Site, where they are sent, name the page itself."""
    # `_is_own_host` is asked first, so there is one Host.
    own = f"http://{headers['host'].lower()}"
    if any(origin != own for origin in headers.getlist("origin")):
        return False
    return opens_page or OWN_SITE.issuperset(headers.getlist("sec-fetch-site"))


def _opens_page(scope: Scope, headers: Headers) -> bool:
    if scope["type"] != "http" or (scope["method"], scope["path"]) != ("GET", "/"):
        return False
    return all(headers.getlist(name) == [value] for name, value in DOCUMENT.items())


def _secured(send: Send) -> Send:
    """Adds the headers of `SECURITY` to an answer."""

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *_SECURITY]}
        await send(message)

    return secured
