"""What a channel or a workspace follows."""

from bot.core.commands import command
from bot.core.subscriptions.listing import SubscriptionList
from bot.handlers.context import Services
from bot.handlers.ports import Caller


def list_subscriptions(query: command.ShowSubscriptions, caller: Caller, services: Services) -> SubscriptionList:
    """The subscriptions of the caller's channel, or of its workspace, oldest first."""
    with services.store.snapshot() as tx:
        if query.everywhere:
            subscriptions = tx.subscriptions.of_team(caller.team)
        else:
            subscriptions = tx.subscriptions.of_channel(caller.team, caller.channel)
    brief = services.corpus.corpus.briefs.get(services.default_brief(caller) or "")
    return SubscriptionList(tuple(subscriptions), query.everywhere, brief.title if brief else None, services.now())
