"""The digests of a channel, as a list."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.digests.schedule import Schedule
from bot.core.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A schedule by its number, and its next fire times."""

    number: int
    schedule: Schedule
    next_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSchedules:
    """When the digests of a channel are due, and the subscriptions that feed them."""

    schedules: tuple[ScheduleEntry, ...]
    subscriptions: tuple[Subscription, ...]
