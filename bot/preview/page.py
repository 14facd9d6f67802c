"""The page of a preview: its addresses, for the browser that opened it alone."""

import re
from html import escape
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.preview.live import Live
from bot.workspace.page import MEDIA_TYPES, STATIC
from bot.workspace.page_token import Endpoint, PageToken
from bot.workspace.same_origin import SameOrigin
from bot.workspace.version_stream import version_stream

OWN = files("bot.preview") / "static"
SHARED = {name: MEDIA_TYPES[name] for name in ("messages.css", "rows.js", "server.js")}
"""What the page has in common with that of the local workspace."""

FILES = {**SHARED, "preview.css": "text/css", "preview.js": "text/javascript"}


def file_text(name: str) -> str:
    """One of the page's files."""
    return ((STATIC if name in SHARED else OWN) / name).read_text(encoding="utf-8")


def application(live: Live) -> ASGIApp:
    """The ASGI application of a preview; it refuses other sites, and all but the page itself."""
    page = _Page(live)
    own: dict[str, Endpoint] = {"/view": page.view, "/brief": page.brief, "/changes": page.changes}
    routes = [
        Route("/", page.shell),
        Route("/static/{name}", page.static),
        *(Route(path, page.token.guard(each)) for path, each in own.items()),
    ]
    return SameOrigin(Starlette(routes=routes))


class _Page:
    def __init__(self, live: Live) -> None:
        self._live, self.token = live, PageToken()

    async def shell(self, request: Request) -> Response:
        values = {"token": self.token.value, "head": _links()}
        template = file_text("preview.html")
        return HTMLResponse(re.sub(r"{{(\w+)}}", lambda found: values.get(found[1], ""), template))

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            return Response(status_code=404)
        return Response(file_text(name), media_type=FILES[name])

    async def view(self, request: Request) -> Response:
        return JSONResponse(self._live.view())

    async def brief(self, request: Request) -> Response:
        """What is inside of an unchanged brief."""
        inside = await run_in_threadpool(self._live.quiet, request.query_params.get("slug", ""))
        return JSONResponse({"inside": str(inside)} if inside is not None else {"error": "no such brief"})

    async def changes(self, request: Request) -> Response:
        """The version, at once and after every change, until the page or the preview is closed."""
        stream = version_stream(self._live.changes, lambda: self._live.is_open)
        return StreamingResponse(stream, media_type="text/event-stream")


def _links() -> str:
    sheets = [f'<link rel="stylesheet" href="/static/{escape(name)}">' for name in FILES if name.endswith(".css")]
    scripts = [f'<script src="/static/{name}" defer></script>' for name in ("server.js", "rows.js", "preview.js")]
    return "\n".join([*sheets, *scripts])
