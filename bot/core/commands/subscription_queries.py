"""Questions about what a channel follows, as values."""

from dataclasses import dataclass
from typing import Literal

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
