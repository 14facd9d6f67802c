"""Connections of Socket Mode: how many there may be, and what they get."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosedOK
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from bot.workspace.api.web_api import call
from bot.workspace.deliver import Ack, Kind
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.socket_mode import CONNECTIONS_MAX, Reason
from bot.workspace.state import Json
from bot.workspace.workspace import Workspace
from tests.live import eventually


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    workspace = Workspace()
    server = LocalServer(application(workspace))
    workspace.base_url = server.url
    yield workspace
    workspace.socket_mode.kill()
    server.close()


Connect = Callable[[], tuple[ClientConnection, Json]]


@pytest.fixture
def connected(workspace: Workspace) -> Iterator[Connect]:
    """Opens a connection; gives it with the first message on it."""
    with ExitStack() as stack:

        def open_one() -> tuple[ClientConnection, Json]:
            answer = call(workspace.state, "apps.connections.open", {}, workspace.state.app.app_token)
            connection = stack.enter_context(
                connect(workspace.socket_url(answer)["url"], proxy=None, close_timeout=0.1)
            )
            return connection, json.loads(connection.recv(5))

        yield open_one


def test_a_connection_is_greeted(workspace: Workspace, connected: Connect) -> None:
    _, hello = connected()
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": workspace.state.app.id}


def test_an_eleventh_connection_is_refused_and_the_ten_go_on(workspace: Workspace, connected: Connect) -> None:
    connections = [connected() for _ in range(CONNECTIONS_MAX)]
    assert [hello["num_connections"] for _, hello in connections] == list(range(1, 11))
    refused, message = connected()
    assert (message["type"], message["reason"]) == ("disconnect", "too_many_websockets")
    with pytest.raises(ConnectionClosedOK):
        refused.recv(5)
    assert workspace.socket_mode.count() == CONNECTIONS_MAX
    for connection, _ in connections:
        connection.ping().wait(5)


def test_a_closed_connection_makes_room(workspace: Workspace, connected: Connect) -> None:
    connections = [connected()[0] for _ in range(CONNECTIONS_MAX)]
    connections[0].close()
    eventually(lambda: workspace.socket_mode.count() == CONNECTIONS_MAX - 1)
    hello = connected()[1]
    assert (hello["type"], hello["num_connections"]) == ("hello", CONNECTIONS_MAX)


def test_a_ticket_is_good_for_one_connection(workspace: Workspace) -> None:
    answer = call(workspace.state, "apps.connections.open", {}, workspace.state.app.app_token)
    ticket = workspace.socket_url(answer)["url"].rpartition("/")[2]
    assert [workspace.redeem(ticket), workspace.redeem(ticket)] == [True, False]


# Envelopes


@pytest.fixture
def sent(workspace: Workspace) -> Iterator[Callable[[Kind], Future[Ack]]]:
    """Sends an envelope in another thread, since that waits for the acknowledgement."""
    with ThreadPoolExecutor() as pool:
        yield lambda kind: pool.submit(workspace.socket_mode.send, kind, {"type": "x"})


KINDS: dict[Kind, bool] = {"slash_commands": True, "interactive": True, "events_api": False}


@pytest.mark.parametrize("kind", KINDS)
def test_an_envelope_says_whether_it_is_answered(
    connected: Connect, sent: Callable[[Kind], Future[Ack]], kind: Kind
) -> None:
    connection, _ = connected()
    acknowledged = sent(kind)
    envelope = json.loads(connection.recv(5))
    assert (envelope["type"], envelope["payload"]) == (kind, {"type": "x"})
    assert envelope["accepts_response_payload"] is KINDS[kind]
    assert ("retry_attempt" in envelope) is (kind == "events_api")
    connection.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    assert acknowledged.result(5) == Ack()


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_answered_is_acknowledged_with_a_payload(
    connected: Connect, sent: Callable[[Kind], Future[Ack]], kind: Kind
) -> None:
    connection, _ = connected()
    acknowledged = sent(kind)
    payload = {"text": "hello"}
    connection.send(json.dumps({"envelope_id": json.loads(connection.recv(5))["envelope_id"], "payload": payload}))
    assert acknowledged.result(5) == Ack(payload, None if KINDS[kind] else "unexpected_payload")


def test_what_is_no_acknowledgement_is_none(connected: Connect, sent: Callable[[Kind], Future[Ack]]) -> None:
    connection, _ = connected()
    acknowledged = sent("events_api")
    right = json.dumps({"envelope_id": json.loads(connection.recv(5))["envelope_id"]})
    for text in ("", "no JSON", "[]", "null", "{}", '{"envelope_id": "other"}', right):
        connection.send(text)
    assert acknowledged.result(5) == Ack()


def test_an_envelope_that_nobody_acknowledges_times_out(
    connected: Connect, sent: Callable[[Kind], Future[Ack]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workspace.socket_mode.ACK_S", 0.1)
    connected()
    assert sent("slash_commands").result(5) == Ack(error="operation_timeout")


def test_an_event_that_nobody_acknowledges_comes_again(
    workspace: Workspace, connected: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workspace.socket_mode.ACK_S", 0.5)
    workspace.delivery = workspace.socket_mode
    connection, _ = connected()
    with ThreadPoolExecutor() as pool:
        acknowledged = pool.submit(workspace.event, {"type": "x"})
        first, second = json.loads(connection.recv(5)), json.loads(connection.recv(5))
        connection.send(json.dumps({"envelope_id": second["envelope_id"]}))
        assert acknowledged.result(5) == Ack()
    assert first["payload"] == second["payload"]
    assert [(each["retry_attempt"], each["retry_reason"]) for each in (first, second)] == [(0, ""), (1, "timeout")]


# Ends


def test_pings_have_a_text(workspace: Workspace, connected: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workspace.socket_mode.PING_S", 0.02)
    pings = list[bytes]()
    monkeypatch.setattr(ClientProtocol, "recv_frame", recorded(pings, ClientProtocol.recv_frame))
    connected()
    eventually(lambda: len(pings) > 2)
    assert set(pings) == {b"Ping from applink-1"}
    assert workspace.socket_mode.count() == 1


def recorded(pings: list[bytes], receive: Callable[[ClientProtocol, Frame], None]) -> object:
    def recv_frame(protocol: ClientProtocol, frame: Frame) -> None:
        if frame.opcode is Opcode.PING:
            pings.append(bytes(frame.data))
        receive(protocol, frame)

    return recv_frame


def test_a_warning_leaves_the_connection_open(workspace: Workspace, connected: Connect) -> None:
    connection, _ = connected()
    workspace.socket_mode.disconnect("warning")
    assert json.loads(connection.recv(5))["reason"] == "warning"
    assert workspace.socket_mode.count() == 1
    connection.ping().wait(5)


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
def test_every_other_reason_ends_it(workspace: Workspace, connected: Connect, reason: Reason) -> None:
    connection, _ = connected()
    workspace.socket_mode.disconnect(reason)
    message = json.loads(connection.recv(5))
    assert (message["type"], message["reason"]) == ("disconnect", reason)
    with pytest.raises(ConnectionClosedOK):
        connection.recv(5)


def test_a_frozen_connection_is_open_and_dead(workspace: Workspace, connected: Connect) -> None:
    connection, _ = connected()
    workspace.socket_mode.freeze()
    assert workspace.socket_mode.count() == 0
    assert not connection.ping().wait(0.2)
    another, hello = connected()
    assert hello["num_connections"] == 1
    assert another.ping().wait(5)
