"""Trigger: somebody who may not change what a channel follows presses *Ask an admin*. The ask is kept first; in the
same transaction each admin is owed a message."""

from bot.core.answers.answer import Disambiguation
from bot.core.asks.ask import ADMINS_MAX, LAPSES_AFTER, NewAsk
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command
from bot.core.commands.outcome import CommandRejected
from bot.core.delivery.content import AskNotice
from bot.handlers.admins import find_admins, is_askable
from bot.handlers.budgets import exceeded, too_often
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import message_of
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.digests.manage_digests import open_question
from bot.handlers.permissions import MEMBERS_ONLY, check_can_post, require_member
from bot.handlers.ports import Caller, UserInfo
from bot.render.asks.ask_messages import ask_is_kept
from bot.render.document.message import Message
from bot.store.outbox import NewDelivery

ALREADY = CommandRejected(
    "you have asked for this here already, and no admin has answered yet", "You hear when one does."
)
YOURSELF = "you may do this yourself"


def ask_admins(command: Command, caller: Caller, services: Services) -> None:
    """Keeps an ask, and tells who pressed what follows; or why nothing does."""
    outcome = keep_ask(command, caller, services)
    message = outcome if isinstance(outcome, Message) else message_of(outcome, command, services)
    interactions.respond(caller, message, services)


def keep_ask(command: Command, caller: Caller, services: Services) -> Message | CommandRejected | Disambiguation:
    """Keeps an ask once for a person, channel and command while it is open; what to say. Raises:
    DatabaseFailureError, and nothing is kept then."""
    if not is_askable(command):
        return interactions.outdated(services)
    person = MEMBERS_ONLY if caller.external else require_member(caller, services)
    if isinstance(person, CommandRejected):
        return person
    admins = _admins_to_ask(command, caller, services)
    if isinstance(admins, CommandRejected):
        return admins
    problem = check_can_post(caller, services) or open_question(command, caller, services)
    return problem or _keep(command, admins, person, caller, services)


def _admins_to_ask(command: Command, caller: Caller, services: Services) -> tuple[str, ...] | CommandRejected:
    """At most `ADMINS_MAX`, in the order of their ids."""
    admins = find_admins(caller.team, services)
    if not services.policy.admins or caller.user in admins.people:
        return CommandRejected(YOURSELF, "Press this, and it is done:", options=(command,))
    if not admins.people:
        why = f" ({admins.failure.error})" if admins.failure else ""
        return CommandRejected(f"there is nobody to ask, as far as Slack says{why}", "Try again later.")
    return tuple(sorted(admins.people)[:ADMINS_MAX])


def _keep(
    command: Command, admins: tuple[str, ...], person: UserInfo, caller: Caller, services: Services
) -> Message | CommandRejected:
    now, value = services.now(), encode_command(command)
    new = NewAsk(caller.team, caller.enterprise, caller.channel, caller.user, value, person.zone, now)
    with services.store.transaction() as tx:
        if too_many := exceeded(services.policy.asks, tx.asks, caller, services):
            return too_often(too_many, "asked admins")
        number = tx.asks.add(new, admins)
        if number is None:
            return ALREADY
        owed = [NewDelivery(caller.team, caller.enterprise, each, AskNotice(number, each), now) for each in admins]
        add_and_wake(tx, services, owed)
    return ask_is_kept(command, admins, services.policy.command, now + LAPSES_AFTER)
