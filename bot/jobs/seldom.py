"""Warnings that a library repeats with every look at a database that is away."""

import logging
import time

EVERY_S = 60.0


class Seldom(logging.Filter):
    """Lets the warnings of each line of code through once a minute; errors always."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        super().__init__()
        self._every_s = every_s
        self._last: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written."""
        line, now = (record.pathname, record.lineno), time.monotonic()
        if record.levelno > logging.WARNING:
            return True
        if now - self._last.get(line, float("-inf")) < self._every_s:
            return False
        self._last[line] = now
        return True
