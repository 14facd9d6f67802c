"""Histories and threads: order, windows, pages, scopes."""

import pytest

from bot.workspace.state import Json, SlackError
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.workspace.calls import METADATA, bot, listed, posted, posted_ts, refusal


def test_history_is_newest_first_without_threads_and_private_answers() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    ann = workspace.add_user("ann")
    channel = workspace.add_channel("general", ann)
    first, second = posted_ts(workspace, channel), posted_ts(workspace, channel)
    reply = posted_ts(workspace, channel, thread_ts=first)
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


KINDS = ("channels", "groups", "im", "mpim")


def conversation(workspace: Workspace, kind: str) -> str:
    """The id of a conversation of this kind, with the app in it."""
    ann, app = workspace.add_user("ann"), workspace.state.app.bot_user
    if kind == "im":
        return workspace.state.direct(ann).id
    if kind == "mpim":
        return workspace.add_group(ann, workspace.add_user("ben"), app)
    return workspace.add_channel("general", ann, private=kind == "groups")


@pytest.mark.parametrize("name", ["conversations.info", "conversations.members"])
@pytest.mark.parametrize("kind", KINDS)
def test_looking_at_each_kind_of_conversation_needs_the_scope_of_that_kind_alone(kind: str, name: str) -> None:
    needed = f"{kind}:read"
    every = ALL_SCOPES | {f"{each}:read" for each in KINDS}
    workspace = Workspace(scopes=every - {needed})
    channel = conversation(workspace, kind)
    with pytest.raises(SlackError) as caught:
        bot(workspace, name, channel=channel)
    assert (caught.value.error, caught.value.extra["needed"]) == ("missing_scope", needed)
    workspace.state.app.scopes = frozenset({needed})
    assert bot(workspace, name, channel=channel)["ok"]


@pytest.mark.parametrize("name", ["conversations.history", "conversations.members", "conversations.replies"])
@pytest.mark.parametrize("limit", ["x", "1.5", "-1", -1, "1e3", "²"])
def test_a_limit_is_a_positive_number(workspace: Workspace, name: str, limit: object) -> None:
    channel = workspace.add_channel("general")
    more = {"ts": posted_ts(workspace, channel)} if name == "conversations.replies" else {}
    assert refusal(workspace, name, channel=channel, limit=limit, **more) == "invalid_limit"


def test_history_needs_membership() -> None:
    workspace = Workspace(scopes=ALL_SCOPES | {"channels:history"})
    channel = workspace.add_channel("general", bot=False)
    assert refusal(workspace, "conversations.history", channel=channel) == "not_in_channel"


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
    assert len(listed(workspace, "conversations.replies", channel=channel, ts=parent.ts)) == 3


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
    assert listed(workspace, "conversations.replies", **thread, oldest=one) == [parent.ts, two, three]
    assert listed(workspace, "conversations.replies", **thread, oldest=one, inclusive=True) == [
        parent.ts,
        one,
        two,
        three,
    ]
    assert listed(workspace, "conversations.replies", **thread, latest=two) == [parent.ts, one]
    first = bot(workspace, "conversations.replies", **thread, limit=2, include_all_metadata="true")
    assert [m.get("metadata") for m in first["messages"]] == [None, METADATA]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    assert listed(workspace, "conversations.replies", **thread, limit=2, cursor=cursor) == [two, three]
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
