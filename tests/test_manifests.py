"""The manifests ask for exactly what the code uses, and Slack's own schema takes them."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.slack.app import EVENTS, SCOPES
from bot.slack.http import ENDPOINT
from bot.workspace.methods import METHODS
from tests.conftest import ROOT

SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"
MANIFESTS = sorted((ROOT / "manifests").glob("*.yaml"))


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
class TestManifest:
    @pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is not beside the repository")
    def test_slacks_schema_takes_it(self, path: Path) -> None:
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(load(path))

    def test_its_scopes_are_those_of_the_code(self, path: Path) -> None:
        assert set(load(path)["oauth_config"]["scopes"]["bot"]) == SCOPES

    def test_its_events_are_those_of_the_code(self, path: Path) -> None:
        assert set(load(path)["settings"]["event_subscriptions"]["bot_events"]) == EVENTS

    def test_its_command_is_the_default_one(self, path: Path) -> None:
        commands = load(path)["features"]["slash_commands"]
        assert [(command["command"], command["should_escape"]) for command in commands] == [("/brief", True)]


def test_over_http_every_address_is_the_endpoint() -> None:
    text = (ROOT / "manifests/http.yaml").read_text(encoding="utf-8")
    assert re.findall(r"https://briefbot\.example\.com(\S+)", text) == [ENDPOINT] * 4
    assert not load(ROOT / "manifests/http.yaml")["settings"]["socket_mode_enabled"]


def test_over_socket_mode_there_is_no_address() -> None:
    assert "https://" not in (ROOT / "manifests/socket-mode.yaml").read_text(encoding="utf-8")
    assert load(ROOT / "manifests/socket-mode.yaml")["settings"]["socket_mode_enabled"]


def source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").glob("*.py"))


def test_the_code_listens_to_these_events_and_no_others() -> None:
    listened = set(re.findall(r'@app\.event\("([a-z_]+)"\)', source()))
    assert listened == {event.partition(".")[0] for event in EVENTS}


def test_the_scopes_are_those_of_the_methods_events_and_commands_in_the_code() -> None:
    called = set(re.findall(r"\.((?:chat|conversations|users|views|team)_[A-Za-z]+)\(", source()))
    assert called == {"chat_postMessage", "views_open"}
    scopes = {scope for name in called for scope in METHODS[name.replace("_", ".", 1)].scopes}
    needed = scopes | {"chat:write.public", "commands"}
    assert needed | {"app_mentions:read", "im:history"} == SCOPES
