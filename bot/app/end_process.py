"""Ends the process after an error that only a new start can mend."""

import logging
import os
import signal
from threading import Timer

logger = logging.getLogger(__name__)

RESTART = 4
"""The exit code of a process that has to be started anew, as supervisors do unless it is 0."""

ENDS_WITHIN_S = 30


class ProcessEnd:
    """`error`: why the process ends by itself; None while it need not."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __call__(self, error: Exception) -> None:
        """Logs the error and ends the process in order, as its supervisor would; in any case it ends soon."""
        self.error = error
        logger.critical("%s", error)
        at_last = Timer(ENDS_WITHIN_S, os._exit, (RESTART,))
        at_last.daemon = True
        at_last.start()
        os.kill(os.getpid(), signal.SIGTERM)

    @property
    def exit_code(self) -> int:
        """Of a process that ends now."""
        return 0 if self.error is None else RESTART
