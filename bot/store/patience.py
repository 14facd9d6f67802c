"""How long the current thread waits for the database: for locks, connections and answers."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

_ends: ContextVar[float | None] = ContextVar("patience_ends", default=None)


@contextmanager
def within(wait: timedelta | None) -> Iterator[None]:
    """Inside, this thread waits `wait` in all; None: as long as it takes."""
    token = _ends.set(None if wait is None else time.monotonic() + wait.total_seconds())
    try:
        yield
    finally:
        _ends.reset(token)


def remaining_s() -> float | None:
    """Seconds, 0 where none is left; None: as long as it takes."""
    ends = _ends.get()
    return None if ends is None else max(0.0, ends - time.monotonic())
