"""What a channel or a workspace follows."""

from bot.core.commands import command
from bot.core.subscriptions.listing import SubscriptionList
from bot.handlers.context import Services
from bot.handlers.ports import Caller
from bot.store import subscriptions as kept


def list_subscriptions(asked: command.ShowSubscriptions, caller: Caller, services: Services) -> SubscriptionList:
    """What this channel follows, or all of the workspace."""
    with services.store.reading() as connection:
        if asked.everywhere:
            found = kept.of_team(connection, caller.team)
        else:
            found = kept.of_channel(connection, caller.team, caller.channel)
    brief = services.corpus.corpus.briefs.get(services.default_brief(caller) or "")
    return SubscriptionList(tuple(found), asked.everywhere, brief.title if brief else None, services.now())
