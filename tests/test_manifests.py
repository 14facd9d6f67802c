"""The manifests ask for exactly what the code uses, and Slack's own schema takes them."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.core.commands.command import ASK_USAGE, VERBS
from bot.handlers.delivery.channel_events import BACK, GONE
from bot.slack.app import CHANNEL_EVENTS, EVENTS, OPTIONAL_SCOPES, SCOPES
from bot.slack.http import ENDPOINT
from bot.workspace.api.web_api import METHODS
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
        scopes = load(path)["oauth_config"]["scopes"]
        assert {kind: set(found) for kind, found in scopes.items()} == {"bot": SCOPES, "bot_optional": OPTIONAL_SCOPES}

    def test_its_events_are_those_of_the_code(self, path: Path) -> None:
        assert set(load(path)["settings"]["event_subscriptions"]["bot_events"]) == EVENTS

    def test_its_command_is_the_default_one(self, path: Path) -> None:
        commands = load(path)["features"]["slash_commands"]
        assert [(command["command"], command["should_escape"]) for command in commands] == [("/brief", True)]

    def test_its_hint_names_what_can_be_typed(self, path: Path) -> None:
        (command,) = load(path)["features"]["slash_commands"]
        first, *verbs = command["usage_hint"].split(" | ")
        assert ASK_USAGE.startswith(first)
        assert sorted(verb.partition(" ")[0] for verb in verbs) == sorted(v.name for v in VERBS)


def test_over_http_every_address_is_the_endpoint() -> None:
    text = (ROOT / "manifests/http.yaml").read_text(encoding="utf-8")
    assert re.findall(r"https://briefbot\.example\.com(\S+)", text) == [ENDPOINT] * 4
    assert not load(ROOT / "manifests/http.yaml")["settings"]["socket_mode_enabled"]


def test_over_socket_mode_there_is_no_address() -> None:
    assert "https://" not in (ROOT / "manifests/socket-mode.yaml").read_text(encoding="utf-8")
    assert load(ROOT / "manifests/socket-mode.yaml")["settings"]["socket_mode_enabled"]


def source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").glob("*.py"))


def listened() -> set[str]:
    """What stands behind `@app.event(`: a name, or the pattern over the events of channels."""
    found = re.findall(r"@app\.event\((.*)\)\n", source())
    names = {name.strip('"') for name in found if name.startswith('"')}
    assert [each for each in found if each.strip('"') not in names] == [
        """re.compile(rf"^({'|'.join(sorted(CHANNEL_EVENTS))})$")"""
    ]
    return names | CHANNEL_EVENTS


def test_the_code_listens_to_these_events_and_no_others() -> None:
    assert listened() == {event.partition(".")[0] for event in EVENTS}


def test_every_event_of_a_channel_pauses_or_resumes_it() -> None:
    kinds = {kind.removeprefix("channel_").removeprefix("group_") for kind in CHANNEL_EVENTS}
    assert kinds == GONE.keys() | BACK


CALLED = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_replies": {"channels:history", "groups:history"},
    "users_info": {"users:read"},
    "views_open": set[str](),
}
"""The methods that the code calls, with the scopes that they need for public and private channels."""

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
}
"""Source: docs.slack.dev, the page of each event; `channel_…` needs channels:read, `group_…` groups:read."""


def test_the_code_calls_these_methods_and_no_others() -> None:
    called = re.findall(r"\.((?:chat|conversations|users|views|team|reactions|files)_[A-Za-z]+)\(", source())
    assert set(called) == CALLED.keys()


@pytest.mark.parametrize("name", CALLED)
def test_a_method_is_called_with_scopes_that_the_local_workspace_asks_for(name: str) -> None:
    asked = METHODS[name.replace("_", ".", 1)].scopes
    assert CALLED[name] <= set(asked)
    assert bool(CALLED[name]) == bool(asked)


def test_the_scopes_are_those_of_the_methods_events_and_commands_in_the_code() -> None:
    of_events = {EVENT_SCOPES.get(event) or f"{event.partition('_')[0]}s:read" for event in EVENTS}
    needed = set().union(*CALLED.values(), of_events, {"chat:write.public", "commands"})
    assert needed == SCOPES | OPTIONAL_SCOPES
    assert {scope for scope in needed if scope in CALLED["conversations_history"]} == OPTIONAL_SCOPES
