"""Slack's side of Socket Mode as a test scripts it: addresses, refusals, envelopes, and a network that falls silent."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, Queue
from socket import SHUT_RDWR, create_connection, create_server, socket
from threading import Event, Thread
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

Json = dict[str, Any]


def refusal(error: str, status: int = 200, **headers: str) -> SlackApiError:
    """What slack_sdk raises."""
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # it has no annotations


class Line:
    """The network between the bot and Slack: a relay of bytes, which may fall silent without a word."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = create_server(("127.0.0.1", 0))
        self._open = Event()
        self._open.set()
        self._sockets: list[socket] = []
        Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        """Where the bot's end is."""
        return int(self._listener.getsockname()[1])

    def freeze(self) -> None:
        """From now on nothing arrives on the connections that are open; new ones work."""
        self._open.clear()
        self._open = Event()
        self._open.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = create_connection(("127.0.0.1", self._to))
                self._sockets += [near, far]
                for source, target in ((near, far), (far, near)):
                    Thread(target=_relay, args=(source, target, self._open), daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(SHUT_RDWR)
            each.close()


def _relay(source: socket, target: socket, is_open: Event) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            if is_open.is_set():
                target.sendall(data)
        if is_open.is_set():
            target.shutdown(SHUT_RDWR)


class Client(WebClient):
    """Gives the address of a scripted Slack, after what it is told to raise first."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.refusals: deque[Exception] = deque()
        self.calls = 0

    def apps_connections_open(self, *, app_token: str, **_: Any) -> Any:  # noqa: ARG002  the scripted Slack takes any
        self.calls += 1
        if self.refusals:
            raise self.refusals.popleft()
        return {"url": self.url}


@dataclass
class ScriptedSlack:
    """Takes any number of connections, and greets each. `answers` are the acknowledgements in order of arrival."""

    connections: list[ServerConnection] = field(default_factory=list)
    answers: Queue[Json] = field(default_factory=Queue)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._server = serve(self._serve, "127.0.0.1", 0, ping_interval=None, close_timeout=0.1)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.line = Line(self._server.socket.getsockname()[1])
        self.client = Client(f"ws://127.0.0.1:{self.line.port}/link")

    def _serve(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with suppress(ConnectionClosed):
            for text in connection:
                self.answers.put(json.loads(text))

    def send(self, on: int = -1, **changed: Any) -> str:
        """Sends an envelope over one of the connections; its id."""
        envelope = f"e{next(self._numbers)}"
        fields = {"type": "slash_commands", "envelope_id": envelope, "accepts_response_payload": True}
        self.connections[on].send(json.dumps({**fields, "payload": COMMAND, **changed}))
        return envelope

    def say(self, text: str, on: int = -1) -> None:
        """Sends any text."""
        self.connections[on].send(text)

    def disconnect(self, reason: str, on: int = -1) -> None:
        """Asks for another connection."""
        self.say(json.dumps({"type": "disconnect", "reason": reason}), on)

    def answer(self, seconds: float = 20) -> Json:
        """The next acknowledgement. Raises: Empty where none comes in time."""
        return self.answers.get(timeout=seconds)

    def is_silent(self, seconds: float = 0.2) -> bool:
        """Whether nothing is acknowledged meanwhile."""
        with suppress(Empty):
            self.answers.get(timeout=seconds)
            return False
        return True

    def close(self) -> None:
        """Ends it."""
        self.line.close()
        self._server.shutdown()


COMMAND: Json = {"command": "/brief", "text": "hello", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}


class Scripted(App):
    """Bolt's place. By the text of a command: `wait` waits until `go` is set, `fail` is a failure, `boom` raises, and
    `nobody` is for nobody; all else is echoed."""

    def __init__(self) -> None:
        self.go = Event()
        self.handled: list[str] = []

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        text = str(req.body.get("text"))
        if text == "wait":
            assert self.go.wait(20)
        self.handled.append(text)
        if text == "boom":
            raise RuntimeError(text)
        status = {"fail": 500, "nobody": 404}.get(text, 200)
        return BoltResponse(status=status, body=text)


def command(text: str) -> Json:
    """The payload of a command with this text."""
    return {**COMMAND, "text": text}
