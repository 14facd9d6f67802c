"""The lists of a channel's digests, for `/brief digest`, and of all that it gets, for `/brief subscriptions`; and how
things are, for its readers."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A schedule. `number` is what people type to name it; `next_at` are the next fire times (UTC), soonest first."""

    number: int
    schedule: Schedule
    next_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSchedules:
    """The digest schedules of a channel and the subscriptions that its digests cover, both oldest first."""

    schedules: tuple[ScheduleEntry, ...]
    subscriptions: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """The subscriptions of one channel and its digests or, with `everywhere`, the subscriptions of all channels of the
    workspace, oldest first. `default` is the title of the default brief, None if there is none. Whether a subscription
    is muted is judged at `now`."""

    subscriptions: tuple[Subscription, ...]
    everywhere: bool
    default: str | None
    now: datetime
    schedules: tuple[ScheduleEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """What readers of a channel want to know. `briefs` counts published briefs, `latest` are (day, title) of those that
    changed last, newest first; `unsent` counts the messages that are still to be posted in the channel. `stopped`:
    nothing is sent to the workspace. Muted is judged at `now`."""

    briefs: int
    latest: tuple[tuple[date, str], ...]
    subscriptions: tuple[Subscription, ...]
    schedules: tuple[Schedule, ...]
    unsent: int
    stopped: bool
    now: datetime
