"""Who may do what, whether the bot can post in a channel, and the announcement of a change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from bot.core.asks.ask import AllowedAsk
from bot.core.commands.command import (
    Command,
    ContentQuery,
    ShareAbove,
    ShowChanges,
    ShowStatus,
    ShowSubscriptions,
)
from bot.core.commands.digest_commands import PreviewDigest, ShowDigest, ShowDigests
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.commands.subscription_commands import ShowObjects, ShowSubscription
from bot.core.delivery.content import Purpose
from bot.core.delivery.pause_reason import Remedy, pause_reason
from bot.errors import DecidedError
from bot.handlers.admins import check_admin
from bot.handlers.budgets import exceeded, too_often
from bot.handlers.context import Services
from bot.handlers.delivery.replies import ReplyOutcome, is_refused, owe, send_now
from bot.handlers.delivery.settle_ask import owe_decision, reopen_ask, settle_ask
from bot.handlers.delivery.slack_errors import MEANINGS, advice, classify, is_passing, may_have_arrived
from bot.handlers.ports import ApiFailure, Caller, ChannelInfo, UserInfo
from bot.render.asks.ask_messages import with_ask
from bot.render.document.message import Message
from bot.store.channel_moves import GONE
from bot.store.outbox import Delivery
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


Need = Literal["nothing", "membership", "change"]
"""What a command needs of who asks: nothing; to be a full member; or to be one who may change what channels follow, in
a channel that the bot can post in."""

EVERYBODYS: frozenset[type[Command]] = frozenset(
    {
        *get_args(ContentQuery),
        ShowChanges,
        ShowSubscription,
        ShowObjects,
        ShowStatus,
        ShowDigest,
        ShowDigests,
        PreviewDigest,
        ReportMistake,
        EditBrief,
    }
)
"""What reads published briefs, and what the channel itself gets. An answer is read, whoever would share it; a form is
read, whoever would submit it."""


def need_of(command: Command) -> Need:
    """What a command needs of who asks; a kind of command that nobody has thought of needs the most."""
    match command:
        case ShareAbove() | ReportMistake():
            return "membership"
        case ShowSubscriptions(everywhere=everywhere):
            return "change" if everywhere else "nothing"
        case _:
            return "nothing" if type(command) in EVERYBODYS else "change"


def permit(command: Command, caller: Caller, services: Services) -> Caller | CommandRejected:
    """Who asks for a command, with their time zone where Slack was asked for it; the rejection where they may not.
    Every command passes here, however it came."""
    match need_of(command):
        case "nothing":
            return caller
        case "membership":
            person = require_member(caller, services)
        case "change" if isinstance(command, ShowSubscriptions):
            person = require_admin(caller, services)
        case "change":
            person = require_change(caller, services, command)
            if problem := _too_many(caller, services) if isinstance(person, UserInfo) else None:
                return problem
    return person if isinstance(person, CommandRejected) else replace(caller, zone=caller.zone or person.zone)


def _too_many(caller: Caller, services: Services) -> CommandRejected | None:
    """The rejection of a further change within a day; None where it fits the operator's budget."""
    with services.store.snapshot() as tx:
        found = exceeded(services.policy.changes, tx.channel_changes, caller, services)
    return too_often(found, "changed what channels follow") if found else None


def require_member(caller: Caller, services: Services) -> UserInfo | CommandRejected:
    """Who asks, if they are a full member: no guest, nobody of another organisation, no bot, and nobody who has
    left."""
    match services.slack.user_info(caller.team, caller.user):
        case UserInfo(guest=False, listed=listed) as member if listed or not caller.external:
            return member
        case UserInfo():
            return MEMBERS_ONLY
        case ApiFailure() as failure if caller.external or classify(failure) == "stranger":
            return MEMBERS_ONLY
        case ApiFailure() as failure:
            reason = f"Slack did not say whether you are a member of this workspace ({failure.error})"
            return CommandRejected(reason, "Try again in a minute." if is_passing(failure) else advice(failure))


def require_admin(caller: Caller, services: Services, command: Command | None = None) -> UserInfo | CommandRejected:
    """Who asks, if they are a full member, and one of the admins where some are set; others may ask these for
    the command."""
    # First the check that needs no call to Slack where only people are named.
    return check_admin(caller.team, caller.user, services, command) or require_member(caller, services)


def may_see_workspace(caller: Caller, services: Services) -> bool:
    """Whether who asks is told of more than their channel. In the maintainers' channel also while Slack does not say
    who they are: trouble is what it is for."""
    person = require_member(caller, services)
    if isinstance(person, UserInfo) or person == MEMBERS_ONLY:
        return person != MEMBERS_ONLY
    return services.policy.maintainers == (caller.team, caller.channel)


def check_can_post(caller: Caller, services: Services) -> CommandRejected | None:
    """Cheap check before anything is written; None where nothing speaks against posting. Only the confirmation post
    proves that the bot can."""
    match services.slack.channel_info(caller.team, caller.channel):
        # First, so that nobody learns anything of a channel that they do not see.
        case ChannelInfo(private=True) if problem := check_sees_channel(caller, services):
            return problem
        case ChannelInfo(archived=True):
            return CommandRejected("this channel is archived", "Open it again first.")
        case ApiFailure() as failure if classify(failure) == "pause":
            return cannot_post(caller, failure.error)
        # Other failures say nothing of the channel, and need not stop a change.
        case ChannelInfo() | ApiFailure():
            return None


def check_sees_channel(caller: Caller, services: Services) -> CommandRejected | None:
    """None where who asks is in their channel, which is private; who is not reads what is said of one that does not
    exist. Slack is asked only where it has not said so already."""
    if caller.vouched:
        return None
    match services.slack.is_in_channel(caller.team, caller.channel, caller.ask.asker if caller.ask else caller.user):
        case True:
            return None
        case ApiFailure() as failure if classify(failure) != "pause":
            reason = f"Slack did not say whether you are in this channel ({failure.error})"
            return CommandRejected(reason, "Try again in a minute." if is_passing(failure) else advice(failure))
        case _:
            return cannot_post(caller, GONE)


def require_change(caller: Caller, services: Services, command: Command | None = None) -> UserInfo | CommandRejected:
    """Who asks to change what a channel follows, if they may and the bot can say so in the channel."""
    member = require_admin(caller, services, command)
    return member if isinstance(member, CommandRejected) else check_can_post(caller, services) or member


def cannot_post(caller: Caller, error: str) -> CommandRejected:
    """The rejection where the bot may not post, because of Slack's error: nothing was changed."""
    # Nobody can invite the bot into a conversation between people.
    if caller.direct:
        return DIRECT
    if pause_reason(error).remedy is not Remedy.INVITE:
        reason = f"nothing was changed, as the bot cannot post in this channel ({error})"
        return CommandRejected(reason, MEANINGS["pause"].advice)
    return CommandRejected("the bot cannot post in this channel", f"{INVITE[0].upper()}{INVITE[1:]}.")


def owe_announcement(
    tx: Transaction, message: Message, caller: Caller, services: Services, purpose: Purpose = "confirm"
) -> Delivery | None:
    """Owes the channel the announcement of a change, in the transaction of the change; for `announce`, or, with the
    purpose `resume`, for `announce_or_undo`. Raises: DecidedError where it was asked for, and somebody has decided
    meanwhile."""
    tx.channel_changes.add(caller.team, caller.user, services.now())
    if caller.ask is None:
        return owe(tx, services, caller, message, purpose)
    _decide(tx, caller.ask, caller, services)
    delivery = owe(tx, services, caller, with_ask(message, caller.ask.asker, caller.user), purpose)
    owe_decision(tx, services, caller.ask.number)
    return delivery


def allow_by_change(tx: Transaction, caller: Caller, services: Services) -> None:
    """Counts a change that nothing announces, in its transaction; what the caller allows by it is decided with it.
    Raises: DecidedError where it was already, so that nothing of the change is kept."""
    tx.channel_changes.add(caller.team, caller.user, services.now())
    if caller.ask is not None:
        _decide(tx, caller.ask, caller, services)
        owe_decision(tx, services, caller.ask.number)


def _decide(tx: Transaction, ask: AllowedAsk, caller: Caller, services: Services) -> None:
    # Its row is locked by this, before any worker is woken.
    if not settle_ask(tx, services, ask.number, "allowed", caller.user):
        raise DecidedError


def announce(
    delivery: Delivery | None, caller: Caller, services: Services, look: str = "subscriptions"
) -> Announced | CommandRejected:
    """Tells the channel of a change. The reply to who made it: `Announced` where the channel is told, or will be within
    seconds; else that the change was made all the same. `look` is the command, without the slash command's name, that
    shows the change."""
    return _confirmed(send_now(delivery, services, tell=True), caller, services, look)


def announce_or_undo(
    delivery: Delivery | None,
    caller: Caller,
    services: Services,
    undo: Callable[[Transaction], None],
    look: str = "subscriptions",
) -> Announced | CommandRejected:
    """As `announce`; once the channel is told, posting goes on in it if it was paused. `undo` takes the change back
    where the bot cannot post."""

    def take_back(tx: Transaction) -> None:
        undo(tx)
        if caller.ask is not None:
            reopen_ask(tx, services, caller.ask.number)

    answer = send_now(delivery, services, tell=True, undo=take_back)
    if isinstance(answer, ApiFailure) and classify(answer) == "pause":
        return cannot_post(caller, answer.error)
    return _confirmed(answer, caller, services, look)


def _confirmed(answer: ReplyOutcome, caller: Caller, services: Services, look: str) -> Announced | CommandRejected:
    # Below a mention a second message would stand behind the announcement, and say that it is on its way.
    if not isinstance(answer, ApiFailure) or (caller.message and not is_refused(answer)):
        return Announced()
    see = f"See `{services.policy.command} {look}`."
    if is_refused(answer):
        return CommandRejected(
            f"it is done, but Slack did not tell the channel ({answer.error})", f"{see} {advice(answer)}"
        )
    if classify(answer) == "unlisted":
        reason = f"it is done; Slack refuses to tell the channel ({answer.error}), and it is tried again for a day"
    elif may_have_arrived(answer):
        reason = f"it is done; Slack did not say whether it told the channel ({answer.error}), and the bot looks"
    else:
        reason = f"it is done; the channel is told as soon as Slack takes the message ({answer.error})"
    return CommandRejected(reason, see)
