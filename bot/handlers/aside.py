"""Work that an answer brings about, and waits for only a moment."""

import logging
from collections.abc import Callable
from contextvars import copy_context
from threading import BoundedSemaphore, Thread

from bot.errors import DatabaseFailureError

logger = logging.getLogger(__name__)

WAIT_S = 0.3
AT_ONCE = 8


class Aside:
    """Thread-safe. What the database does not take is logged, and lost."""

    def __init__(self) -> None:
        self._places = BoundedSemaphore(AT_ONCE)

    def run(self, name: str, work: Callable[[], None]) -> None:
        """Does the work; returns when it is done, or goes on without the caller."""
        if not self._places.acquire(blocking=False):
            logger.warning("%s was left out: others of its kind take too long", name)
            return
        # In a copy of the context: what it logs is of the same request.
        thread = Thread(target=copy_context().run, args=(self._do, name, work), name=name, daemon=True)
        thread.start()
        thread.join(WAIT_S)

    def _do(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except DatabaseFailureError as error:
            logger.warning("%s failed: %s", name, error)
        finally:
            self._places.release()
