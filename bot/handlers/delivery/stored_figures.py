"""What the database says of the bot in numbers, of all workspaces together."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from bot.errors import DatabaseFailureError
from bot.handlers.context import Services
from bot.store.outbox import State

PATIENCE = timedelta(seconds=0.5)
KEPT_S = 5.0
"""Whoever asks sooner gets the same figures: many may watch."""


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """`deliveries` by state, of those that are not done with; `oldest_due` is when the oldest of them was due, None
    where nothing is owed; `published_at` is None before the first publication."""

    deliveries: Mapping[State, int] = field(default_factory=dict)
    oldest_due: datetime | None = None
    published_at: datetime | None = None


class StoredFiguresReader:
    """Thread-safe; one reads at a time, and the others get what was read last."""

    def __init__(self, services: Services, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._services, self._monotonic = services, monotonic
        self._lock = Lock()
        self._read_at = float("-inf")
        self._figures: StoredFigures | None = None

    def figures(self) -> StoredFigures | None:
        """None while the database does not answer."""
        if self._lock.acquire(blocking=self._read_at == float("-inf")):
            try:
                if self._monotonic() - self._read_at > KEPT_S:
                    self._figures = self._read()
                    self._read_at = self._monotonic()
            finally:
                self._lock.release()
        return self._figures

    def _read(self) -> StoredFigures | None:
        try:
            with self._services.store.within(PATIENCE).snapshot() as tx:
                latest = tx.publications.latest()
                counts = tx.delivery_counts.of_all()
                return StoredFigures(counts, tx.delivery_counts.oldest_due(), latest.published_at if latest else None)
        except DatabaseFailureError:
            return None
