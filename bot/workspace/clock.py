"""A clock that people can move forward, to see today what is due tomorrow."""

import time
from collections.abc import Callable
from threading import Lock


class MovableClock:
    """Seconds since the epoch: those of `source` plus the seconds by which people moved it, which only grow. Callable,
    so that it can be a workspace's `clock`. Safe to use from several threads."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source, self._lock = source, Lock()
        self._ahead = 0

    def __call__(self) -> float:
        return self.now()

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._source() + self._ahead

    def forward(self, seconds: int) -> None:
        """Moves it by so many seconds. Raises: ValueError where they are not positive."""
        if seconds <= 0:
            raise ValueError("a clock only moves forward")
        with self._lock:
            # `+=` reads and writes: without the lock two moves at once could count as one.
            self._ahead += seconds
