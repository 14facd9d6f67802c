"""Commands behind *Undo*, as values. They cannot be typed, so their text is empty."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.subscriptions.subscription import SubscriptionSpec


@dataclass(frozen=True, slots=True)
class RestoreSubscription:
    """Takes back a change of the subscription with this number, if it has this version still. `spec` and `muted_until`
    are what it had before; without a spec it was not there."""

    number: int
    version: int
    spec: SubscriptionSpec | None = None
    muted_until: datetime | None = None

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Resubscribe:
    """Takes back the end of subscriptions that had these specifications, of those whose target this channel does not
    follow again."""

    specs: tuple[SubscriptionSpec, ...]

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class RestoreDefaultBrief:
    """Takes back the choice of the default brief `chosen`, if it is that still; `brief` is the one before. None is no
    brief."""

    brief: str | None = None
    chosen: str | None = None

    def __str__(self) -> str:
        return ""


Undo = RestoreSubscription | Resubscribe | RestoreDefaultBrief
"""What works while what it takes back stands."""
