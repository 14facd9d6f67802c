"""A thread-safe cache of immutable values that forgets the least recently used."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

T = TypeVar("T")


class LruCache(Generic[T]):
    """Holds at most `size` values. Two threads that miss at once both compute the value, and one of the two is
    stored."""

    def __init__(self, size: int) -> None:
        self._values: LRUCache[Hashable, T] = LRUCache(size)
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        """Whether a value is stored; it then counts as used."""
        with self._lock:
            if key not in self._values:
                return False
            # Reading it is what moves it to those that are forgotten last.
            self._values[key]
            return True

    def put(self, key: Hashable, value: T) -> None:
        """Stores a value that was computed elsewhere."""
        with self._lock:
            self._values[key] = value

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of a key, computed on a miss. Whatever `compute` raises is raised, and nothing is stored."""
        with self._lock:
            if key in self._values:
                return self._values[key]
        # Outside the lock: computing may take long, and others wait for the lock.
        value = compute()
        with self._lock:
            return self._values.setdefault(key, value)
