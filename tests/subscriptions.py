"""The subscriptions of a store."""

from sqlalchemy import select

from bot.core.subscriptions.subscription import Subscription
from bot.store.schema import subscription
from bot.store.store import Transaction


def all_subscriptions(tx: Transaction) -> list[Subscription]:
    """What all channels of all workspaces follow, oldest first."""
    teams = tx.connection.execute(select(subscription.c.team).distinct()).scalars().all()
    return sorted((each for team in teams for each in tx.subscriptions.of_team(team)), key=lambda each: each.id)
