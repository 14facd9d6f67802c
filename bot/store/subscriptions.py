"""Subscriptions, default briefs, workspaces: what belongs to channels."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target, parse_filters, parse_target
from bot.store.schema import default_brief, subscription, workspace
from bot.store.store import insert


def add(
    connection: Connection,
    wish: SubscriptionSpec,
    team: str,
    enterprise: str | None,
    channel: str,
    *,
    by: str,
    at: datetime,
) -> Subscription:
    """A new subscription; one with the same target in the channel gives way to it, and goes on under its number."""
    values = {"filters": " ".join(map(str, wish.filters)), "deliver": wish.deliver, "made_by": by, "made_at": at}
    row = {"team": team, "enterprise": enterprise, "channel": channel, "target": str(wish.target), **values}
    fresh = {**values, "muted_until": None, "paused": None}
    query = insert(connection, subscription).values(**row)
    query = query.on_conflict_do_update(index_elements=["team", "channel", "target"], set_=fresh)
    return _subscription(connection.execute(query.returning(subscription)).one())


def restore(connection: Connection, found: Subscription) -> None:
    """Makes a subscription again what it was, its number, mute and pause as well."""
    wish = found.spec
    was = {"filters": " ".join(map(str, wish.filters)), "deliver": wish.deliver, "made_by": found.created_by}
    more = {"made_at": found.created_at, "muted_until": found.muted_until, "paused": found.paused}
    _change(connection, found.team, found.id, **was, **more)


def find(connection: Connection, team: str, channel: str, which: Target | int) -> Subscription | None:
    """By its target, or by its number in any channel of the workspace."""
    query = select(subscription).where(subscription.c.team == team)
    if isinstance(which, int):
        query = query.where(subscription.c.id == which)
    else:
        query = query.where(subscription.c.channel == channel, subscription.c.target == str(which))
    row = connection.execute(query).one_or_none()
    return _subscription(row) if row else None


def remove(connection: Connection, team: str, number: int) -> None:
    """Ends a subscription."""
    connection.execute(delete(subscription).where(subscription.c.team == team, subscription.c.id == number))


def mute(connection: Connection, team: str, number: int, until: datetime | None) -> None:
    """Mutes a subscription until then; None unmutes it."""
    _change(connection, team, number, muted_until=until)


def _change(connection: Connection, team: str, number: int, **values: Any) -> None:
    connection.execute(
        update(subscription).where(subscription.c.team == team, subscription.c.id == number).values(**values)
    )


def of_channel(connection: Connection, team: str, channel: str) -> list[Subscription]:
    """What a channel follows, oldest first."""
    return _all(connection, subscription.c.team == team, subscription.c.channel == channel)


def of_team(connection: Connection, team: str) -> list[Subscription]:
    """What all channels of a workspace follow."""
    return _all(connection, subscription.c.team == team)


def all_subscriptions(connection: Connection) -> list[Subscription]:
    """What all channels of all workspaces follow."""
    return _all(connection)


def _all(connection: Connection, *where: Any) -> list[Subscription]:
    query = select(subscription).where(*where).order_by(subscription.c.id)
    return list(map(_subscription, connection.execute(query)))


def _subscription(row: Row[Any]) -> Subscription:
    wish = SubscriptionSpec(parse_target(row.target), parse_filters(row.filters), row.deliver)
    made = (row.id, row.team, row.channel, wish, row.made_by, row.made_at)
    return Subscription(*made, muted_until=row.muted_until, paused=row.paused, enterprise=row.enterprise)


# Channels that cannot be reached


def pause(connection: Connection, team: str, channel: str, why: str) -> list[Subscription]:
    """Pauses what a channel follows; those that were not paused before."""
    here = (subscription.c.team == team, subscription.c.channel == channel)
    query = update(subscription).where(*here, subscription.c.paused.is_(None)).values(paused=why)
    return list(map(_subscription, connection.execute(query.returning(subscription))))


def resume(connection: Connection, team: str, channel: str) -> int:
    """Takes up again what a channel follows; how many subscriptions were paused."""
    here = (subscription.c.team == team, subscription.c.channel == channel)
    return connection.execute(
        update(subscription).where(*here, subscription.c.paused.is_not(None)).values(paused=None)
    ).rowcount


def paused(connection: Connection, limit: int) -> list[tuple[str, str, str]]:
    """(team, channel, why) of channels whose subscriptions are paused, in no order: each gets its turn."""
    columns = (subscription.c.team, subscription.c.channel, subscription.c.paused)
    query = select(*columns).where(subscription.c.paused.is_not(None)).group_by(*columns)
    return [
        (row.team, row.channel, row.paused) for row in connection.execute(query.order_by(func.random()).limit(limit))
    ]


# Default briefs


def set_default_brief(
    connection: Connection, slug: str | None, *, team: str, enterprise: str | None, channel: str
) -> None:
    """Chooses the brief that answers in a channel; None for none."""
    if connection.dialect.name == "postgresql":  # one after the other, or two would take the same stamp
        connection.exec_driver_sql("LOCK TABLE default_brief IN SHARE ROW EXCLUSIVE MODE")
    stamp = (connection.execute(select(func.max(default_brief.c.stamp))).scalar() or 0) + 1
    row = {"team": team, "enterprise": enterprise, "channel": channel, "slug": slug, "stamp": stamp}
    query = insert(connection, default_brief).values(**row)
    connection.execute(
        query.on_conflict_do_update(index_elements=["team", "channel"], set_={"slug": slug, "stamp": stamp})
    )


def default_briefs_since(connection: Connection, after: int) -> list[tuple[int, str, str, str | None]]:
    """(stamp, team, channel, slug) of the choices made after a stamp, oldest first."""
    query = select(default_brief).where(default_brief.c.stamp > after).order_by(default_brief.c.stamp)
    return [(row.stamp, row.team, row.channel, row.slug) for row in connection.execute(query)]


# Workspaces


def mark_active(connection: Connection, team: str, enterprise: str | None) -> None:
    """A workspace whose token works: whatever stopped it is over."""
    query = insert(connection, workspace).values(team=team, enterprise=enterprise, stopped=None)
    connection.execute(query.on_conflict_do_update(index_elements=["team"], set_={"stopped": None}))


def mark_stopped(connection: Connection, team: str, why: str) -> None:
    """Slack refuses everything of a workspace."""
    query = insert(connection, workspace).values(team=team, stopped=why)
    connection.execute(query.on_conflict_do_update(index_elements=["team"], set_={"stopped": why}))


def stop_reason(connection: Connection, team: str) -> str | None:
    """Why a workspace is stopped, if it is."""
    return connection.execute(select(workspace.c.stopped).where(workspace.c.team == team)).scalar()


def creators(found: Iterable[Subscription]) -> list[str]:
    """Who made them, each once."""
    return sorted({each.created_by for each in found})
