"""A start that waits for what does not answer yet."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot.errors import NotYetError

logger = logging.getLogger(__name__)

PAUSE_S = 0.5
"""Between two tries."""

T = TypeVar("T")


def wait_for_start(start: Callable[[], T], wait: timedelta) -> T:
    """Calls `start` until it returns something, and says so once. Raises what it raises; NotYetError only when it has
    raised that for as long as `wait`."""
    ends, said = time.monotonic() + wait.total_seconds(), False
    while True:
        try:
            return start()
        except NotYetError as error:
            if time.monotonic() + PAUSE_S > ends:
                raise
            if not said:
                logger.warning("waiting up to %g s: %s", wait.total_seconds(), error)
                said = True
        time.sleep(PAUSE_S)
