"""The fake of Slack and the real sender over a local workspace, as one contract test arranges and looks at them."""

from datetime import timedelta
from typing import Literal, Protocol

from bot.handlers.ports import Caller, SlackClient
from bot.render.document.message import notice
from bot.slack.sender import WebSlackClient
from bot.slack.web_api import WebApi
from bot.workspace.workspace import ALL_SCOPES, Workspace
from tests.fake_slack import Call, FakeSlack

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
    def sender(self) -> SlackClient: ...
    def channel(self, *, private: bool = False, member: bool = True) -> str: ...
    def person(self, *, guest: bool = False) -> str: ...
    def group(self, *members: str) -> str: ...
    def join(self, user: str, channel: str) -> None: ...
    def leave(self, user: str, channel: str) -> None: ...
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

    def group(self, *members: str) -> str:
        id_ = f"S{next(self._ids)}"
        self.sender.groups[id_] = frozenset(members)
        return id_

    def join(self, user: str, channel: str) -> None:
        self.sender.outside.discard((channel, user))

    def leave(self, user: str, channel: str) -> None:
        self.sender.outside.add((channel, user))

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
    "find_posted": "conversations.history",
    "channel_info": "conversations.info",
    "is_in_channel": "conversations.members",
    "user_info": "users.info",
    "group_members": "usergroups.users.list",
    "open_modal": "views.open",
    "respond": "response_url",
}


class Real:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        api = WebApi(workspace.state.app.bot_token, f"{workspace.base_url}/api/")
        self.sender = WebSlackClient(lambda _: api)

    def channel(self, *, private: bool = False, member: bool = True) -> str:
        return self.workspace.add_channel("general", private=private, bot=member)

    def person(self, *, guest: bool = False) -> str:
        return self.workspace.add_user("ann", guest=guest)

    def group(self, *members: str) -> str:
        return self.workspace.add_user_group(*members)

    def join(self, user: str, channel: str) -> None:
        self.workspace.state.channels[channel].members.add(user)

    def leave(self, user: str, channel: str) -> None:
        self.workspace.state.channels[channel].members.discard(user)

    def archive(self, channel: str) -> None:
        self.workspace.archive(channel)

    def say(self, user: str, channel: str) -> str:
        return self.workspace.say(user, channel, "talk").ts

    def trouble(self, call: Call, kind: Trouble) -> None:
        self.workspace.faults.script(METHODS[call], kind, seconds=3)

    def forbid_history(self) -> None:
        self.workspace.state.app.scopes = ALL_SCOPES

    def caller(self, user: str, channel: str, thread_ts: str | None = None) -> Caller:
        url = self.workspace.response_url({"channel": channel, "user": user})
        return Caller(TEAM, None, user, channel, thread_ts, url, self.workspace.state.new_trigger(user))

    def lock(self, channel: str, ts: str) -> None:
        self.workspace.state.find(channel, ts).locked = "edit_window_closed"

    def seen(self, user: str, channel: str) -> list[tuple[str, str | None]]:
        return [(m.text, m.thread_ts) for m in self.workspace.seen_by(user, self.workspace.state.conversation(channel))]

    def newest(self, channel: str) -> str:
        return self.workspace.state.messages.of(channel)[-1].ts
