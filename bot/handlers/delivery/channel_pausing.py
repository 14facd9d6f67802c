"""Channels that cannot be posted to any more, or can be again. What they follow is paused, never dropped."""

from datetime import datetime
from typing import get_args

from bot.core.delivery.content import PauseNotice
from bot.core.delivery.pause_reason import Remedy, pause_reason, weaker_than
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.ports import ChannelInfo
from bot.store.outbox import NewDelivery, QueueName
from bot.store.store import Transaction

RECHECKED_MAX = 50
"""Channels in one look; Slack allows 50 such questions a minute and workspace (`conversations.info`, Tier 3)."""


def pause_channel(
    tx: Transaction, services: Services, team: str, channel: str, reason: str, before: datetime | None = None
) -> None:
    """Pauses the subscriptions of a channel and the deliveries to it; each person who subscribed gets a direct message,
    at most one per pause. `reason` is the code of a `PauseReason`; in the place of a weaker one it is told to nobody.
    With `before` it concerns only what was followed before that instant."""
    now = services.now()
    tx.subscriptions.replace_pauses(team, channel, weaker_than(reason), reason, before)
    paused = tx.subscriptions.pause(team, channel, reason, before)
    if before is not None and not any(each.paused for each in tx.subscriptions.of_channel(team, channel)):
        return
    tx.outbox.pause(team, channel, reason)
    # Only subscriptions that were not paused before are in `paused`: a second event sends no second notice.
    notices = [_notice(paused[0], user, reason, now) for user in sorted({each.created_by for each in paused})]
    tx.outbox.add(notices)
    if notices:
        wake_workers(tx, services.queue, [("post", team)], services.wake_after(now))


def resume_channel(tx: Transaction, services: Services, team: str, channel: str) -> None:
    """Ends the pause of a channel, if any: deliveries that were held back are due now. Idempotent."""
    tx.subscriptions.resume(team, channel)
    tx.outbox.resume(team, channel, services.now())
    wake_due_workers(tx, services, team)


def resume_if_over(tx: Transaction, services: Services, team: str, channel: str, info: ChannelInfo) -> None:
    """Ends the pause of a channel, as it is now, unless one of its reasons lasts."""
    paused = {each.paused for each in tx.subscriptions.of_channel(team, channel) if each.paused}
    if all(_is_over(code, info) for code in paused):
        resume_channel(tx, services, team, channel)


def _is_over(code: str, info: ChannelInfo) -> bool:
    """A channel that was archived is back when it is open; one that the bot was removed from, when it is in it; and
    what Slack describes is not deleted."""
    reason = pause_reason(code)
    if reason.remedy is Remedy.SUBSCRIBE_ELSEWHERE:
        return True
    # The bot need not be a member of a public channel to post there.
    return reason.ends_by_itself and not info.archived and (info.member or reason.remedy is Remedy.UNARCHIVE)


def wake_due_workers(tx: Transaction, services: Services, team: str) -> None:
    """Wakes the workers of a workspace that have something to send, whenever it is due."""
    queues: tuple[QueueName, ...] = get_args(QueueName)
    wake_workers(
        tx,
        services.queue,
        [(queue, team) for queue in queues if tx.outbox.next_due(queue, team) is not None],
        services.wake_after(services.now()),
    )


def _notice(paused: Subscription, user: str, reason: str, now: datetime) -> NewDelivery:
    """A direct message: a user's id stands for the conversation with them."""
    return NewDelivery(paused.team, paused.enterprise, user, PauseNotice(paused.channel, reason), now)


def recheck_paused_channels(services: Services) -> None:
    """Resumes paused channels that can be posted to again, at most `RECHECKED_MAX` a call: over Socket Mode the event
    that says so is lost while nobody is connected."""
    with services.store.snapshot() as tx:
        paused = tx.subscriptions.paused(RECHECKED_MAX)
    for team, channel, reason in paused:
        # Asked before any lock is taken: a transaction must not wait for Slack.
        info = services.slack.channel_info(team, channel) if pause_reason(reason).ends_by_itself else None
        if isinstance(info, ChannelInfo):
            with services.store.transaction() as tx:
                resume_if_over(tx, services, team, channel, info)
