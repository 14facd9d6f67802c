"""Events of messages, in the shapes that Slack's SDKs have samples of, and who hears them."""

from typing import Any

import pytest

from bot.workspace.deliver import Ack, Kind
from bot.workspace.message_events import file_share, message_event
from bot.workspace.messages import Message
from bot.workspace.state import Json
from bot.workspace.workspace import ALL_SCOPES, Workspace

SHAPES: dict[str, set[str]] = {
    "a person's": {"type", "client_msg_id", "user", "text", "ts", "team", "blocks", "channel", "event_ts"},
    "another bot's": {"type", "user", "bot_id", "bot_profile", "text", "ts", "team", "channel", "event_ts"},
    "a program's": {"type", "subtype", "bot_id", "username", "icons", "text", "ts", "team", "channel", "event_ts"},
}
"""Keys of a mention by whose it is, from the json-logs and tests of slackapi/java-slack-sdk."""

ENVELOPE = (
    "token team_id enterprise_id context_team_id context_enterprise_id api_app_id event type event_id event_time "
    "event_context authorizations is_ext_shared_channel"
).split()


class Ear:
    """An app that hears everything and acknowledges it."""

    def __init__(self, *errors: str) -> None:
        self.heard: list[Json] = []
        self.retries: list[tuple[int, str] | None] = []
        self.errors = list(errors)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Ack:
        assert kind == "events_api"
        self.heard.append(payload)
        self.retries.append(retry)
        return Ack(error=self.errors.pop(0) if self.errors else None)


@pytest.fixture
def ear(workspace: Workspace) -> Ear:
    workspace.delivery = ear = Ear()
    return ear


def event(ear: Ear) -> Any:
    """The only event that was heard."""
    [payload] = ear.heard
    return payload["event"]


def mention(workspace: Workspace) -> str:
    return f"<@{workspace.state.app.bot_user}> legal"


def test_the_app_hears_direct_messages_and_mentions_only() -> None:
    workspace = Workspace(2, scopes=ALL_SCOPES)
    ann = workspace.add_user("ann")
    channel, direct = workspace.add_channel("general", ann), workspace.state.direct(ann).id

    def kind(where: str, text: str) -> str | None:
        found = message_event(workspace.state, Message("1.1", where, ann, text))
        return None if found is None else str(found["type"])

    assert kind(direct, "legal") == "message"
    assert kind(channel, "<@U0LOCAL002> legal") == "app_mention"
    assert kind(channel, "<@U0LOCAL001> legal") is None
    assert kind(channel, "legal") is None


@pytest.mark.parametrize("author", SHAPES)
def test_a_mention_has_the_keys_of_slacks_samples(workspace: Workspace, ear: Ear, author: str) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    if author == "a person's":
        workspace.say(ann, channel, mention(workspace))
    else:
        bot = workspace.add_user("jira", bot=True) if author == "another bot's" else ""
        workspace.say_by_program(channel, mention(workspace), bot)
    assert (set(event(ear)), event(ear)["type"]) == (SHAPES[author], "app_mention")
    assert set(ear.heard[0]) == set(ENVELOPE)


def test_a_bot_is_named_in_its_message(workspace: Workspace, ear: Ear) -> None:
    jira = workspace.add_user("jira", bot=True)
    message = workspace.say_by_program(workspace.add_channel("general"), mention(workspace), jira)
    assert (event(ear)["user"], event(ear)["bot_id"]) == (jira, message.bot_id)
    assert {"id": message.bot_id, "name": "jira", "team_id": workspace.state.team}.items() <= (
        event(ear)["bot_profile"].items()
    )


@pytest.mark.parametrize("direct", [True, False])
def test_a_program_has_no_user(workspace: Workspace, ear: Ear, direct: bool) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.state.direct(ann).id if direct else workspace.add_channel("general", ann)
    message = workspace.say_by_program(channel, mention(workspace))
    assert (event(ear)["subtype"], "user" in event(ear)) == ("bot_message", False)
    assert (message.as_json()["subtype"], "user" in message.as_json()) == ("bot_message", False)


def test_an_edited_mention_says_so(workspace: Workspace, ear: Ear) -> None:
    ann = workspace.add_user("ann")
    message = workspace.say(ann, workspace.add_channel("general", ann), "legal")
    workspace.edit(message, mention(workspace))
    assert set(event(ear)) == SHAPES["a person's"] | {"edited"}
    assert set(event(ear)["edited"]) == {"user", "ts"}


def test_a_direct_message_has_files_and_may_have_no_text(workspace: Workspace, ear: Ear) -> None:
    ann = workspace.add_user("ann")
    workspace.say(ann, workspace.state.direct(ann).id, None, **file_share("page.pdf", "scan.png"))
    found = event(ear)
    assert (found["type"], found["channel_type"], found["subtype"]) == ("message", "im", "file_share")
    assert (found["text"], [each["name"] for each in found["files"]]) == (None, ["page.pdf", "scan.png"])


def test_a_mention_with_a_file_has_no_subtype(workspace: Workspace, ear: Ear) -> None:
    ann = workspace.add_user("ann")
    workspace.say(ann, workspace.add_channel("general", ann), mention(workspace), **file_share("page.pdf"))
    assert ("subtype" in event(ear), len(event(ear)["files"])) == (False, 1)


def test_a_reply_that_the_conversation_shows_too_comes_with_its_root(workspace: Workspace, ear: Ear) -> None:
    ann = workspace.add_user("ann")
    direct = workspace.state.direct(ann).id
    root = workspace.state.post(Message("1.1", direct, ann, "first"))
    workspace.say(ann, direct, "legal", root.ts, broadcast=True)
    found = event(ear)
    assert (found["subtype"], found["thread_ts"], found["root"]["ts"]) == ("thread_broadcast", root.ts, root.ts)


# Whose workspace


def test_the_envelope_of_a_stranger_names_their_workspace_and_whom_it_is_for(workspace: Workspace, ear: Ear) -> None:
    eve = workspace.add_user("eve", team="T0EXTERN1")
    workspace.say(eve, workspace.add_channel("shared", eve), mention(workspace))
    [payload] = ear.heard
    assert (payload["team_id"], payload["context_team_id"]) == ("T0EXTERN1", workspace.state.team)
    assert (payload["authorizations"][0]["team_id"], payload["is_ext_shared_channel"]) == (workspace.state.team, True)
    assert {"team": "T0EXTERN1", "user_team": "T0EXTERN1", "source_team": "T0EXTERN1"}.items() <= (
        payload["event"].items()
    )


def test_an_organisation_wide_installation_is_for_no_workspace(workspace: Workspace, ear: Ear) -> None:
    workspace.state.enterprise = "E0LOCAL001"
    ann = workspace.add_user("ann")
    workspace.say(ann, workspace.add_channel("general", ann), mention(workspace))
    [payload] = ear.heard
    [authorization] = payload["authorizations"]
    assert (payload["team_id"], payload["enterprise_id"]) == (workspace.state.team, "E0LOCAL001")
    assert (authorization["team_id"], authorization["is_enterprise_install"]) == (None, True)


def test_an_envelope_may_be_other_than_usual(workspace: Workspace, ear: Ear) -> None:
    workspace.event({"type": "x"}, authorizations=None, team_id="T0OTHER")
    [payload] = ear.heard
    assert (payload["authorizations"], payload["team_id"]) == (None, "T0OTHER")


# Again


def test_an_event_that_is_not_acknowledged_comes_again_at_once_and_twice_later(workspace: Workspace) -> None:
    workspace.delivery = ear = Ear("operation_timeout", *["dispatch_failed"] * 9)
    assert workspace.event({"type": "x"}).error == "dispatch_failed"
    assert ear.retries == [None, (1, "http_timeout")]
    assert [ack.error for _ in range(3) for ack in workspace.repeat_events()] == ["dispatch_failed"] * 2
    assert ear.retries == [None, (1, "http_timeout"), (2, "http_error"), (3, "http_error")]
    assert len({payload["event_id"] for payload in ear.heard}) == 1


def test_an_event_that_is_acknowledged_does_not_come_again(workspace: Workspace) -> None:
    workspace.delivery = ear = Ear("operation_timeout")
    assert workspace.event({"type": "x"}).error is None
    assert (ear.retries, workspace.repeat_events()) == ([None, (1, "http_timeout")], [])


def test_an_event_of_an_app_that_is_down_comes_when_it_is_back(workspace: Workspace) -> None:
    workspace.event({"type": "x"})
    workspace.delivery = ear = Ear()
    assert (workspace.repeat_events(), ear.retries) == ([Ack()], [(2, "http_error")])
