"""Socket Mode: the same app over a connection that we open, for installations without a public address."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, repeat
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from bot.core.bounded_json import loads
from bot.errors import SettingsError
from bot.handlers.measures import PROCESS
from bot.slack.dispatch import DEPTH_MAX, Family, dispatch
from bot.slack.payload_shapes import EVENT
from bot.slack.socket_opening import NotConnectedError, open_socket

logger = logging.getLogger(__name__)

LISTENERS_MAX = 40
"""Requests that are handled at once. Many may wait for Slack, and one that memory answers still finds a thread."""

STABLE_S = 5
"""A connection that ends earlier, unless Slack asks for another, is followed by a pause like one that did not open."""

DRAIN_S = 30
"""How long a connection in whose place Slack asked for another is still read, if Slack does not close it."""

RENEWAL = frozenset({"refresh_requested", "warning"})
"""Reasons of a `disconnect` that are no trouble. Source: docs.slack.dev, using Socket Mode."""

ENVELOPE_DEPTH_MAX = DEPTH_MAX + 1
"""The payload is one level down."""

ENVELOPE_ID = re.compile(r'"envelope_id"\s*:\s*"([^"]+)"')


@dataclass(slots=True, eq=False)
class _Session:
    """One connection of a few hours. `over`: another is to take its place, `renewed`: because Slack asked for it."""

    socket: ClientConnection
    opened_s: float = field(default_factory=monotonic)
    over: Event = field(default_factory=Event)
    renewed: bool = False

    def messages(self) -> Iterator[str | bytes]:
        """What Slack sends, until the connection ends."""
        with suppress(ConnectionClosed, TimeoutError):
            while True:
                yield self.socket.recv(DRAIN_S if self.over.is_set() else None)


class Connection:
    """The app's connection to Slack, replaced whenever Slack asks for it or it dies."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        self._app, self._app_token, self._client = app, app_token, client
        self._listeners = ThreadPoolExecutor(LISTENERS_MAX, "socket-listener")
        self._sessions: list[_Session] = []
        self._ending = Event()
        self._idle = Condition()
        self._busy = 0

    def open(self, wait_s: float = 0) -> None:
        """Connects; while Slack is away it is tried again for `wait_s` seconds, or until `end()`. Raises: SettingsError
        where Slack refuses the token, or is away for longer."""
        try:
            session = self._connect(_delays(), monotonic() + wait_s)
        except NotConnectedError as error:
            raise SettingsError(str(error)) from None
        Thread(target=self._keep, args=(session,), name="socket-keeper", daemon=True).start()

    def end(self) -> None:
        """From now on nothing is taken from Slack, and no connection is opened."""
        self._ending.set()

    def close(self, grace_s: float) -> None:
        """Ends, and waits up to `grace_s` seconds until all received requests are acknowledged."""
        self.end()
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, grace_s)
        for session in tuple(self._sessions):
            session.socket.close()
        self._listeners.shutdown(wait=False, cancel_futures=True)

    # Connections

    def _keep(self, session: _Session | None) -> None:
        """Puts another connection in the place of each that is over; None ends it."""
        delays = _delays()
        while session is not None:
            session.over.wait()
            if not self._ending.is_set():
                reason = "Slack asks for another" if session.renewed else "it has ended"
                logger.info("replacing a connection to Slack: %s", reason)
            if session.renewed or monotonic() - session.opened_s > STABLE_S:
                delays = _delays()
            session = self._connect(delays)

    def _connect(self, delays: Iterator[float], deadline: float | None = None) -> _Session | None:
        """A connection that is read from now on; None once this is ending. Raises: NotConnectedError, after `deadline`
        or where it is for good; without one it goes on."""
        for delay in delays:
            if self._ending.wait(delay):
                break
            try:
                return self._started(_Session(open_socket(self._client, self._app_token)))
            except NotConnectedError as error:
                if deadline is not None and (error.for_good or monotonic() >= deadline):
                    raise
                logger.warning("%s; it is tried again", error)
                self._ending.wait(error.retry_after_s)
        return None

    def _started(self, session: _Session) -> _Session:
        self._sessions.append(session)
        self._count()
        if self._ending.is_set():  # `close` may have been here before
            session.socket.close()
        Thread(target=self._read, args=(session,), name="socket-reader", daemon=True).start()
        return session

    def _read(self, session: _Session) -> None:
        try:
            for text in session.messages():
                self._received(session, text)
        finally:
            session.over.set()
            session.socket.close()
            self._sessions.remove(session)
            self._count()

    @property
    def is_open(self) -> bool:
        """Whether Slack reaches the app."""
        return any(not session.over.is_set() for session in self._sessions)

    def _count(self) -> None:
        PROCESS.set_connections("socket", len(self._sessions))

    # Envelopes

    def _received(self, session: _Session, text: str | bytes) -> None:
        match _parsed(text):
            case {"type": "disconnect", **more}:
                session.renewed = more.get("reason") in RENEWAL
                session.over.set()
            case {"envelope_id": str()} as envelope if self._taken():
                self._listeners.submit(self._handle, session, envelope)

    def _taken(self) -> bool:
        """Whether one more request is handled; `close` waits for it then."""
        with self._idle:
            taken = not self._ending.is_set()
            self._busy += taken
            return taken

    def _handle(self, session: _Session, envelope: Mapping[str, Any]) -> None:
        try:
            family: Family = EVENT if envelope.get("type") == "events_api" else "interaction"
            answer = dispatch(self._app, envelope.get("payload"), family, _headers(envelope))
            if acknowledgement := _acknowledgement(envelope, answer):
                self._send(session, json.dumps(acknowledgement))
        except Exception:
            logger.exception("a request could not be acknowledged")
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def _send(self, session: _Session, text: str) -> None:
        """Over the connection by which the request came, or where that is closed, over the one in its place."""
        for each in (session, *reversed(self._sessions)):
            with suppress(ConnectionClosed):
                each.socket.send(text)
                return
        logger.warning("a request was handled, and no connection is left to acknowledge it")


def _delays() -> Iterator[float]:
    """Seconds before each attempt to connect: the first is made at once."""
    return chain((0, 1, 2, 4, 8), repeat(15))


def _parsed(text: str | bytes) -> Any:
    """None for what is no JSON; of an envelope that the parser cannot read, as it is cut or nested too deep, what it
    takes to answer it."""
    try:
        return loads(text if isinstance(text, str) else text.decode(), ENVELOPE_DEPTH_MAX)
    except ValueError:
        envelope = ENVELOPE_ID.search(text) if isinstance(text, str) else None
        if envelope is None:
            logger.warning("ignored a message of Slack's that is no JSON")
            return None
        return {"envelope_id": envelope[1], "type": "events_api" if '"events_api"' in text else "interactive"}


def _headers(envelope: Mapping[str, Any]) -> dict[str, str]:
    """Those with which Slack repeats a request over HTTP."""
    names = {"x-slack-retry-num": "retry_attempt", "x-slack-retry-reason": "retry_reason"}
    return {header: str(envelope[name]) for header, name in names.items() if envelope.get(name) is not None}


def _acknowledgement(envelope: Mapping[str, Any], answer: BoltResponse) -> dict[str, Any] | None:
    """What Slack takes for done, also where nobody handled it; None for what failed or is malformed, which Slack then
    sends again or tells the person of."""
    if answer.status not in (200, 404):
        return None
    acknowledgement = {"envelope_id": envelope["envelope_id"]}
    if answer.status == 404 or not answer.body or not envelope.get("accepts_response_payload"):
        return acknowledgement
    kind = answer.first_headers().get("content-type", "")
    # A payload is always an object; over HTTP Slack takes plain text as well.
    payload = json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}
    return {**acknowledgement, "payload": payload}
