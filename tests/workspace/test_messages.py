"""Messages: metadata, edits, threads, pages of history, and how fast one is found among many."""

import time
from typing import Any

import pytest

from bot.workspace.api.chat import METADATA_MAX
from bot.workspace.api.web_api import call
from bot.workspace.messages import Message, Messages
from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import ALL_SCOPES, Workspace

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]
METADATA = {"event_type": "delivery", "event_payload": {"key": "k"}}
WIDE = "😀"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(clock=lambda: 1700000000.0, scopes=ALL_SCOPES | {"channels:history"})


def bot(workspace: Workspace, name: str, **arguments: Any) -> Json:
    return call(workspace.state, name, arguments, workspace.state.app.bot_token)


def refusal(workspace: Workspace, name: str, **arguments: Any) -> str:
    with pytest.raises(SlackError) as caught:
        bot(workspace, name, **arguments)
    return caught.value.error


def posted(workspace: Workspace, channel: str, **arguments: Any) -> Message:
    ts = bot(workspace, "chat.postMessage", **{"channel": channel, "text": "hello", **arguments})["ts"]
    return workspace.state.find(channel, ts)


def given(workspace: Workspace, name: str, **arguments: Any) -> list[str]:
    return [message["ts"] for message in bot(workspace, name, **arguments)["messages"]]


# Text


def test_text_is_counted_in_utf_16_units(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    message = posted(workspace, channel, text=WIDE * 20_001)
    assert message.text == WIDE * 20_000
    assert posted(workspace, channel, text="x" + WIDE * 20_000).text == "x" + WIDE * 19_999
    bot(workspace, "chat.update", channel=channel, ts=message.ts, text=WIDE * 2000)
    assert refusal(workspace, "chat.update", channel=channel, ts=message.ts, text=WIDE * 2001) == "msg_too_long"


# Metadata


@pytest.mark.parametrize(
    "metadata",
    [
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


# Edits


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


# Threads


@pytest.mark.parametrize("flag", [True, "true", "1"])
def test_a_broadcast_reply_is_in_the_channel_too(workspace: Workspace, flag: object) -> None:
    channel = workspace.add_channel("general")
    parent = posted(workspace, channel, metadata=METADATA)
    posted(workspace, channel, thread_ts=parent.ts)
    reply = posted(workspace, channel, thread_ts=parent.ts, reply_broadcast=flag)
    first, second = bot(workspace, "conversations.history", channel=channel)["messages"]
    assert (first["ts"], first["subtype"], first["root"]["ts"]) == (reply.ts, "thread_broadcast", parent.ts)
    assert "metadata" not in first["root"]
    assert (second["ts"], "subtype" in second) == (parent.ts, False)
    assert len(given(workspace, "conversations.replies", channel=channel, ts=parent.ts)) == 3


def test_only_replies_can_be_broadcast(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    assert not posted(workspace, channel, reply_broadcast=True).broadcast
    assert not posted(workspace, channel, thread_ts="404.0", reply_broadcast=True).broadcast
    parent = posted(workspace, channel)
    assert not posted(workspace, channel, thread_ts=parent.ts, reply_broadcast="false").broadcast


def test_a_thread_that_is_not_there_is_not_found(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    assert refusal(workspace, "conversations.replies", channel=channel, ts="404.0") == "thread_not_found"
    private = bot(workspace, "chat.postEphemeral", channel=channel, user=ann, text="psst")["message_ts"]
    assert refusal(workspace, "conversations.replies", channel=channel, ts=private) == "thread_not_found"


def test_replies_honour_time_limit_and_metadata(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    parent = posted(workspace, channel)
    one, two, three = (posted(workspace, channel, thread_ts=parent.ts, metadata=METADATA).ts for _ in range(3))
    thread: Json = {"channel": channel, "ts": parent.ts}
    assert given(workspace, "conversations.replies", **thread, oldest=one) == [parent.ts, two, three]
    assert given(workspace, "conversations.replies", **thread, oldest=one, inclusive=True) == [
        parent.ts,
        one,
        two,
        three,
    ]
    assert given(workspace, "conversations.replies", **thread, latest=two) == [parent.ts, one]
    first = bot(workspace, "conversations.replies", **thread, limit=2, include_all_metadata="true")
    assert [m.get("metadata") for m in first["messages"]] == [None, METADATA]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    assert given(workspace, "conversations.replies", **thread, limit=2, cursor=cursor) == [two, three]
    assert refusal(workspace, "conversations.replies", **thread, cursor="nonsense") == "invalid_cursor"
    assert refusal(workspace, "conversations.replies", **thread, oldest="soon") == "invalid_ts_oldest"


def test_history_goes_on_where_it_ended(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    stamps = [posted(workspace, channel).ts for _ in range(5)]
    seen, cursor = list[str](), ""
    for _ in range(3):
        answer = bot(workspace, "conversations.history", channel=channel, limit=2, cursor=cursor)
        seen += [message["ts"] for message in answer["messages"]]
        cursor = answer["response_metadata"]["next_cursor"]
    assert seen == stamps[::-1]
    assert (cursor, answer["has_more"]) == ("", False)


# Many


def test_a_name_is_later_than_all_before_it() -> None:
    now = [1700000000.0]
    workspace = Workspace(clock=lambda: now[0])
    first, second = workspace.state.next_ts(), workspace.state.next_ts()
    now[0] -= 10
    third = workspace.state.next_ts()
    now[0] += 20
    assert [first, second, third] == [f"1700000000.00000{n}" for n in (1, 2, 3)]
    assert workspace.state.next_ts() == "1700000010.000001"


def test_messages_are_a_sequence() -> None:
    messages = Messages()
    one, two, three = (Message(f"{n}.0", "C1" if n < 3 else "C2", "U1", "hello") for n in (1, 2, 3))
    for message in (one, two, three):
        messages.append(message)
    with pytest.raises(ValueError, match="already"):
        messages.append(Message("1.0", "C1", "U1", "again"))
    messages.remove(two)
    assert (list(messages), len(messages), messages[-1], messages[:1]) == ([one, three], 2, three, [one])
    assert (messages.of("C1"), messages.of("C3"), messages.get("C2", "3.0")) == ([one], [], three)
    with pytest.raises(KeyError):
        messages.remove(two)


def test_two_thousand_channels_with_many_messages_stay_fast(workspace: Workspace) -> None:
    channels = [workspace.add_channel(f"c{number}") for number in range(2000)]
    for channel in channels:
        for number in range(20):
            workspace.state.post(Message(workspace.state.next_ts(), channel, "U1", f"{number}"))
    begun = time.perf_counter()
    for channel in channels:
        message = posted(workspace, channel)
        bot(workspace, "chat.update", channel=channel, ts=message.ts, text="new")
        assert given(workspace, "conversations.history", channel=channel, limit=1) == [message.ts]
    assert time.perf_counter() - begun < 5  # a scan of all messages takes more than a minute
