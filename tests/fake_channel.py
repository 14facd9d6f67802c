"""A channel of the fake Slack (tests/fake_slack.py): its messages, and what Slack refuses to do in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.render.document.message import Message


@dataclass(frozen=True, slots=True)
class Entry:
    """A message that Slack has. `user` is None for the bot's own; `key` is the one that `post` was given; `edits` is
    how often it was updated; `visible_to` is the only person who sees it, None where all do."""

    ts: str
    message: Message
    thread_ts: str | None = None
    broadcast: bool = False
    key: str | None = None
    user: str | None = None
    visible_to: str | None = None
    edits: int = 0

    @property
    def text(self) -> str:
        """What it says."""
        return self.message.text

    def is_in(self, thread_ts: str | None) -> bool:
        """Whether the history of the channel gives it (None), or that of a thread, which begins with its parent."""
        if self.visible_to is not None:
            return False
        if thread_ts is None:
            return self.thread_ts is None or self.broadcast
        return thread_ts in (self.ts, self.thread_ts)


@dataclass(slots=True)
class Channel:
    """A channel of one workspace, or a direct conversation. Errors are Slack's words; None: it is allowed."""

    team: str
    private: bool = False
    archived: bool = False
    member: bool = True
    direct: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    """By `ts`, oldest first."""
    locked: dict[str, str] = field(default_factory=dict)
    """By `ts`: the error with which an update is refused."""

    @property
    def hidden(self) -> bool:
        """Whether the bot cannot even see that it exists."""
        return self.private and not self.member

    def append(self, entry: Entry) -> Entry:
        """Adds a message."""
        self.entries[entry.ts] = entry
        return entry

    def post_error(self) -> str | None:
        """Why the bot may not post. It may where it is no member of a public channel."""
        if self.hidden:
            return "channel_not_found"
        return "is_archived" if self.archived else None

    def update_error(self, ts: str) -> str | None:
        """Why the bot may not change a message."""
        if self.archived:
            return "is_inactive"
        entry = self.entries.get(ts)
        if entry is None or entry.visible_to is not None:
            return "message_not_found"
        return "cant_update_message" if entry.user is not None else self.locked.get(ts)

    def read_error(self, thread_ts: str | None, *, history: bool) -> str | None:
        """Why the bot may not read it. Direct conversations need no scope that the bot does not have."""
        if not (history or self.direct):
            return "missing_scope"
        if not self.member:
            return "channel_not_found" if self.private else "not_in_channel"
        return None if thread_ts is None or thread_ts in self.entries else "thread_not_found"

    def update(self, ts: str, message: Message) -> None:
        """Puts a message in the place of one; all else of it stays."""
        entry = self.entries[ts]
        self.entries[ts] = replace(entry, message=message, edits=entry.edits + 1)

    def keyed(self, key: str, oldest: float, latest: float, thread_ts: str | None) -> Iterator[Entry]:
        """The messages with this key between two instants (seconds of the epoch)."""
        for entry in self.entries.values():
            if entry.key == key and entry.is_in(thread_ts) and oldest < float(entry.ts) < latest:
                yield entry
