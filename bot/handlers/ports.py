"""What handlers need from outside, as Protocols."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.core.asks.ask import AllowedAsk
from bot.render.document.message import Message
from bot.store.outbox import QueueName
from bot.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and where. Ids are Slack's. `thread_ts` is the thread in which something was pressed or said, if any;
    `response_url` is where a command or a press may be answered (5 times within 30 minutes), `trigger_id` what opens a
    modal (once, within 3 seconds), where there is one."""

    team: str
    enterprise: str | None
    user: str
    channel: str
    thread_ts: str | None = None
    response_url: str | None = None
    trigger_id: str | None = None
    zone: str | None = None
    """IANA name of the time zone in their profile, where Slack was asked for it."""
    group: bool = False
    """Whether `channel` is a direct message of several people, as far as Slack's payload says so."""
    message: str | None = None
    """The key of the message that asks (see `Question`), None for a command or a press."""
    taken_at: datetime | None = None
    """When this process took that message, to handle it."""
    home: str | None = None
    """The id of the workspace (`T…`) or organisation (`E…`) that they come from, as far as Slack's payload says so."""
    vouched: bool = True
    """Whether Slack itself says that they see `channel`; not of a form, which remembers where it was opened, nor of
    what was asked for before."""
    ask: AllowedAsk | None = None
    """What they allow by this command, where somebody else has asked for it."""

    @property
    def direct(self) -> bool:
        """Whether they are in a direct message, of two people or of several: nobody can invite the bot into one."""
        return self.group or self.channel.startswith("D")

    @property
    def place(self) -> str:
        """`channel` and `group` as one text, for a form, which does not say where it was opened."""
        return f"{self.channel} group" if self.group else self.channel

    @property
    def external(self) -> bool:
        """Whether Slack's payload says that they come from elsewhere than `team`."""
        return self.home not in (None, self.team, self.enterprise)


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack took the message; `ts` is unique in `channel`, the id that Slack answered with: for a message to a user's
    id it is that of the conversation with them. `thread_ts` is that of the thread which it is in, None outside one."""

    channel: str
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class ApiFailure:
    """Slack did not take it, or nobody knows; `error`, of at most 64 characters, is Slack's own word or one of these.

    Nothing was sent: `unreachable`, no connection was made; `busy`, too many calls in front of people wait for Slack;
    `no_token`, there is none for the workspace.
    It may have arrived: `dropped`, no answer came in time, or a connection ended before it; `no_slack_answer`, what
    answered does not speak as Slack does; `http_502` and the like, a failure of a server without a word of Slack's. Of
    what is read page by page: `look_incomplete`, there is more to look at than it may.
    `retry_after` is how long Slack asks to wait, at most an hour; None where it does not say so."""

    error: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ChannelInfo:
    """A channel as Slack describes it; `member`: the bot is in it; `private`: only its members see it, as of a direct
    conversation."""

    archived: bool
    member: bool
    private: bool = False


@dataclass(frozen=True, slots=True)
class UserInfo:
    """Somebody as Slack describes them; `zone` is the time zone of their profile, if it has one."""

    guest: bool
    """Whether they are no full member of the workspace: restricted there, of another organisation, a bot, or gone."""
    zone: str | None = None
    listed: bool = False
    """Whether their organisation lists the workspace as one of theirs, or is the one that the bot is installed for,
    which makes them members wherever else they come from."""


class SlackClient(Protocol):
    """Slack's side, as far as handlers reach it. Every call is made once; nothing is repeated here."""

    def post(
        self,
        team: str,
        channel: str,
        message: Message,
        thread_ts: str | None,
        *,
        key: str | None = None,
        broadcast: bool = False,
        person_waits: bool = False,
    ) -> Posted | ApiFailure:
        """Posts for all to see (`chat.postMessage`). `key` goes with it as metadata, so that `find_posted` finds it
        again. `thread_ts` is the parent's, None for a message in the channel; `broadcast` shows a reply there too.
        `person_waits`: somebody waits for it in a request, so that it may be `busy`."""
        ...

    def update(self, team: str, channel: str, ts: str, message: Message) -> Posted | ApiFailure:
        """Puts another message in the place of one of ours (`chat.update`)."""
        ...

    def find_posted(
        self, team: str, channel: str, key: str, at: datetime, thread_ts: str | None
    ) -> Posted | ApiFailure | None:
        """Looks for the key among the messages of a channel, or of a thread in it, around the instant of an attempt.
        None where no message of those minutes has it, an `ApiFailure` where nobody could look at all of them."""
        ...

    def channel_info(self, team: str, channel: str) -> ChannelInfo | ApiFailure:
        """What a channel is (`conversations.info`)."""
        ...

    def is_in_channel(self, team: str, channel: str, user: str) -> bool | ApiFailure:
        """Whether somebody is in a channel (`conversations.members`)."""
        ...

    def user_info(self, team: str, user: str) -> UserInfo | ApiFailure:
        """Who somebody is (`users.info`)."""
        ...

    def group_members(self, team: str, group: str) -> frozenset[str] | ApiFailure:
        """The ids of the people in a user group (`usergroups.users.list`)."""
        ...

    def organisation_teams(self, organisation: str) -> frozenset[str] | ApiFailure:
        """The ids of the workspaces of an organisation that the bot is let into (`auth.teams.list`)."""
        ...

    def open_modal(self, caller: Caller, view: dict[str, Any]) -> ApiFailure | None:
        """Opens a modal over what the caller sees (`views.open`); None when it was opened."""
        ...

    def respond(self, caller: Caller, message: Message) -> ApiFailure | None:
        """Answers through the caller's `response_url`, in the thread of the press; None when it was taken."""
        ...


class Queue(Protocol):
    """The durable engine. Of one queue and workspace at most one job runs at a time, in all processes together; a job
    whose process dies is run again."""

    def enqueue(self, tx: Transaction, queue: QueueName, team: str, job_id: str) -> None:
        """Adds a job in the caller's transaction; an id that was used before adds nothing."""
        ...

    def is_waiting(self, tx: Transaction, queue: QueueName, team: str) -> bool:
        """Whether a job of that queue and workspace waits to begin: it will see what is committed by now."""
        ...

    def handler(self, queue: QueueName, run: Callable[[str], None]) -> None:
        """Sets what runs a queue's jobs: a function of the team id. What it raises ends the job, which is not run
        again. Call it before `start`."""
        ...

    def start(self) -> None:
        """Begins to run jobs."""
        ...

    def stop(self) -> None:
        """Ends; jobs under way are run again by whoever starts next."""
        ...
