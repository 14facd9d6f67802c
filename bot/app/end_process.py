"""Ends the process after an error that only a new start can mend."""

import logging
import os
import signal

logger = logging.getLogger(__name__)


def end_process(error: Exception) -> None:
    """Logs the error and ends the process in order, as its supervisor would."""
    logger.critical("%s", error)
    os.kill(os.getpid(), signal.SIGTERM)
