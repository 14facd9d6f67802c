"""Socket Mode: the same app over a connection that we open, for installations without a public address."""

import json
import logging
from contextlib import suppress
from socket import SHUT_RD, socket
from threading import Condition
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

logger = logging.getLogger(__name__)

SERVER_ERROR = 500


class Connection:
    """One Socket Mode connection; the client renews it whenever Slack asks for it or it dies."""

    def __init__(self, app: App, app_token: str, client: WebClient) -> None:
        self._app = app
        self._idle = Condition()
        self._busy = 0
        self.client = SocketModeClient(app_token=app_token, web_client=client, auto_reconnect_enabled=True)
        self.client.socket_mode_request_listeners.append(self._requested)

    def open(self) -> None:
        """Connects. Raises: slack_sdk's errors where Slack refuses."""
        self.client.connect()

    def close(self, grace_s: float) -> None:
        """Stops reading, and waits up to `grace_s` seconds until all received requests are acknowledged."""
        # Before reading ends: the client would open another connection in place of this one.
        self.client.auto_reconnect_enabled = False
        self._stop_reading()
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, grace_s)
        self.client.closed = True
        self.client.message_queue.put(None)  # wakes the thread that waits for messages
        self.client.close()

    def _stop_reading(self) -> None:
        """Ends the thread that reads, which else sees only after its time-out of 3 seconds that it is to end."""
        client = self.client
        client.current_session_runner.event.set()
        client.current_session_state.terminated = True
        connection = client.current_session.sock if client.current_session else None
        if isinstance(connection, socket):
            # Not the method of an SSLSocket, which ends the encryption for what is still to be sent, too.
            with suppress(OSError):
                socket.shutdown(connection, SHUT_RD)

    def _requested(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._idle:
            self._busy += 1
        try:
            if answer := _acknowledgement(self._app, request):
                client.send_socket_mode_response(answer)
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()


def _acknowledgement(app: App, request: SocketModeRequest) -> SocketModeResponse | None:
    """Every envelope is acknowledged, also those that nobody handles; None for one whose handling failed, which Slack
    then delivers again or tells the person of."""
    answer = run_bolt_app(app, request)
    if answer.status >= SERVER_ERROR:
        return None
    payload: dict[str, Any] | None = None
    if answer.status == 200 and answer.body:
        kind = answer.first_headers().get("content-type", "")
        # A payload is always an object; over HTTP Slack takes plain text as well.
        payload = json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}
    return SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
