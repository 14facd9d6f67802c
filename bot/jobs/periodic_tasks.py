"""The tick: calls what has to happen every so often, on one thread, until it is stopped."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.jobs.process_lease import LeaseLostError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PeriodicTask:
    """`do` is called with the instant, soon after the start and then about as often as `interval` says."""

    interval: timedelta
    do: Callable[[datetime], object]


class PeriodicRunner:
    """`fatal` is called once where the process must end."""

    def __init__(
        self, chores: Sequence[PeriodicTask], now: Callable[[], datetime], fatal: Callable[[Exception], None]
    ) -> None:
        self._chores, self._now, self._fatal = chores, now, fatal
        self._stop = Event()
        self._thread = Thread(target=self._loop, name="tick", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends, when the chore under way is done."""
        self._stop.set()
        self._thread.join(10)

    def _loop(self) -> None:
        due = [self._now()] * len(self._chores)
        shortest = min(chore.interval for chore in self._chores).total_seconds()
        while not self._stop.wait(shortest):
            for place, chore in enumerate(self._chores):
                if self._now() >= due[place]:
                    due[place] = self._now() + chore.interval
                    if not self._done(chore):
                        return

    def _done(self, chore: PeriodicTask) -> bool:
        """What fails is tried again at the next tick; the outbox loses nothing meanwhile."""
        try:
            chore.do(self._now())
        except LeaseLostError as error:
            self._fatal(error)
            return False
        except Exception:
            logger.exception("a chore failed; it is tried again")
        return True
