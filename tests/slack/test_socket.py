"""The connection of Socket Mode, against a Slack that a test scripts: renewals, deaths, refusals, acknowledgements."""

import time
from collections.abc import Iterator
from queue import Empty
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.slack import socket, socket_opening
from bot.slack.socket import LISTENERS_MAX, Connection
from bot.slack.socket_opening import CLOSE_S, PASSING, PING_S, PONG_S
from tests.live import eventually
from tests.slack.scripted_slack import Scripted, ScriptedSlack, command, refusal


@pytest.fixture
def slack() -> Iterator[ScriptedSlack]:
    slack = ScriptedSlack()
    yield slack
    slack.close()


@pytest.fixture
def app() -> Scripted:
    return Scripted()


@pytest.fixture
def connection(slack: ScriptedSlack, app: Scripted, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """Not open yet. Pings come thirty times as fast as else, and so do pauses between attempts."""
    for name in ("PING_S", "PONG_S", "CLOSE_S"):
        monkeypatch.setattr(socket_opening, name, getattr(socket_opening, name) / 30)
    monkeypatch.setattr(socket, "_delays", lambda: (each / 30 for each in (0, 1, 2, 4, 8, *[15] * 99)))
    connection = Connection(app, "xapp", slack.client)
    yield connection
    app.go.set()
    connection.close(5)


@pytest.fixture
def link(connection: Connection, slack: ScriptedSlack) -> Connection:
    """An open connection."""
    connection.open()
    eventually(lambda: len(slack.connections) == 1)
    return connection


# Acknowledgements


def test_an_answer_is_the_payload_of_the_acknowledgement(link: Connection, slack: ScriptedSlack) -> None:
    envelope = slack.send()
    assert slack.answer() == {"envelope_id": envelope, "payload": {"text": "hello"}}


@pytest.mark.parametrize("accepts", [False, None])
def test_no_payload_goes_where_slack_takes_none(link: Connection, slack: ScriptedSlack, accepts: bool | None) -> None:
    envelope = slack.send(accepts_response_payload=accepts)
    assert slack.answer() == {"envelope_id": envelope}


def test_what_nobody_handles_is_acknowledged(link: Connection, slack: ScriptedSlack) -> None:
    envelopes = [slack.send(payload=command("nobody")), slack.send(type="interactive", payload={"type": "shortcut"})]
    assert {slack.answer()["envelope_id"] for _ in envelopes} == set(envelopes)


EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1"}


@pytest.mark.parametrize(
    "changed",
    [
        {"payload": command("fail")},
        {"payload": command("boom")},
        {"payload": {"command": "/brief"}},
        {"payload": [1], "type": "interactive"},
        {"payload": {"type": "block_actions", "team": {"id": "T1"}}, "type": "interactive"},
    ],
    ids=["failure", "raised", "command", "list", "press"],
)
def test_people_are_told_of_what_fails_or_is_malformed(
    link: Connection, slack: ScriptedSlack, changed: dict[str, Any]
) -> None:
    slack.send(**changed)
    last = slack.send()
    assert slack.answer()["envelope_id"] == last
    assert slack.is_silent()
    assert slack.send()
    assert slack.answer()


@pytest.mark.parametrize("payload", [None, [], "x", {**EVENT, "event": None}, {**EVENT, "event": {"type": "message"}}])
def test_a_malformed_event_does_not_come_again(link: Connection, slack: ScriptedSlack, payload: object) -> None:
    envelope = slack.send(type="events_api", payload=payload)
    assert slack.answer() == {"envelope_id": envelope}


@pytest.mark.parametrize(
    "rest", ['"payload":' + "[" * 2000 + "]" * 2000 + "}", '"payload":{"command":"/bri'], ids=["deep", "cut"]
)
def test_an_envelope_that_cannot_be_parsed_is_answered_as_a_malformed_one(
    link: Connection, slack: ScriptedSlack, rest: str
) -> None:
    slack.say('{"envelope_id":"deep","type":"interactive",' + rest)
    slack.say('{"envelope_id":"event","type":"events_api",' + rest)
    assert slack.answer() == {"envelope_id": "event"}
    assert slack.is_silent()


@pytest.mark.parametrize("text", ["", "words", "[]", "5", "null", '{"type":"hello"}', '{"envelope_id":5}', "[" * 2000])
def test_what_is_no_envelope_changes_nothing(link: Connection, slack: ScriptedSlack, text: str) -> None:
    slack.say(text)
    envelope = slack.send()
    assert slack.answer()["envelope_id"] == envelope
    assert len(slack.connections) == 1


def test_people_who_wait_do_not_hold_up_others(link: Connection, slack: ScriptedSlack, app: Scripted) -> None:
    for _ in range(LISTENERS_MAX - 1):
        slack.send(payload=command("wait"))
    for _ in range(3):
        envelope = slack.send()
        assert slack.answer()["envelope_id"] == envelope
    app.go.set()
    assert len([slack.answer() for _ in range(LISTENERS_MAX - 1)]) == LISTENERS_MAX - 1


# Renewals


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
def test_a_command_after_a_renewal_is_answered_at_once(link: Connection, slack: ScriptedSlack, reason: str) -> None:
    for number in range(2, 6):
        slack.disconnect(reason)
        began = time.monotonic()
        eventually(lambda number=number: len(slack.connections) == number)  # type: ignore[misc]
        envelope = slack.send()
        assert slack.answer()["envelope_id"] == envelope
        assert time.monotonic() - began < 1


def test_a_connection_that_is_renewed_is_read_on(link: Connection, slack: ScriptedSlack, app: Scripted) -> None:
    waiting = slack.send(payload=command("wait"))
    slack.disconnect("warning")
    eventually(lambda: len(slack.connections) == 2)
    late = slack.send(on=0)
    assert slack.answer()["envelope_id"] == late
    slack.disconnect("refresh_requested", on=0)
    slack.connections[0].close()
    app.go.set()
    # Its connection is closed: it goes over the one in its place.
    assert slack.answer()["envelope_id"] == waiting
    assert slack.send()
    assert slack.answer()
    assert len(slack.connections) == 2


def test_a_connection_that_slack_does_not_close_is_left_after_a_while(
    link: Connection, slack: ScriptedSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "DRAIN_S", 0.2)
    slack.disconnect("warning")
    eventually(lambda: len(slack.connections) == 2)
    eventually(lambda: slack.connections[0].protocol.state.name == "CLOSED")
    assert slack.send()
    assert slack.answer()


# Deaths


def test_a_connection_that_dies_without_a_word_is_replaced(link: Connection, slack: ScriptedSlack) -> None:
    slack.line.freeze()
    eventually(lambda: len(slack.connections) == 2, seconds=5)
    envelope = slack.send()
    assert slack.answer()["envelope_id"] == envelope


def test_it_is_replaced_within_ten_seconds() -> None:
    assert PING_S + PONG_S + CLOSE_S <= 8


def test_a_connection_that_is_cut_is_replaced_at_once(link: Connection, slack: ScriptedSlack) -> None:
    slack.connections[0].socket.close()
    eventually(lambda: len(slack.connections) == 2, seconds=2)
    assert slack.send()
    assert slack.answer()


@pytest.mark.parametrize(
    "trouble",
    [
        *(refusal(word) for word in sorted(PASSING)),
        refusal("invalid_auth"),
        refusal("words that nobody knows"),
        refusal("", 503),
        refusal("ratelimited", 429, **{"Retry-After": "0"}),
        refusal("ratelimited", 429, **{"Retry-After": "soon"}),
        ConnectionRefusedError(),
        TimeoutError(),
        ValueError("no JSON"),
    ],
    ids=lambda trouble: getattr(trouble, "response", {}).get("error") or type(trouble).__name__,
)
def test_a_slack_that_refuses_is_asked_again(link: Connection, slack: ScriptedSlack, trouble: Exception) -> None:
    slack.client.refusals.extend([trouble] * 3)
    slack.connections[0].close()
    eventually(lambda: len(slack.connections) == 2)
    assert slack.client.calls == 5
    assert slack.send()
    assert slack.answer()


def test_a_slack_that_ends_every_connection_is_not_stormed(link: Connection, slack: ScriptedSlack) -> None:
    began = time.monotonic()
    for number in range(1, 5):
        slack.connections[-1].close()
        eventually(lambda number=number: len(slack.connections) == number + 1)  # type: ignore[misc]
    assert time.monotonic() - began > (1 + 2 + 4) / 30


def test_too_many_connections_are_no_renewal(link: Connection, slack: ScriptedSlack) -> None:
    began = time.monotonic()
    for number in range(1, 5):
        slack.disconnect("too_many_websockets")
        eventually(lambda number=number: len(slack.connections) == number + 1)  # type: ignore[misc]
    assert time.monotonic() - began > (1 + 2 + 4) / 30


def test_pauses_grow_to_a_quarter_of_a_minute() -> None:
    delays = socket._delays()
    assert [next(delays) for _ in range(7)] == [0, 1, 2, 4, 8, 15, 15]


# The start


@pytest.mark.parametrize("trouble", [refusal("service_unavailable"), refusal("x", 500), ConnectionRefusedError()])
def test_a_start_waits_for_slack(connection: Connection, slack: ScriptedSlack, trouble: Exception) -> None:
    slack.client.refusals.extend([trouble] * 3)
    connection.open(20)
    eventually(lambda: len(slack.connections) == 1)
    assert slack.send()
    assert slack.answer()


def test_a_start_does_not_wait_for_ever(connection: Connection, slack: ScriptedSlack) -> None:
    slack.client.refusals.extend([ConnectionRefusedError()] * 99)
    with pytest.raises(SettingsError, match=r"Slack cannot be reached over Socket Mode \(ConnectionRefusedError\)"):
        connection.open(0.1)


def test_what_is_not_slacks_word_is_no_refusal_of_the_token(connection: Connection, slack: ScriptedSlack) -> None:
    slack.client.refusals.extend([refusal("Received a response in a non-JSON format: <!DOCTYPE html>")] * 9)
    with pytest.raises(
        SettingsError, match=r"^what answers in Slack's place is not Slack \(HTTP 200\); check the network"
    ):
        connection.open(0.1)


@pytest.mark.parametrize("word", ["invalid_auth", "not_allowed_token_type", "missing_scope", "new_word"])
def test_a_refused_token_is_one_sentence(connection: Connection, slack: ScriptedSlack, word: str) -> None:
    slack.client.refusals.append(refusal(word))
    with pytest.raises(SettingsError, match=rf"^Slack refuses SLACK_APP_TOKEN \({word}\); copy it again[^\n]*$"):
        connection.open(20)
    assert slack.client.calls == 1


def test_a_start_that_waits_can_be_ended(connection: Connection, slack: ScriptedSlack) -> None:
    slack.client.refusals.extend([ConnectionRefusedError()] * 99)
    connection.end()
    connection.open(20)
    assert slack.connections == []


# The end


def test_what_is_under_way_is_acknowledged_and_nothing_new_is_taken(
    link: Connection, slack: ScriptedSlack, app: Scripted
) -> None:
    waiting = slack.send(payload=command("wait"))
    eventually(lambda: link._busy == 1)
    link.end()
    slack.send(payload=command("late"))
    assert slack.is_silent(0.1)
    app.go.set()
    link.close(5)
    assert slack.answer()["envelope_id"] == waiting
    assert app.handled == ["wait"]
    with pytest.raises(Empty):
        slack.answer(0.1)
    assert len(slack.connections) == 1


def test_what_takes_longer_than_the_grace_does_not_hold_up_the_end(
    link: Connection, slack: ScriptedSlack, app: Scripted
) -> None:
    slack.send(payload=command("wait"))
    eventually(lambda: link._busy == 1)
    began = time.monotonic()
    link.close(0.1)
    assert time.monotonic() - began < 1
