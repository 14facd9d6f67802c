"""The list of a channel's digests, for `/brief digest`."""

from dataclasses import dataclass
from datetime import datetime

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
