"""Payloads that are rare and right, over HTTP and over Socket Mode: they are taken, and the right thing happens."""

import re
from copy import deepcopy
from typing import Any

import pytest

from bot.workspace.deliver import Ack, Kind
from bot.workspace.state import Json
from tests.live import Stage

TEAM = "T0LOCAL001"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack gives up an envelope sooner."""
    monkeypatch.setattr("bot.workspace.socket_mode.ACK_S", 0.3)


def deliver(scene: Stage, kind: Kind, payload: Json) -> Ack:
    delivery = scene.workspace.delivery
    assert delivery is not None
    return delivery.send(kind, payload)


def press(scene: Stage, **changed: Any) -> Json:
    """A press on *Legal* in the channel, which is changed where it is not None."""
    payload: Json = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "local"},
        "user": {"id": scene.ann, "team_id": TEAM},
        "channel": {"id": scene.general, "name": "general"},
        "container": {"type": "message", "channel_id": scene.general, "message_ts": "1.1"},
        "message": {"ts": "1.1", "text": "hello"},
        "trigger_id": "1.2.3",
        "actions": [{"type": "button", "action_id": "open:1", "block_id": "b", "value": "legal"}],
    }
    return {key: value for key, value in {**payload, **changed}.items() if value != "absent"}


NOWHERE = {"channel": "absent", "message": "absent", "view": {"id": "V1", "type": "home", "private_metadata": ""}}
ODD_PRESSES: dict[str, dict[str, Any]] = {
    "home tab": {**NOWHERE, "container": {"type": "view", "view_id": "V1"}},
    "modal": {**NOWHERE, "container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "modal"}},
    "no container": {**NOWHERE, "container": "absent"},
    "no channel": {"channel": None},
    "link button": {"actions": [{"type": "button", "action_id": "open:1", "block_id": "b", "url": "https://x.org"}]},
    "no value": {"actions": [{"type": "button", "action_id": "open:1", "block_id": "b", "value": None}]},
    "no option": {"actions": [{"type": "static_select", "action_id": "open:1", "selected_option": None}]},
    "org-wide": {"team": None, "enterprise": {"id": "E1", "name": "org"}, "is_enterprise_install": True},
    "organisation without an id": {"enterprise": None},
    "foreign person": {"user": {"id": "U0FOREIGN1", "team_id": "T0FOREIGN1"}},
    "another version's value": {"actions": [{"type": "button", "action_id": "open:1", "value": "what nobody wrote"}]},
    "another app's action": {"actions": [{"type": "button", "action_id": "approve", "value": "1"}]},
}


@pytest.mark.parametrize("odd", ODD_PRESSES)
def test_an_odd_press_is_taken(scene: Stage, odd: str) -> None:
    assert deliver(scene, "interactive", press(scene, **deepcopy(ODD_PRESSES[odd]))) == Ack()


def event(scene: Stage, kind: str, **fields: Any) -> Json:
    inner = {"type": kind, "channel": scene.general, "user": scene.ann, "ts": "1.1", "event_ts": "1.1", **fields}
    return {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev-{id(fields)}", "event": inner}


ODD_MESSAGES: dict[str, dict[str, Any]] = {
    "text null": {"text": None, "channel_type": "im"},
    "no text": {"channel_type": "im"},
    "user null": {"user": None, "text": "legal", "channel_type": "im"},
    "edit": {"subtype": "message_changed", "user": None, "message": {"text": "x"}, "channel_type": "im"},
    "deletion": {"subtype": "message_deleted", "user": None, "deleted_ts": "1.1", "channel_type": "im"},
    "bot": {"subtype": "bot_message", "user": None, "bot_id": "B9", "text": "legal", "channel_type": "im"},
}


@pytest.mark.parametrize("odd", ODD_MESSAGES)
def test_an_odd_message_is_taken_and_not_answered(scene: Stage, odd: str) -> None:
    before = len(scene.workspace.state.messages)
    for kind in ("message", "app_mention"):
        assert deliver(scene, "events_api", event(scene, kind, **ODD_MESSAGES[odd])) == Ack()
    assert len(scene.workspace.state.messages) == before


@pytest.mark.usefixtures("impatient")
def test_a_malformed_press_is_told_to_the_person_and_a_malformed_event_does_not_come_again(scene: Stage) -> None:
    assert deliver(scene, "interactive", press(scene, user=[])).error in ("dispatch_failed", "operation_timeout")
    assert deliver(scene, "events_api", event(scene, "message", channel=None)) == Ack()


@pytest.mark.usefixtures("impatient")
def test_a_failure_of_ours_is_told_to_the_person_and_the_event_comes_again(
    scene: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("of ours")

    monkeypatch.setattr("bot.slack.app.answer_slash_command", fail)
    monkeypatch.setattr("bot.slack.app.follow_moved_channel", fail)
    text = scene.ask("/brief legal").text
    assert re.fullmatch(r"Something went wrong here\. Tell whoever runs the bot: .+ \(request \w{4}\)\.", text)
    refusals = ("dispatch_failed", "operation_timeout")
    moved = event(scene, "channel_id_changed", old_channel_id="C1", new_channel_id="C2")
    assert deliver(scene, "events_api", moved).error in refusals
    assert caplog.text.count("KeyError: 'of ours'") == 2
