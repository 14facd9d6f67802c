"""What a workspace holds: people, channels, messages. Plain values; every rule about them is in `api`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from typing import Any

from bot.workspace.messages import Message, Messages

__all__ = ["App", "Channel", "Json", "LimitedUseToken", "Message", "Messages", "SlackError", "State", "User"]

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API call that Slack answers with `ok: false`. `extra` goes into the answer beside the error's name."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass(slots=True)
class User:
    """A person or a bot. Guests are `is_restricted`, and those of a single channel `is_ultra_restricted` as well."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Berlin"
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False


@dataclass(slots=True)
class Channel:
    """A public or private channel, or a direct conversation (`is_im`)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    created: int = 0


@dataclass(slots=True)
class App:
    """An installed app: its tokens, scopes and bot user."""

    id: str
    bot_user: str
    bot_id: str
    signing_secret: str
    bot_token: str
    app_token: str
    scopes: frozenset[str]


@dataclass(slots=True)
class LimitedUseToken:
    """A `response_url` or `trigger_id`: what it is for, until when, and how often still."""

    context: Json
    expires: float
    left: int


@dataclass
class State:
    """One workspace. Guarded by `lock`; `clock` gives seconds since the epoch."""

    clock: Callable[[], float]
    app: App
    team: str = "T0LOCAL001"
    domain: str = "local"
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: Messages = field(default_factory=Messages)
    views: dict[str, Json] = field(default_factory=dict)
    response_urls: dict[str, LimitedUseToken] = field(default_factory=dict)
    triggers: dict[str, LimitedUseToken] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock, repr=False)
    numbers: Any = field(default_factory=lambda: count(1), repr=False)
    stamp: tuple[int, int] = (0, 0)
    """The second and the number in it of the newest message."""
    directs: dict[str, str] = field(default_factory=dict)
    """The direct conversation of a person, once it has been looked for."""
    version: int = 0
    """Goes up whenever people see something else."""

    def post(self, message: Message) -> Message:
        """Adds a message for those who may see it."""
        with self.lock:
            self.messages.append(message)
            self.version += 1
        return message

    def next_ts(self) -> str:
        """A new message's name, later than all before it."""
        with self.lock:
            second, number = max(int(self.clock()), self.stamp[0]), 1
            if second == self.stamp[0]:
                number += self.stamp[1]
            self.stamp = second, number
        return f"{second}.{number:06d}"

    def new_id(self, prefix: str) -> str:
        """An id of Slack's shape."""
        return f"{prefix}{next(self.numbers):08d}"

    def channel(self, channel_id: str) -> Channel:
        """Raises: SlackError channel_not_found."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def direct(self, user: str) -> Channel:
        """The direct conversation of a person with the app; opened if need be."""
        with self.lock:
            found = self._direct(user)
            if found is None:
                found = Channel(self.new_id("D"), "", {user, self.app.bot_user}, is_im=True)
                self.channels[found.id] = found
            self.directs[user] = found.id
        return found

    def _direct(self, user: str) -> Channel | None:
        if known := self.channels.get(self.directs.get(user, "")):
            return known
        return next((c for c in self.channels.values() if c.is_im and user in c.members), None)

    def conversation(self, wanted: str) -> str:
        """The id of the conversation that a post to this channel or person goes to, without opening one."""
        return self.directs.get(wanted, wanted)

    def find(self, channel: str, ts: str) -> Message:
        """A message that everybody sees. Raises: SlackError message_not_found."""
        found = self.messages.get(channel, ts)
        if found is None or found.visible_to is not None:
            raise SlackError("message_not_found")
        return found

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What one person sees in a channel, oldest first, threads with the rest."""
        return [m for m in self.messages.of(channel) if m.visible_to in (None, user)]
