"""What a channel or a workspace follows."""

from bot.core.commands import command
from bot.core.subscriptions.listing import Subscriptions
from bot.handlers.context import Office
from bot.handlers.ports import Caller
from bot.store import subscriptions as kept


def subscriptions(asked: command.ShowSubscriptions, caller: Caller, office: Office) -> Subscriptions:
    """What this channel follows, or all of the workspace."""
    with office.store.reading() as connection:
        if asked.everywhere:
            found = kept.of_team(connection, caller.team)
        else:
            found = kept.of_channel(connection, caller.team, caller.channel)
    brief = office.readers.corpus.briefs.get(office.default(caller) or "")
    return Subscriptions(tuple(found), asked.everywhere, brief.title if brief else None, office.now())
