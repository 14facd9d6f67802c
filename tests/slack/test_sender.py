"""The sender makes every call once, and says what Slack said."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.handlers.context import PRODUCTION_CADENCE
from bot.handlers.delivery.worker_run import MAX_MARK_AGE
from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import notice
from bot.slack.look_back import HISTORY_MAX, NEAR
from bot.slack.sender import WebSlackClient
from bot.slack.web_api import DEADLINE, WebApi
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.slack.raw_server import RawServer, answer, serving

SCOPES = ALL_SCOPES | {"channels:history", "groups:history"}


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    found = Workspace(clock=time.time, scopes=SCOPES)
    found.limits.on = False  # one call after another, without the outbox that keeps the pace
    server = LocalServer(application(found))
    found.base_url = server.url
    yield found
    server.close()


def sender(workspace: Workspace) -> WebSlackClient:
    api = WebApi(workspace.state.app.bot_token, f"{workspace.base_url}/api/")
    return WebSlackClient(lambda _: api)


def over(server: RawServer) -> WebSlackClient:
    api = WebApi("x", server.url)
    return WebSlackClient(lambda _: api)


def posted(workspace: Workspace, channel: str, words: str, key: str | None = None, thread: str | None = None) -> Posted:
    found = sender(workspace).post("T1", channel, notice(words), thread, key=key)
    assert isinstance(found, Posted)
    return found


# Posting


def test_a_post_gives_its_name(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    found = posted(workspace, channel, "hello")
    assert [m.ts for m in workspace.state.messages] == [found.ts]
    assert found.channel == channel


def test_a_direct_message_goes_to_a_person_and_gives_their_conversation(workspace: Workspace) -> None:
    ann = workspace.add_user("ann")
    found = posted(workspace, ann, "hello")
    assert found.channel == workspace.state.direct(ann).id
    assert [m.text for m in workspace.seen_by(ann, found.channel)] == ["hello"]


@pytest.mark.parametrize("broadcast", [True, False])
def test_a_reply_stands_in_its_thread_and_in_the_channel_only_where_it_is_broadcast(
    workspace: Workspace, broadcast: bool
) -> None:
    channel = workspace.add_channel("general")
    parent = posted(workspace, channel, "a parent")
    found = sender(workspace).post("T1", channel, notice("a reply"), parent.ts, broadcast=broadcast)
    assert isinstance(found, Posted)
    reply = workspace.state.find(channel, found.ts)
    assert (reply.thread_ts, reply.broadcast) == (parent.ts, broadcast)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_dropped_connection_is_not_tried_again(workspace: Workspace, kind: str) -> None:
    channel = workspace.add_channel("general")
    workspace.faults.script("chat.postMessage", kind)  # type: ignore[arg-type]
    assert sender(workspace).post("T1", channel, notice("hello"), None) == ApiFailure("dropped")
    assert len(workspace.state.messages) == (1 if kind == "drop_after" else 0)


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("ratelimited", ApiFailure("ratelimited", timedelta(seconds=3))),
        ("unavailable", ApiFailure("http_503")),
    ],
)
def test_what_slack_says_is_passed_on(workspace: Workspace, kind: str, refused: ApiFailure) -> None:
    channel = workspace.add_channel("general")
    workspace.faults.script("chat.postMessage", kind, seconds=3)  # type: ignore[arg-type]
    assert sender(workspace).post("T1", channel, notice("hello"), None) == refused


def test_a_person_waits_two_seconds_at_most(workspace: Workspace) -> None:
    workspace.faults.script("users.info", "slow", seconds=3)
    began = time.monotonic()
    assert sender(workspace).user_info("T1", workspace.add_user("ann")) == ApiFailure("dropped")
    assert time.monotonic() - began < 2.5


def test_an_attempt_has_ended_when_it_is_looked_for() -> None:
    """Also where its thread did not take it, so that it was posted a second time, in the channel."""
    assert PRODUCTION_CADENCE.settle > MAX_MARK_AGE + 2 * DEADLINE


@pytest.mark.parametrize(
    "said", [{}, {"ts": "1.0"}, {"channel": "C1"}, {"channel": "C1", "ts": ""}, {"channel": "C1", "ts": 1.5}]
)
def test_a_post_without_its_name_may_have_arrived(said: dict[str, object]) -> None:
    with serving(answer(json.dumps({"ok": True, **said}))) as server:
        slack = over(server)
        assert slack.post("T1", "C1", notice("hello"), None) == ApiFailure("no_slack_answer")
        assert slack.update("T1", "C1", "1.0", notice("hello")) == ApiFailure("no_slack_answer")


def test_where_nothing_listens_it_is_unreachable() -> None:
    """Nothing was sent, so that it may be sent again."""
    nowhere = WebSlackClient(lambda _: WebApi("x", "http://127.0.0.1:9/api/"))
    assert nowhere.post("T1", "C1", notice("hello"), None) == ApiFailure("unreachable")


def test_a_private_channel_without_the_bot_is_refused(workspace: Workspace) -> None:
    channel = workspace.add_channel("secret", private=True, bot=False)
    assert sender(workspace).post("T1", channel, notice("hello"), None) == ApiFailure("channel_not_found")


def test_each_workspace_has_its_own_token() -> None:
    tokens: list[str] = []

    def of(team: str) -> WebApi:
        tokens.append(team)
        return WebApi("x", "http://127.0.0.1:9/api/")

    WebSlackClient(of).post("T7", "C1", notice("hello"), None)
    assert tokens == ["T7"]


# Editing


def test_an_update_puts_another_message_in_its_place(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    first = posted(workspace, channel, "the old words")
    assert sender(workspace).update("T1", channel, first.ts, notice("the new words")) == first
    (message,) = workspace.state.messages
    assert message.text == "the new words"
    assert message.blocks == notice("the new words").blocks


def test_an_update_leaves_the_key_with_the_message(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    first = posted(workspace, channel, "the old words", "key-1")
    sender(workspace).update("T1", channel, first.ts, notice("the new words"))
    assert found(workspace, channel, "key-1") == first


def test_a_message_that_is_gone_cannot_be_updated(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    refused = sender(workspace).update("T1", channel, "1700000000.000100", notice("words"))
    assert refused == ApiFailure("message_not_found")


def test_an_update_that_is_one_too_many_says_how_long_to_wait(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    first = posted(workspace, channel, "the old words")
    workspace.faults.script("chat.update", "ratelimited", seconds=7)
    refused = sender(workspace).update("T1", channel, first.ts, notice("the new words"))
    assert refused == ApiFailure("ratelimited", timedelta(seconds=7))


# Finding


def found(workspace: Workspace, channel: str, key: str, thread: str | None = None) -> Posted | ApiFailure | None:
    at = datetime.now(UTC) - timedelta(seconds=1)
    return sender(workspace).find_posted("T1", channel, key, at, thread)


def test_a_post_is_found_by_its_key_and_by_no_other(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    wanted = posted(workspace, channel, "this one", "key-1")
    posted(workspace, channel, "another", "key-2")
    posted(workspace, channel, "without a key")
    assert found(workspace, channel, "key-1") == wanted
    assert found(workspace, channel, "key-3") is None


def test_the_key_itself_is_nowhere_in_the_message(workspace: Workspace) -> None:
    """Everybody in the workspace can read metadata."""
    channel = workspace.add_channel("general")
    posted(workspace, channel, "hello", "change|T1|C1|ferry-timetable|7")
    (message,) = workspace.state.messages
    assert message.metadata is not None
    assert "ferry-timetable" not in str(message.metadata)


def test_a_reply_is_found_in_its_thread(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    parent, other = posted(workspace, channel, "a parent"), posted(workspace, channel, "another parent")
    wanted = posted(workspace, channel, "a reply", "key-1", parent.ts)
    assert found(workspace, channel, "key-1", parent.ts) == wanted
    assert found(workspace, channel, "key-1", other.ts) is None
    assert found(workspace, channel, "key-1") is None


def test_it_looks_through_all_pages(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    wanted = posted(workspace, channel, "this one", "key-1")
    for number in range(HISTORY_MAX + 5):
        workspace.say(workspace.add_user("ann"), channel, f"talk {number}")
    assert found(workspace, channel, "key-1") == wanted


def test_it_looks_through_all_pages_of_a_thread(workspace: Workspace) -> None:
    channel, ann = workspace.add_channel("general"), workspace.add_user("ann")
    parent = posted(workspace, channel, "a parent")
    for number in range(HISTORY_MAX + 5):
        workspace.say(ann, channel, f"talk {number}", parent.ts)
    wanted = posted(workspace, channel, "a reply", "key-1", parent.ts)
    assert found(workspace, channel, "key-1", parent.ts) == wanted


@pytest.mark.parametrize("hours", [2, -2, 23, -23])
def test_it_finds_what_was_posted_by_a_clock_that_was_wrong(workspace: Workspace, hours: int) -> None:
    channel = workspace.add_channel("general")
    wanted = posted(workspace, channel, "hello", "key-1")
    at = datetime.fromtimestamp(float(wanted.ts), UTC) + timedelta(hours=hours)
    assert sender(workspace).find_posted("T1", channel, "key-1", at, None) == wanted


def test_a_look_at_more_pages_than_it_may_gives_up(workspace: Workspace) -> None:
    channel, ann = workspace.add_channel("general"), workspace.add_user("ann")
    posted(workspace, channel, "hello", "key-1")
    for number in range(HISTORY_MAX * NEAR.pages_max + 1):
        workspace.say(ann, channel, f"talk {number}")
    assert found(workspace, channel, "key-2") == ApiFailure("look_incomplete")


@pytest.mark.parametrize("private", [True, False])
def test_without_the_scope_nothing_can_be_looked_at(workspace: Workspace, private: bool) -> None:
    channel = workspace.add_channel("general", private=private)
    workspace.state.app.scopes = ALL_SCOPES
    assert found(workspace, channel, "key-1") == ApiFailure("missing_scope")


def test_a_channel_that_the_bot_is_not_in_cannot_be_looked_at(workspace: Workspace) -> None:
    channel = workspace.add_channel("general", bot=False)
    assert found(workspace, channel, "key-1") == ApiFailure("not_in_channel")


def test_a_look_that_is_one_too_many_says_how_long_to_wait(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    workspace.faults.script("conversations.history", "ratelimited", seconds=5)
    assert found(workspace, channel, "key-1") == ApiFailure("ratelimited", timedelta(seconds=5))


# Channels and people


@pytest.mark.parametrize(
    ("private", "bot", "place"),
    [
        (False, True, ChannelInfo(archived=False, member=True)),
        (False, False, ChannelInfo(archived=False, member=False)),
        (True, True, ChannelInfo(archived=False, member=True, private=True)),
    ],
)
def test_a_channel_is_what_slack_says_it_is(workspace: Workspace, private: bool, bot: bool, place: ChannelInfo) -> None:
    channel = workspace.add_channel("general", private=private, bot=bot)
    assert sender(workspace).channel_info("T1", channel) == place


def test_an_archived_channel_says_so(workspace: Workspace) -> None:
    channel = workspace.add_channel("general")
    workspace.archive(channel)
    assert sender(workspace).channel_info("T1", channel) == ChannelInfo(archived=True, member=True)


def test_a_private_channel_without_the_bot_is_as_one_that_does_not_exist(workspace: Workspace) -> None:
    channel = workspace.add_channel("secret", private=True, bot=False)
    assert (
        sender(workspace).channel_info("T1", channel)
        == sender(workspace).channel_info("T1", "C999")
        == ApiFailure("channel_not_found")
    )


@pytest.mark.parametrize("guest", [True, False])
def test_a_person_is_a_guest_or_not(workspace: Workspace, guest: bool) -> None:
    found = sender(workspace).user_info(
        workspace.state.team, workspace.add_user("ann", guest=guest, tz="Europe/Berlin")
    )
    assert found == UserInfo(guest, "Europe/Berlin")


def test_a_person_of_another_organisation_is_a_guest(workspace: Workspace) -> None:
    found = sender(workspace).user_info(workspace.state.team, workspace.add_user("ida", team="T0EXTERN1"))
    assert found == UserInfo(True, "Europe/Berlin")


PEOPLE: list[tuple[dict[str, Any], UserInfo]] = [
    ({}, UserInfo(False)),
    ({"team_id": "T1", "tz": "Europe/Berlin", "is_admin": True}, UserInfo(False, "Europe/Berlin")),
    ({"team_id": "T9"}, UserInfo(True)),
    ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E9", "teams": ["T9"]}}, UserInfo(True)),
    ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E9", "teams": ["T9", "T1"]}}, UserInfo(False, None, True)),
    ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E1", "teams": ["T9"]}}, UserInfo(False, None, True)),
    ({"team_id": "E1", "enterprise_user": {"enterprise_id": "E1", "teams": []}}, UserInfo(False, None, True)),
    ({"team_id": "T9", "enterprise_user": {"enterprise_id": "", "teams": None}}, UserInfo(True)),
    ({"team_id": "T1", "enterprise_user": []}, UserInfo(False)),
    *(
        (
            {"team_id": "T1", what: True, "enterprise_user": {"enterprise_id": "E1", "teams": ["T1"]}},
            UserInfo(True, None, True),
        )
        for what in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "is_workflow_bot", "deleted")
    ),
    ({"id": "USLACKBOT", "team_id": "T1"}, UserInfo(True)),
]
"""What Slack says of people, and what they are in workspace T1 for a bot that is installed in organisation E1."""


@pytest.mark.parametrize(("said", "found"), PEOPLE)
def test_who_is_a_full_member(said: dict[str, Any], found: UserInfo) -> None:
    with serving(answer(json.dumps({"ok": True, "user": said}))) as server:
        assert WebSlackClient(lambda _: WebApi("xoxb-1", server.url), lambda _: "E1").user_info("T1", "U1") == found


def test_only_where_the_bot_is_installed_for_the_organisation_are_all_of_its_people_members() -> None:
    said = {"team_id": "T9", "enterprise_user": {"enterprise_id": "E1", "teams": ["T9"]}}
    with serving(answer(json.dumps({"ok": True, "user": said}))) as server:
        assert over(server).user_info("T1", "U1") == UserInfo(True)


def test_no_call_is_made_for_a_workspace_without_a_token() -> None:
    slack, refused = WebSlackClient(lambda _: None), ApiFailure("no_token")
    calls: list[object] = [
        slack.post("T9", "C1", notice("hello"), None),
        slack.update("T9", "C1", "1.1", notice("hello")),
        slack.find_posted("T9", "C1", "key", datetime.now(UTC), None),
        slack.channel_info("T9", "C1"),
        slack.user_info("T9", "U1"),
        slack.open_modal(Caller("T9", None, "U1", "C1", trigger_id="1.1"), {}),
    ]
    assert calls == [refused] * len(calls)


@pytest.mark.parametrize("said", [{}, {"user": None, "channel": []}, {"user": "ann", "channel": "general"}])
def test_a_person_or_channel_that_is_not_described_is_unknown(said: dict[str, object]) -> None:
    with serving(answer(json.dumps({"ok": True, **said}))) as server:
        assert over(server).user_info("T1", "U1") == ApiFailure("no_slack_answer")
        assert over(server).channel_info("T1", "C1") == ApiFailure("no_slack_answer")


def test_nobody_is_neither(workspace: Workspace) -> None:
    assert sender(workspace).user_info("T1", "U999") == ApiFailure("user_not_found")


# Answering


def test_a_caller_without_response_url_cannot_be_answered(workspace: Workspace) -> None:
    assert sender(workspace).respond(Caller("T1", None, "U1", "C1"), notice("hello")) == ApiFailure("no_response_url")


def test_a_caller_without_trigger_cannot_be_shown_a_modal(workspace: Workspace) -> None:
    assert sender(workspace).open_modal(Caller("T1", None, "U1", "C1"), {}) == ApiFailure("no_trigger_id")
