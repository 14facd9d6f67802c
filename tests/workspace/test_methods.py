"""The local workspace refuses what Slack refuses, in Slack's words."""

import json
import time
from typing import Any

import pytest

from bot.workspace.api.web_api import METHODS, call
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.conftest import ROOT

CONTRACT = ROOT.parent / "shared" / "slack" / "web-api-contract.json"
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(clock=time.time)


def bot(workspace: Workspace, name: str, **arguments: Any) -> Json:
    return call(workspace.state, name, arguments, workspace.state.app.bot_token)


def refusal(workspace: Workspace, name: str, token: str | None = None, **arguments: Any) -> str:
    with pytest.raises(SlackError) as caught:
        call(workspace.state, name, arguments, token or workspace.state.app.bot_token)
    return caught.value.error


def posted(workspace: Workspace, channel: str, **arguments: Any) -> str:
    return str(bot(workspace, "chat.postMessage", channel=channel, text="hello", **arguments)["ts"])


# The contract


@pytest.mark.skipif(not CONTRACT.exists(), reason="Slack's contract is not beside the repository")
@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_as_slack_documents_it(name: str) -> None:
    contract, method = json.loads(CONTRACT.read_text(encoding="utf-8"))["methods"][name], METHODS[name]
    scopes = contract["scope"].get("bot", [])
    assert set(method.scopes) <= set(scopes) or name == "apps.connections.open"
    assert bool(method.scopes) == bool(scopes) or name == "apps.connections.open"
    if contract["rate_limit_tier"]:
        assert method.tier == contract["rate_limit_tier"]
    assert {*method.required, *method.optional} <= set(contract["arguments"]) | {"cursor", "limit"}
    assert set(contract["required"]) - {"token"} <= set(method.required)


# Tokens and scopes


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-local-001", "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(workspace: Workspace, token: str, error: str) -> None:
    with pytest.raises(SlackError) as caught:
        call(workspace.state, "auth.test", {}, token)
    assert caught.value.error == error


def test_only_the_app_token_opens_connections(workspace: Workspace) -> None:
    assert refusal(workspace, "apps.connections.open") == "not_allowed_token_type"
    assert call(workspace.state, "apps.connections.open", {}, workspace.state.app.app_token)["ok"]


def test_a_missing_scope_is_named() -> None:
    workspace = Workspace(scopes=frozenset({"commands"}))
    channel = workspace.add_channel("general")
    with pytest.raises(SlackError) as caught:
        bot(workspace, "chat.postMessage", channel=channel, text="hello")
    assert (caught.value.error, caught.value.extra["needed"]) == ("missing_scope", "chat:write")


def test_unknown_methods_and_arguments_are_refused(workspace: Workspace) -> None:
    assert refusal(workspace, "chat.postEverything") == "unknown_method"
    channel = workspace.add_channel("general")
    assert refusal(workspace, "chat.postMessage", channel=channel, txt="hello") == "invalid_arg_name"


# Posting


def test_without_membership_a_public_channel_needs_its_own_scope_and_a_private_one_cannot_be_seen() -> None:
    workspace = Workspace(scopes=ALL_SCOPES - {"chat:write.public"})
    public = workspace.add_channel("public", bot=False)
    private = workspace.add_channel("private", private=True, bot=False)
    assert refusal(workspace, "chat.postMessage", channel=public, text="hello") == "not_in_channel"
    assert refusal(workspace, "chat.postMessage", channel=private, text="hello") == "channel_not_found"
    assert posted(Workspace(), Workspace().state.app.bot_user)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
    ],
)
def test_a_bad_message_is_refused(workspace: Workspace, arguments: Json, error: str) -> None:
    channel = workspace.add_channel("general")
    assert refusal(workspace, "chat.postMessage", channel=channel, **arguments) == error


def test_refused_blocks_are_pointed_at(workspace: Workspace) -> None:
    with pytest.raises(SlackError) as caught:
        bot(workspace, "blocks.validate", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": ""}}])
    assert caught.value.error == "invalid_blocks"
    assert caught.value.extra["errors"][0]["pointer"] == "/0/text/text"


def test_an_archived_channel_takes_nothing(workspace: Workspace) -> None:
    channel = workspace.add_channel("old")
    ts = posted(workspace, channel)
    workspace.state.channels[channel].is_archived = True
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x") == "is_archived"
    assert refusal(workspace, "chat.update", channel=channel, ts=ts, text="x") == "is_inactive"


def test_an_unknown_channel_is_not_found(workspace: Workspace) -> None:
    assert refusal(workspace, "chat.postMessage", channel="C404", text="x") == "channel_not_found"


# Editing


def test_an_update_without_blocks_removes_them(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    ts = posted(workspace, channel, blocks=BLOCKS)
    bot(workspace, "chat.update", channel=channel, ts=ts, text="new")
    assert workspace.state.find(channel, ts).blocks == []


def test_an_update_takes_at_most_4000_characters(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    ts = posted(workspace, channel)
    assert refusal(workspace, "chat.update", channel=channel, ts=ts, text="x" * 4001) == "msg_too_long"


def test_other_peoples_and_ephemeral_messages_cannot_be_edited(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    theirs = workspace.say(ann, channel, "hello").ts
    private = bot(workspace, "chat.postEphemeral", channel=channel, user=ann, text="psst")["message_ts"]
    assert refusal(workspace, "chat.update", channel=channel, ts=theirs, text="x") == "cant_update_message"
    assert refusal(workspace, "chat.delete", channel=channel, ts=theirs) == "cant_delete_message"
    assert refusal(workspace, "chat.update", channel=channel, ts=private, text="x") == "message_not_found"


def test_metadata_stay_unless_they_are_replaced_and_are_read_only_on_request() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    channel = workspace.add_channel("general")
    metadata = {"event_type": "delivery", "event_payload": {"key": "k"}}
    ts = posted(workspace, channel, metadata=metadata)
    bot(workspace, "chat.update", channel=channel, ts=ts, text="new")
    plain = bot(workspace, "conversations.history", channel=channel)["messages"][0]
    full = bot(workspace, "conversations.history", channel=channel, include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert full["metadata"] == metadata


# Reading


def test_history_is_newest_first_without_threads_and_private_answers() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    first, second = posted(workspace, channel), posted(workspace, channel)
    reply = posted(workspace, channel, thread_ts=first)
    bot(workspace, "chat.postEphemeral", channel=channel, user=ann, text="psst")
    history = bot(workspace, "conversations.history", channel=channel)
    assert [m["ts"] for m in history["messages"]] == [second, first]
    thread = bot(workspace, "conversations.replies", channel=channel, ts=first)
    assert [m["ts"] for m in thread["messages"]] == [first, reply]
    assert bot(workspace, "conversations.history", channel=channel, oldest=first)["messages"][0]["ts"] == second


def test_history_of_each_kind_of_conversation_needs_a_scope_of_its_own() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    ann = workspace.add_user("ann")
    for channel in (workspace.add_channel("public", ann), workspace.state.direct(ann).id):
        assert bot(workspace, "conversations.history", channel=channel)["messages"] == []
    private = workspace.add_channel("private", ann, private=True)
    assert refusal(workspace, "conversations.history", channel=private) == "missing_scope"
    assert refusal(workspace, "conversations.replies", channel=private, ts="1.1") == "missing_scope"


def test_history_needs_membership() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    channel = workspace.add_channel("general", bot=False)
    assert refusal(workspace, "conversations.history", channel=channel) == "not_in_channel"


def test_people_and_channels(workspace: Workspace) -> None:
    ann = workspace.add_user("ann", tz="America/New_York")
    channel = workspace.add_channel("general", ann)
    assert bot(workspace, "users.info", user=ann)["user"]["tz"] == "America/New_York"
    assert refusal(workspace, "users.info", user="U404") == "user_not_found"
    assert bot(workspace, "conversations.info", channel=channel)["channel"]["is_member"]
    assert ann in bot(workspace, "conversations.members", channel=channel)["members"]
    assert bot(workspace, "auth.test")["user_id"] == workspace.state.app.bot_user


# Views, triggers, response URLs


def view() -> Json:
    return {"type": "modal", "title": {"type": "plain_text", "text": "Title"}, "blocks": BLOCKS}


def test_a_trigger_is_good_once_and_for_three_seconds() -> None:
    now = [1000.0]
    workspace = Workspace(clock=lambda: now[0])
    ann = workspace.add_user("ann")
    first, second = workspace.state.new_trigger(ann), workspace.state.new_trigger(ann)
    assert bot(workspace, "views.open", trigger_id=first, view=view())["view"]["user"] == ann
    assert refusal(workspace, "views.open", trigger_id=first, view=view()) == "expired_trigger_id"
    now[0] += 3.1
    assert refusal(workspace, "views.open", trigger_id=second, view=view()) == "expired_trigger_id"
    assert refusal(workspace, "views.open", trigger_id="nonsense", view=view()) == "invalid_trigger_id"


def test_a_bad_view_is_refused(workspace: Workspace) -> None:
    trigger = workspace.state.new_trigger(workspace.add_user("ann"))
    assert refusal(workspace, "views.open", trigger_id=trigger, view={"type": "modal"}) == "invalid_arguments"


def test_a_response_url_is_good_five_times_within_thirty_minutes() -> None:
    now = [1000.0]
    workspace = Workspace(clock=lambda: now[0])
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann, bot=False)
    context = {"channel": channel, "user": ann}
    key = workspace.response_url(context).rpartition("/")[2]
    for _ in range(5):
        workspace.respond(key, {"text": "hello"})
    assert all(message.visible_to == ann for message in workspace.seen_by(ann, channel))
    with pytest.raises(SlackError, match="expired_url"):
        workspace.respond(key, {"text": "hello"})
    late = workspace.response_url(context).rpartition("/")[2]
    now[0] += 30 * 60 + 1
    with pytest.raises(SlackError, match="expired_url"):
        workspace.respond(late, {"text": "hello"})


def test_a_response_with_bad_blocks_is_refused(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    key = workspace.response_url({"channel": workspace.add_channel("general", ann), "user": ann}).rpartition("/")[2]
    with pytest.raises(SlackError, match="invalid_blocks"):
        workspace.respond(key, {"text": "x", "blocks": [{"type": "section"}]})
    with pytest.raises(SlackError, match="no_text"):
        workspace.respond(key, {})
