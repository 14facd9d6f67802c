"""What Slack is answered to forms of reports and to the shortcut on messages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.errors import DatabaseFailureError
from bot.render.reports.report_form import CALLBACK, DISMISSAL, TYPEAHEAD
from bot.slack.report_views import AWAY, SHORTCUT
from bot.store.schema import report
from bot.store.store import Store
from bot.workspace.blockkit import validate_view
from tests.databases import Databases, opened
from tests.handlers.desk import BOT, ferries
from tests.slack.fronts import Front
from tests.slack.payloads import ANN, TEAM_JSON, Json

BRIEF, CLAIM = "ferries", "ferries/a"


@pytest.fixture
def front(tmp_path: Path, sqlite: Databases) -> Iterator[Front]:
    with opened(sqlite.migrated()) as engine:
        front = Front(tmp_path / "briefs", Store(engine))
        front.desk.edit(ferries(0))
        yield front


def form(claim: str, wrong: str | None = "It was four.", source: str | None = None, **view: Any) -> Json:
    values = {
        "claim": {"claim": {"type": "static_select", "selected_option": {"value": claim}}},
        "wrong": {"wrong": {"type": "plain_text_input", "value": wrong}},
        "source": {"source": {"type": "plain_text_input", "value": source}},
    }
    window = {"id": "V1", "type": "modal", "callback_id": CALLBACK, "private_metadata": "C1\n1\n"}
    return {
        "type": "view_submission",
        "team": TEAM_JSON,
        "user": ANN,
        "view": {**window, "state": {"values": values}, **view},
    }


def shortcut(message: Json, **more: Any) -> Json:
    return {
        "type": "message_action",
        "token": "x",
        "action_ts": "1.2",
        "callback_id": SHORTCUT,
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:9/",
        "message_ts": message["ts"],
        "team": TEAM_JSON,
        "user": ANN,
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "text": "x", **message},
        **more,
    }


def answer(front: Front, payload: Json) -> Any:
    request = BoltRequest(body=json.dumps(payload), headers={"content-type": ["application/json"]})
    response = front.app.dispatch(request)
    assert response.status == 200
    return json.loads(response.body) if response.body else None


def kept(front: Front) -> int:
    with front.desk.store.snapshot() as tx:
        return len(tx.connection.execute(report.select()).all())


def test_a_form_that_is_kept_becomes_a_word_of_thanks(front: Front) -> None:
    for _ in range(2):
        done = answer(front, form(CLAIM))
        assert done["response_action"] == "update"
        assert list(validate_view(done["view"])) == []
    assert kept(front) == 1


@pytest.mark.parametrize(("wrong", "source", "field"), [(None, None, "wrong"), ("x", "no address", "source")])
def test_a_mistake_stands_beside_its_field(front: Front, wrong: str | None, source: str | None, field: str) -> None:
    done = answer(front, form(CLAIM, wrong, source))
    assert (done["response_action"], list(done["errors"])) == ("errors", [field])
    assert kept(front) == 0


def test_what_no_database_stores_is_taken_out(front: Front) -> None:
    assert answer(front, form(CLAIM, "It was\0 four &amp; \ud800not six."))["response_action"] == "update"
    with front.desk.store.snapshot() as tx:
        assert tx.connection.execute(report.select()).scalars("wrong").one() == "It was four & not six."


@pytest.mark.parametrize("callback", [CALLBACK, DISMISSAL])
def test_while_the_database_is_away_the_form_stays_open_with_its_words(
    front: Front, monkeypatch: pytest.MonkeyPatch, callback: str
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseFailureError("away", passing=True)

    payload, field = form(CLAIM), "wrong"
    if callback == DISMISSAL:
        front.desk.decide(maintainers=("T1", "C1"))
        values = {"word": {"word": {"value": "No."}}}
        payload, field = form("", callback_id=DISMISSAL, private_metadata="C1\n1", state={"values": values}), "word"
    with monkeypatch.context() as away:
        away.setattr(Store, "transaction", fail)
        done = answer(front, payload)
    words = done["errors"][field]
    assert done["response_action"] == "errors"
    assert callback == DISMISSAL or re.sub(r" \(request \w{4}\)", "", words) == AWAY
    assert kept(front) == 0
    if callback == CALLBACK:
        assert answer(front, payload)["response_action"] == "update"
        assert kept(front) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"private_metadata": None},
        {"private_metadata": "C1"},
        {"private_metadata": "\n1\n"},
        {"private_metadata": "C1\nx\n"},
        {"id": None},
        {"id": ""},
        {"state": {"values": {}}},
        {"state": None},
        {"callback_id": DISMISSAL},
    ],
)
def test_forms_that_no_version_has_shown_are_refused(front: Front, broken: Json) -> None:
    assert front.answer(form(CLAIM, **broken), "interaction") == 400
    assert kept(front) == 0


def test_claims_are_offered_in_the_form(front: Front) -> None:
    view = {"private_metadata": f"C1\n1\n{BRIEF}", "type": "modal", "callback_id": CALLBACK}
    payload = {"type": "block_suggestion", "team": TEAM_JSON, "user": ANN, "action_id": TYPEAHEAD, "view": view}
    options = answer(front, {**payload, "value": "there were"})["options"]
    assert 0 < len(options) <= 100
    assert all(option["value"].startswith(f"{BRIEF}/") and len(option["text"]["text"]) <= 75 for option in options)
    assert front.answer({**payload, "value": "x", "view": None}, "interaction") == 400


def test_the_shortcut_opens_the_form_on_a_message_of_the_bot_alone(front: Front) -> None:
    value = f'["report","{BRIEF}","legal"]'
    menu = {"type": "static_select", "action_id": "open:more", "options": [{"text": {}, "value": value}]}
    blocks = [{"type": "actions", "elements": [menu]}]
    slack = front.desk.slack
    for number, author in enumerate([{"user": BOT}, {"bot_id": "B1"}, {"user": "U2"}, {"bot_id": "B2"}], 1):
        fresh = slack.caller("U1", "C1")
        own = {"trigger_id": fresh.trigger_id, "response_url": fresh.response_url}
        assert answer(front, shortcut({"ts": f"{number}.1", "blocks": blocks, **author}, **own)) is None
    assert len(slack.views) == 2
    said = [each.text for each in front.desk.entries() if each.visible_to]
    assert [each.startswith("This message is not the bot's") for each in said] == [True, True]


def test_a_message_shortcut_of_another_app_is_nobodys(front: Front) -> None:
    assert front.answer(shortcut({"ts": "1.1"}, callback_id="other"), "interaction") == 404
