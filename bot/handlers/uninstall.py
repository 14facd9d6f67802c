"""Triggers: a workspace removes the bot, and an operator or time forgets what is stored of it."""

import logging
from datetime import datetime, timedelta

from bot.handlers.context import Services
from bot.store.foreign_teams import REMOVED
from bot.store.store import Store, Transaction

logger = logging.getLogger(__name__)

AT_ONCE = 250
"""Rows that one transaction deletes."""

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
GONE_EVENTS = frozenset({UNINSTALLED, REVOKED})
"""The types of the events that say so. Slack sends both, in any order, late and more than once."""

SECOND = timedelta(seconds=1)
"""How exactly Slack says when an event was."""


def uninstall(owner: str, happened_at: datetime, services: Services) -> None:
    """Nothing is sent any more to a workspace (`T…`), or to those of an organisation (`E…`); what is stored stays for a
    while. An event from before the installation that there is now changes nothing. Raises: DatabaseFailureError."""
    with services.store.transaction() as tx:
        found = tx.installations.find(owner)
        if found is None or found.removed_at is not None or happened_at + SECOND <= found.installed_at:
            return
        tx.installations.mark_removed(owner, services.now())
        for team in _teams(tx, owner):
            tx.subscriptions.mark_stopped(team, REMOVED)
    kept = services.policy.retention.removed
    logger.warning("%s has removed the bot; what is stored of it is deleted in %d days", owner, kept.days)


def forget_removed(tx: Transaction, before: datetime, most: int) -> int:
    """Deletes what is stored of those that have removed the bot before an instant; how many rows, at most so many."""
    left = most
    for owner in tx.installations.removed_before(before):
        # One that goes on by a token of the settings is not stopped.
        for team in (each for each in _teams(tx, owner) if tx.subscriptions.stop_reason(each) == REMOVED):
            left -= tx.workspace_data.delete(team, left)
            if left <= 0:
                return most
        tx.installations.delete(owner)
    return most - left


def forget(owner: str, store: Store, now: datetime) -> int:
    """Deletes at once all that is stored of a workspace, or of those of an organisation; how many rows. Of an
    installation its id stays for a while, so that processes hear of it. Raises: DatabaseFailureError."""
    with store.transaction() as tx:
        teams = _teams(tx, owner)
        count = int(tx.installations.bury(owner, now))
    for team in teams:
        while done := _delete_some(team, store):
            count += done
    return count


def _delete_some(team: str, store: Store) -> int:
    with store.transaction() as tx:
        return tx.workspace_data.delete(team, AT_ONCE)


def _teams(tx: Transaction, owner: str) -> list[str]:
    return tx.workspace_data.teams_of(owner) if owner.startswith("E") else [owner]
