"""Messages about what could not be posted: to who asked for it, and to maintainers."""

from bot.core.delivery.content import CONFIRMING, Purpose
from bot.render.document.document import Mention, Passage, Text, line
from bot.render.document.message import Message, message_from
from bot.render.document.phrases import count


def reply_notice(channel: str, purpose: Purpose, error: str, advice: str) -> Message:
    """To the person who asked for a reply in a channel; `error` is Slack's word, `advice` a sentence."""
    where, word = Mention("channel", channel), Text(error, code=True)
    if purpose in CONFIRMING:
        refused = line(
            "Your change in ", where, " is made; only its announcement could not be posted: Slack answers ", word, "."
        )
    else:
        refused = line("What you asked for could not be posted in ", where, ": Slack answers ", word, ".")
    return message_from((Passage((refused, line(advice))),))


def unconfirmed_notice(channel: str, purpose: Purpose) -> Message:
    """To the person who asked for a reply in a channel: it may stand there or not."""
    where = Mention("channel", channel)
    if purpose in CONFIRMING:
        doubt = line("Your change in ", where, " is made. It is not known whether the channel was told of it.")
        return message_from((Passage((doubt,)),))
    doubt = line("It is not known whether what you asked for stands in ", where, ": the bot could not find out.")
    return message_from((Passage((doubt, line("If you do not see it there, ask for it once more."))),))


def refusal_notice(number: int, error: str, command: str) -> Message:
    """To maintainers: so many messages were given up, because of Slack's word, or of why they cannot be composed.
    `command` is the slash command's name."""
    given_up = f"{count(number, 'message')} {'was' if number == 1 else 'were'} given up: "
    remedy = line(
        "The log names them. See ", Text(f"{command} status", code=True), "; a newer briefbot may know the reason."
    )
    return message_from((Passage((line(Text(given_up, bold=True), Text(error, code=True)), remedy)),))
