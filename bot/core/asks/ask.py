"""An ask: what somebody would have changed who may not, and what admins decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

AskState = Literal["open", "allowed", "declined", "lapsed"]
"""`lapsed`: nobody has decided in time."""

LAPSES_AFTER = timedelta(days=7)
ADMINS_MAX = 20
"""Admins who are asked."""


@dataclass(frozen=True, slots=True)
class NewAsk:
    """An ask as it was made. `team`, `enterprise`, `channel` and `asker` are Slack's ids, `channel` that which is to
    follow something else; `command` is the value of a button; `zone` the time zone of who asks, None for none."""

    team: str
    enterprise: str | None
    channel: str
    asker: str
    command: str
    zone: str | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask as it is kept. `version` counts its decisions, and those that were taken back; `decided_by` is the id of
    the admin, None while it is open and where nobody has decided."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    asker: str
    command: str
    zone: str | None
    asked_at: datetime
    state: AskState
    version: int
    decided_by: str | None = None

    def has_lapsed(self, now: datetime) -> bool:
        """Whether nobody has decided in time, whether that was noted or not."""
        return self.state == "lapsed" or (self.state == "open" and now - self.asked_at >= LAPSES_AFTER)


@dataclass(frozen=True, slots=True)
class AskNoticePlace:
    """Where an admin was told of an ask: the conversation with them and the message's `ts`, None while not sent."""

    admin: str
    conversation: str | None
    ts: str | None


@dataclass(frozen=True, slots=True)
class AllowedAsk:
    """The ask that an admin allows by the command which is carried out, and the id of who asked."""

    number: int
    asker: str
