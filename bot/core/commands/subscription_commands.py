"""Commands about all that a channel follows, or about one subscription, as values."""

from dataclasses import dataclass
from typing import Literal

from bot.core.subscriptions.subscription import Target

ObjectVerb = Literal["subscribe", "unsubscribe", "mute", "unmute", "use"]
"""Verbs that need an object."""


@dataclass(frozen=True, slots=True)
class ShowSubscription:
    """The ways in which the subscription with this number can be changed."""

    number: int

    def __str__(self) -> str:
        return f"subscriptions #{self.number}"


@dataclass(frozen=True, slots=True)
class ShowObjects:
    """What a verb can be typed in front of: `verb` was typed alone."""

    verb: ObjectVerb

    def __str__(self) -> str:
        return self.verb


@dataclass(frozen=True, slots=True)
class EndSubscriptions:
    """Ends all subscriptions of this channel."""

    def __str__(self) -> str:
        return "unsubscribe everything"


@dataclass(frozen=True, slots=True)
class Unmute:
    """Post again what a subscription is about, named by its target or its number."""

    target_or_id: Target | int

    def __str__(self) -> str:
        return f"unmute {reference(self.target_or_id)}"


def reference(target_or_id: Target | int) -> str:
    """How a subscription is named in a command: `#3`, or its target."""
    return f"#{target_or_id}" if isinstance(target_or_id, int) else str(target_or_id)
