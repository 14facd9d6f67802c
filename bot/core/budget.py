"""How much may be sent within a time, and how long who has sent that much waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """So many within any 24 hours, or within a minute, of one person, and of all people of one workspace."""

    person: int
    workspace: int


COMMANDS = Budget(1200, 60_000)
"""Within a minute, and in one process."""

ASKS, CHANGES, REPORTS = Budget(20, 1000), Budget(500, 20_000), Budget(20, 5000)


def wait_words(wait: timedelta) -> str:
    """A wait in words, rounded up: `5 hours`, `1 minute`."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    number, unit = (minutes, "minute") if minutes < 60 else (-(-minutes // 60), "hour")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def free_again(nth_newest: datetime | None, now: datetime) -> timedelta | None:
    """How long until another one fits in a budget of n, by the instant of the n-th newest; None: it fits now."""
    if nth_newest is None or now - nth_newest >= DAY:
        return None
    return DAY - (now - nth_newest)
