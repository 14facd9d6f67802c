"""Channels that cannot be reached any more, or can be again. What they follow is paused, never dropped."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.subscriptions.subscription import Subscription
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import wake_worker, wake_workers
from bot.handlers.ports import ApiFailure, ChannelInfo
from bot.store import outbox, subscriptions
from bot.store.outbox import NewDelivery, QueueName

RECHECKED_MAX = 50
"""Channels that are looked at in one go; Slack allows 50 such questions a minute and workspace."""

ARCHIVED = frozenset({"archived", "is_archived", "is_inactive"})
FOR_GOOD = frozenset({"renamed", "deleted"})
"""Pauses that only a person ends."""


def pause_channel(connection: Connection, services: Services, team: str, channel: str, why: str) -> None:
    """Pauses what a channel follows and what it is owed, and tells each who made a subscription, once."""
    now = services.now()
    paused = subscriptions.pause(connection, team, channel, why)
    outbox.pause(connection, team, channel, why)
    told = [_pause_notice(paused, user, why, now) for user in subscriptions.creators(paused)]
    outbox.add(connection, told)
    if told:
        wake_worker(connection, services.queue, "post", team, now)


def resume_channel(connection: Connection, services: Services, team: str, channel: str) -> None:
    """Takes up again what was paused; what is owed goes out."""
    now = services.now()
    subscriptions.resume(connection, team, channel)
    outbox.resume(connection, team, channel, now)
    names: tuple[QueueName, ...] = ("post", "update")
    due = [(name, team) for name in names if outbox.next_due(connection, name, team) is not None]
    wake_workers(connection, services.queue, due, now)


def _pause_notice(paused: list[Subscription], user: str, why: str, now: datetime) -> NewDelivery:
    """A direct message: a person's id stands for the conversation with them."""
    first = paused[0]
    return NewDelivery(
        key=f"notice|{first.team}|{first.channel}|{user}|{now.isoformat()}",
        queue="post",
        team=first.team,
        enterprise=first.enterprise,
        channel=user,
        kind="notice",
        due_at=now,
        about=f"{first.channel} {why}",
    )


# An event that never came


def recheck_paused_channels(services: Services) -> None:
    """Looks at channels that are paused: over Socket Mode an event is lost while nobody is connected."""
    with services.store.reading() as connection:
        paused = subscriptions.paused(connection, RECHECKED_MAX)
    for team, channel, why in paused:
        if why not in FOR_GOOD and _is_back(services.slack.channel_info(team, channel), why):
            with services.store.writing() as connection:
                resume_channel(connection, services, team, channel)


def _is_back(place: ChannelInfo | ApiFailure, why: str) -> bool:
    """A channel that was archived is back when it is open; one that the bot was removed from, when it is in it."""
    return isinstance(place, ChannelInfo) and not place.archived and (place.member or why in ARCHIVED)
