"""Trigger: a channel has another id, as a private one does once it is shared with another organisation."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.handlers.context import Services
from bot.handlers.delivery.channel_events import look_at_channel
from bot.handlers.delivery.channel_pausing import wake_due_workers

logger = logging.getLogger(__name__)

ID_CHANGED = "channel_id_changed"


def follow_moved_channel(event: Mapping[str, Any], team: str, services: Services) -> None:
    """All that is stored under the former id goes on under the new one; `event` is the inner event. Idempotent. Source:
    docs.slack.dev, channel_id_changed."""
    before, now = str(event["old_channel_id"]), str(event["new_channel_id"])
    if before == now:
        return
    with services.store.transaction() as tx:
        tx.channel_moves.move(team, before, now, services.now())
        wake_due_workers(tx, services, team)
    # What was said of the new id until now concerned nothing.
    look_at_channel(team, now, None, services)
    if services.policy.maintainers == (team, before):
        logger.warning("the maintainers' channel has another id: set BRIEFBOT_MAINTAINERS_CHANNEL to %s", now)
