"""The manifests ask for exactly what a dialogue with the real app takes, and Slack's own schema takes them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_bolt import BoltRequest

from bot.core.commands.verbs import ASK_USAGE, VERBS
from bot.handlers.context import PRODUCTION_CADENCE
from bot.slack.http import ENDPOINT
from bot.slack.install_pages import REDIRECT
from bot.workspace import payloads
from bot.workspace.deliver import Ack, Delivery, Kind
from bot.workspace.state import Json
from tests.conftest import ROOT
from tests.live import Stage, eventually, stage
from tests.scenarios.room import FILES, SIX_TO_FOUR, Room, rented

SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"
MANIFESTS = sorted((ROOT / "manifests").glob("*.yaml"))

SCOPES_OF = {"app_mention": "app_mentions:read", "message.im": "im:history", "/brief": "commands"}
"""What is delivered only to apps with a scope, and by the local workspace to all. Source: docs.slack.dev, the page of
each event, and of slash commands."""

UNWANTED = (
    "app_home_opened channel_created channel_shared emoji_changed file_shared group_close "
    "link_shared member_left_channel message_metadata_posted pin_added reaction_added team_join "
    "user_change workflow_step_execute"
).split()
"""Events that Slack has, and that nobody here asks for."""


GROUP = "S00000006"
"""The id of the first user group of a stage, which its bot has to know before."""


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def scopes_of(manifest: dict[str, Any]) -> frozenset[str]:
    return frozenset(scope for kind in manifest["oauth_config"]["scopes"].values() for scope in kind)


def events_of(manifest: dict[str, Any]) -> set[str]:
    return set(manifest["settings"]["event_subscriptions"]["bot_events"])


# What a dialogue takes


class Scopes(frozenset[str]):
    """The scopes that a workspace grants. It notes which ones calls and events needed: those for which nothing else
    stands in, and the calls that had none of theirs."""

    needed: set[str]
    lacking: list[tuple[str, ...]]

    def __contains__(self, scope: object) -> bool:
        return self._granted((str(scope),))

    def intersection(self, *others: Any) -> "frozenset[str]":
        return frozenset(scope for scope in others[0] if self._granted(tuple(others[0])))

    def _granted(self, any_of: tuple[str, ...]) -> bool:
        if len(any_of) == 1:
            self.needed.add(any_of[0])
        if granted := any(scope in set(self) for scope in any_of):
            return granted
        self.lacking.append(any_of)
        return False


@dataclass
class Recorder:
    """Passes on what the workspace delivers, and keeps the events by their names in a manifest. `failures` are the
    names of what was not acknowledged."""

    delivery: Delivery
    events: dict[str, Json] = field(default_factory=dict)
    commands: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        name = str(kind)
        if kind == "events_api":
            event = payload["event"]
            name = "message.im" if event["type"] == "message" else str(event["type"])
            self.events[name] = payload
        elif kind == "slash_commands":
            self.commands.add(payload["command"])
        ack = self.delivery.send(kind, payload, retry)
        self.failures.extend([name] if ack.error else [])
        return ack


@dataclass(frozen=True)
class Dialogue:
    """What was delivered in it, and which scopes it took; `stage` is still up."""

    stage: Stage
    scopes: Scopes
    recorder: Recorder

    def needed(self) -> set[str]:
        delivered = {*self.recorder.events, *self.recorder.commands}
        return self.scopes.needed | {SCOPES_OF[name] for name in delivered if name in SCOPES_OF}

    def answer(self, payload: Json) -> int:
        """The status with which the Bolt app answers a delivery; 404 where no listener takes it."""
        request = BoltRequest(body=json.dumps(payload), headers={"content-type": ["application/json"]})
        status: int = self.stage.bot.web.app.dispatch(request).status
        return status


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    """Everything that people do, in a workspace that grants what both manifests ask for."""
    with stage(tmp_path_factory.mktemp("manifests"), files=FILES, admins=frozenset({GROUP})) as here:
        workspace = here.workspace
        scopes = Scopes(frozenset.intersection(*(scopes_of(load(path)) for path in MANIFESTS)))
        scopes.needed, scopes.lacking = set(), []
        workspace.state.app.scopes = scopes
        assert workspace.delivery is not None
        workspace.delivery = recorder = Recorder(workspace.delivery)
        assert workspace.add_user_group() == GROUP
        with rented(here) as room:
            workspace.state.user_groups[GROUP].members.add(room.ann)
            questions(room)
            report(room)
            subscriptions(room)
            for private in (False, True):
                happenings(room, room.another("elsewhere", private=private))
            workspace.uninstall()
        yield Dialogue(here, scopes, recorder)


def questions(room: Room) -> None:
    """A command, a share where the bot is no member, a form, a mention and a direct message."""
    workspace = room.stage.workspace
    room.ask("/brief legal {brief} share", channel=room.another("hall", bot=False))
    assert workspace.command(room.ann, room.channel, "/brief digest").error is None
    assert workspace.view_of(room.ann) is not None
    for channel, start in ((room.channel, f"<@{workspace.state.app.bot_user}> "), (direct(room), "")):
        question = workspace.say(room.ann, channel, f"{start}legal {room.brief}")
        eventually(lambda channel=channel, ts=question.ts: workspace.last(room.ann, channel).ts != ts)  # type: ignore[misc]


def direct(room: Room) -> str:
    return room.stage.workspace.state.direct(room.ann).id


def report(room: Room) -> None:
    """A mistake that the next edit mends."""
    workspace = room.stage.workspace
    assert workspace.command(room.ann, room.channel, f"/brief report {room.brief}").error is None
    assert workspace.submit(room.ann, {"claim": f"{room.brief}/halved", "wrong": "It was four."}).error is None
    workspace.close_view(room.ann)
    room.stage.settle()


def subscriptions(room: Room) -> None:
    """A public and a private channel follow a brief, and somebody reported a mistake in it; of what they are told Slack
    does not say whether it has arrived."""
    secret = room.another("secret", private=True)
    for channel in (room.channel, secret):
        room.ask("/brief subscribe all", channel=channel)
    room.stage.workspace.faults.script("chat.postMessage", "drop_after", times=3)
    room.edit(SIX_TO_FOUR)
    eventually(lambda: room.stage.workspace.faults.counts["drop_after"] == 3)
    room.stage.clock.forward(int(PRODUCTION_CADENCE.settle / timedelta(seconds=1)) + 1)
    room.stage.settle()
    for channel in (room.channel, secret):
        assert len([post for post in room.posts(channel) if "Now:" in post.text]) == 1


def happenings(room: Room, channel: str) -> None:
    """Whatever can happen to a channel."""
    workspace = room.stage.workspace
    workspace.rename(channel, "annex")
    workspace.archive(channel)
    workspace.unarchive(channel)
    workspace.kick(channel)
    workspace.invite(channel)
    workspace.delete(workspace.change_id(channel))


def test_no_call_and_no_event_lacks_a_scope(dialogue: Dialogue) -> None:
    assert dialogue.scopes.lacking == []


def test_events_that_no_manifest_asks_for_are_answered_by_nobody(dialogue: Dialogue) -> None:
    envelope = next(iter(dialogue.recorder.events.values()))
    asked = set().union(*(events_of(load(path)) for path in MANIFESTS))
    assert asked.isdisjoint(UNWANTED)
    answers = {
        name: dialogue.answer({**envelope, "event_id": f"Ev-{name}", "event": {"type": name, "user": "U1"}})
        for name in UNWANTED
    }
    assert answers == dict.fromkeys(UNWANTED, 404)


# The manifests


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
class TestManifest:
    @pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is not beside the repository")
    def test_slacks_schema_takes_it(self, path: Path) -> None:
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(load(path))

    def test_every_scope_is_needed_and_none_is_missing(self, path: Path, dialogue: Dialogue) -> None:
        assert scopes_of(load(path)) == dialogue.needed()

    def test_only_looking_for_what_was_posted_and_into_user_groups_is_optional(self, path: Path) -> None:
        optional = load(path)["oauth_config"]["scopes"]["bot_optional"]
        assert optional == ["channels:history", "groups:history", "im:write", "usergroups:read"]

    def test_its_shortcuts_are_those_that_the_local_workspace_has_and_the_app_answers(
        self, path: Path, dialogue: Dialogue
    ) -> None:
        shortcuts = load(path)["features"]["shortcuts"]
        named = {each["callback_id"]: each["name"] for each in shortcuts if each["type"] == "message"}
        state = dialogue.stage.workspace.state
        assert named == state.app.shortcuts
        message = state.messages.of(dialogue.stage.maintainers)[0]
        for callback in named:
            payload = payloads.message_action(state, dialogue.stage.ann, message, callback, "https://example.org/")
            assert dialogue.answer(payload) == 200

    def test_every_event_happens_and_is_answered(self, path: Path, dialogue: Dialogue) -> None:
        happened = dialogue.recorder.events
        assert dialogue.recorder.failures == []
        assert events_of(load(path)) == set(happened)
        assert {name: dialogue.answer(payload) for name, payload in happened.items()} == dict.fromkeys(happened, 200)

    def test_its_command_is_the_one_that_is_answered(self, path: Path, dialogue: Dialogue) -> None:
        commands = load(path)["features"]["slash_commands"]
        assert {command["command"] for command in commands} == dialogue.recorder.commands
        assert [command["should_escape"] for command in commands] == [True]

    def test_its_hint_names_what_can_be_typed(self, path: Path) -> None:
        (command,) = load(path)["features"]["slash_commands"]
        first, *verbs = command["usage_hint"].split(" | ")
        assert ASK_USAGE.startswith(first)
        assert sorted(verb.partition(" ")[0] for verb in verbs) == sorted(v.name for v in VERBS)


def test_over_http_every_address_is_the_endpoint() -> None:
    text = (ROOT / "manifests/http.yaml").read_text(encoding="utf-8")
    addresses = re.findall(r"https://briefbot\.example\.com(\S+)", text)
    assert sorted(addresses) == [*[ENDPOINT] * 4, REDIRECT]
    assert not load(ROOT / "manifests/http.yaml")["settings"]["socket_mode_enabled"]


def test_over_socket_mode_there_is_no_address() -> None:
    assert "https://" not in (ROOT / "manifests/socket-mode.yaml").read_text(encoding="utf-8")
    assert load(ROOT / "manifests/socket-mode.yaml")["settings"]["socket_mode_enabled"]
