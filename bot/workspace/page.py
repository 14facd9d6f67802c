"""The workspace as a page: what one person sees of it, and what they do there."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.core.answers.completion import Completion
from bot.render.document import html
from bot.render.document.mrkdwn import escape as escape_text
from bot.render.document.mrkdwn import unescape
from bot.workspace.state import Channel, Json, Message
from bot.workspace.workspace import Workspace, plain

STATIC = files("bot.workspace") / "static"
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
TICK_S = 0.1
ABOUT_MAX = 60
"""Characters of a thread's first message above a reply that the channel sees as well."""
FORWARD_MAX_S = 366 * 24 * 3600
"""The farthest that the clock is moved at once."""
KINDS = {"app.js": "text/javascript", "app.css": "text/css"}


class Clock(Protocol):
    """A clock that can be moved, as `clock.MovableClock`."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    def forward(self, seconds: int) -> None:
        """Moves it. Raises: ValueError for what would not be forward."""
        ...


class Page:
    """The page of one person. `complete` gives what may follow in a command that begins with `command`. With a `clock`,
    which should be the workspace's own, the page shows it and can move it forward."""

    def __init__(
        self,
        workspace: Workspace,
        user: str,
        command: str,
        complete: Callable[[str], list[Completion]],
        clock: Clock | None = None,
    ) -> None:
        self.workspace, self.user, self.command, self.complete = workspace, user, command, complete
        self.clock = clock
        self.closed = False
        """Set when the server is about to end; open pages are let go."""

    def routes(self) -> list[BaseRoute]:
        """The page's own addresses."""
        return [
            Route("/", self._index),
            Route("/static/{name}", self._static),
            Route("/view", self._view),
            Route("/changes", self._changes),
            Route("/complete", self._completed),
            Route("/suggest", self._suggested),
            Route("/say", self._said, methods=["POST"]),
            Route("/press", self._pressed, methods=["POST"]),
            Route("/submit", self._submitted, methods=["POST"]),
            Route("/close", self._closed, methods=["POST"]),
            *([Route("/clock", self._moved, methods=["POST"])] if self.clock else []),
        ]

    # What is asked for

    async def _index(self, request: Request) -> Response:
        shell = (STATIC / "page.html").read_text(encoding="utf-8")
        first = next(channel.id for channel in self._channels())
        filled = shell.replace("{{channel}}", escape(first)).replace("{{command}}", escape(self.command))
        return HTMLResponse(filled, headers=SECURITY)

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in KINDS:
            return Response(status_code=404)
        return Response((STATIC / name).read_bytes(), headers=SECURITY, media_type=KINDS[name])

    async def _view(self, request: Request) -> Response:
        channel = self.workspace.state.channels.get(request.query_params.get("channel", ""))
        if channel is None or self.user not in channel.members:
            return JSONResponse({"error": "channel_not_found"}, 404)
        thread = request.query_params.get("thread") or None
        return JSONResponse(self._seen(channel, thread), headers=SECURITY)

    async def _changes(self, request: Request) -> Response:
        """Says whenever something has changed, for as long as the page is open."""

        async def said() -> AsyncIterator[str]:
            last = -1
            while not self.closed and not await request.is_disconnected():
                if (now := self.workspace.state.version) != last:
                    last = now
                    yield f"data: {now}\n\n"
                await asyncio.sleep(TICK_S)

        return StreamingResponse(said(), media_type="text/event-stream", headers=SECURITY)

    async def _completed(self, request: Request) -> Response:
        typed = request.query_params.get("text", "")
        found = [{"text": f"{self.command} {c.text}", "description": c.description} for c in self.complete(typed)]
        return JSONResponse(found, headers=SECURITY)

    async def _suggested(self, request: Request) -> Response:
        found = await run_in_threadpool(self._suggestions, request.query_params)
        options = [{"value": o["value"], "text": unescape(o["text"]["text"])} for o in found]
        return JSONResponse(options, headers=SECURITY)

    def _suggestions(self, asked: Mapping[str, str]) -> list[Json]:
        """Of a typeahead in a message, or in the modal where no message is named."""
        action, text = asked["action"], asked.get("text", "")
        if "ts" not in asked:
            return self.workspace.suggest_in_view(self.user, action, text)
        return self.workspace.suggest(self.user, self._message(asked["channel"], asked["ts"]), action, text)

    # What is done

    async def _said(self, request: Request) -> Response:
        asked = await _posted(request)
        text, channel, thread = str(asked["text"]).strip(), str(asked["channel"]), asked.get("thread") or None
        if text.startswith("/"):
            await run_in_threadpool(self._typed, text, channel, thread)
        elif text:
            app = self.workspace.state.app
            mentioned = escape_text(text).replace("@briefbot", f"<@{app.bot_user}>")
            await run_in_threadpool(self.workspace.say, self.user, channel, mentioned, thread)
        return JSONResponse({}, headers=SECURITY)

    def _typed(self, text: str, channel: str, thread: str | None) -> None:
        """A command; Slack itself answers for commands that nobody has, in threads, and when the app does not."""
        name = text.split(" ", maxsplit=1)[0]
        if thread:
            self.workspace.slackbot(self.user, channel, f"{name} is not supported in threads. Sorry!", thread)
        elif name != self.command:
            self.workspace.slackbot(self.user, channel, f"{name} is not a valid command. Try {self.command}.")
        elif error := self.workspace.command(self.user, channel, text).error:
            self.workspace.slackbot(self.user, channel, f"{name} failed with the error “{error}”.")

    async def _pressed(self, request: Request) -> Response:
        asked = await _posted(request)
        message = self._message(str(asked["channel"]), str(asked["ts"]))
        ack = await run_in_threadpool(
            self.workspace.press, self.user, message, str(asked["action"]), asked.get("option")
        )
        return JSONResponse({"error": ack.error}, headers=SECURITY)

    async def _submitted(self, request: Request) -> Response:
        """What was filled in, by block; what is wrong with it is shown beside the fields with the rest of the view."""
        values = (await _posted(request))["values"]
        try:
            ack = await run_in_threadpool(self.workspace.submit, self.user, values)
        except (LookupError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400, SECURITY)
        return JSONResponse({"error": None if ack.error == "incomplete" else ack.error}, headers=SECURITY)

    async def _closed(self, request: Request) -> Response:
        await _posted(request)
        self.workspace.close_view(self.user)
        return JSONResponse({}, headers=SECURITY)

    async def _moved(self, request: Request) -> Response:
        """The clock, moved forward by `seconds`."""
        seconds = (await _posted(request)).get("seconds")
        if self.clock is None or type(seconds) is not int or not 0 < seconds <= FORWARD_MAX_S:
            return JSONResponse({"error": "a clock only moves forward, by whole seconds"}, 400, SECURITY)
        await run_in_threadpool(self.clock.forward, seconds)
        self.workspace.state.version += 1
        return JSONResponse(self._now(), headers=SECURITY)

    # What is shown

    def _seen(self, channel: Channel, thread: str | None) -> Json:
        """Everything on the page, as HTML."""
        seen = self.workspace.seen_by(self.user, channel.id)
        replies = {m.ts: [r for r in seen if r.thread_ts == m.ts and r is not m] for m in seen}
        top = [m for m in seen if m.thread_ts in (None, m.ts) or m.broadcast]
        return {
            "version": self.workspace.state.version,
            "title": self._title(channel),
            "topic": _TOPICS.get(channel.name, "Direct message with the app" if channel.is_im else ""),
            "channels": [self._entry(each) for each in self._channels()],
            "messages": "".join(self._row(m, len(replies[m.ts]), threaded=False) for m in top),
            "thread": "".join(self._row(m, 0, threaded=True) for m in seen if thread and thread in (m.ts, m.thread_ts)),
            "view": self._modal(),
            "clock": self._now(),
        }

    def _now(self) -> Json | None:
        """What the clock shows, and in which time zone."""
        if self.clock is None:
            return None
        zone = self._zone()
        return {"now": self.clock.now(), "zone": zone.key if zone else None}

    def _zone(self) -> ZoneInfo | None:
        """The person's time zone; None, for the machine's own, where the machine does not know it."""
        try:
            return ZoneInfo(self.workspace.state.users[self.user].tz)
        except (ZoneInfoNotFoundError, ValueError):
            return None

    def _entry(self, channel: Channel) -> Json:
        seen = self.workspace.seen_by(self.user, channel.id)
        others = [m.ts for m in seen if m.user != self.user]
        return {
            "id": channel.id,
            "title": self._title(channel),
            "latest": others[-1] if others else "",
            "direct": channel.is_im,
        }

    def _channels(self) -> list[Channel]:
        state = self.workspace.state
        mine = [channel for channel in state.channels.values() if self.user in channel.members]
        return sorted(mine, key=lambda channel: channel.is_im)

    def _title(self, channel: Channel) -> str:
        return "briefbot" if channel.is_im else channel.name

    def _row(self, message: Message, replies: int, *, threaded: bool) -> str:
        author = self.workspace.state.users.get(message.user)
        name = author.name if author else "Slackbot"
        at = datetime.fromtimestamp(float(message.ts), self._zone()).astimezone(self._zone())
        badge = "<span class=badge>APP</span>" if message.bot_id or not author else ""
        private = "<div class=private>Only visible to you</div>" if message.visible_to else ""
        reply = "" if threaded or message.visible_to else self._replies(message, replies)
        return (
            f'<article class="message{" ephemeral" if message.visible_to else ""}" data-ts="{message.ts}" tabindex=-1'
            f' data-thread="{message.thread_ts or message.ts}" aria-label="{escape(name)}, {at:%H:%M}">'
            f'<span class="avatar avatar-{sum(map(ord, name)) % 6}" aria-hidden=true>{escape(name[0].upper())}</span>'
            f"<div class=body>{private}<div class=meta><b>{escape(name)}</b>{badge}"
            f'<time datetime="{at.isoformat()}">{at:%H:%M}</time></div>'
            f"{'' if threaded else self._replied(message)}{self._body(message)}{reply}</div></article>"
        )

    def _body(self, message: Message) -> str:
        shown = html.blocks(message.blocks, self._name) if message.blocks else html.mrkdwn(message.text, self._name)
        return f"{shown} <span class=edited>(edited)</span>" if message.edited else shown

    def _replied(self, message: Message) -> str:
        """What a reply that the channel sees as well is a reply to."""
        if not message.broadcast:
            return ""
        parent = self.workspace.state.messages.get(message.channel, str(message.thread_ts))
        words = (plain(parent.text).split("\n")[0] if parent else "") or "a message"
        short = words if len(words) <= ABOUT_MAX else f"{words[:ABOUT_MAX].rstrip()}…"
        return f"<div class=replied>replied to a thread: <button type=button class=about>{escape(short)}</button></div>"

    def _replies(self, message: Message, replies: int) -> str:
        """The way into a message's thread."""
        count = f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else "Reply in thread"
        return f"<button type=button class=replies>{'View thread' if message.broadcast else count}</button>"

    def _modal(self) -> Json | None:
        view = self.workspace.view_of(self.user)
        if view is None:
            return None
        submit, close = view.get("submit"), view.get("close")
        return {
            "id": view["id"],
            "hash": view["hash"],
            "title": view["title"]["text"],
            "body": html.blocks(view["blocks"], self._name),
            "submit": submit["text"] if submit else None,
            "close": close["text"] if close else "Cancel",
            "errors": view.get("errors", {}),
        }

    def _name(self, key: str) -> str:
        state = self.workspace.state
        if key in state.users:
            return state.users[key].name
        return state.channels[key].name if key in state.channels else key

    def _message(self, channel: str, ts: str) -> Message:
        return next(m for m in self.workspace.seen_by(self.user, channel) if m.ts == ts)


_TOPICS = {
    "general": "Everything that concerns everybody",
    "legal-desk": "Questions of law, and what changes in the briefs",
    "brief-maintainers": "Where broken brief files are reported",
}


async def _posted(request: Request) -> dict[str, Any]:
    """Only the page itself can send JSON to its own origin, so no other site can press anything here."""
    found: dict[str, Any] = json.loads(await request.body())
    return found
