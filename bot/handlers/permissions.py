"""Who may change what a channel hears, whether the bot can say so there, and the saying."""

from bot.core.commands.outcome import Announced, CommandRejected
from bot.handlers.context import Services
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message

INVITE = "type `/invite @briefbot`, then repeat"
"""The same words for every channel, so that nobody learns from them which private ones there are."""


def require_member(text: str, caller: Caller, services: Services) -> UserInfo | CommandRejected:
    """Who asks, if they may."""
    if services.policy.admins and caller.user not in services.policy.admins:
        why = "only some people may change what channels follow here"
        return CommandRejected(text, why, "Ask one of them:", tuple(sorted(services.policy.admins)))
    match services.slack.user_info(caller.team, caller.user):
        case UserInfo(guest=False) as person:
            return person
        case UserInfo():
            return CommandRejected(text, "guests cannot change what channels follow", "Ask a member of this workspace.")
        case ApiFailure() as refused:
            why = f"Slack did not say whether you are a guest ({refused.error})"
            return CommandRejected(text, why, "Try again in a minute; if it stays, the app needs the scope users:read.")


def check_can_post(text: str, caller: Caller, services: Services) -> CommandRejected | None:
    """The confirmation itself is the proof; this only finds out before anything is written."""
    match services.slack.channel_info(caller.team, caller.channel):
        case ChannelInfo(archived=True):
            return CommandRejected(text, "this channel is archived", "Open it again first.")
        case ApiFailure() as refused if classify(refused) == "pause":
            return needs_invite(text)
        case ChannelInfo() | ApiFailure():
            return None


def needs_invite(text: str) -> CommandRejected:
    """Why not, where the bot may not post."""
    return CommandRejected(text, "the bot cannot post in this channel", f"{INVITE[0].upper()}{INVITE[1:]}.")


def announce(message: Message, caller: Caller, services: Services) -> Posted | ApiFailure:
    """Says it to all in the channel."""
    return services.slack.post(caller.team, caller.channel, message, caller.thread_ts)


def confirm(
    told: Posted | ApiFailure, text: str, services: Services, look: str = "subscriptions"
) -> Announced | CommandRejected:
    """Who asked hears of it alone where the channel may not have; `look`: the command that shows it."""
    if isinstance(told, Posted):
        return Announced()
    why = f"it is done, but Slack did not say that it told the channel ({told.error})"
    return CommandRejected(text, why, f"See `{services.policy.command} {look}`.")
