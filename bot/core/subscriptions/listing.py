"""The subscriptions of a channel or a workspace, as a list."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """What a channel follows, or every channel of the workspace, and the default brief's title."""

    subscriptions: tuple[Subscription, ...]
    everywhere: bool
    default: str | None
    now: datetime
