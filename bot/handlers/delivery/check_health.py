"""Trigger: time. Looks whether the database takes writes, and whether messages that are due are sent."""

import logging
from datetime import datetime

from bot.errors import DatabaseFailureError
from bot.handlers.context import Services

logger = logging.getLogger(__name__)

NAMED_MAX = 3
"""Workers in one line of the log."""


DISK_MIN = 64_000_000
"""Bytes that should be free: as much as a day of a large installation's messages."""


def check_health(services: Services, now: datetime) -> None:
    """Notes what is so in `services.health`. Raises: DatabaseFailureError."""
    health, cadence = services.health, services.cadence
    health.disk_is_full = _disk_is_full(services)
    try:
        with services.store.transaction() as tx:
            tx.seen_events.mark_seen_again(health.id, now)
            # A worker that cannot begin gets no further runs from the sweep, and so no heartbeat.
            standing = tx.delivery_workers.standing(now - cadence.stands_after)
    except DatabaseFailureError:
        health.note_failure()
        raise
    if standing and health.is_standing_to_say(cadence.stands_after):
        workers = ", ".join(f"{queue} of workspace {team}" for queue, team in standing[:NAMED_MAX])
        workers += f" and {len(standing) - NAMED_MAX} more" if standing[NAMED_MAX:] else ""
        remedy = (
            "look above for errors of its worker; if there are none, start the bot anew, or run another worker where "
            "other workspaces are named each time"
        )
        logger.error(
            "messages have been due for over %s, and nobody sends them: %s; %s", cadence.stands_after, workers, remedy
        )
    health.note_written(frozenset(standing))


def _disk_is_full(services: Services) -> bool:
    free, health = services.store.free_bytes(), services.health
    is_full = free is not None and free < DISK_MIN
    if is_full and not health.disk_is_full:
        logger.error("the disk of the database has %d MB left; free some space", (free or 0) // 1_000_000)
    return is_full
