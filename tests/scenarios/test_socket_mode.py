"""Connections of Socket Mode come and go; commands are answered."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live import Stage, eventually


def test_after_a_killed_connection_the_next_command_is_answered(over_socket: Stage) -> None:
    hub = over_socket.workspace.socket_mode
    assert "Legal considerations" in over_socket.ask("/brief legal").text
    before = hub.opened
    hub.kill()
    eventually(lambda: hub.opened > before and hub.count() == 1, seconds=30)
    assert "Legal considerations" in over_socket.ask("/brief legal").text


def test_after_a_renewal_the_next_command_is_answered_at_once(over_socket: Stage) -> None:
    hub = over_socket.workspace.socket_mode
    for _ in range(3):
        began = time.monotonic()
        hub.disconnect("refresh_requested")
        eventually(lambda: hub.count() == 1)
        assert "Legal considerations" in over_socket.ask("/brief legal").text
        assert time.monotonic() - began < 1


def test_what_nobody_handles_is_acknowledged(over_socket: Stage) -> None:
    assert over_socket.workspace.event({"type": "reaction_added", "user": over_socket.ann}).error is None


def test_what_could_not_be_handled_is_not_acknowledged(over_socket: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workspace.socket_mode.ACK_S", 0.3)
    delivery = over_socket.workspace.delivery
    assert delivery is not None
    nobody = {"type": "block_actions", "actions": [{"action_id": "open:1", "value": "legal"}]}
    assert delivery.send("interactive", nobody).error == "operation_timeout"


def test_one_of_two_connections_ends_and_the_other_goes_on(over_socket: Stage) -> None:
    connection = over_socket.bot.web.socket(over_socket.workspace.state.app.app_token)
    connection.open()
    eventually(lambda: over_socket.workspace.socket_mode.count() == 2)
    connection.close(1)
    eventually(lambda: over_socket.workspace.socket_mode.count() == 1)
    assert "Legal considerations" in over_socket.ask("/brief legal").text


def test_a_command_that_is_under_way_is_acknowledged_before_the_end(over_socket: Stage) -> None:
    workspace = over_socket.workspace
    workspace.faults.script("chat.postMessage", "slow", seconds=0.5)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(workspace.command, over_socket.ann, over_socket.general, "/brief legal share")
        eventually(lambda: workspace.faults.counts["slow"] == 1)
        with over_socket.down():
            assert slow.result().error is None


def test_an_idle_connection_ends_at_once(over_socket: Stage) -> None:
    connection = over_socket.bot.web.socket(over_socket.workspace.state.app.app_token)
    connection.open()
    eventually(lambda: over_socket.workspace.socket_mode.count() == 2)
    time.sleep(0.3)  # it reads now
    began = time.monotonic()
    connection.close(10)
    assert time.monotonic() - began < 2  # a read takes 3 seconds to time out
