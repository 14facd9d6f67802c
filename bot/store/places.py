"""Places for those who have no time: as many as the database serves at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from bot.errors import DatabaseFailureError
from bot.store import patience
from bot.store.failures import LOCKED

LOOK_S = 0.05
STUCK_S = 0.5
"""Nobody inside has got through for so long: those outside leave, as others need their threads."""


class Places:
    """Thread-safe."""

    def __init__(self, number: int) -> None:
        self._free, self._lock = BoundedSemaphore(number), Lock()
        self._inside, self._moved_at = 0, 0.0
        """When somebody inside last got through, or the first one came in."""

    @contextmanager
    def one(self) -> Iterator[None]:
        """Holds a place. Raises: DatabaseFailureError for a thread that gets none within its patience, or while those
        who have one are stuck."""
        self._wait()
        self._count(1, moved=not self._inside)
        try:
            yield
        except BaseException:
            self._count(-1, moved=False)
            raise
        else:
            self._count(-1, moved=True)
        finally:
            self._free.release()

    def _count(self, more: int, *, moved: bool) -> None:
        with self._lock:
            self._inside += more
            if moved:
                self._moved_at = time.monotonic()

    def _wait(self) -> None:
        while not self._free.acquire(timeout=LOOK_S):
            if patience.remaining_s() == 0 or time.monotonic() - self._moved_at > STUCK_S:
                raise too_long()


def too_long() -> DatabaseFailureError:
    """What is raised where others hold what a thread waits for."""
    return DatabaseFailureError("other transactions of this process take too long", LOCKED.remedy, passing=True)
