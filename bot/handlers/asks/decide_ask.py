"""Trigger: an admin presses *Allow* or *Decline* below an ask. The first decision counts."""

from bot.core.answers.answer import Reply
from bot.core.asks.ask import AllowedAsk, Ask
from bot.core.commands.outcome import Announced, CommandRejected, Outcome
from bot.errors import DecidedError
from bot.handlers.commands import interactions
from bot.handlers.commands.slash_command import message_of
from bot.handlers.commands.table import handle
from bot.handlers.context import Services
from bot.handlers.delivery.compose_ask import command_of
from bot.handlers.delivery.settle_ask import owe_decision, settle_ask
from bot.handlers.permissions import require_admin
from bot.handlers.ports import Caller
from bot.render.asks.ask_messages import ask_decided, ask_failed
from bot.render.document.message import Message, notice

UNKNOWN = notice("No such question is known here any more, so nothing was changed.")
OF_ANOTHER_VERSION = CommandRejected("this version of the bot does not know what is asked for", "Nothing was changed.")
SEVERAL = CommandRejected(
    "there is more than one way to do it by now, and the question does not say which", "Decline it, and ask them."
)


def allow_ask(number: int, caller: Caller, services: Services) -> None:
    """Carries out what was asked for, in the channel where it was, as if the admin had typed it there."""
    ask = _open_ask(number, caller, services)
    interactions.respond(caller, ask if isinstance(ask, Message) else _allow(ask, caller, services), services)


def decline_ask(number: int, caller: Caller, services: Services) -> None:
    """Closes an ask; who asked is told."""
    ask = _open_ask(number, caller, services)
    interactions.respond(caller, ask if isinstance(ask, Message) else _decline(ask, caller, services), services)


def _open_ask(number: int, caller: Caller, services: Services) -> Ask | Message:
    """What is still to be decided, by somebody who may; else what to say. Raises: DatabaseFailureError."""
    # First, so that nobody else learns what others ask for.
    person = require_admin(caller, services)
    if isinstance(person, CommandRejected):
        return message_of(person, None, services) or UNKNOWN
    with services.store.snapshot() as tx:
        ask = tx.asks.find(number)
    if ask is None or ask.team != caller.team:
        return UNKNOWN
    return ask_decided(ask) if ask.state != "open" or ask.has_lapsed(services.now()) else ask


def _allow(ask: Ask, caller: Caller, services: Services) -> Message:
    try:
        outcome = _carry_out(ask, caller, services)
    except DecidedError:
        outcome = Announced()
    with services.store.snapshot() as tx:
        now = tx.asks.find(ask.id) or ask
    if isinstance(outcome, Announced):
        return ask_decided(now)
    return ask_failed(now, outcome if isinstance(outcome, CommandRejected) else SEVERAL)


def _carry_out(ask: Ask, caller: Caller, services: Services) -> Reply | Outcome:
    """Raises: DecidedError where somebody decides meanwhile."""
    command = command_of(ask, services)
    if command is None:
        return OF_ANOTHER_VERSION
    there = Caller(
        ask.team,
        ask.enterprise,
        caller.user,
        ask.channel,
        trigger_id=f"ask-{ask.id}-{ask.version}",
        zone=ask.zone,
        home=caller.home,
        vouched=False,
        ask=AllowedAsk(ask.id, ask.asker),
    )
    return handle(command, there, services, services.answers())


def _decline(ask: Ask, caller: Caller, services: Services) -> Message:
    with services.store.transaction() as tx:
        if settle_ask(tx, services, ask.id, "declined", caller.user):
            owe_decision(tx, services, ask.id)
        now = tx.asks.find(ask.id) or ask
    return ask_decided(now)
