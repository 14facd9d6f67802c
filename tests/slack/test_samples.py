"""Payloads of all shapes that are known end as they should, over HTTP and over Socket Mode."""

import asyncio
import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.slack import dispatch
from bot.slack.socket import Connection
from bot.store.store import Store
from tests.databases import Databases, opened
from tests.live import eventually
from tests.slack.event_samples import EVENTS, MALFORMED_EVENTS
from tests.slack.fronts import Front
from tests.slack.payloads import Json
from tests.slack.samples import COMMANDS, INTERACTIONS, MALFORMED_COMMANDS, MALFORMED_INTERACTIONS
from tests.slack.scripted_slack import ScriptedSlack

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SAMPLES = [
    ("slash_commands", COMMANDS, 200),
    ("slash_commands", MALFORMED_COMMANDS, 400),
    ("interactive", INTERACTIONS, 200),
    ("interactive", MALFORMED_INTERACTIONS, 400),
    ("events_api", EVENTS, 200),
    ("events_api", MALFORMED_EVENTS, 200),
]
MALFORMED = [MALFORMED_COMMANDS, MALFORMED_INTERACTIONS, MALFORMED_EVENTS]
NUMBERS = count(1)


@pytest.fixture
def front(tmp_path: Path, sqlite: Databases) -> Iterator[Front]:
    with opened(sqlite.migrated()) as engine:
        front = Front(tmp_path / "briefs", Store(engine))
        for channel in ("D1", "G1", "G2"):
            front.desk.slack.add_channel(channel)
        yield front


def body(kind: str, payload: Json) -> tuple[bytes, str]:
    """As Slack sends it over HTTP, with its content type."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}).encode(), FORM


def new(payload: Json) -> Json:
    """The same as something else that happened."""
    copy = deepcopy(payload)
    if copy.get("event_id"):
        copy["event_id"] = f"Ev{next(NUMBERS)}"
    if isinstance(copy.get("event"), dict) and "ts" in copy["event"]:
        copy["event"]["ts"] = f"{next(NUMBERS)}.1"
    return copy


def log_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The refusals since the last call, up to the first comma, and what failed."""
    records = [each for each in caplog.records if each.name.startswith("bot.")]
    refusals = [each.getMessage().partition(",")[0] for each in records if each.name == dispatch.__name__]
    failures = [each.getMessage() for each in records if each.exc_info or each.levelno >= logging.ERROR]
    caplog.clear()
    return [line for line in refusals if not line.startswith("nobody handles")] + failures


@pytest.mark.parametrize(("kind", "samples", "status"), SAMPLES)
def test_they_end_as_they_should_over_http(
    front: Front, caplog: pytest.LogCaptureFixture, kind: str, samples: dict[str, Json], status: int
) -> None:
    lines = ["refused a malformed payload"] if samples in MALFORMED else []
    ends = {name: (asyncio.run(front.post(*body(kind, new(each)))), log_of(caplog)) for name, each in samples.items()}
    assert ends == dict.fromkeys(samples, (status, lines))


@pytest.fixture
def slack() -> Iterator[ScriptedSlack]:
    slack = ScriptedSlack()
    yield slack
    slack.close()


def test_they_end_as_they_should_over_socket_mode(
    front: Front, slack: ScriptedSlack, caplog: pytest.LogCaptureFixture
) -> None:
    """What is malformed is acknowledged only where it is an event: of others Slack then tells the person."""
    connection = Connection(front.app, "xapp", slack.client)
    connection.open()
    eventually(lambda: len(slack.connections) == 1)
    sent = [
        (slack.send(type=kind, payload=new(each)), status)
        for kind, samples, status in SAMPLES
        for each in samples.values()
    ]
    expected = {envelope for envelope, status in sent if status == 200}
    assert {slack.answer()["envelope_id"] for _ in expected} == expected
    connection.close(5)
    assert slack.is_silent()
    assert log_of(caplog) == ["refused a malformed payload"] * sum(map(len, MALFORMED))
