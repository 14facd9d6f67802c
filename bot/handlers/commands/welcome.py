"""Says once what the bot is for: below the first answer in a direct conversation, and in a channel that it joins."""

from bot.core.commands.command import Greet
from bot.handlers.context import Services
from bot.handlers.delivery.replies import owe, send_now
from bot.handlers.ports import Caller
from bot.render.document.message import Message, with_message_below

WELCOME = Greet("welcome")


def with_welcome(answer: Message, caller: Caller, services: Services, *, greeted: bool) -> Message:
    """The answer to a direct message; the first one has the welcome below it, unless it is a greeting itself
    (`greeted`)."""
    first = _mark_welcomed(caller.team, caller.channel, services)
    if greeted or not first:
        return answer
    return with_message_below(answer, _welcome(caller.team, caller.channel, services))


def welcome_channel(team: str, channel: str, services: Services) -> None:
    """Posts the welcome in a channel that the bot has joined; nothing where it was welcomed before, or which follows
    something, as it knows the bot already."""
    message = _welcome(team, channel, services)
    with services.store.transaction() as tx:
        first = tx.welcomes.mark_welcomed(team, channel, services.now())
        if not first or tx.subscriptions.of_channel(team, channel):
            return
        delivery = owe(tx, services, Caller(team, None, "", channel), message, "welcome")
    send_now(delivery, services, tell=False)


def _mark_welcomed(team: str, channel: str, services: Services) -> bool:
    """Whether a conversation is welcomed for the first time; it is remembered from now on."""
    with services.store.transaction() as tx:
        return tx.welcomes.mark_welcomed(team, channel, services.now())


def _welcome(team: str, channel: str, services: Services) -> Message:
    return services.answers().render_page(WELCOME, services.corpus.default_brief(team, channel))
