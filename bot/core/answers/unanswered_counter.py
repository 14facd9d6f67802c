"""Counts that several threads add to, and one takes away."""

from collections import Counter
from threading import Lock


class Tally:
    """How often readers of a workspace asked for something that was not found: counts by (team, words)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, team: str, words: str, number: int = 1) -> None:
        """Counts it."""
        with self._lock:
            self._counts[team, words] += number

    def take(self) -> Counter[tuple[str, str]]:
        """All counts so far; what comes next is counted anew."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken
