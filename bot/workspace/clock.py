"""A clock that people can move forward, so that what is due tomorrow can be seen today."""

import time
from collections.abc import Callable
from threading import Lock


class MovableClock:
    """Seconds since the epoch: those of `source` and what the clock was moved forward by, which only grows. Callable,
    so that it can be a workspace's `clock`."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source, self._lock = source, Lock()
        self._ahead = 0

    def __call__(self) -> float:
        return self.now()

    def now(self) -> float:
        """The moment it shows."""
        return self._source() + self._ahead

    def forward(self, seconds: int) -> None:
        """Moves it. Raises: ValueError for what would not be forward."""
        if seconds <= 0:
            raise ValueError("a clock only moves forward")
        with self._lock:
            self._ahead += seconds
