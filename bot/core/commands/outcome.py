"""Replies from what the database keeps: what changed, what channels follow, how deliveries stand."""

from dataclasses import dataclass

from bot.core.changes.announcement import Update
from bot.core.changes.history import ChangeList
from bot.core.delivery.status import Status
from bot.core.digests.digest import Digest
from bot.core.digests.listing import Digests
from bot.core.subscriptions.listing import Subscriptions


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody wanted was done, and the channel was told: there is nothing to say to them alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it was not done: what was typed, why not, and what to do next. `people` are the ids of those
    who can help; what stands between backticks is to be typed."""

    typed: str
    why: str
    advice: str
    people: tuple[str, ...] = ()


Kept = ChangeList | Update | Subscriptions | Status | Digests | Digest | Done | Refusal
