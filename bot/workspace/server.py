"""The workspace as a server: the Web API, response URLs, and the Socket Mode endpoint."""

import asyncio
import json
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.workspace.api.web_api import METHODS, TIERS, call
from bot.workspace.faults import Fault
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import Workspace

Finder = Callable[[str | None], Workspace | None]
"""From a token to its workspace."""


def application(workspace: Workspace, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The ASGI application of a workspace; `more` are the routes of its page."""
    return _application([workspace], lambda _: workspace, more)


def many(workspaces: Sequence[Workspace]) -> ASGIApp:
    """The ASGI application of several workspaces: the token of a call says in which one it is made, as at Slack. Calls
    that need no token are made in the first. Raises: ValueError where two share a team or a bot token."""
    by_token = {workspace.state.app.bot_token: workspace for workspace in workspaces}
    if len(by_token) < len(workspaces) or len({w.state.team for w in workspaces}) < len(workspaces):
        raise ValueError("every workspace needs a team and a bot token of its own")
    for workspace in workspaces:
        by_token.setdefault(workspace.state.app.app_token, workspace)
    return _application(workspaces, lambda token: by_token.get(token) if token else workspaces[0])


def _application(workspaces: Sequence[Workspace], find: Finder, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    by_team = {workspace.state.team: workspace for workspace in workspaces}

    async def api(request: Request) -> Response:
        try:
            arguments, token = _arguments(await request.body(), request.headers)
        except ClientDisconnect:  # the caller died while it was asking
            return Response(status_code=400)
        workspace = find(token)
        if workspace is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        return await _called(workspace, request, arguments, token)

    async def response(request: Request) -> Response:
        workspace = by_team.get(request.path_params["team"])
        if workspace is None:
            return PlainTextResponse("expired_url", 404)
        return await _responded(workspace, request)

    async def link(socket: WebSocket) -> None:
        ticket = socket.path_params["ticket"]
        workspace = next((w for w in workspaces if w.tickets.pop(ticket, None)), None)
        if workspace is None:
            await socket.close(1008)
        else:
            await workspace.socket_mode.serve(socket)

    routes = [
        Route("/api/{method}", api, methods=["POST", "GET"]),
        Route("/response/{team}/{key}", response, methods=["POST"]),
        WebSocketRoute("/link/{ticket}", link),
        *more,
    ]
    return _Droppable(Starlette(routes=routes))


async def _called(workspace: Workspace, request: Request, arguments: Json, token: str | None) -> Response:
    name = request.path_params["method"]
    channel = workspace.state.conversation(str(arguments.get("channel"))) if name == "chat.postMessage" else None
    fault = workspace.faults.take(name)
    if stopped := _stopped(workspace, request, name, channel, fault):
        return stopped
    tier = TIERS[METHODS[name].tier] if name in METHODS else None
    if wait := workspace.limits.retry_after(name, tier, channel):
        return _wait(wait)
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    answer = await run_in_threadpool(_answer, workspace, name, arguments, token)
    return _drop(request) if fault and fault.kind == "drop_after" else JSONResponse(answer)


async def _responded(workspace: Workspace, request: Request) -> Response:
    """A message through a `response_url`."""
    fault, body = workspace.faults.take("response_url"), json.loads(await request.body())
    if stopped := _stopped(workspace, request, "response_url", None, fault):
        return stopped
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    try:
        await run_in_threadpool(workspace.respond, request.path_params["key"], body)
    except SlackError as error:
        return PlainTextResponse(error.error, 404)
    return _drop(request) if fault and fault.kind == "drop_after" else PlainTextResponse("ok")


def _stopped(
    workspace: Workspace, request: Request, name: str, channel: str | None, fault: Fault | None
) -> Response | None:
    """What a fault does before there is an effect."""
    if fault is None or fault.kind in ("slow", "drop_after"):
        return None
    if fault.kind == "ratelimited":
        workspace.limits.refuse(name, seconds := max(1, ceil(fault.seconds)), channel)
        return _wait(seconds)
    workspace.limits.arrived(name, channel)
    if fault.kind == "unavailable":
        return PlainTextResponse("service unavailable", 503)
    return _drop(request) if fault.kind == "drop_before" else PlainTextResponse("expired_url", 404)


def _wait(seconds: int) -> Response:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


def _answer(workspace: Workspace, name: str, arguments: Json, token: str | None) -> Json:
    try:
        answer = call(workspace.state, name, arguments, token)
    except SlackError as error:
        return {"ok": False, "error": error.error, **error.extra}
    return workspace.socket_url(answer) if name == "apps.connections.open" else answer


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
