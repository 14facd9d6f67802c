"""What a workspace holds: its app, people, channels, messages and open views. Slack's rules about them are in `api`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from secrets import token_urlsafe
from threading import RLock
from typing import Any

from bot.workspace.change_signal import ChangeSignal
from bot.workspace.messages import Message, Messages

Json = dict[str, Any]

RESPONSE_URL_USES = 5
RESPONSE_URL_S = 30 * 60
TRIGGER_S = 3
"""Uses, and seconds of validity. Source: docs.slack.dev, handling user interaction."""


class SlackError(Exception):
    """A Web API call that Slack answers with `ok: false`. `extra` are further fields of that answer."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass(slots=True)
class User:
    """A person or a bot. `tz` is the IANA name of a time zone. Guests are `is_restricted`, guests of a single channel
    `is_ultra_restricted` as well. People of another organisation, who are in a shared channel, have a `team` of their
    own, None standing for this workspace; `is_stranger` are those of them who are in no channel with the app."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Berlin"
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    team: str | None = None
    is_stranger: bool = False


@dataclass(slots=True)
class Channel:
    """A public or private channel, or a direct conversation of two (`is_im`) or more (`is_mpim`). `members` are user
    ids; `created` is in seconds since the epoch."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    created: int = 0
    is_mpim: bool = False


@dataclass(slots=True)
class UserGroup:
    """A user group (`S…`) and the ids of its members; a disabled one keeps them."""

    id: str
    members: set[str] = field(default_factory=set)
    is_disabled: bool = False


@dataclass(slots=True)
class App:
    """An installed app: its ids (`A…`, `U…` of its bot user, `B…`), its tokens (`xoxb-…`, `xapp-…`), and the scopes of
    the bot token; the names of its message shortcuts by their callback ids."""

    id: str
    bot_user: str
    bot_id: str
    signing_secret: str
    bot_token: str
    app_token: str
    scopes: frozenset[str]
    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"report": "Report a mistake"})
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    rotates: bool = False
    """Whether its tokens expire, and are changed by the refresh token for others."""
    redirect_urls: tuple[str, ...] = ()
    """The addresses that codes may be sent to, for installations by OAuth; what begins with one of them may, too."""


@dataclass(slots=True)
class LimitedUseToken:
    """A `response_url` or `trigger_id`: its context, the second since the epoch at which it expires, and its remaining
    uses."""

    context: Json
    expires: float
    left: int


@dataclass
class State:
    """One workspace. `lock` guards it; `clock` gives seconds since the epoch; `team` is its id. `enterprise` is that of
    an organisation (`E…`) for which the app is installed as a whole, None where it is installed here alone."""

    clock: Callable[[], float]
    app: App
    team: str = "T0LOCAL001"
    domain: str = "local"
    enterprise: str | None = None
    siblings: tuple[str, ...] = ()
    """Other workspaces of that organisation that the app is let into."""
    users: dict[str, User] = field(default_factory=dict)
    user_groups: dict[str, UserGroup] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: Messages = field(default_factory=Messages)
    views: dict[str, Json] = field(default_factory=dict)
    response_urls: dict[str, LimitedUseToken] = field(default_factory=dict)
    triggers: dict[str, LimitedUseToken] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    """The `Grant` of each code by which the app may be installed."""
    # Re-entrant: a Web API call holds it while `post` and `next_ts` take it again.
    lock: RLock = field(default_factory=RLock, repr=False)
    numbers: Any = field(default_factory=lambda: count(1), repr=False)
    last_ts: tuple[int, int] = (0, 0)
    """The second of the newest message and its number within that second."""
    directs: dict[str, str] = field(default_factory=dict)
    """Ids of direct conversations by user id, as far as they were looked up."""
    changes: ChangeSignal = field(default_factory=ChangeSignal, repr=False)
    """Announces whenever people see something else."""

    @property
    def version(self) -> int:
        """Grows whenever people see something else; counts from 0."""
        return self.changes.version

    def post(self, message: Message) -> Message:
        """Adds a message and returns it. Raises: ValueError where its channel has another of this `ts`."""
        with self.lock:
            self.messages.append(message)
        self.changes.announce()
        return message

    def next_ts(self) -> str:
        """The `ts` of a new message (`<seconds since the epoch>.<number>`), later than all before it even if the clock
        steps back."""
        with self.lock:
            second, number = max(int(self.clock()), self.last_ts[0]), 1
            if second == self.last_ts[0]:
                number += self.last_ts[1]
            self.last_ts = second, number
        return f"{second}.{number:06d}"

    def new_id(self, prefix: str) -> str:
        """An id of Slack's shape, unique in this workspace: the prefix and eight digits, e.g. `U00000012`."""
        return f"{prefix}{next(self.numbers):08d}"

    def new_trigger(self, user: str) -> str:
        """A `trigger_id` with which the app may open one view for this person, within 3 seconds."""
        key = self.new_id("trigger.")
        self.triggers[key] = LimitedUseToken({"user": user}, self.clock() + TRIGGER_S, 1)
        return key

    def new_response_key(self, context: Json) -> str:
        """The key of a new `response_url`; `context` says to which `channel` and `user` it answers, and with `typed`
        to which command. Good for 5 uses within 30 minutes. It is random: whoever has the address may answer."""
        key = f"R{token_urlsafe()}"
        self.response_urls[key] = LimitedUseToken(context, self.clock() + RESPONSE_URL_S, RESPONSE_URL_USES)
        return key

    def home(self, user: str) -> str:
        """The id of the workspace that a person comes from."""
        person = self.users.get(user)
        return (person.team if person else None) or self.team

    def channel(self, channel_id: str) -> Channel:
        """The channel of this id. Raises: SlackError channel_not_found."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def direct(self, user: str) -> Channel:
        """The direct conversation of a person with the app; opens one if there is none."""
        with self.lock:
            channel = self._direct(user)
            if channel is None:
                channel = Channel(self.new_id("D"), "", {user, self.app.bot_user}, is_im=True)
                self.channels[channel.id] = channel
            self.directs[user] = channel.id
        return channel

    def _direct(self, user: str) -> Channel | None:
        if channel := self.channels.get(self.directs.get(user, "")):
            return channel
        both = {user, self.app.bot_user}
        return next((c for c in self.channels.values() if c.is_im and both <= c.members), None)

    def conversation(self, recipient: str) -> str:
        """The id of the conversation (`C…`, `D…`) that gets a post to this channel or person; opens none. A person
        (`U…`) whose direct conversation is not open stands for it."""
        return self.directs.get(recipient, recipient)

    def find(self, channel: str, ts: str) -> Message:
        """A message that everybody sees. Raises: SlackError message_not_found."""
        message = self.messages.get(channel, ts)
        if message is None or message.visible_to is not None:
            raise SlackError("message_not_found")
        return message

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What one person sees in a channel, oldest first, with replies between the other messages."""
        return [m for m in self.messages.of(channel) if m.visible_to in (None, user)]
