"""A workspace with its page as a whole application, and requests to each of its addresses, in this process."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from bot.workspace.api.web_api import call
from bot.workspace.clock import MovableClock
from bot.workspace.deliver import Ack, Kind
from bot.workspace.page import Page
from bot.workspace.server import application
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.workspace.modal_scene import FORM

PORT = 3000
HOST = f"127.0.0.1:{PORT}"
HIDDEN = "what was said in confidence"

Headers = dict[str, str | Sequence[str] | None]
"""By name; None for one that is not sent, several values for one that is sent as often."""


@dataclass(frozen=True)
class Asked:
    """A request to an address (`route`); `method` is empty for a WebSocket connection."""

    route: str
    method: str
    path: str
    query: str
    body: bytes
    headers: Headers

    def but(self, **headers: str | Sequence[str] | None) -> "Asked":
        """The same with other headers; `_` stands for `-`."""
        return replace(self, headers=self.headers | {name.replace("_", "-"): each for name, each in headers.items()})


@dataclass
class Answered:
    """`status` is 101 for a connection that was accepted."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def error(self) -> object:
        """The error that the body names as JSON; None where there is none."""
        found = json.loads(self.body) if self.headers.get("content-type") == "application/json" else None
        return found.get("error") if isinstance(found, dict) else None


@dataclass
class Everything:
    """An app that takes everything, offers nothing, and keeps what it was sent."""

    sent: list[tuple[Kind, Json]] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        assert retry is None
        self.sent.append((kind, payload))
        return Ack({"options": []} if payload.get("type") == "block_suggestion" else None)


class Site:
    """A workspace of one person and one channel, where something was said that has a button and a menu, with an open
    modal; and its page with a clock."""

    def __init__(self) -> None:
        self.clock, self.app = MovableClock(lambda: 1760436000.0), Everything()
        self.workspace = Workspace(clock=self.clock)
        self.workspace.delivery, self.workspace.limits.on = self.app, False
        self.you = self.workspace.add_user("you")
        self.channel = self.workspace.add_channel("general", self.you)
        self.ts = self._api("chat.postMessage", channel=self.channel, text=HIDDEN, blocks=CONTROLS)["ts"]
        trigger = self.workspace.state.new_trigger(self.you)
        self._api("views.open", trigger_id=trigger, view=FORM)
        opened = self.workspace.socket_url(self._api("apps.connections.open"))
        self.ticket = str(opened["url"]).rpartition("/")[2]
        self.key = self.workspace.state.new_response_key({"channel": self.channel, "user": self.you})
        self.page = Page(self.workspace, self.you, "/brief", lambda _: [], self.clock)
        self.served = application(self.workspace, self.page.routes())
        self.page.close()  # so that its stream of changes ends at once

    def _api(self, name: str, **arguments: Any) -> Json:
        app = self.workspace.state.app
        return call(self.workspace.state, name, arguments, app.app_token if name.startswith("apps.") else app.bot_token)

    def seen(self) -> tuple[object, ...]:
        """All that a request could change."""
        state = self.workspace.state
        texts = [message.text for message in state.messages]
        return texts, len(state.views), self.clock.now(), len(self.app.sent), state.response_urls[self.key].left

    def requests(self) -> Iterator[Asked]:
        """The own request of each address and method: as the page or the app itself would send it. An address that is
        added later is asked for as well, without a body."""
        app: Any = self.served
        while not isinstance(app, Starlette):
            app = app.app
        for route in app.routes:
            assert isinstance(route, Route | WebSocketRoute)
            methods = sorted(route.methods or ()) if isinstance(route, Route) else [""]
            yield from (self._request(route.path, route.path_format, method) for method in methods)

    def _request(self, route: str, path: str, method: str) -> Asked:
        values = {"method": "chat.postMessage", "team": self.workspace.state.team, "name": "app.js"}
        where = path.format(key=self.key, ticket=self.ticket, **values)
        said = {"channel": self.channel, "ts": self.ts, "action": "go"}
        bodies = {
            "/press": said,
            "/shortcut": {**said, "shortcut": "report"},
            "/submit": {"values": {}},
            "/clock": {"seconds": 60},
        }
        body = bodies.get(route, {"channel": self.channel, "text": "hello"})
        body = {"text": "hello"} if route.startswith("/response") else body
        return Asked(
            route, method, where, urlencode({**said, "action": "find"}), json.dumps(body).encode(), self._own()
        )

    def _own(self) -> Headers:
        return {
            "Host": HOST,
            "Origin": f"http://{HOST}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
            "X-Page-Token": self.page.token.value,
            "Authorization": f"Bearer {self.workspace.state.app.bot_token}",
        }

    def answers(self, requests: Sequence[Asked], port: int = PORT) -> list[Answered]:
        """What the server at this port answers, one after the other."""

        async def each() -> list[Answered]:
            return [await self._answer(asked, port) for asked in requests]

        return asyncio.run(each())

    async def _answer(self, asked: Asked, port: int) -> Answered:
        scope = {
            **({"type": "http", "method": asked.method} if asked.method else {"type": "websocket", "subprotocols": []}),
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "path": asked.path,
            "query_string": asked.query.encode(),
            "headers": list(_raw(asked.headers)),
            "server": ("127.0.0.1", port),
        }
        connection = Connection(asked)
        await self.served(scope, connection.receive, connection.send)
        return connection.answered


class Connection:
    """A server's end of one request."""

    def __init__(self, asked: Asked) -> None:
        body = {"type": "http.request", "body": asked.body}
        self._received = iter([body if asked.method else {"type": "websocket.connect"}])
        self._gone = {"type": "http.disconnect" if asked.method else "websocket.disconnect", "code": 1001}
        self.answered = Answered()
        self.transport = SimpleNamespace(is_reading=lambda: False)

    async def receive(self) -> Any:
        return next(self._received, self._gone)

    async def send(self, message: Any) -> None:
        match message["type"]:
            case "http.response.start":
                self.answered.status = message["status"]
                self.answered.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            case "http.response.body":
                self.answered.body += message.get("body", b"")
            case "websocket.accept" | "websocket.close" if not self.answered.status:
                self.answered.status = 101 if message["type"] == "websocket.accept" else 403


def _raw(headers: Headers) -> Iterator[tuple[bytes, bytes]]:
    for name, given in headers.items():
        for value in [given] if isinstance(given, str) else given or ():
            yield name.lower().encode(), value.encode()


def _plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


CONTROLS = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "text": _plain("Go")},
            {"type": "external_select", "action_id": "find", "placeholder": _plain("Find"), "min_query_length": 0},
        ],
    }
]
