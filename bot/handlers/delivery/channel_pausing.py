"""Channels that cannot be reached any more, or can be again. What they follow is paused, never dropped."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.subscriptions.subscription import Subscription
from bot.handlers.context import Office
from bot.handlers.delivery.wake_workers import wake, wake_all
from bot.handlers.ports import Place, Refused
from bot.store import outbox, subscriptions
from bot.store.outbox import Owed, QueueName

RECHECKED_MAX = 50
"""Channels that are looked at in one go; Slack allows 50 such questions a minute and workspace."""

ARCHIVED = frozenset({"archived", "is_archived", "is_inactive"})
FOR_GOOD = frozenset({"renamed", "deleted"})
"""Pauses that only a person ends."""


def pause(connection: Connection, office: Office, team: str, channel: str, why: str) -> None:
    """Pauses what a channel follows and what it is owed, and tells each who made a subscription, once."""
    now = office.now()
    paused = subscriptions.pause(connection, team, channel, why)
    outbox.pause(connection, team, channel, why)
    told = [_told(paused, user, why, now) for user in subscriptions.creators(paused)]
    outbox.add(connection, told)
    if told:
        wake(connection, office.queue, "post", team, now)


def resume(connection: Connection, office: Office, team: str, channel: str) -> None:
    """Takes up again what was paused; what is owed goes out."""
    now = office.now()
    subscriptions.resume(connection, team, channel)
    outbox.resume(connection, team, channel, now)
    names: tuple[QueueName, ...] = ("post", "update")
    due = [(name, team) for name in names if outbox.next_due(connection, name, team) is not None]
    wake_all(connection, office.queue, due, now)


def _told(paused: list[Subscription], user: str, why: str, now: datetime) -> Owed:
    """A direct message: a person's id stands for the conversation with them."""
    first = paused[0]
    return Owed(
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


def recheck(office: Office) -> None:
    """Looks at channels that are paused: over Socket Mode an event is lost while nobody is connected."""
    with office.store.reading() as connection:
        paused = subscriptions.paused(connection, RECHECKED_MAX)
    for team, channel, why in paused:
        if why not in FOR_GOOD and _is_back(office.sender.place(team, channel), why):
            with office.store.writing() as connection:
                resume(connection, office, team, channel)


def _is_back(place: Place | Refused, why: str) -> bool:
    """A channel that was archived is back when it is open; one that the bot was removed from, when it is in it."""
    return isinstance(place, Place) and not place.archived and (place.member or why in ARCHIVED)
