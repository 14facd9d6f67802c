"""What the makers of subscriptions are told when their channel is paused."""

from collections.abc import Sequence

from bot.core.subscriptions.subscription import Subscription
from bot.render.document.document import Line, Mention, Passage, Text, line
from bot.render.document.message import Message, message_from
from bot.render.document.phrases import PAUSED_WORDS
from bot.render.subscriptions.confirmations import _named


def pause_notice(channel: str, why: str, found: Sequence[Subscription], command: str) -> Message:
    """Tells who made subscriptions that they are paused, and how they go on."""
    reason = PAUSED_WORDS.get(why, f"Slack says {why}")
    place = Mention("channel", channel)
    lines: list[Line] = [line("Posts to ", place, f" are paused: {reason}.")]
    if found:
        lines += [line(f"It follows {_named(found)}."), line(*_on(why, found[0], command))]
    return message_from((Passage(tuple(lines)),))


def _on(why: str, found: Subscription, command: str) -> Line:
    """How it goes on, and with what."""
    again = Text(f"{command} subscribe {found.spec}", code=True)
    match why:
        case "archived" | "is_archived" | "is_inactive":
            return line("Unarchive it, and what changed meanwhile is posted. Nothing is lost.")
        case "removed" | "not_in_channel" | "channel_not_found":
            invite = Text("/invite @briefbot", code=True)
            return line("Type ", invite, " there, and what changed meanwhile is posted. Nothing is lost.")
        case "renamed":
            return line(
                "If it still suits the channel, type ",
                again,
                " there, and what changed meanwhile is posted. Nothing is lost.",
            )
        case "deleted":
            return line("To follow the same in another channel, type ", again, " there.")
        case _:
            return line("When the bot may post there again, type ", again, " there. Nothing is lost.")
