"""Places for calls to Slack that a person waits for.

A request that waits for Slack keeps a thread. With few places for such calls, and none to be had for longer than a
moment while Slack hangs, the other threads go on answering from memory.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

PLACES = 8
WAIT_S = 0.5
"""How long somebody waits for a place while no call ends quickly; the next one is then refused at once."""

WAIT_MAX_S = 1.0
QUICK_S = 0.5
"""A call that takes no longer shows that Slack is well."""


class CallPool:
    """Thread-safe."""

    def __init__(self, places: int = PLACES) -> None:
        self._changed = Condition()
        self._free = places
        self._well_at = time.monotonic()
        """When a place was last free for whoever came, or a call ended quickly."""

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Takes a place for the duration of a call; False where there is none."""
        if not self._enter():
            yield False
            return
        began = time.monotonic()
        try:
            yield True
        finally:
            self._leave(quick=time.monotonic() - began <= QUICK_S)

    def _enter(self) -> bool:
        came = time.monotonic()
        with self._changed:
            if self._free:
                self._well_at = came
            while not self._free:
                left = min(came + WAIT_MAX_S, self._well_at + WAIT_S) - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            self._free -= 1
            return True

    def _leave(self, *, quick: bool) -> None:
        with self._changed:
            self._free += 1
            if quick:
                self._well_at = time.monotonic()
            self._changed.notify()
