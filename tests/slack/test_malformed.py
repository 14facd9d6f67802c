"""Payloads of any shape: Slack is answered, nothing breaks, and the log holds nothing of the body."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.dispatch import Family, dispatch, read_body
from bot.store.store import Store
from tests.conftest import members
from tests.databases import Databases, opened
from tests.load.mutations import send_all
from tests.slack.fronts import Front
from tests.slack.payloads import (
    COMMAND,
    EVENTS,
    FORM,
    HANDSHAKE,
    MENTION,
    PRESS,
    SAMPLES,
    SECRET,
    UNHANDLED,
    Json,
    press,
)

WRONG: list[Any] = [None, True, 5, -1.5, "", SECRET * 1000, "a b\x00", [], ["x"], [[]], {}, {"id": 5}, {"id": ["x"]}]
"""What may stand in the place of any value."""

KINDS = members(WRONG, None, 5, "", SECRET * 1000, "a b\x00", ["x"], {"id": 5})


@pytest.fixture
def front(tmp_path: Path, sqlite: Databases) -> Iterator[Front]:
    with opened(sqlite.migrated()) as engine:
        yield Front(tmp_path / "briefs", Store(engine))


def mutants(sample: Json) -> Iterator[tuple[str, Json]]:
    """A payload with each of its values left out, or with each other thing in its place; and where that is. Each is
    another event about another message, so that none is taken for a repetition."""
    for path in paths(sample):
        for change in (remove, *(put(value) for value in KINDS)):
            mutant = another(sample)
            *way, last = path
            place: Any = mutant
            for key in way:
                place = place[key]
            change(place, last)
            yield ".".join(map(str, path)), mutant


NUMBERS = count(2)


def another(sample: Json) -> Json:
    copy, number = deepcopy(sample), next(NUMBERS)
    if sample.get("type") == "event_callback":
        copy["event_id"] = f"Ev{number}"
        copy["event"] |= {"ts": f"{number}.1"} if "ts" in copy["event"] else {}
    return copy


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in entries:
        yield (*path, key)
        yield from paths(each, (*path, key))


def remove(place: Any, key: Any) -> None:
    del place[key]


def put(value: Any) -> Callable[[Any, Any], None]:
    def change(place: Any, key: Any) -> None:
        place[key] = deepcopy(value)

    return change


def family(sample: Json) -> Family:
    return "event_callback" if sample in EVENTS else "interaction"


def troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Messages of failures, tracebacks, and whatever shows the body."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR or record.exc_info or SECRET in record.getMessage()
    ]


def name(sample: Json) -> str:
    return str(sample.get("event", sample).get("type", "command"))


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_each_sample_is_handled_and_no_mutant_of_it_breaks_anything(
    front: Front, caplog: pytest.LogCaptureFixture, sample: Json
) -> None:
    assert front.answer(deepcopy(sample), family(sample)) == (404 if sample in UNHANDLED else 200)
    allowed = {200, 404} if sample in EVENTS else {200, 400, 404}
    for where, mutant in mutants(sample):
        status = front.answer(mutant, family(sample))
        assert (status in allowed, troubles(caplog)) == (True, []), (where, mutant, status)
        caplog.clear()


def blank(value: Any) -> Any:
    """The same keys, with nothing in them: so are the samples that SDKs generate."""
    if isinstance(value, Mapping):
        return {key: each if key == "type" else blank(each) for key, each in value.items()}
    return [blank(each) for each in value] if isinstance(value, list) else "" if isinstance(value, str) else value


def test_samples_that_are_empty_are_nobodys_and_taken(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    for sample in SAMPLES:
        assert front.answer(blank(sample), family(sample)) in (200, 404), sample
        assert troubles(caplog) == [], sample


@pytest.mark.parametrize("text", ["no workspace", "another form"])
def test_what_only_a_listener_sees_is_malformed_is_refused_as_well(
    front: Front, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    sample = deepcopy(FORM)
    if text == "no workspace":
        del sample["team"], sample["user"]["team_id"], sample["view"]["app_installed_team_id"]
    else:
        sample["view"]["state"] = None
    assert front.answer(sample, "interaction") == 400
    assert [record.getMessage()[:44] for record in caplog.records] == ["refused a malformed payload, view_submission"]


def test_a_failure_in_a_listener_has_its_traceback(
    front: Front, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("of ours")

    monkeypatch.setattr("bot.slack.app.answer_slash_command", fail)
    answer = dispatch(front.app, deepcopy(COMMAND), "interaction", {})
    assert "KeyError: 'of ours'" in caplog.text
    assert answer.status == 200
    assert re.search(r"Tell whoever runs the bot: its log says what \(request [0-9a-f]{4}\)\.", answer.body)


@pytest.mark.parametrize("depth", [10, 300, 800, 950, 2000])
def test_no_depth_of_a_payload_breaks_anything(front: Front, caplog: pytest.LogCaptureFixture, depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    body = json.dumps(MENTION)[:-1] + f',"more":{deep}}}'
    payload, family = read_body(body.encode(), "application/json")
    assert front.answer(payload, family) == 200
    payload, family = read_body(urlencode({"payload": json.dumps(PRESS)[:-1] + f',"state":{deep}}}'}).encode(), "")
    assert front.answer(payload, family) in (200, 400)
    assert troubles(caplog) == []


def test_some_hundred_mutants_break_nothing(tmp_path: Path, store: Store) -> None:
    """Of the many that `python -m tests.load.mutations` sends."""
    outcome = send_all(Front(tmp_path / "briefs", store), count=200, seed=5)
    assert outcome.failures == []
    assert outcome.statuses[200] > 50
    assert outcome.statuses[400] > 50


@pytest.mark.parametrize("text", ["\ud800", "x\0"])
@pytest.mark.parametrize("sample", [COMMAND, press("subscribe all"), FORM, HANDSHAKE], ids=name)
def test_what_no_database_stores_is_no_failure_of_one(
    front: Front, caplog: pytest.LogCaptureFixture, sample: Json, text: str
) -> None:
    for path in paths(sample):
        mutant = deepcopy(sample)
        *way, last = path
        place: Any = mutant
        for key in way:
            place = place[key]
        if isinstance(place[last], str):
            place[last] = text
            status = front.answer(mutant, family(sample))
            assert status == 400 if last in ("trigger_id", "response_url") else status in (200, 400, 404), path
            assert troubles(caplog) == [], path


@pytest.mark.parametrize("field", ["ts", "thread_ts"])
@pytest.mark.parametrize("ts", ["1.1.1", "...", ".1", "1.", "9" * 32])
def test_a_time_of_a_message_is_a_number(front: Front, caplog: pytest.LogCaptureFixture, ts: str, field: str) -> None:
    mutant = deepcopy(MENTION)
    mutant["event"] |= {field: ts, "edited": {"user": "U1", "ts": "2.2"}}
    # With a 200, so that it does not come again.
    assert (front.answer(mutant, "event_callback"), len(caplog.records)) == (200, 1)
    assert "refused a malformed payload" in caplog.text
