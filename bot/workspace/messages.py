"""Messages, with lookup by channel, by `ts` and by thread."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, overload


@dataclass(slots=True)
class Message:
    """A message as Slack stores it. `ts` is its id within the channel. `visible_to` is the one person who sees an
    ephemeral message, None where everybody does; `broadcast` marks a reply that the channel shows as well. `locked` is
    the error with which every `chat.update` of it is refused."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    visible_to: str | None = None
    bot_id: str | None = None
    edited: bool = False
    """Whether people see it marked as edited; an edit with blocks sets no mark. Source: docs.slack.dev, chat.update."""
    broadcast: bool = False
    locked: str | None = None
    edits: int = 0
    """How many edits changed text or blocks."""

    def as_json(self) -> dict[str, Any]:
        """The message as JSON values, as `conversations.history` and interaction payloads have it; absent fields are
        left out."""
        optional = {
            "subtype": "thread_broadcast" if self.broadcast else None,
            "thread_ts": self.thread_ts,
            "metadata": self.metadata,
            "bot_id": self.bot_id,
        }
        present = {key: value for key, value in optional.items() if value is not None}
        fields = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text, "blocks": self.blocks}
        return {**fields, **present}


class Messages:
    """All messages of a workspace in the order of their arrival. Reading needs no lock: it reads a copy."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Message] = {}
        self._channels: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, Message]] = {}

    def append(self, message: Message) -> None:
        """Adds a message. Raises: ValueError where its channel has another of this `ts`."""
        if (message.channel, message.ts) in self._all:
            raise ValueError(f"{message.channel} has a message {message.ts} already")
        self._all[message.channel, message.ts] = message
        self._channels.setdefault(message.channel, {})[message.ts] = message
        # A parent has its own `ts` as `thread_ts`, and is no reply.
        if message.thread_ts not in (None, message.ts):
            self._threads.setdefault((message.channel, str(message.thread_ts)), {})[message.ts] = message

    def remove(self, message: Message) -> None:
        """Removes a message. Raises: KeyError where it is not there."""
        del self._all[message.channel, message.ts]
        del self._channels[message.channel][message.ts]
        self._threads.get((message.channel, str(message.thread_ts)), {}).pop(message.ts, None)

    def move(self, channel: str, to: str) -> None:
        """Gives all messages of a channel to another, which has none."""
        for message in self.of(channel):
            self.remove(message)
            message.channel = to
            self.append(message)

    def drop(self, channel: str) -> None:
        """Removes all messages of a channel."""
        for message in self.of(channel):
            self.remove(message)

    def get(self, channel: str, ts: str) -> Message | None:
        """The message of this `ts`; None where there is none."""
        return self._all.get((channel, ts))

    def of(self, channel: str) -> list[Message]:
        """All messages of a channel with their replies, oldest first."""
        return list(self._channels.get(channel, {}).values())

    def replies(self, channel: str, ts: str) -> list[Message]:
        """The replies to a message, oldest first."""
        return list(self._threads.get((channel, ts), {}).values())

    def __iter__(self) -> Iterator[Message]:
        return iter(list(self._all.values()))

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        return list(self._all.values())[index]

    def __repr__(self) -> str:
        return f"Messages({list(self._all.values())!r})"
