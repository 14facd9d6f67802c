"""Posts, edits and metadata."""

import pytest

from bot.workspace.api.metadata import METADATA_MAX
from bot.workspace.state import Json
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.workspace.calls import BLOCKS, METADATA, bot, posted, posted_ts, refusal, text_blocks


def test_without_membership_a_public_channel_needs_its_own_scope_and_a_private_one_cannot_be_seen() -> None:
    workspace = Workspace(scopes=ALL_SCOPES - {"chat:write.public"})
    public = workspace.add_channel("public", bot=False)
    private = workspace.add_channel("private", private=True, bot=False)
    assert refusal(workspace, "chat.postMessage", channel=public, text="hello") == "not_in_channel"
    assert refusal(workspace, "chat.postMessage", channel=private, text="hello") == "channel_not_found"


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


def test_blocks_with_too_much_text_are_refused(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    ts = posted_ts(workspace, channel, blocks=text_blocks(10_000))
    for more in ({"channel": channel}, {"channel": channel, "ts": ts}):
        method = "chat.update" if "ts" in more else "chat.postMessage"
        assert refusal(workspace, method, text="x", blocks=text_blocks(10_001), **more) == "msg_blocks_too_long"


def test_an_archived_channel_takes_nothing(workspace: Workspace) -> None:
    channel = workspace.add_channel("old")
    ts = posted_ts(workspace, channel)
    workspace.state.channels[channel].is_archived = True
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x") == "is_archived"
    assert refusal(workspace, "chat.update", channel=channel, ts=ts, text="x") == "is_inactive"


def test_the_app_does_not_write_to_itself(workspace: Workspace) -> None:
    app = workspace.state.app.bot_user
    assert refusal(workspace, "chat.postMessage", channel=app, text="x") == "cannot_dm_bot"
    assert refusal(workspace, "chat.postEphemeral", channel=app, user=app, text="x") == "cannot_dm_bot"
    assert refusal(workspace, "conversations.open", users=app) == "missing_scope"
    workspace.state.app.scopes |= {"im:write"}
    assert refusal(workspace, "conversations.open", users=app) == "cannot_dm_bot"
    assert workspace.state.channels == {}


def test_an_unknown_channel_is_not_found(workspace: Workspace) -> None:
    assert refusal(workspace, "chat.postMessage", channel="C404", text="x") == "channel_not_found"


def test_an_update_without_blocks_removes_them(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    ts = posted_ts(workspace, channel, blocks=BLOCKS)
    bot(workspace, "chat.update", channel=channel, ts=ts, text="new")
    assert workspace.state.find(channel, ts).blocks == []


def test_an_update_takes_at_most_4000_characters(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    ts = posted_ts(workspace, channel)
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
    ts = posted_ts(workspace, channel, metadata=metadata)
    bot(workspace, "chat.update", channel=channel, ts=ts, text="new")
    plain = bot(workspace, "conversations.history", channel=channel)["messages"][0]
    full = bot(workspace, "conversations.history", channel=channel, include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert full["metadata"] == metadata


WIDE = "😀"


def test_text_is_counted_in_utf_16_units(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel, text=WIDE * 20_001)
    assert message.text == WIDE * 20_000
    assert posted(workspace, channel, text="x" + WIDE * 20_000).text == "x" + WIDE * 19_999
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text=WIDE * 2000)
    assert refusal(workspace, "chat.update", channel=channel, ts=message.ts, text=WIDE * 2001) == "msg_too_long"


def test_what_is_cut_is_said(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    for name, more in {"chat.postMessage": {}, "chat.postEphemeral": {"user": ann}}.items():
        cut = bot(workspace, name, channel=channel, text="x" * 40_001, **more)
        assert (cut["warning"], cut["response_metadata"]) == ("message_truncated", {"warnings": ["message_truncated"]})
        assert "warning" not in bot(workspace, name, channel=channel, text="x" * 40_000, **more)
    assert {len(message.text) for message in workspace.seen_by(ann, channel)} == {40_000}


@pytest.mark.parametrize("thread_ts", ["abc", "1", "1.", ".1", "1.1.1", "-1.1", "1e5.1", " 1.1", "1.1234567", 7])
def test_a_thread_has_the_name_of_a_message(workspace: Workspace, thread_ts: object) -> None:
    channel = workspace.add_channel("general")
    found = refusal(workspace, "chat.postMessage", channel=channel, text="x", thread_ts=thread_ts)
    assert (found, len(workspace.state.messages)) == ("invalid_thread_ts", 0)


@pytest.mark.parametrize("event_type", ["briefbot_delivery", "Task1", "x" * 255])
@pytest.mark.parametrize(
    "payload",
    [{}, {"a": 1, "b": "x", "c": True, "d": 0.5}, {"a": {"b": 1}}, {"a": [{"b": 1}, {"c": "x"}]}, {"a": []}],
)
def test_metadata_are_flat_or_of_one_level(workspace: Workspace, event_type: str, payload: Json) -> None:
    metadata = {"event_type": event_type, "event_payload": payload}
    assert posted(workspace, workspace.add_channel("general"), metadata=metadata).metadata == metadata


@pytest.mark.parametrize(
    "metadata",
    [
        *({"event_type": each, "event_payload": {}} for each in ("a b", "a-b", "é", "a.b", "x\n", "x" * 256)),
        {"event_type": "x", "event_payload": {"a": {"b": {"c": 1}}}},
        {"event_type": "x", "event_payload": {"a": {"b": [1]}}},
        {"event_type": "x", "event_payload": {"a": [{"b": {}}]}},
        {"event_type": "x", "event_payload": {"a": [1]}},
        {"event_type": "x", "event_payload": {"a": None}},
        "{",
        "[]",
        [],
        {},
        {"event_type": "x"},
        {"event_payload": {}},
        {"event_type": "", "event_payload": {}},
        {"event_type": 1, "event_payload": {}},
        {"event_type": "x", "event_payload": []},
        {"event_type": "x", "event_payload": {}, "more": 1},
    ],
)
def test_metadata_of_another_form_are_refused(workspace: Workspace, metadata: object) -> None:
    channel = workspace.add_channel("general")
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x", metadata=metadata) == (
        "invalid_metadata_format"
    )
    if metadata == {}:
        return
    ts = posted(workspace, channel).ts
    assert refusal(workspace, "chat.update", channel=channel, ts=ts, text="x", metadata=metadata) == (
        "invalid_metadata_format"
    )


def test_metadata_have_a_size(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    frame = len('{"event_type":"t","event_payload":{"k":""}}')
    fits = {"event_type": "t", "event_payload": {"k": "é" * ((METADATA_MAX - frame) // 2)}}
    assert posted(workspace, channel, metadata=fits).metadata == fits
    more = {"event_type": "t", "event_payload": {"k": "é" * (METADATA_MAX // 2)}}
    assert refusal(workspace, "chat.postMessage", channel=channel, text="x", metadata=more) == "metadata_too_large"


def test_an_update_keeps_replaces_or_removes_metadata(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel, metadata=METADATA)
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new")
    assert message.metadata == METADATA
    other = {"event_type": "other", "event_payload": {}}
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new", metadata=other)
    assert message.metadata == other
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new", metadata="{}")
    assert message.metadata is None


def test_only_edits_that_change_something_are_counted(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel, blocks=BLOCKS)
    for text, blocks in (("hello", BLOCKS), ("new", BLOCKS), ("new", []), ("new", [])):
        bot(workspace, "chat.update", channel=channel, ts=message.ts, text=text, blocks=blocks)
    assert message.edits == 2


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
def test_a_locked_message_stays_as_it_is(workspace: Workspace, error: str) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel)
    message.locked = error
    assert refusal(workspace, "chat.update", channel=channel, ts=message.ts, text="new") == error
    assert (message.text, message.edits) == ("hello", 0)


def test_an_edit_with_blocks_is_not_marked(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel)
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new", blocks=BLOCKS)
    assert not message.edited
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text="newer")
    assert message.edited


def test_only_replies_can_be_broadcast(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    assert not posted(workspace, channel, reply_broadcast=True).broadcast
    assert not posted(workspace, channel, thread_ts="404.0", reply_broadcast=True).broadcast
    parent = posted(workspace, channel)
    assert not posted(workspace, channel, thread_ts=parent.ts, reply_broadcast="false").broadcast
