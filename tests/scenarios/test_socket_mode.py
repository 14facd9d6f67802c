"""Connections of Socket Mode come and go; commands are answered."""

from tests.live import Stage, eventually


def test_after_a_killed_connection_the_next_command_is_answered(over_socket: Stage) -> None:
    hub = over_socket.workspace.hub
    assert "Legal considerations" in over_socket.ask("/brief legal").text
    hub.kill()
    eventually(lambda: hub.count() == 0)
    eventually(lambda: hub.count() == 1, seconds=30)
    assert "Legal considerations" in over_socket.ask("/brief legal").text


def test_slack_asks_for_a_new_connection_and_gets_it(over_socket: Stage) -> None:
    hub = over_socket.workspace.hub
    hub.disconnect("refresh_requested")
    eventually(lambda: hub.count() == 0)
    eventually(lambda: hub.count() == 1, seconds=30)
    told = over_socket.ask("/brief legal share")
    assert told.text == "Shared in this channel."


def test_what_nobody_handles_is_acknowledged(over_socket: Stage) -> None:
    assert over_socket.workspace.event({"type": "reaction_added", "user": over_socket.ann}).error is None


def test_a_command_that_is_under_way_is_acknowledged_before_the_end(over_socket: Stage) -> None:
    connection = over_socket.bot.web.socket(over_socket.workspace.state.app.app_token)
    connection.open()
    eventually(lambda: over_socket.workspace.hub.count() == 2)
    connection.close(1)
    eventually(lambda: over_socket.workspace.hub.count() == 1)
    assert "Legal considerations" in over_socket.ask("/brief legal").text
