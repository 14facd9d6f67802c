"""The workspace as a server: the Web API, response URLs, and the Socket Mode endpoint."""

import asyncio
from base64 import b64decode
from collections.abc import Callable, Sequence
from math import ceil

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from bot.workspace.api.arguments import Arguments
from bot.workspace.api.method import TIERS
from bot.workspace.api.request_body import read_body, read_response
from bot.workspace.api.web_api import METHODS, call
from bot.workspace.faults import Fault
from bot.workspace.same_origin import SameOrigin
from bot.workspace.state import Json, SlackError
from bot.workspace.wire import Droppable, OrderedResponse, drop
from bot.workspace.workspace import Workspace

FindWorkspace = Callable[[str | None], Workspace | None]
"""The workspace that a token belongs to."""


def application(workspace: Workspace, page: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The ASGI application of a workspace; `page` are the routes of its page."""
    return _application([workspace], lambda _: workspace, page)


def many(workspaces: Sequence[Workspace]) -> ASGIApp:
    """The ASGI application of several workspaces: the token of a call says in which one it is made, as at Slack. Calls
    that need no token are made in the first. Raises: ValueError where two have the same number."""
    if len({w.state.team for w in workspaces}) < len(workspaces):
        raise ValueError("every workspace needs a number of its own")

    def find(token: str | None) -> Workspace | None:
        # Looked up each time, as an app that is installed again has another token.
        own = (w for w in workspaces if token in (w.state.app.bot_token, w.state.app.app_token))
        return next(own, None) if token else workspaces[0]

    return _application(workspaces, find)


def _application(workspaces: Sequence[Workspace], find: FindWorkspace, page: Sequence[BaseRoute] = ()) -> ASGIApp:
    by_team = {workspace.state.team: workspace for workspace in workspaces}

    async def api(request: Request) -> Response:
        try:
            arguments = read_body(await request.body(), request.headers.get("content-type"))
        except ClientDisconnect:  # the caller ended before its request did
            return Response(status_code=400)
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.error})
        arguments |= _client(request)
        token = _token(request, arguments)
        workspace = next((w for w in workspaces if _is_grant(arguments, w)), None) or find(token)
        if workspace is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        return await _call_method(workspace, request, arguments, token)

    async def response(request: Request) -> Response:
        workspace = by_team.get(request.path_params["team"])
        if workspace is None:
            return PlainTextResponse("expired_url", 404)
        return await _respond(workspace, request)

    async def link(socket: WebSocket) -> None:
        workspace = next((w for w in workspaces if w.redeem(socket.path_params["ticket"])), None)
        if workspace is None:
            await socket.close(1008)
        else:
            await workspace.socket_mode.serve(socket)

    routes = [
        Route("/api/{method}", api, methods=["POST", "GET"]),
        Route("/response/{team}/{key}", response, methods=["POST"]),
        WebSocketRoute("/link/{ticket}", link),
        *page,
    ]
    # Outermost: it needs the server's own `send`, which Starlette wraps.
    return Droppable(SameOrigin(Starlette(routes=routes)))


async def _call_method(workspace: Workspace, request: Request, arguments: Json, token: str | None) -> Response:
    name = request.path_params["method"]
    channel = workspace.state.conversation(str(arguments.get("channel"))) if name == "chat.postMessage" else None
    fault = workspace.faults.take(name)
    # Before the limits: a call that a fault stops takes nothing from them.
    if failure := _failure(workspace, request, name, channel, fault):
        return failure
    tier = TIERS[METHODS[name].tier] if name in METHODS else None
    if wait := workspace.limits.retry_after(name, tier, channel):
        if fault:
            workspace.faults.give_back(fault)
        return _wait(wait)
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    answer = await run_in_threadpool(_answer, workspace, name, arguments, token)
    return _sent(request, fault, JSONResponse(answer, headers=_scopes(workspace, token)))


def _scopes(workspace: Workspace, token: str | None) -> dict[str, str]:
    """What Slack says of a token with every answer. Source: docs.slack.dev, auth.test."""
    app = workspace.state.app
    return {"x-oauth-scopes": ",".join(sorted(app.scopes))} if token == app.bot_token else {}


async def _respond(workspace: Workspace, request: Request) -> Response:
    """Posts what the app sends to a `response_url`."""
    fault = workspace.faults.take("response_url")
    if failure := _failure(workspace, request, "response_url", None, fault):
        return failure
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    try:
        body = read_response(await request.body(), request.headers.get("content-type"))
        await run_in_threadpool(workspace.respond, request.path_params["key"], body)
    except SlackError as error:
        return PlainTextResponse(error.error, 404 if error.error == "expired_url" else 400)
    return _sent(request, fault, PlainTextResponse("ok"))


def _sent(request: Request, fault: Fault | None, own: Response) -> Response:
    """What is sent once the call is carried out: its own answer, unless a fault has another end."""
    if fault and fault.answer:
        return OrderedResponse(fault.answer, bytes(own.body), request)
    return drop(request) if fault and fault.kind == "drop_after" else own


def _failure(
    workspace: Workspace, request: Request, name: str, channel: str | None, fault: Fault | None
) -> Response | None:
    """The answer of a fault that comes before the effect; None where the call goes on."""
    if fault is None or fault.takes_effect:
        return None
    if fault.kind == "ratelimited":
        workspace.limits.refuse(name, seconds := max(1, ceil(fault.seconds)), channel)
        return _wait(seconds)
    workspace.limits.arrived(name, channel)
    if fault.answer:
        return OrderedResponse(fault.answer, b"", request)
    if fault.kind == "unavailable":
        return PlainTextResponse("service unavailable", 503)
    return drop(request) if fault.kind == "drop_before" else PlainTextResponse("expired_url", 404)


def _wait(seconds: int) -> Response:
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


def _answer(workspace: Workspace, name: str, arguments: Json, token: str | None) -> Json:
    try:
        answer = call(workspace.state, name, arguments, token)
    except SlackError as error:
        return {"ok": False, "error": error.error, **error.extra}
    return workspace.socket_url(answer) if name == "apps.connections.open" else answer


def _is_grant(arguments: Arguments, workspace: Workspace) -> bool:
    """Whether a call has a code or a refresh token of the workspace, and so is made in it."""
    refresh = arguments.get("refresh_token")
    return arguments.get("code") in workspace.state.codes or (
        bool(refresh) and refresh == workspace.state.app.refresh_token
    )


def _client(request: Request) -> Arguments:
    """The app's id and secret, where a call brings them by Basic authentication."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    try:
        client_id, _, client_secret = b64decode(given).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


def _token(request: Request, arguments: Arguments) -> str | None:
    """The token of a call, in its body or its header; None where there is none."""
    in_body = arguments.get("token")
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return (in_body if isinstance(in_body, str) else "") or (bearer.strip() if scheme == "Bearer" else "") or None
