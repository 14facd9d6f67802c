"""Trigger: somebody allows the bot in a workspace, or in an organisation as a whole."""

import logging

from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import wake_due_workers
from bot.store.installations import Installation

logger = logging.getLogger(__name__)


def install(new: Installation, services: Services) -> None:
    """Stores the installation, in the place of an earlier one. What was stopped in a workspace goes on where it was; of
    an organisation Slack says first which workspaces it lets the bot into. Raises: DatabaseFailureError."""
    with services.store.transaction() as tx:
        tx.installations.put(new)
        if not new.whole:
            tx.subscriptions.mark_active(new.team, new.enterprise)
            wake_due_workers(tx, services, new.team)
    logger.info("installed in %s", new.team)
