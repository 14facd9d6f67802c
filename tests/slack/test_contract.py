"""One contract for the fake of Slack and the real sender over a local workspace."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message
from bot.slack import look_back
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests import fake_slack
from tests.fake_slack import Call
from tests.slack.sides import HELLO, OTHER, TEAM, VIEW, Fake, Real, Side, Trouble


@pytest.fixture(scope="module")
def server() -> Iterator[Workspace]:
    workspace = Workspace(clock=time.time)
    workspace.limits.on = False  # one call after another, without the outbox that keeps the pace
    served = LocalServer(application(workspace))
    workspace.base_url = served.url
    yield workspace
    served.close()


@pytest.fixture(params=["fake", "real"])
def slack(request: pytest.FixtureRequest) -> Side:
    if request.param == "fake":
        return Fake()
    workspace: Workspace = request.getfixturevalue("server")
    workspace.state.app.scopes = ALL_SCOPES | {"channels:history", "groups:history", "im:write", "usergroups:read"}
    return Real(workspace)


def post(
    slack: Side, channel: str, message: Message = HELLO, thread_ts: str | None = None, key: str | None = None
) -> Posted:
    posted = slack.sender.post(TEAM, channel, message, thread_ts, key=key)
    assert isinstance(posted, Posted)
    return posted


def find(slack: Side, posted: Posted, key: str = "k", thread_ts: str | None = None) -> Posted | ApiFailure | None:
    at = datetime.fromtimestamp(float(posted.ts), UTC)
    return slack.sender.find_posted(TEAM, posted.channel, key, at, thread_ts)


def test_what_was_posted_to_a_person_is_found_under_their_id(slack: Side) -> None:
    ann = slack.person()
    posted = post(slack, ann, key="k")
    at = datetime.fromtimestamp(float(posted.ts), UTC)
    assert slack.sender.find_posted(TEAM, ann, "k", at, None) == posted
    assert slack.sender.find_posted(TEAM, ann, "other", at, None) is None


# Posting


def test_a_post_is_seen_in_its_channel_and_named(slack: Side) -> None:
    channel = slack.channel()
    first, second = post(slack, channel), post(slack, channel, OTHER)
    assert slack.seen("U", channel) == [("hello", None), ("other words", None)]
    assert (first.channel, second.channel) == (channel, channel)
    assert float(first.ts) < float(second.ts)


def test_a_post_to_a_person_opens_the_conversation_with_them_once(slack: Side) -> None:
    ann = slack.person()
    first, second = post(slack, ann), post(slack, ann, OTHER)
    assert first.channel == second.channel != ann
    assert slack.seen(ann, ann) == [("hello", None), ("other words", None)]


def test_a_reply_stands_in_its_thread_and_without_one_in_the_channel(slack: Side) -> None:
    channel = slack.channel()
    parent = post(slack, channel)
    post(slack, channel, OTHER, parent.ts)
    post(slack, channel, OTHER, "1700000000.000100")
    assert slack.seen("U", channel)[1:] == [("other words", parent.ts), ("other words", None)]


def test_a_public_channel_takes_posts_without_the_bot_in_it(slack: Side) -> None:
    post(slack, slack.channel(member=False))


def test_where_the_bot_may_not_post_slack_says_why(slack: Side) -> None:
    secret, old = slack.channel(private=True, member=False), slack.channel()
    slack.archive(old)
    answers = [slack.sender.post(TEAM, channel, HELLO, None) for channel in (secret, "C999", "U999", old)]
    assert answers == [*[ApiFailure("channel_not_found")] * 3, ApiFailure("is_archived")]


# Editing


def test_an_update_takes_the_place_of_a_message_and_leaves_its_key_and_thread(slack: Side) -> None:
    channel = slack.channel()
    parent = post(slack, channel)
    reply = post(slack, channel, HELLO, parent.ts, key="k")
    assert slack.sender.update(TEAM, channel, reply.ts, OTHER) == reply
    assert slack.seen("U", channel) == [("hello", None), ("other words", parent.ts)]
    assert find(slack, reply, thread_ts=parent.ts) == reply


def test_what_may_not_be_updated_is_refused(slack: Side) -> None:
    channel, old = slack.channel(), slack.channel()
    closed, in_old = post(slack, channel), post(slack, old)
    slack.lock(channel, closed.ts)
    slack.archive(old)
    spoken = slack.say(slack.person(), channel)
    tries = [("C999", "1.0"), (channel, "1.0"), (channel, spoken), (channel, closed.ts), (old, in_old.ts)]
    words = ["channel_not_found", "message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"]
    assert [slack.sender.update(TEAM, *each, OTHER) for each in tries] == [ApiFailure(word) for word in words]


# Finding


def test_a_post_is_found_by_its_key_and_by_no_other(slack: Side) -> None:
    channel = slack.channel()
    post(slack, channel, key="other")
    wanted = post(slack, channel, key="k")
    post(slack, channel)
    assert find(slack, wanted) == wanted
    assert find(slack, wanted, "none") is None


def test_a_reply_is_found_in_its_own_thread_only(slack: Side) -> None:
    channel = slack.channel()
    parent, other = post(slack, channel), post(slack, channel)
    reply = post(slack, channel, thread_ts=parent.ts, key="k")
    assert [find(slack, reply, thread_ts=each) for each in (parent.ts, other.ts, None)] == [reply, None, None]


def test_the_parent_of_a_thread_is_found_in_it_and_a_broadcast_reply_in_the_channel(slack: Side) -> None:
    channel = slack.channel()
    parent = post(slack, channel, key="k")
    reply = slack.sender.post(TEAM, channel, HELLO, parent.ts, key="r", broadcast=True)
    assert isinstance(reply, Posted)
    assert find(slack, parent, thread_ts=parent.ts) == parent
    assert find(slack, reply, "r") == reply


def test_only_the_days_around_the_instant_are_looked_at(slack: Side) -> None:
    channel = slack.channel()
    posted = post(slack, channel, key="k")
    at = datetime.fromtimestamp(float(posted.ts), UTC)
    day, second = fake_slack.LOOK_AROUND, timedelta(seconds=1)
    tries = [at + day - second, at + day + second, at - day + second, at - day - second]
    looks = [slack.sender.find_posted(TEAM, channel, "k", each, None) for each in tries]
    assert looks == [posted, None, posted, None]


def test_where_the_bot_may_not_look_slack_says_why(slack: Side) -> None:
    now = datetime.now(UTC)
    channels = [slack.channel(member=False), slack.channel(private=True, member=False), "C999"]
    answers = [slack.sender.find_posted(TEAM, channel, "k", now, None) for channel in channels]
    assert answers == [ApiFailure("not_in_channel"), ApiFailure("channel_not_found"), ApiFailure("channel_not_found")]
    inside = slack.channel()
    assert slack.sender.find_posted(TEAM, inside, "k", now, "1.0") == ApiFailure("thread_not_found")
    slack.forbid_history()
    assert slack.sender.find_posted(TEAM, inside, "k", now, None) == ApiFailure("missing_scope")


def test_direct_conversations_are_read_without_the_scopes_of_channels(slack: Side) -> None:
    slack.forbid_history()
    posted = post(slack, slack.person(), key="k")
    assert find(slack, posted) == posted


# Channels and people


@pytest.mark.parametrize(("private", "member"), [(False, True), (False, False), (True, True)])
def test_a_channel_is_described(slack: Side, private: bool, member: bool) -> None:
    channel = slack.channel(private=private, member=member)
    assert slack.sender.channel_info(TEAM, channel) == ChannelInfo(archived=False, member=member, private=private)
    slack.archive(channel)
    assert slack.sender.channel_info(TEAM, channel) == ChannelInfo(archived=True, member=member, private=private)


def test_a_hidden_channel_is_as_one_that_does_not_exist(slack: Side) -> None:
    channels = slack.channel(private=True, member=False), "C999"
    assert [slack.sender.channel_info(TEAM, each) for each in channels] == [ApiFailure("channel_not_found")] * 2


@pytest.mark.parametrize("private", [True, False])
def test_who_is_in_a_channel_is_known_where_the_bot_sees_it(slack: Side, private: bool) -> None:
    channel, hidden, ann, ben = slack.channel(private=private), slack.channel(private=True, member=False), "U1", "U2"
    slack.join(ann, channel)
    slack.leave(ben, channel)
    assert slack.sender.is_in_channel(TEAM, channel, ann) is True
    assert slack.sender.is_in_channel(TEAM, channel, ben) is False
    for each in (hidden, "C999"):
        assert slack.sender.is_in_channel(TEAM, each, ann) == ApiFailure("channel_not_found")


@pytest.mark.parametrize("guest", [True, False])
def test_a_person_is_described(slack: Side, guest: bool) -> None:
    assert slack.sender.user_info(TEAM, slack.person(guest=guest)) == UserInfo(guest, "Europe/Berlin")
    assert slack.sender.user_info(TEAM, "U999") == ApiFailure("user_not_found")


def test_the_members_of_a_user_group_are_known(slack: Side) -> None:
    people = slack.person(), slack.person()
    assert slack.sender.group_members(TEAM, slack.group(*people)) == frozenset(people)
    assert slack.sender.group_members(TEAM, slack.group()) == frozenset()
    assert slack.sender.group_members(TEAM, "S999") == ApiFailure("no_such_subteam")


# Answering


def test_an_answer_is_for_its_caller_unless_it_is_for_the_channel(slack: Side) -> None:
    channel, ann, ben = slack.channel(), slack.person(), slack.person()
    caller = slack.caller(ann, channel)
    assert slack.sender.respond(caller, HELLO) is None
    assert slack.sender.respond(caller, replace(OTHER, response_type="in_channel")) is None
    assert slack.seen(ann, channel) == [("hello", None), ("other words", None)]
    assert slack.seen(ben, channel) == [("other words", None)]


def test_an_answer_stands_in_the_thread_of_the_press(slack: Side) -> None:
    channel, ann = slack.channel(), slack.person()
    parent = post(slack, channel)
    slack.sender.respond(slack.caller(ann, channel, parent.ts), HELLO)
    assert slack.seen(ann, channel)[-1] == ("hello", parent.ts)


def test_a_caller_is_answered_five_times_and_shown_one_modal(slack: Side) -> None:
    channel = slack.channel()
    caller = slack.caller(slack.person(), channel)
    assert [slack.sender.respond(caller, HELLO) for _ in range(6)] == [None] * 5 + [ApiFailure("expired_url")]
    assert [slack.sender.open_modal(caller, VIEW) for _ in range(2)] == [None, ApiFailure("expired_trigger_id")]


def test_a_caller_without_an_address_or_a_trigger_cannot_be_reached(slack: Side) -> None:
    caller = Caller(TEAM, None, slack.person(), slack.channel())
    assert slack.sender.respond(caller, HELLO) == ApiFailure("no_response_url")
    assert slack.sender.open_modal(caller, VIEW) == ApiFailure("no_trigger_id")


def test_a_private_answer_is_no_message_that_could_be_updated(slack: Side) -> None:
    channel, ann = slack.channel(), slack.person()
    slack.sender.respond(slack.caller(ann, channel), HELLO)
    assert slack.sender.update(TEAM, channel, slack.newest(channel), OTHER) == ApiFailure("message_not_found")


# Faults


@pytest.mark.parametrize(
    ("kind", "refused", "arrives"),
    [
        ("ratelimited", ApiFailure("ratelimited", timedelta(seconds=3)), False),
        ("unavailable", ApiFailure("http_503"), False),
        ("drop_before", ApiFailure("dropped"), False),
        ("drop_after", ApiFailure("dropped"), True),
    ],
)
def test_a_post_that_fails_arrives_only_where_the_answer_is_lost(
    slack: Side, kind: Trouble, refused: ApiFailure, arrives: bool
) -> None:
    channel = slack.channel()
    slack.trouble("post", kind)
    assert slack.sender.post(TEAM, channel, HELLO, None) == refused
    assert slack.seen("U", channel) == ([("hello", None)] if arrives else [])
    assert isinstance(slack.sender.post(TEAM, channel, OTHER, None), Posted)


@pytest.mark.parametrize(
    "call", ["update", "find_posted", "channel_info", "is_in_channel", "user_info", "group_members", "open_modal"]
)
def test_every_call_can_be_told_to_wait(slack: Side, call: Call) -> None:
    channel, ann, group = slack.channel(), slack.person(), slack.group()
    posted, caller, sender = post(slack, channel, key="k"), slack.caller(ann, channel), slack.sender
    slack.trouble(call, "ratelimited")
    calls: dict[Call, Callable[[], object]] = {
        "update": lambda: sender.update(TEAM, channel, posted.ts, OTHER),
        "find_posted": lambda: find(slack, posted),
        "channel_info": lambda: sender.channel_info(TEAM, channel),
        "is_in_channel": lambda: sender.is_in_channel(TEAM, channel, ann),
        "user_info": lambda: sender.user_info(TEAM, ann),
        "group_members": lambda: sender.group_members(TEAM, group),
        "open_modal": lambda: sender.open_modal(caller, VIEW),
    }
    assert calls[call]() == ApiFailure("ratelimited", timedelta(seconds=3))
    assert not isinstance(calls[call](), ApiFailure)


def test_an_answer_that_is_dropped_may_have_arrived(slack: Side) -> None:
    channel, ann = slack.channel(), slack.person()
    slack.trouble("respond", "drop_after")
    assert slack.sender.respond(slack.caller(ann, channel), HELLO) == ApiFailure("dropped")
    assert slack.seen(ann, channel) == [("hello", None)]


def test_the_fake_looks_back_and_takes_answers_as_the_real_sender_does() -> None:
    assert look_back.FAR.before == look_back.FAR.after == fake_slack.LOOK_AROUND
