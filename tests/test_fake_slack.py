"""The fake of Slack and the real sender over a local workspace keep one contract; what only the fake has comes last."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

import pytest

from bot.handlers.ports import Caller, Person, Place, Posted, Refused, Sender
from bot.render.message import Message, notice
from bot.slack import sender as real
from bot.slack.sender import WebSender, client
from bot.workspace.serve import Served
from bot.workspace.server import application
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests import fake_slack
from tests.fake_slack import START, Call, FakeSlack

TEAM = "T0LOCAL001"
HELLO, OTHER = notice("hello"), notice("other words")
VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "hello"}}],
}
Trouble = Literal["ratelimited", "unavailable", "drop_before", "drop_after"]


class Side(Protocol):
    """A Slack that a test arranges and looks at."""

    @property
    def sender(self) -> Sender: ...
    def channel(self, *, private: bool = False, member: bool = True) -> str: ...
    def person(self, *, guest: bool = False) -> str: ...
    def archive(self, channel: str) -> None: ...
    def say(self, user: str, channel: str) -> str: ...
    def trouble(self, call: Call, kind: Trouble) -> None: ...
    def forbid_history(self) -> None: ...
    def caller(self, user: str, channel: str, thread_ts: str | None = None) -> Caller: ...
    def lock(self, channel: str, ts: str) -> None: ...
    def seen(self, user: str, channel: str) -> list[tuple[str, str | None]]:
        """(text, thread) of each message that somebody sees."""
        ...

    def newest(self, channel: str) -> str:
        """The `ts` of the newest message of a channel, whoever sees it."""
        ...


class Fake:
    def __init__(self) -> None:
        self.sender = FakeSlack(team=TEAM)
        self._ids = iter(range(100))

    def channel(self, *, private: bool = False, member: bool = True) -> str:
        return self.sender.add_channel(f"C{next(self._ids)}", private=private, member=member)

    def person(self, *, guest: bool = False) -> str:
        return self.sender.add_person(f"U{next(self._ids)}", guest=guest, zone="Europe/Berlin")

    def archive(self, channel: str) -> None:
        self.sender.archive(channel)

    def say(self, user: str, channel: str) -> str:
        return self.sender.say(user, channel, "talk").ts

    def trouble(self, call: Call, kind: Trouble) -> None:
        match kind:
            case "ratelimited":
                self.sender.refuse(call, "ratelimited", retry_after=timedelta(seconds=3))
            case "unavailable":
                self.sender.refuse(call, "http_503")
            case _:
                self.sender.drop(call, arrives=kind == "drop_after")

    def forbid_history(self) -> None:
        self.sender.history = False

    def caller(self, user: str, channel: str, thread_ts: str | None = None) -> Caller:
        return self.sender.caller(user, channel, thread_ts)

    def lock(self, channel: str, ts: str) -> None:
        self.sender.lock(channel, ts)

    def seen(self, user: str, channel: str) -> list[tuple[str, str | None]]:
        return [(e.text, e.thread_ts) for e in self.sender.entries(channel) if e.visible_to in (None, user)]

    def newest(self, channel: str) -> str:
        return self.sender.entries(channel)[-1].ts


METHODS: dict[Call, str] = {
    "post": "chat.postMessage",
    "update": "chat.update",
    "find": "conversations.history",
    "place": "conversations.info",
    "person": "users.info",
    "open": "views.open",
    "respond": "response_url",
}


class Real:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        web = client(workspace.state.app.bot_token, f"{workspace.base_url}/api/")
        self.sender = WebSender(lambda _: web)

    def channel(self, *, private: bool = False, member: bool = True) -> str:
        return self.workspace.add_channel("general", private=private, bot=member)

    def person(self, *, guest: bool = False) -> str:
        return self.workspace.add_user("ann", guest=guest)

    def archive(self, channel: str) -> None:
        self.workspace.archive(channel)

    def say(self, user: str, channel: str) -> str:
        return self.workspace.say(user, channel, "talk").ts

    def trouble(self, call: Call, kind: Trouble) -> None:
        self.workspace.faults.order(METHODS[call], kind, seconds=3)

    def forbid_history(self) -> None:
        self.workspace.state.app.scopes = ALL_SCOPES

    def caller(self, user: str, channel: str, thread_ts: str | None = None) -> Caller:
        url = self.workspace._response_url({"channel": channel, "user": user})
        return Caller(TEAM, None, user, channel, thread_ts, url, self.workspace._trigger(user))

    def lock(self, channel: str, ts: str) -> None:
        self.workspace.state.find(channel, ts).locked = "edit_window_closed"

    def seen(self, user: str, channel: str) -> list[tuple[str, str | None]]:
        return [(m.text, m.thread_ts) for m in self.workspace.seen_by(user, self.workspace.state.conversation(channel))]

    def newest(self, channel: str) -> str:
        return self.workspace.state.messages.of(channel)[-1].ts


@pytest.fixture(scope="module")
def server() -> Iterator[Workspace]:
    workspace = Workspace(clock=time.time, team=TEAM)
    served = Served(application(workspace))
    workspace.base_url = served.url
    yield workspace
    served.close()


@pytest.fixture(params=["fake", "real"])
def slack(request: pytest.FixtureRequest) -> Side:
    if request.param == "fake":
        return Fake()
    workspace: Workspace = request.getfixturevalue("server")
    workspace.state.app.scopes = ALL_SCOPES | {"channels:history", "groups:history"}
    return Real(workspace)


def post(
    slack: Side, channel: str, message: Message = HELLO, thread_ts: str | None = None, key: str | None = None
) -> Posted:
    posted = slack.sender.post(TEAM, channel, message, thread_ts, key=key)
    assert isinstance(posted, Posted)
    return posted


def find(slack: Side, posted: Posted, key: str = "k", thread_ts: str | None = None) -> Posted | Refused | None:
    at = datetime.fromtimestamp(float(posted.ts), UTC)
    return slack.sender.find(TEAM, posted.channel, key, at, thread_ts)


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
    assert answers == [*[Refused("channel_not_found")] * 3, Refused("is_archived")]


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
    assert [slack.sender.update(TEAM, *each, OTHER) for each in tries] == [Refused(word) for word in words]


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


def test_only_the_minute_before_the_instant_is_looked_at(slack: Side) -> None:
    channel = slack.channel()
    posted = post(slack, channel, key="k")
    at = datetime.fromtimestamp(float(posted.ts), UTC)
    looks = [slack.sender.find(TEAM, channel, "k", at + timedelta(seconds=s), None) for s in (59, 61)]
    assert looks == [posted, None]


def test_where_the_bot_may_not_look_slack_says_why(slack: Side) -> None:
    now = datetime.now(UTC)
    channels = [slack.channel(member=False), slack.channel(private=True, member=False), "C999"]
    answers = [slack.sender.find(TEAM, channel, "k", now, None) for channel in channels]
    assert answers == [Refused("not_in_channel"), Refused("channel_not_found"), Refused("channel_not_found")]
    inside = slack.channel()
    assert slack.sender.find(TEAM, inside, "k", now, "1.0") == Refused("thread_not_found")
    slack.forbid_history()
    assert slack.sender.find(TEAM, inside, "k", now, None) == Refused("missing_scope")


def test_direct_conversations_are_read_without_the_scopes_of_channels(slack: Side) -> None:
    slack.forbid_history()
    posted = post(slack, slack.person(), key="k")
    assert find(slack, posted) == posted


# Channels and people


@pytest.mark.parametrize(("private", "member"), [(False, True), (False, False), (True, True)])
def test_a_channel_is_described(slack: Side, private: bool, member: bool) -> None:
    channel = slack.channel(private=private, member=member)
    assert slack.sender.place(TEAM, channel) == Place(private, archived=False, member=member)
    slack.archive(channel)
    assert slack.sender.place(TEAM, channel) == Place(private, archived=True, member=member)


def test_a_hidden_channel_is_as_one_that_does_not_exist(slack: Side) -> None:
    channels = slack.channel(private=True, member=False), "C999"
    assert [slack.sender.place(TEAM, each) for each in channels] == [Refused("channel_not_found")] * 2


@pytest.mark.parametrize("guest", [True, False])
def test_a_person_is_described(slack: Side, guest: bool) -> None:
    assert slack.sender.person(TEAM, slack.person(guest=guest)) == Person(guest, "Europe/Berlin")
    assert slack.sender.person(TEAM, "U999") == Refused("user_not_found")


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
    assert [slack.sender.respond(caller, HELLO) for _ in range(6)] == [None] * 5 + [Refused("expired_url")]
    assert [slack.sender.open(caller, VIEW) for _ in range(2)] == [None, Refused("expired_trigger_id")]


def test_a_caller_without_an_address_or_a_trigger_cannot_be_reached(slack: Side) -> None:
    caller = Caller(TEAM, None, slack.person(), slack.channel())
    assert slack.sender.respond(caller, HELLO) == Refused("no_response_url")
    assert slack.sender.open(caller, VIEW) == Refused("no_trigger_id")


def test_a_private_answer_is_no_message_that_could_be_updated(slack: Side) -> None:
    channel, ann = slack.channel(), slack.person()
    slack.sender.respond(slack.caller(ann, channel), HELLO)
    assert slack.sender.update(TEAM, channel, slack.newest(channel), OTHER) == Refused("message_not_found")


# Faults


@pytest.mark.parametrize(
    ("kind", "refused", "arrives"),
    [
        ("ratelimited", Refused("ratelimited", timedelta(seconds=3)), False),
        ("unavailable", Refused("http_503"), False),
        ("drop_before", Refused("dropped"), False),
        ("drop_after", Refused("dropped"), True),
    ],
)
def test_a_post_that_fails_arrives_only_where_the_answer_is_lost(
    slack: Side, kind: Trouble, refused: Refused, arrives: bool
) -> None:
    channel = slack.channel()
    slack.trouble("post", kind)
    assert slack.sender.post(TEAM, channel, HELLO, None) == refused
    assert slack.seen("U", channel) == ([("hello", None)] if arrives else [])
    assert isinstance(slack.sender.post(TEAM, channel, OTHER, None), Posted)


@pytest.mark.parametrize("call", ["update", "find", "place", "person", "open"])
def test_every_call_can_be_told_to_wait(slack: Side, call: Call) -> None:
    channel, ann = slack.channel(), slack.person()
    posted, caller, sender = post(slack, channel, key="k"), slack.caller(ann, channel), slack.sender
    slack.trouble(call, "ratelimited")
    calls: dict[Call, Callable[[], object]] = {
        "update": lambda: sender.update(TEAM, channel, posted.ts, OTHER),
        "find": lambda: find(slack, posted),
        "place": lambda: sender.place(TEAM, channel),
        "person": lambda: sender.person(TEAM, ann),
        "open": lambda: sender.open(caller, VIEW),
    }
    assert calls[call]() == Refused("ratelimited", timedelta(seconds=3))
    assert not isinstance(calls[call](), Refused)


def test_an_answer_that_is_dropped_may_have_arrived(slack: Side) -> None:
    channel, ann = slack.channel(), slack.person()
    slack.trouble("respond", "drop_after")
    assert slack.sender.respond(slack.caller(ann, channel), HELLO) == Refused("dropped")
    assert slack.seen(ann, channel) == [("hello", None)]


# What only the fake has


def test_the_fake_looks_back_and_takes_answers_as_the_real_sender_does() -> None:
    assert fake_slack.CLOCK_SLACK == real.CLOCK_SLACK


def test_another_workspace_has_none_of_its_channels_and_people() -> None:
    slack = FakeSlack("C1")
    slack.add_channel("C2", team="T2")
    slack.add_person("U1")
    assert [slack.post(team, "C2", HELLO, None) for team in ("T1", "T3")] == [Refused("channel_not_found")] * 2
    assert slack.person("T2", "U1") == Refused("user_not_found")
    assert slack.post("T2", "U1", HELLO, None) == Refused("channel_not_found")


def test_messages_carry_the_clock_of_the_test_and_are_in_order() -> None:
    instants = iter([START, START, START - timedelta(seconds=9), START + timedelta(seconds=1)])
    slack = FakeSlack("C1", now=lambda: next(instants))
    for _ in range(4):
        slack.post("T1", "C1", HELLO, None)
    second = int(START.timestamp())
    expected = [f"{second}.000001", f"{second}.000002", f"{second}.000003", f"{second + 1}.000001"]
    assert [entry.ts for entry in slack.entries("C1")] == expected


def test_entries_keep_key_broadcast_and_edits() -> None:
    slack = FakeSlack("C1")
    parent = slack.say("U1", "C1", "a question")
    reply = slack.post("T1", "C1", HELLO, parent.ts, key="k", broadcast=True)
    assert isinstance(reply, Posted)
    slack.update("T1", "C1", reply.ts, OTHER)
    (_, entry) = slack.entries("C1")
    assert (entry.key, entry.broadcast, entry.edits, entry.user) == ("k", True, 1, None)
    assert slack.texts("C1") == ["a question", "other words"]
    assert slack.texts("C1", parent.ts) == ["other words"]


def test_faults_meet_their_own_calls_in_order_until_they_are_used_up_or_healed() -> None:
    slack = FakeSlack("C1")
    slack.refuse("post", "is_archived", times=2)
    slack.drop("post", arrives=False, times=2)
    assert slack.place("T1", "C1") == Place(private=False, archived=False, member=True)
    answers = [slack.post("T1", "C1", HELLO, None) for _ in range(3)]
    assert answers == [Refused("is_archived"), Refused("is_archived"), Refused("dropped")]
    slack.heal()
    assert isinstance(slack.post("T1", "C1", HELLO, None), Posted)


def test_channels_go_and_come_back_and_messages_can_be_deleted() -> None:
    slack = FakeSlack("C1")
    posted = slack.post("T1", "C1", HELLO, None)
    assert isinstance(posted, Posted)
    slack.archive("C1")
    slack.kick("C1")
    assert slack.place("T1", "C1") == Place(private=False, archived=True, member=False)
    slack.unarchive("C1")
    slack.invite("C1")
    assert slack.place("T1", "C1") == Place(private=False, archived=False, member=True)
    slack.delete("C1", posted.ts)
    assert slack.update("T1", "C1", posted.ts, OTHER) == Refused("message_not_found")


def test_a_modal_is_kept_for_who_opened_it() -> None:
    slack = FakeSlack("C1")
    slack.open(slack.caller("U1", "C1"), VIEW)
    assert slack.views == [("U1", VIEW)]
