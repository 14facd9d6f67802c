"""Trigger: time has passed. Decides which digests are due, once in all replicas together."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core.digests.time_zones import TZDATA_VERSION
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.digests.digest_windows import process_due

logger = logging.getLogger(__name__)

CHANNELS_PER_TRANSACTION = 50
"""Channels in one transaction."""


def fire_due_digests(services: Services, now: datetime) -> None:
    """Everything that is due in any channel. What fails is tried again at the next tick."""
    with services.store.snapshot() as tx:
        found = tx.digests.due(now, TZDATA_VERSION)
    for start in range(0, len(found), CHANNELS_PER_TRANSACTION):
        if not services.stopping.is_set():
            _process_channels(services, found[start : start + CHANNELS_PER_TRANSACTION], now)


def _process_channels(services: Services, numbers: Sequence[int], now: datetime) -> None:
    """Some channels in one transaction; each by itself where one of them is in trouble."""
    try:
        _advance(services, numbers, now)
    except Exception:
        if len(numbers) == 1:
            logger.exception("the digests of calendar %d are in trouble; trying again", numbers[0])
            return
        for number in numbers:
            _process_channels(services, [number], now)


def _advance(services: Services, numbers: Sequence[int], now: datetime) -> None:
    with services.store.transaction() as tx:
        lanes = set()
        for place in tx.digests.lock_due(numbers, now, TZDATA_VERSION):
            lanes |= process_due(tx, services, place, now)
        wake_workers(tx, services.queue, lanes, services.wake_after(now))
