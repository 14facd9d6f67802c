"""How many events of each channel have arrived in this process."""

from collections.abc import Hashable
from threading import Lock

from cachetools import LRUCache

PLACES_MAX = 1024
"""Channels with events under way; of others nobody asks."""


class Arrivals:
    """Thread-safe."""

    def __init__(self) -> None:
        self._counts: LRUCache[Hashable, int] = LRUCache(PLACES_MAX)
        self._lock = Lock()

    def note(self, place: Hashable) -> None:
        """An event has arrived."""
        with self._lock:
            self._counts[place] = self._counts.get(place, 0) + 1

    def count(self, place: Hashable) -> int:
        """The number of events so far; it only has a meaning beside another of the same moments."""
        with self._lock:
            return self._counts.get(place, 0)
