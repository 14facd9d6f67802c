"""Which events were seen: Slack delivers an event again when it is not sure that it arrived."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

REMEMBERED_S = 24 * 3600
"""Longer than Slack retries (6 minutes; 24 hours with Delayed Events). Source: docs.slack.dev, events api."""


class Seen:
    """Event ids of the last 24 hours, in this process. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def first(self, event_id: str) -> bool:
        """Whether this event comes for the first time; it is remembered from now on."""
        now = self._clock()
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - REMEMBERED_S:
                self._seen.popitem(last=False)
            if event_id in self._seen:
                return False
            self._seen[event_id] = now
            return True
