"""Modals: what the app's answer to a submission does, and updates of an open view."""

import time
from typing import Any

import pytest
from slack_bolt import Ack as BoltAck
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot.workspace.api.web_api import call
from bot.workspace.deliver import Ack, HttpDelivery
from bot.workspace.local_server import LocalServer
from bot.workspace.state import Json, SlackError
from tests.workspace.modal_scene import DONE, Scene


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
