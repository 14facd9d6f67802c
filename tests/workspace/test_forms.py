"""Forms that are filled in: what the app gets, and what Slack itself refuses."""

import pytest

from bot.workspace.blockkit import validate_view
from bot.workspace.deliver import Ack
from bot.workspace.forms import REQUIRED
from bot.workspace.state import Json
from tests.workspace.modal_scene import DONE, FORM, GROUPED, RHYTHM, Scene, entry, option, plain


def test_a_submission_has_what_was_entered_and_what_stood_there(scene: Scene) -> None:
    view = scene.open()
    assert scene.submit(None, brief="legal", **{"note-block": "hello"}) == Ack()
    payload = scene.app.sent[0]
    assert (payload["type"], payload["user"]["id"], payload["team"]["id"]) == (
        "view_submission",
        scene.ann,
        "T0LOCAL001",
    )
    assert payload["trigger_id"] in scene.workspace.state.triggers
    assert {"user", "errors"}.isdisjoint(payload["view"])
    assert {key: payload["view"][key] for key in ("id", "hash", "callback_id", "private_metadata")} == {
        **{key: view[key] for key in ("id", "hash")},
        "callback_id": "follow",
        "private_metadata": "secret",
    }
    assert payload["view"]["state"]["values"] == {
        "brief-block": {
            "brief": {"type": "external_select", "selected_option": {"text": plain("legal"), "value": "legal"}}
        },
        "rhythm-block": {"rhythm": {"type": "static_select", "selected_option": option("daily")}},
        "time-block": {"time": {"type": "timepicker", "selected_time": "08:30"}},
        "note-block": {"note": {"type": "plain_text_input", "value": "hello"}},
    }
    assert scene.errors() == "closed"


def test_an_offered_option_is_sent_whole(scene: Scene) -> None:
    scene.open()
    scene.app.answers = [Ack({"options": [option("legal")]})]
    assert scene.workspace.suggest_in_view(scene.ann, "brief", "leg") == [option("legal")]
    asked = scene.app.sent[0]
    assert (asked["type"], asked["action_id"], asked["value"]) == ("block_suggestion", "brief", "leg")
    assert (asked["container"]["type"], asked["block_id"]) == ("view", "brief-block")
    scene.submit(None, brief="legal")
    values = scene.app.sent[1]["view"]["state"]["values"]
    assert values["brief-block"]["brief"]["selected_option"] == option("legal")


def test_an_option_may_stand_in_a_group(scene: Scene) -> None:
    scene.open({**FORM, "blocks": [entry("rhythm-block", GROUPED)]})
    assert scene.submit(None, rhythm="daily").error is None


def test_ids_that_the_app_did_not_give_are_made(scene: Scene) -> None:
    block = {"type": "input", "label": plain("Note"), "element": {"type": "plain_text_input"}}
    view = scene.open({**FORM, "blocks": [block]})
    made = view["blocks"][0]
    assert made["block_id"]
    scene.submit(None, **{made["block_id"]: "hello"})
    values = scene.app.sent[0]["view"]["state"]["values"]
    assert values == {made["block_id"]: {made["element"]["action_id"]: {"type": "plain_text_input", "value": "hello"}}}


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"brief-block": REQUIRED}),
        ({"brief": "x", "time": ""}, {"time-block": REQUIRED}),
        ({"brief": "x", "note": "😀" * 6}, {"note-block": "Must be at most 10 characters."}),
    ],
)
def test_what_is_incomplete_does_not_reach_the_app(scene: Scene, values: Json, errors: Json) -> None:
    scene.open()
    assert scene.submit(None, **values).error == "incomplete"
    assert (scene.errors(), scene.app.sent) == (errors, [])
    assert scene.submit(None, brief="x").error is None


def test_a_text_may_be_too_short(scene: Scene) -> None:
    scene.open({**FORM, "blocks": [entry("b", {"type": "plain_text_input", "action_id": "note", "min_length": 3})]})
    scene.submit(None, note="no")
    assert scene.errors() == {"b": "Must be at least 3 characters."}


@pytest.mark.parametrize(
    ("values", "error"),
    [({"colour": "red"}, LookupError), ({"rhythm": "yearly"}, ValueError), ({"time": "8:30"}, ValueError)],
)
def test_what_nobody_could_do_is_an_error_of_the_test(scene: Scene, values: Json, error: type[Exception]) -> None:
    scene.open()
    with pytest.raises(error):
        scene.submit(None, **values)


def test_there_must_be_something_to_submit(scene: Scene) -> None:
    with pytest.raises(LookupError):
        scene.submit(None)
    scene.open(DONE)
    with pytest.raises(LookupError):
        scene.submit(None)
    with pytest.raises(LookupError):
        scene.workspace.suggest_in_view(scene.ann, "brief", "x")


def test_a_field_of_another_kind_cannot_be_filled_in(scene: Scene) -> None:
    scene.open({**FORM, "blocks": [entry("b", {"type": "users_select", "action_id": "who"})]})
    with pytest.raises(ValueError, match="users_select"):
        scene.submit(None)


def test_a_form_needs_a_button_to_submit_it() -> None:
    findings = validate_view({key: value for key, value in FORM.items() if key != "submit"})
    assert [finding.message for finding in findings] == ["missing required field: submit"]


@pytest.mark.parametrize(
    ("element", "pointer"),
    [
        ({"type": "timepicker", "initial_time": "8:30"}, "/initial_time"),
        ({"type": "timepicker", "initial_time": "24:00"}, "/initial_time"),
        ({"type": "timepicker", "timezone": ""}, "/timezone"),
        ({**RHYTHM, "initial_option": option("yearly")}, "/initial_option"),
        ({"type": "static_select"}, ""),
        ({"type": "external_select", "min_query_length": -1}, "/min_query_length"),
        ({"type": "plain_text_input", "min_length": 5, "max_length": 4}, "/max_length"),
    ],
)
def test_a_bad_field_is_pointed_at(element: Json, pointer: str) -> None:
    findings = validate_view({**FORM, "blocks": [entry("b", element)]})
    assert [finding.pointer for finding in findings] == [f"/blocks/0/element{pointer}"]
