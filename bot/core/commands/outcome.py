"""Replies from what the database keeps: what changed, what channels follow, how deliveries stand."""

from dataclasses import dataclass

from bot.core.changes.announcement import Announcement
from bot.core.changes.history import ChangeList
from bot.core.delivery.status import Status
from bot.core.digests.digest import Digest
from bot.core.digests.listing import DigestSchedules
from bot.core.subscriptions.listing import SubscriptionList


@dataclass(frozen=True, slots=True)
class Announced:
    """What somebody wanted was done, and the channel was told: there is nothing to say to them alone."""


@dataclass(frozen=True, slots=True)
class CommandRejected:
    """Why it was not done: what was typed, why not, and what to do next. `people` are the ids of those
    who can help; what stands between backticks is to be typed."""

    typed: str
    reason: str
    advice: str
    people: tuple[str, ...] = ()


Outcome = ChangeList | Announcement | SubscriptionList | Status | DigestSchedules | Digest | Announced | CommandRejected
