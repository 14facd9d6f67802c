"""The clock of a process: that of the database server where several processes may share one, else the machine's."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select

from bot.store.store import Store

Clock = Callable[[], datetime]
"""Gives the time, in UTC."""


class SharedClock:
    """Follows a clock that others read as well: looks at it when made and with each `look`, and counts `monotonic`
    seconds in between. Called, it gives the time in UTC. Thread-safe."""

    def __init__(self, read: Callable[[], float], monotonic: Callable[[], float] = time.monotonic) -> None:
        """`read` gives seconds since the epoch; what it raises is raised here and by `look`."""
        self._read, self._monotonic = read, monotonic
        self._ahead = sum(self._bounds()) / 2

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self.seconds(), UTC)

    def seconds(self) -> float:
        """The time, in seconds since the epoch."""
        return self._monotonic() + self._ahead

    def look(self) -> None:
        """Sets it by the other clock, as far as they differ by more than the look took. A look that fails leaves it as
        it is."""
        least, most = self._bounds()
        self._ahead = min(max(self._ahead, least), most)

    def _bounds(self) -> tuple[float, float]:
        """By how many seconds the other clock is ahead of `monotonic`, at least and at most: it was read somewhere
        between two looks at that one."""
        began = self._monotonic()
        shown = self._read()
        return shown - self._monotonic(), shown - began


def clock_of(store: Store, local: Clock) -> Clock:
    """The clock of a process over this database; `local` is the machine's. Raises: DatabaseFailureError."""
    return SharedClock(lambda: _server_time(store)) if store.engine.dialect.name == "postgresql" else local


def _server_time(store: Store) -> float:
    with store.snapshot() as tx:
        shown: datetime = tx.connection.execute(select(func.clock_timestamp())).scalar_one()
    return shown.timestamp()
