"""Composes the messages about asks, from what is kept of them."""

from bot.core.asks.ask import Ask
from bot.core.commands.button_value import decode_command
from bot.core.commands.command import Command, ShowHelp
from bot.core.commands.renamed_brief import with_current_slug
from bot.core.delivery.content import AskAnswer, AskEdit, AskNotice
from bot.handlers.context import Services
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.render.asks.ask_messages import ask_answer, ask_notice
from bot.store.store import Transaction


def command_of(ask: Ask, services: Services) -> Command | None:
    """What is asked for, with the slug of now of the brief that it names; None for a command of another version."""
    command = decode_command(ask.command, lambda text: ShowHelp(None, None, text))
    return with_current_slug(command, services.corpus.corpus.current_slug) if command is not None else None


def compose_ask(
    tx: Transaction, services: Services, content: AskNotice | AskEdit | AskAnswer
) -> PreparedMessage | NotSent:
    """The message as the ask is now; nothing of one that is so old that it is forgotten, and nothing of a decision that
    was taken back."""
    ask = tx.asks.find(content.ask_id)
    if ask is None or (not isinstance(content, AskNotice) and content.version != ask.version):
        return "void"
    command, name = command_of(ask, services), services.policy.command
    match content:
        case AskNotice():
            return PreparedMessage(ask_notice(ask, command, name))
        case AskAnswer():
            return PreparedMessage(ask_answer(ask, command, name))
        case AskEdit():
            ts = next((each.ts for each in tx.asks.notices(ask.id) if each.admin == content.admin), None)
            return PreparedMessage(ask_notice(ask, command, name), ts=ts) if ts else "void"
