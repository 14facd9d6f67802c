"""What a channel or a workspace follows."""

from bot.core.commands import command
from bot.core.subscriptions.listing import SubscriptionList
from bot.handlers.context import Services
from bot.handlers.ports import Caller


def list_subscriptions(asked: command.ShowSubscriptions, caller: Caller, services: Services) -> SubscriptionList:
    """What this channel follows, or all of the workspace."""
    with services.store.snapshot() as tx:
        if asked.everywhere:
            found = tx.subscriptions.of_team(caller.team)
        else:
            found = tx.subscriptions.of_channel(caller.team, caller.channel)
    brief = services.corpus.corpus.briefs.get(services.default_brief(caller) or "")
    return SubscriptionList(tuple(found), asked.everywhere, brief.title if brief else None, services.now())
