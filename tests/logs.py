"""The log of a process is set up once; tests put back what was there."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

NAMES = ("root", "bot", "dbos")


@contextmanager
def logs_restored() -> Iterator[None]:
    """Inside, the log may be set up; afterwards all is as before."""
    loggers = [logging.getLogger(None if name == "root" else name) for name in NAMES]
    before = [(each, each.level, list(each.handlers), each.propagate) for each in loggers]
    try:
        yield
    finally:
        for logger, level, handlers, propagate in before:
            logger.setLevel(level)
            logger.handlers[:], logger.propagate = handlers, propagate
