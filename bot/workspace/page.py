"""The workspace as a page in a browser: its addresses, and what one person does on it."""

import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from functools import partial
from html import escape
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.core.answers.completion import Completion
from bot.render.document.mrkdwn import escape as escape_text
from bot.render.document.mrkdwn import unescape
from bot.workspace.clock import MovableClock
from bot.workspace.messages import Message
from bot.workspace.page_token import Endpoint, PageToken
from bot.workspace.page_view import PageView
from bot.workspace.state import Json
from bot.workspace.version_stream import version_stream
from bot.workspace.workspace import Workspace

STATIC = files("bot.workspace") / "static"
SCRIPT, SHEET = "text/javascript", "text/css"
MEDIA_TYPES = {
    **dict.fromkeys(("server.js", "rows.js", "app.js", "controls.js"), SCRIPT),
    **dict.fromkeys(("messages.css", "app.css"), SHEET),
}
FORWARD_MAX_S = 366 * 24 * 3600
"""Seconds by which the clock is moved at once, at most."""


class Page:
    """The page of one person. `complete` gives what may follow in a command that begins with `command`. With a `clock`,
    which should be the workspace's own, the page shows it and can move it forward.

    Only for an application that refuses other sites, as `server.application` does: the page itself, which has the
    token of all its other requests, is for whoever opens it."""

    def __init__(
        self,
        workspace: Workspace,
        user: str,
        command: str,
        complete: Callable[[str], list[Completion]],
        clock: MovableClock | None = None,
    ) -> None:
        self._workspace, self._user, self._command, self._complete = workspace, user, command, complete
        self._clock = clock
        self._view = PageView(workspace, user, clock)
        self.token = PageToken()
        self._closed = False

    def routes(self) -> list[BaseRoute]:
        """The page's own addresses, in no order; that of the clock only where there is one."""
        return [
            Route("/", self._get_shell),
            Route("/static/{name}", self._get_static),
            *self._own("GET", self._reads()),
            *self._own("POST", self._does()),
        ]

    def _own(self, method: str, endpoints: Mapping[str, Endpoint]) -> list[BaseRoute]:
        """Addresses for the page alone."""
        return [Route(path, self.token.guard(each), methods=[method]) for path, each in endpoints.items()]

    def _reads(self) -> dict[str, Endpoint]:
        return {
            "/view": self._get_view,
            "/changes": self._get_changes,
            "/complete": self._get_completions,
            "/suggest": self._get_suggestions,
        }

    def _does(self) -> dict[str, Endpoint]:
        acts: dict[str, Endpoint] = {
            "/say": self._say,
            "/press": self._press,
            "/shortcut": self._shortcut,
            "/submit": self._submit,
            "/close": self._close_view,
        }
        return {**acts, "/clock": self._move_clock} if self._clock else acts

    def close(self) -> None:
        """Ends the streams of open pages, so that the server can end."""
        self._closed = True
        self._workspace.state.changes.announce()

    # What the page reads

    async def _get_shell(self, request: Request) -> Response:
        template = (STATIC / "page.html").read_text(encoding="utf-8")
        first = self._view.channels()[0].id
        values = {"channel": first, "command": self._command, "token": self.token.value}
        return HTMLResponse(re.sub(r"{{(\w+)}}", lambda found: escape(values[found[1]]), template))

    async def _get_static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in MEDIA_TYPES:
            return Response(status_code=404)
        return Response((STATIC / name).read_bytes(), media_type=MEDIA_TYPES[name])

    async def _get_view(self, request: Request) -> Response:
        channel = self._workspace.state.channels.get(request.query_params.get("channel", ""))
        if channel is None or self._user not in channel.members:
            return JSONResponse({"error": "channel_not_found"}, 404)
        thread = request.query_params.get("thread") or None
        return JSONResponse(self._view.everything(channel, thread))

    async def _get_changes(self, request: Request) -> Response:
        """The version, at once and after every change, until the page or the server is closed."""
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    def _stream(self) -> AsyncIterator[str]:
        return version_stream(self._workspace.state.changes, lambda: not self._closed)

    async def _get_completions(self, request: Request) -> Response:
        completions = self._complete(request.query_params.get("text", ""))
        entries = [{"text": f"{self._command} {c.text}", "description": c.description} for c in completions]
        return JSONResponse(entries)

    async def _get_suggestions(self, request: Request) -> Response:
        suggestions = await run_in_threadpool(self._suggestions, request.query_params)
        options = [{"value": o["value"], "text": unescape(o["text"]["text"])} for o in suggestions]
        return JSONResponse(options)

    def _suggestions(self, query: Mapping[str, str]) -> list[Json]:
        """The options of a typeahead in a message, or in the open modal where `query` names no message."""
        action, text = query["action"], query.get("text", "")
        if "ts" not in query:
            return self._workspace.suggest_in_view(self._user, action, text)
        return self._workspace.suggest(self._user, self._message(query["channel"], query["ts"]), action, text)

    # What the person does

    async def _say(self, request: Request) -> Response:
        body = await _json_body(request)
        text, channel, thread = str(body["text"]).strip(), str(body["channel"]), body.get("thread") or None
        if text.startswith("/"):
            # In a thread: the workspace waits up to 3 seconds for the app's acknowledgement.
            await run_in_threadpool(self._type_command, text, channel, thread)
        elif text:
            app = self._workspace.state.app
            with_mention = escape_text(text).replace("@briefbot", f"<@{app.bot_user}>")
            await run_in_threadpool(self._workspace.say, self._user, channel, with_mention, thread)
        return JSONResponse({})

    def _type_command(self, text: str, channel: str, thread: str | None) -> None:
        """Slack itself answers unknown commands, commands in threads, and those that the app fails to answer."""
        name = text.split(" ", maxsplit=1)[0]
        if thread:
            self._workspace.slackbot(self._user, channel, f"{name} is not supported in threads. Sorry!", thread)
        elif name != self._command:
            self._workspace.slackbot(self._user, channel, f"{name} is not a valid command. Try {self._command}.")
        elif error := self._workspace.command(self._user, channel, text).error:
            self._workspace.slackbot(self._user, channel, f"{name} failed with the error “{error}”.")

    async def _press(self, request: Request) -> Response:
        body = await _json_body(request)
        message = self._message(str(body["channel"]), str(body["ts"]))
        press = partial(self._workspace.press, confirmed=body.get("confirmed") is True)
        try:
            ack = await run_in_threadpool(press, self._user, message, str(body["action"]), body.get("option"))
        except (LookupError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"error": ack.error})

    async def _shortcut(self, request: Request) -> Response:
        """Picks a shortcut of the app on a message."""
        body = await _json_body(request)
        message = self._message(str(body["channel"]), str(body["ts"]))
        try:
            ack = await run_in_threadpool(self._workspace.shortcut, self._user, message, str(body["shortcut"]))
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"error": ack.error})

    async def _submit(self, request: Request) -> Response:
        """Takes the values of the fields, by block. What is wrong with them comes with the next view, not here."""
        values = (await _json_body(request))["values"]
        try:
            ack = await run_in_threadpool(self._workspace.submit, self._user, values)
        except (LookupError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"error": None if ack.error == "incomplete" else ack.error})

    async def _close_view(self, request: Request) -> Response:
        """Closes `view`; another one that was opened since stays."""
        self._workspace.close_view(self._user, (await _json_body(request)).get("view"))
        return JSONResponse({})

    async def _move_clock(self, request: Request) -> Response:
        """Moves the clock forward by `seconds`."""
        seconds = (await _json_body(request)).get("seconds")
        # Not isinstance, which takes JSON's `true` for an integer.
        if self._clock is None or type(seconds) is not int or not 0 < seconds <= FORWARD_MAX_S:
            return JSONResponse({"error": "a clock only moves forward, by whole seconds"}, 400)
        await run_in_threadpool(self._clock.forward, seconds)
        self._workspace.state.changes.announce()
        return JSONResponse(self._view.clock())

    def _message(self, channel: str, ts: str) -> Message:
        return next(m for m in self._workspace.seen_by(self._user, channel) if m.ts == ts)


async def _json_body(request: Request) -> dict[str, Any]:
    """The body of a POST of the page. Raises: HTTPException for what is no JSON object."""
    with suppress(ValueError, RecursionError):
        body = json.loads(await request.body())
        if isinstance(body, dict):
            return body
    raise HTTPException(400, "the body has to be a JSON object")
