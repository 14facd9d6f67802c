"""What a workspace holds: people, channels, messages. Plain values; every rule about them is in `methods`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API call that Slack answers with `ok: false`. `extra` goes into the answer beside the error's name."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Berlin"
    is_bot: bool = False


@dataclass(slots=True)
class Channel:
    """A public or private channel, or a direct conversation (`is_im`)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False


@dataclass(slots=True)
class Message:
    """A message as Slack keeps it. `visible_to` is the one person who sees an ephemeral one."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    visible_to: str | None = None
    bot_id: str | None = None
    edited: bool = False

    def as_json(self) -> Json:
        """As `conversations.history` and interaction payloads carry it."""
        optional = {"thread_ts": self.thread_ts, "metadata": self.metadata, "bot_id": self.bot_id}
        shown = {key: value for key, value in optional.items() if value is not None}
        return {"type": "message", "ts": self.ts, "user": self.user, "text": self.text, "blocks": self.blocks, **shown}


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
class OneUse:
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
    messages: list[Message] = field(default_factory=list)
    views: dict[str, Json] = field(default_factory=dict)
    response_urls: dict[str, OneUse] = field(default_factory=dict)
    triggers: dict[str, OneUse] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock, repr=False)
    numbers: Any = field(default_factory=lambda: count(1), repr=False)
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
        return f"{int(self.clock())}.{next(self.numbers):06d}"

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
        for channel in self.channels.values():
            if channel.is_im and user in channel.members:
                return channel
        made = Channel(self.new_id("D"), "", {user, self.app.bot_user}, is_im=True)
        self.channels[made.id] = made
        return made

    def find(self, channel: str, ts: str) -> Message:
        """A message that everybody sees. Raises: SlackError message_not_found."""
        for message in self.messages:
            if (message.channel, message.ts, message.visible_to) == (channel, ts, None):
                return message
        raise SlackError("message_not_found")

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What one person sees in a channel, oldest first, threads with the rest."""
        return [m for m in self.messages if m.channel == channel and m.visible_to in (None, user)]
