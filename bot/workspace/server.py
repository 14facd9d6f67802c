"""The workspace as a server: the Web API, response URLs, and the Socket Mode endpoint."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.workspace.faults import Fault
from bot.workspace.methods import METHODS, TIERS, call
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import Workspace


def application(workspace: Workspace, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The ASGI application of a workspace; `more` are the routes of its page."""

    async def api(request: Request) -> Response:
        name = request.path_params["method"]
        arguments, token = _arguments(await request.body(), request.headers)
        fault = workspace.faults.take(name)
        if refused := _refused(workspace, name, arguments, fault):
            return refused
        if fault and fault.kind == "drop_before":
            return _drop(request)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = await run_in_threadpool(_answer, workspace, name, arguments, token)
        return _drop(request) if fault and fault.kind == "drop_after" else JSONResponse(answer)

    async def response(request: Request) -> Response:
        if workspace.faults.take("response_url"):
            return PlainTextResponse("expired_url", 404)
        try:
            await run_in_threadpool(workspace.respond, request.path_params["key"], json.loads(await request.body()))
        except SlackError as error:
            return PlainTextResponse(error.error, 404)
        return PlainTextResponse("ok")

    async def link(socket: WebSocket) -> None:
        if workspace.tickets.pop(socket.path_params["ticket"], None) is None:
            await socket.close(1008)
        else:
            await workspace.hub.serve(socket)

    routes = [
        Route("/api/{method}", api, methods=["POST", "GET"]),
        Route("/response/{key}", response, methods=["POST"]),
        WebSocketRoute("/link/{ticket}", link),
        *more,
    ]
    return _Droppable(Starlette(routes=routes))


def _answer(workspace: Workspace, name: str, arguments: Json, token: str | None) -> Json:
    try:
        answer = call(workspace.state, name, arguments, token)
    except SlackError as error:
        return {"ok": False, "error": error.error, **error.extra}
    return workspace.linked(answer) if name == "apps.connections.open" else answer


def _refused(workspace: Workspace, name: str, arguments: Json, fault: Fault | None) -> Response | None:
    """The answer of a service that is limited or unwell."""
    if fault and fault.kind == "unavailable":
        return PlainTextResponse("service unavailable", 503)
    tier = TIERS[METHODS[name].tier] if name in METHODS else None
    channel = str(arguments.get("channel")) if name == "chat.postMessage" else None
    wait = int(fault.seconds) if fault and fault.kind == "ratelimited" else None
    if wait is None:
        wait = workspace.limits.retry_after(name, tier, channel)
    if wait is None:
        return None
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})


def _arguments(body: bytes, headers: Any) -> tuple[Json, str | None]:
    """A call's arguments, from JSON or a form, and its token."""
    bearer = headers.get("authorization", "").removeprefix("Bearer ").strip() or None
    if headers.get("content-type", "").startswith("application/json"):
        arguments: Json = json.loads(body or b"{}")
    else:
        arguments = {key: values[-1] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return {k: v for k, v in arguments.items() if v is not None}, arguments.get("token") or bearer


class _Droppable:
    """Lets an endpoint drop its connection without an answer, as networks do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["briefbot.transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


def _drop(request: Request) -> Response:
    transport = request.scope["briefbot.transport"]
    if transport is not None:
        transport.abort()
    return Response()
