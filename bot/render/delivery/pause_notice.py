"""Direct messages to subscribers whose channel is paused."""

from collections.abc import Sequence

from bot.core.delivery.pause_reason import PauseReason, Remedy
from bot.core.subscriptions.subscription import Subscription
from bot.render.document.document import Line, Mention, Passage, Text, line
from bot.render.document.message import Message, message_from
from bot.render.document.phrases import named_subscriptions


def pause_notice(channel: str, reason: PauseReason, subscriptions: Sequence[Subscription], command: str) -> Message:
    """A direct message: posts to `channel` are paused, why, and what to do. `command` is the slash command's name."""
    lines: list[Line] = [line("Posts to ", Mention("channel", channel), f" are paused: {reason.words}.")]
    if subscriptions:
        lines.append(line(f"It follows {named_subscriptions(subscriptions)}."))
        # One subscription is enough: subscribing to it again resumes all that the channel follows.
        lines.append(_advice(reason.remedy, subscriptions[0], command))
    return message_from((Passage(tuple(lines)),))


def _advice(remedy: Remedy, subscription: Subscription, command: str) -> Line:
    """What to do to receive posts again."""
    subscribe = Text(f"{command} subscribe {subscription.spec}", code=True)
    match remedy:
        case Remedy.UNARCHIVE:
            return line("Unarchive it, and what changed meanwhile is posted. Nothing is lost.")
        case Remedy.INVITE:
            invite = Text("/invite @briefbot", code=True)
            return line("Type ", invite, " there, and what changed meanwhile is posted. Nothing is lost.")
        case Remedy.SUBSCRIBE_AGAIN:
            if_suitable = "If it still suits the channel, type "
            return line(if_suitable, subscribe, " there, and what changed meanwhile is posted. Nothing is lost.")
        case Remedy.SUBSCRIBE_ELSEWHERE:
            return line("To follow the same in another channel, type ", subscribe, " there.")
        case Remedy.PERMISSION:
            return line("When the bot may post there again, type ", subscribe, " there. Nothing is lost.")
