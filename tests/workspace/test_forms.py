"""Modals that are filled in and submitted."""

import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import Ack as BoltAck
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot.workspace.api.web_api import call
from bot.workspace.blockkit import validate_view
from bot.workspace.deliver import Ack, HttpDelivery, Kind
from bot.workspace.forms import REQUIRED
from bot.workspace.local_server import LocalServer
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import Workspace


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


RHYTHM: Json = {"type": "static_select", "action_id": "rhythm", "options": [option("daily"), option("weekly")]}
GROUPED: Json = {
    "type": "static_select",
    "action_id": "rhythm",
    "option_groups": [{"label": plain("often"), "options": [option("daily")]}],
}
FORM: Json = {
    "type": "modal",
    "callback_id": "follow",
    "private_metadata": "secret",
    "title": plain("Follow"),
    "submit": plain("Follow"),
    "blocks": [
        {"type": "section", "text": plain("words")},
        entry("brief-block", {"type": "external_select", "action_id": "brief", "min_query_length": 0}),
        entry("rhythm-block", {**RHYTHM, "initial_option": option("daily")}),
        entry("time-block", {"type": "timepicker", "action_id": "time", "initial_time": "08:30"}),
        entry("note-block", {"type": "plain_text_input", "action_id": "note", "max_length": 10}, optional=True),
    ],
}
DONE: Json = {"type": "modal", "title": plain("Done"), "blocks": FORM["blocks"][:1]}


@dataclass
class Script:
    """An app that answers as it is told, and keeps what it was sent."""

    answers: list[Ack] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        """The next answer."""
        assert (kind, retry) == ("interactive", None)
        self.sent.append(payload)
        return self.answers.pop(0)


@dataclass
class Scene:
    """A person who has a modal open."""

    workspace: Workspace
    app: Script
    ann: str

    def open(self, view: Json = FORM) -> Json:
        trigger = self.workspace.state.new_trigger(self.ann)
        token = self.workspace.state.app.bot_token
        opened: Json = call(self.workspace.state, "views.open", {"trigger_id": trigger, "view": view}, token)["view"]
        return opened

    def submit(self, answer: Json | str | None = None, **values: Any) -> Ack:
        self.app.answers = [Ack(answer)]
        return self.workspace.submit(self.ann, values)

    def errors(self) -> object:
        view = self.workspace.view_of(self.ann)
        return view.get("errors") if view else "closed"


@pytest.fixture
def scene() -> Scene:
    workspace, app = Workspace(clock=time.time), Script()
    workspace.delivery = app
    return Scene(workspace, app, workspace.add_user("ann"))


# What the app gets


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


# What Slack refuses by itself


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


# What the app answers


def test_errors_leave_the_form_open(scene: Scene) -> None:
    scene.open()
    assert scene.submit({"response_action": "errors", "errors": {"time-block": "Too early."}}, brief="x").error is None
    assert scene.errors() == {"time-block": "Too early."}
    scene.submit(None, brief="x")
    assert scene.errors() == "closed"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"time-block": ""}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"time": "by its action"}}, "invalid_errors"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_view"),
        ({"response_action": "update", "view": {"type": "home", "blocks": []}}, "invalid_response"),
        ({"response_action": "leave"}, "invalid_response"),
        ({"text": "thanks"}, "invalid_response"),
        ("thanks", "invalid_response"),
    ],
)
def test_an_answer_that_slack_does_not_understand_is_trouble(scene: Scene, answer: Any, error: str) -> None:
    scene.open()
    assert scene.submit(answer, brief="x").error == error
    assert scene.errors() is None


def test_an_update_takes_the_place_of_the_form(scene: Scene) -> None:
    opened = scene.open()
    scene.submit({"response_action": "update", "view": DONE}, brief="x")
    view = scene.workspace.view_of(scene.ann)
    assert view is not None
    assert (view["id"], view["title"], view["hash"] != opened["hash"]) == (opened["id"], DONE["title"], True)


def test_clear_closes_everything(scene: Scene) -> None:
    scene.open(DONE)
    scene.open()
    scene.submit({"response_action": "clear"}, brief="x")
    assert scene.errors() == "closed"


def test_nothing_closes_one_form(scene: Scene) -> None:
    below = scene.open(DONE)
    scene.open()
    scene.submit({}, brief="x")
    view = scene.workspace.view_of(scene.ann)
    assert view is not None
    assert view["id"] == below["id"]


def test_without_an_answer_the_form_stays(scene: Scene) -> None:
    scene.open()
    scene.app.answers = [Ack(error="operation_timeout")]
    assert scene.workspace.submit(scene.ann, {"brief": "x"}).error == "operation_timeout"
    assert scene.errors() is None


# Views


def test_a_view_is_updated_for_who_has_it_open(scene: Scene) -> None:
    opened = scene.open()
    token = scene.workspace.state.app.bot_token
    update = {"view_id": opened["id"], "view": DONE, "hash": opened["hash"]}
    call(scene.workspace.state, "views.update", update, token)
    view = scene.workspace.view_of(scene.ann)
    assert view is not None
    assert view["title"] == DONE["title"]
    with pytest.raises(SlackError, match="hash_conflict"):
        call(scene.workspace.state, "views.update", update, token)


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


# Over HTTP, to Bolt


def test_bolt_takes_a_submission_and_its_answer_is_understood(scene: Scene) -> None:
    workspace = scene.workspace
    installed = workspace.state.app
    app = App(
        signing_secret=installed.signing_secret,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=installed.bot_token),
        process_before_response=True,
    )

    @app.view("follow")
    def followed(ack: BoltAck, view: Json) -> None:
        at = view["state"]["values"]["time-block"]["time"]["selected_time"]
        if at == "08:30":
            ack()
        else:
            ack(response_action="errors", errors={"time-block": f"Not at {at}."})

    served = LocalServer(SlackRequestHandler(app, path="/"))  # type: ignore[arg-type]
    workspace.delivery = HttpDelivery(f"{served.url}/", installed.signing_secret, time.time)
    scene.open()
    assert workspace.submit(scene.ann, {"brief": "legal", "time": "09:00"}).error is None
    assert scene.errors() == {"time-block": "Not at 09:00."}
    assert workspace.submit(scene.ann, {"brief": "legal", "time": "08:30"}).error is None
    assert scene.errors() == "closed"
    served.close()
