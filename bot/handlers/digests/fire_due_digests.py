"""Trigger: time has passed. Decides which digests are due, once in all replicas together."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core.digests.time_zones import RULES
from bot.handlers.context import Office
from bot.handlers.delivery.wake_workers import wake_all
from bot.handlers.digests.digest_windows import advance
from bot.store import digests

logger = logging.getLogger(__name__)

TOGETHER = 50
"""Channels in one transaction."""


def on_tick(office: Office, now: datetime) -> None:
    """Everything that is due in any channel. What fails is tried again at the next tick."""
    with office.store.reading() as connection:
        found = digests.due(connection, now, RULES)
    for start in range(0, len(found), TOGETHER):
        if not office.stopping.is_set():
            _together(office, found[start : start + TOGETHER], now)


def _together(office: Office, numbers: Sequence[int], now: datetime) -> None:
    """Some channels in one transaction; each by itself where one of them is in trouble."""
    try:
        _advance(office, numbers, now)
    except Exception:
        if len(numbers) == 1:
            logger.exception("the digests of calendar %d are in trouble; trying again", numbers[0])
            return
        for number in numbers:
            _together(office, [number], now)


def _advance(office: Office, numbers: Sequence[int], now: datetime) -> None:
    with office.store.writing() as connection:
        lanes = set()
        for place in digests.take(connection, numbers, now, RULES):
            lanes |= advance(connection, office, place, now)
        wake_all(connection, office.queue, lanes, now)
