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
    if standing and frozenset(standing) != health.standing_workers:
        workers = ", ".join(f"{queue} of workspace {team}" for queue, team in standing)
        remedy = "look above for errors of its worker; if there are none, start the bot anew"
        logger.error(
            "messages have been due for over %s, and nobody sends them: %s; %s", cadence.stands_after, workers, remedy
        )
    health.note_written(frozenset(standing))
