"""Trigger: somebody typed the command, mentioned the bot, or wrote to it."""

from dataclasses import replace

from bot.core.answer import Answer
from bot.handlers.desk import Desk
from bot.handlers.ports import Caller, Posted, Sender
from bot.render.message import Message, message, notice, shared


def on_slash(text: str, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """The body of the acknowledgement: the answer itself, or how sharing it went."""
    wanted = desk.to_share(text)
    return share(wanted, 1, caller, desk, sender) if wanted else desk.shown(text)


def share(found: Answer, page: int, caller: Caller, desk: Desk, sender: Sender) -> Message:
    """Posts an answer for the channel. Where the bot may not post, the message itself is what goes out through the
    response, with the line that corrections will not reach it."""
    shown = message(found, command=desk.command, page=page)
    posted = sender.post(caller.team, caller.channel, shared(shown, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        return notice("Shared in this channel.")
    return shared(shown, caller.user, uncorrected=True)


def on_mention(text: str, caller: Caller, ts: str, desk: Desk, sender: Sender) -> None:
    """Answers where the question stands: a mention in its thread, a direct message in the conversation."""
    thread = caller.thread_ts or (None if caller.channel.startswith("D") else ts)
    sender.post(caller.team, caller.channel, replace(desk.shown(text), response_type="in_channel"), thread)
