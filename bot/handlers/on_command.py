"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.core.answer import Answer, Reply
from bot.core.command import parse
from bot.core.corpus import Corpus
from bot.core.lookup import reply
from bot.handlers.ports import Caller, Posted, Sender
from bot.render.message import Message, message, notice, shared


@dataclass(frozen=True, slots=True)
class Desk:
    """What every answer is made with."""

    corpus: Corpus
    command: str
    """The slash command's name."""
    today: date


def on_command(text: str, corpus: Corpus, *, default: str | None, today: date) -> Reply:
    """The reply to a command's text over one corpus. `default` is this channel's brief, if one was chosen."""
    return reply(parse(text, corpus.names), corpus, default=default, today=today)


def answer(text: str, desk: Desk) -> Reply:
    """The reply at this desk; no channel has a default yet."""
    return on_command(text, desk.corpus, default=None, today=desk.today)


def on_slash(text: str, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """The body of the acknowledgement: the answer itself, or how sharing it went."""
    found = answer(text, desk)
    if isinstance(found, Answer) and found.share:
        return share(found, 1, caller, desk, sender)
    return message(found, command=desk.command)


def share(found: Answer, page: int, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """Posts an answer for the channel. Where the bot may not post, the message itself is what goes out through the
    response, with the line that corrections will not reach it."""
    shown = message(replace(found, share=True), command=desk.command, page=page)
    posted = sender.post(caller.team, caller.channel, shared(shown, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        return notice("Shared in this channel.")
    return shared(shown, caller.user, uncorrected=True)


def on_mention(text: str, caller: Caller, ts: str, desk: Desk, sender: Sender) -> None:
    """Answers where the question stands: a mention in its thread, a direct message in the conversation."""
    thread = caller.thread_ts or (None if caller.channel.startswith("D") else ts)
    shown = message(answer(text, desk), command=desk.command)
    sender.post(caller.team, caller.channel, replace(shown, response_type="in_channel"), thread)
