"""What handlers need from outside, as Protocols."""

from dataclasses import dataclass
from typing import Any, Protocol

from bot.render.message import Message


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


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack took the message; `ts` names it in its channel."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack did not take it; `error` is its own word, or `unreachable`."""

    error: str


class Sender(Protocol):
    """Slack's side, as far as handlers reach it."""

    def post(self, team: str, channel: str, message: Message, thread_ts: str | None) -> Posted | Refused:
        """Posts for all to see (`chat.postMessage`)."""
        ...

    def open(self, caller: Caller, view: dict[str, Any]) -> Refused | None:
        """Opens a modal over what the caller sees (`views.open`); None when it was opened."""
        ...

    def respond(self, caller: Caller, message: Message) -> Refused | None:
        """Answers through the caller's `response_url`, in the thread of the press; None when it was taken."""
        ...
