"""Trigger: time has passed. Fires the digests that are due, once in all processes together."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core.batches import batches
from bot.core.digests.time_zones import TZDATA_VERSION
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.digests.digest_windows import process_due

logger = logging.getLogger(__name__)

# At nine o'clock thousands may be due: one commit each would be slow, and one for all would block other writers.
CHANNELS_PER_TRANSACTION = 50


def fire_due_digests(services: Services, now: datetime) -> None:
    """Fires everything that is due at `now` in any channel. A channel that fails is tried again at the next call."""
    with services.store.snapshot() as tx:
        due = tx.digests.due(now, TZDATA_VERSION)
    for some in batches(due, CHANNELS_PER_TRANSACTION):
        if not services.stopping.is_set():
            _process_channels(services, some, now)


def _process_channels(services: Services, cursor_ids: Sequence[int], now: datetime) -> None:
    """Processes some cursors in one transaction; each by itself where one of them fails."""
    try:
        _advance(services, cursor_ids, now)
    except Exception:
        if len(cursor_ids) == 1:
            logger.exception("the digests of cursor %d failed; trying again", cursor_ids[0])
            return
        for cursor_id in cursor_ids:
            _process_channels(services, [cursor_id], now)


def _advance(services: Services, cursor_ids: Sequence[int], now: datetime) -> None:
    with services.store.transaction() as tx:
        workers = set()
        # Looked up again under the lock: another process may have fired them meanwhile.
        for cursor in tx.digests.lock_due(cursor_ids, now, TZDATA_VERSION):
            workers |= process_due(tx, services, cursor, now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))
