"""The list of subscriptions, for `/brief subscriptions`."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """The subscriptions of one channel or, with `everywhere`, of all channels of the workspace, oldest first. `default`
    is the title of the default brief, None if there is none. Whether a subscription is muted is judged at `now`."""

    subscriptions: tuple[Subscription, ...]
    everywhere: bool
    default: str | None
    now: datetime
