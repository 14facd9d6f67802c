"""Connections of Socket Mode: how many there may be, and what they get."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosedOK
from websockets.sync.client import ClientConnection, connect

from bot.workspace.api.web_api import call
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.socket_mode import CONNECTIONS_MAX
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
            connection = stack.enter_context(connect(workspace.socket_url(answer)["url"], proxy=None))
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
