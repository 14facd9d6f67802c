"""Who may change what a channel follows, whether the bot can post there, and the announcement of a change."""

from collections.abc import Callable

from bot.core.commands.outcome import Announced, CommandRejected
from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import resume_channel
from bot.handlers.delivery.slack_errors import advice, classify, may_have_arrived
from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, Posted, UserInfo
from bot.render.document.message import Message
from bot.store.store import Transaction

INVITE = "type `/invite @briefbot`, then repeat"
"""The same words for every channel, so that nobody learns from them which private ones there are."""


MEMBERS_ONLY = CommandRejected(
    "only full members of this workspace may do this",
    "Ask one of them to type it. You can read and search every brief.",
)
"""What guests and people of other organisations are told, who seldom know that Slack counts them so."""

DIRECT = CommandRejected(
    "the bot cannot post in a direct message between people",
    "It works in a channel, or in a direct message to @briefbot.",
)


def require_member(caller: Caller, services: Services) -> UserInfo | CommandRejected:
    """Who asks, if they may change what channels follow: never a guest or somebody of another organisation, and one of
    the admins where some are set."""
    # First the check that needs no call to Slack.
    if services.policy.admins and caller.user not in services.policy.admins:
        reason = "only some people may change what channels follow here"
        return CommandRejected(reason, "Ask one of them:", tuple(sorted(services.policy.admins)))
    match services.slack.user_info(caller.team, caller.user):
        case UserInfo(guest=False, listed=listed) as member if listed or not caller.external:
            return member
        case UserInfo():
            return MEMBERS_ONLY
        case ApiFailure() as failure:
            reason = f"Slack did not say whether you are a member of this workspace ({failure.error})"
            return CommandRejected(reason, advice(failure))


def check_can_post(caller: Caller, services: Services) -> CommandRejected | None:
    """Cheap check before anything is written; None where nothing speaks against posting. Only the confirmation post
    proves that the bot can."""
    match services.slack.channel_info(caller.team, caller.channel):
        case ChannelInfo(archived=True):
            return CommandRejected("this channel is archived", "Open it again first.")
        case ApiFailure() as failure if classify(failure) == "pause":
            return cannot_post(caller)
        # Other failures say nothing of the channel, and need not stop a change.
        case ChannelInfo() | ApiFailure():
            return None


def require_change(caller: Caller, services: Services) -> UserInfo | CommandRejected:
    """Who asks to change what a channel follows, if they may and the bot can say so in the channel."""
    member = require_member(caller, services)
    return member if isinstance(member, CommandRejected) else check_can_post(caller, services) or member


def cannot_post(caller: Caller) -> CommandRejected:
    """The rejection where the bot may not post."""
    # Nobody can invite the bot into a conversation between people.
    if caller.direct:
        return DIRECT
    return CommandRejected("the bot cannot post in this channel", f"{INVITE[0].upper()}{INVITE[1:]}.")


def announce(message: Message, caller: Caller, services: Services) -> Posted | ApiFailure:
    """Posts a message for all in the channel."""
    return services.slack.post(caller.team, caller.channel, message, caller.thread_ts)


def announce_or_undo(
    message: Message, caller: Caller, services: Services, undo: Callable[[Transaction], None], look: str
) -> Announced | CommandRejected:
    """Announces a change that is stored already, as its number stands in the message, and goes on posting in a paused
    channel; `undo` takes the change back where the bot cannot post. `look`: see `confirm`."""
    answer = announce(message, caller, services)
    with services.store.transaction() as tx:
        if isinstance(answer, ApiFailure) and classify(answer) == "pause":
            undo(tx)
            return cannot_post(caller)
        resume_channel(tx, services, caller.team, caller.channel)
    return confirm(answer, services, look)


def confirm(
    answer: Posted | ApiFailure, services: Services, look: str = "subscriptions"
) -> Announced | CommandRejected:
    """The reply after a change: `Announced` where its announcement was posted, else that it was made all the same.
    `look` is the command, without the slash command's name, that shows the change."""
    if isinstance(answer, Posted):
        return Announced()
    outcome = "did not say that it told the channel" if may_have_arrived(answer) else "did not tell the channel"
    remedy = "" if may_have_arrived(answer) else f" {advice(answer)}"
    reason = f"it is done, but Slack {outcome} ({answer.error})"
    return CommandRejected(reason, f"See `{services.policy.command} {look}`.{remedy}")
