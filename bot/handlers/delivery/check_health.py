"""Trigger: time. Looks whether the database takes writes, and whether messages that are due are sent."""

import logging
from datetime import datetime

from bot.errors import DatabaseFailureError
from bot.handlers.context import Services

logger = logging.getLogger(__name__)


def check_health(services: Services, now: datetime) -> None:
    """Notes what is so in `services.health`. Raises: DatabaseFailureError."""
    health, cadence = services.health, services.cadence
    try:
        with services.store.transaction() as tx:
            tx.seen_events.mark_seen_again(health.id, now)
            # A worker that cannot begin gets no further runs from the sweep, and so no heartbeat.
            standing = tx.delivery_workers.standing(now - cadence.stands_after)
    except DatabaseFailureError:
        health.note_failure()
        raise
    if standing:
        logger.error("messages have been due for %s, and nobody sends them: %s", cadence.stands_after, standing)
    health.note_written(frozenset(team for _, team in standing))
