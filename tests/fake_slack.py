"""Slack in memory: a fake of the port `SlackClient` for unit tests of handlers.

    slack = FakeSlack("C1")
    slack.refuse("post", "ratelimited", retry_after=timedelta(seconds=30))
    ...
    assert slack.texts("C1") == ["Update · Ferries ..."]

tests/slack/test_contract.py runs one contract on this and on the real sender. Scopes are always granted but for those
that read history (`history`). Blocks, views and lengths are not validated: the local workspace does that.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal, TypeVar

from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message
from tests.fake_channel import Channel, Entry

T = TypeVar("T")
Call = Literal[
    "post",
    "update",
    "find_posted",
    "channel_info",
    "is_in_channel",
    "user_info",
    "group_members",
    "organisation_teams",
    "open_modal",
    "respond",
]

START = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
LOOK_AROUND = timedelta(hours=26)
"""`find_posted` looks so far around the instant of an attempt, as the real sender does where nothing is near it."""

RESPONSES_MAX = 5
"""Answers that one `response_url` takes. Source: docs.slack.dev, handling user interaction."""


@dataclass(frozen=True, slots=True)
class _Fault:
    call: Call
    answer: ApiFailure
    arrives: bool


class FakeSlack:
    """The named channels are public channels of `team` that the bot is a member of. `now` dates messages; without it
    all are of one second, and still in order. `history`: whether the bot may read channels (`find_posted`)."""

    def __init__(
        self, *channels: str, team: str = "T1", now: Callable[[], datetime] = lambda: START, history: bool = True
    ) -> None:
        self.history = history
        self.teams = frozenset({team})
        """The workspaces of its organisation that the bot is let into."""
        self.outside: set[tuple[str, str]] = set()
        """(channel, user) of who is not in a channel; all others are in all."""
        self.groups: dict[str, frozenset[str]] = {}
        """The people of user groups of `team`, by their id."""
        self.views: list[tuple[str, dict[str, Any]]] = []
        """(user, view) of each modal that was opened, in order."""
        self._now, self._team = now, team
        self._numbers, self._stamp = count(1), (0, 0)
        self._channels: dict[str, Channel] = {}
        self._people: dict[tuple[str, str], UserInfo] = {}
        self._directs: dict[str, str] = {}
        self._triggers: dict[str, str] = {}
        self._responses: dict[str, tuple[str, str, int]] = {}
        self._faults: deque[_Fault] = deque()
        for channel in channels:
            self.add_channel(channel)

    # What a test arranges

    def add_channel(self, id: str, *, team: str | None = None, private: bool = False, member: bool = True) -> str:
        """A new channel; its id."""
        self._channels[id] = Channel(team or self._team, private=private, member=member)
        return id

    def add_person(self, id: str, *, team: str | None = None, **info: Any) -> str:
        """A new person, whom the bot may write to; their id. `info` is what Slack says of them, as in `UserInfo`."""
        self._people[team or self._team, id] = UserInfo(**{"guest": False, **info})
        return id

    def archive(self, channel: str) -> None:
        """Archives a channel, which keeps its messages and members."""
        self._channels[channel].archived = True

    def unarchive(self, channel: str) -> None:
        """Opens an archived channel again."""
        self._channels[channel].archived = False

    def kick(self, channel: str) -> None:
        """Removes the bot from a channel."""
        self._channels[channel].member = False

    def invite(self, channel: str) -> None:
        """Adds the bot to a channel."""
        self._channels[channel].member = True

    def remove_channel(self, channel: str) -> None:
        """Deletes a channel with all that was said in it; one that is gone stays so."""
        self._channels.pop(channel, None)

    def delete(self, channel: str, ts: str) -> None:
        """Deletes a message."""
        del self._channels[channel].entries[ts]

    def lock(self, channel: str, ts: str, error: str = "edit_window_closed") -> None:
        """From now on updates of a message are refused with this error."""
        self._channels[channel].locked[ts] = error

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Entry:
        """A person writes a message."""
        return self._channels[channel].append(Entry(self._next_ts(), Message(text, []), thread_ts, user=user))

    def caller(self, user: str, channel: str, thread_ts: str | None = None) -> Caller:
        """Somebody who has just typed a command or pressed a button; they can be answered, and shown one modal."""
        number = next(self._numbers)
        url, trigger = f"response-{number}", f"trigger-{number}"
        self._responses[url] = channel, user, RESPONSES_MAX
        self._triggers[trigger] = user
        team = self._channels[channel].team
        return Caller(team, None, user, channel, thread_ts, response_url=url, trigger_id=trigger)

    def conversation(self, user: str) -> str:
        """The id of the direct conversation of a person of `team` with the bot."""
        return self._direct(self._team, user)

    # Faults. They are met in the order in which they were arranged

    def refuse(self, call: Call, error: str, *, retry_after: timedelta | None = None, times: int = 1) -> None:
        """The next `times` calls of this kind are refused, and have no effect."""
        self._faults.extend([_Fault(call, ApiFailure(error, retry_after), arrives=False)] * times)

    def drop(self, call: Call, *, arrives: bool, times: int = 1) -> None:
        """The connections of the next `times` calls of this kind drop before the call took effect, or (`arrives`) after
        it: the caller cannot tell which."""
        self._faults.extend([_Fault(call, ApiFailure("dropped"), arrives=arrives)] * times)

    def heal(self) -> None:
        """Forgets the faults that nothing has met yet."""
        self._faults.clear()

    # What a test looks at

    def entries(self, channel: str) -> list[Entry]:
        """All messages of a channel, or of the conversation with a person, oldest first, those of threads among them.
        Updated messages are as they were updated."""
        found = self._channels.get(self._directs.get(channel, channel))
        return list(found.entries.values()) if found is not None else []

    def texts(self, channel: str, thread_ts: str | None = None) -> list[str]:
        """What the messages of a channel say, or of one thread without its parent, oldest first."""
        entries = self.entries(channel)
        return [each.text for each in entries if thread_ts is None or each.thread_ts == thread_ts != each.ts]

    # The port

    def post(
        self,
        team: str,
        channel: str,
        message: Message,
        thread_ts: str | None,
        *,
        key: str | None = None,
        broadcast: bool = False,
        person_waits: bool = False,  # noqa: ARG002  the port's; nobody is busy here
    ) -> Posted | ApiFailure:
        """See `SlackClient`. A thread that does not exist is no error: the message then stands in the channel."""
        return self._faulty("post", lambda: self._post(team, channel, message, thread_ts, key, broadcast))

    def update(self, team: str, channel: str, ts: str, message: Message) -> Posted | ApiFailure:
        """See `SlackClient`. The key stays with the message."""
        return self._faulty("update", lambda: self._update(team, channel, ts, message))

    def find_posted(
        self, team: str, channel: str, key: str, at: datetime, thread_ts: str | None
    ) -> Posted | ApiFailure | None:
        """See `SlackClient`."""
        return self._faulty("find_posted", lambda: self._find(team, channel, key, at, thread_ts))

    def channel_info(self, team: str, channel: str) -> ChannelInfo | ApiFailure:
        """See `SlackClient`."""
        return self._faulty("channel_info", lambda: self._place(team, channel))

    def is_in_channel(self, team: str, channel: str, user: str) -> bool | ApiFailure:
        """See `SlackClient`."""
        return self._faulty("is_in_channel", lambda: self._is_in(team, channel, user))

    def user_info(self, team: str, user: str) -> UserInfo | ApiFailure:
        """See `SlackClient`."""
        return self._faulty("user_info", lambda: self._people.get((team, user), ApiFailure("user_not_found")))

    def group_members(self, team: str, group: str) -> frozenset[str] | ApiFailure:
        """See `SlackClient`."""
        groups = self.groups if team == self._team else {}
        return self._faulty("group_members", lambda: groups.get(group, ApiFailure("no_such_subteam")))

    def organisation_teams(self, organisation: str) -> frozenset[str] | ApiFailure:  # noqa: ARG002  it has one
        """See `SlackClient`."""
        return self._faulty("organisation_teams", lambda: self.teams)

    def open_modal(self, caller: Caller, view: dict[str, Any]) -> ApiFailure | None:
        """See `SlackClient`. A trigger opens one modal."""
        if caller.trigger_id is None:
            return ApiFailure("no_trigger_id")
        return self._faulty("open_modal", lambda: self._open(str(caller.trigger_id), view))

    def respond(self, caller: Caller, message: Message) -> ApiFailure | None:
        """See `SlackClient`."""
        if caller.response_url is None:
            return ApiFailure("no_response_url")
        return self._faulty("respond", lambda: self._respond(caller, str(caller.response_url), message))

    # Effects

    def _faulty(self, call: Call, effect: Callable[[], T]) -> T | ApiFailure:
        fault = next((each for each in self._faults if each.call == call), None)
        if fault is None:
            return effect()
        self._faults.remove(fault)
        if fault.arrives:
            effect()
        return fault.answer

    def _post(
        self, team: str, wanted: str, message: Message, thread_ts: str | None, key: str | None, broadcast: bool
    ) -> Posted | ApiFailure:
        where = self._direct(team, wanted) if (team, wanted) in self._people else wanted
        channel = self._channel(team, where)
        if isinstance(channel, ApiFailure):
            return channel
        if error := channel.post_error():
            return ApiFailure(error)
        thread = thread_ts if thread_ts in channel.entries else None
        shown = broadcast and thread is not None
        return Posted(where, channel.append(Entry(self._next_ts(), message, thread, shown, key)).ts)

    def _update(self, team: str, id: str, ts: str, message: Message) -> Posted | ApiFailure:
        channel = self._channel(team, id)
        if isinstance(channel, ApiFailure):
            return channel
        if error := channel.update_error(ts):
            return ApiFailure(error)
        channel.update(ts, message)
        return Posted(id, ts)

    def _find(self, team: str, id: str, key: str, at: datetime, thread_ts: str | None) -> Posted | ApiFailure | None:
        where = self._direct(team, id) if (team, id) in self._people else id
        channel = self._channel(team, where)
        if isinstance(channel, ApiFailure):
            return channel
        if error := channel.read_error(thread_ts, history=self.history):
            return ApiFailure(error)
        oldest, latest = (at - LOOK_AROUND).timestamp(), (at + LOOK_AROUND).timestamp()
        return next((Posted(where, each.ts) for each in channel.keyed(key, oldest, latest, thread_ts)), None)

    def _place(self, team: str, id: str) -> ChannelInfo | ApiFailure:
        channel = self._channel(team, id)
        if isinstance(channel, ApiFailure) or channel.hidden:
            return ApiFailure("channel_not_found")
        private = channel.private or channel.direct
        return ChannelInfo(archived=channel.archived, member=channel.member, private=private)

    def _is_in(self, team: str, id: str, user: str) -> bool | ApiFailure:
        channel = self._channel(team, id)
        if isinstance(channel, ApiFailure) or channel.hidden:
            return ApiFailure("channel_not_found")
        return self._directs.get(user) == id if channel.direct else (id, user) not in self.outside

    def _open(self, trigger: str, view: dict[str, Any]) -> ApiFailure | None:
        user = self._triggers.pop(trigger, None)
        if user is None:
            return ApiFailure("expired_trigger_id")
        self.views.append((user, view))
        return None

    def _respond(self, caller: Caller, url: str, message: Message) -> ApiFailure | None:
        channel, user, left = self._responses.get(url, ("", "", 0))
        if left == 0:
            return ApiFailure("expired_url")
        self._responses[url] = channel, user, left - 1
        reader = None if message.response_type == "in_channel" else user
        entry = Entry(self._next_ts(), message, caller.thread_ts, visible_to=reader)
        self._channels[channel].append(entry)
        return None

    def _channel(self, team: str, id: str) -> Channel | ApiFailure:
        channel = self._channels.get(id)
        return channel if channel is not None and channel.team == team else ApiFailure("channel_not_found")

    def _direct(self, team: str, user: str) -> str:
        """The conversation with a person, made where there is none."""
        if user not in self._directs:
            self._directs[user] = f"D{next(self._numbers)}"
            self._channels[self._directs[user]] = Channel(team, direct=True)
        return self._directs[user]

    def _next_ts(self) -> str:
        """Later than all before it."""
        second, number = max(int(self._now().timestamp()), self._stamp[0]), 1
        if second == self._stamp[0]:
            number += self._stamp[1]
        self._stamp = second, number
        return f"{second}.{number:06d}"
