"""A channel that gets another id, or turns out to be another workspace's: what is stored of it goes on there."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, exists, func, or_, select, update

from bot.store.outbox import OPEN
from bot.store.schema import (
    ask,
    default_brief,
    delivery,
    digest,
    digest_cursor,
    digest_schedule,
    live_thread,
    posted_message,
    subscription,
    welcome,
)
from bot.store.subscriptions import Subscriptions

ONE_OF_EACH: Mapping[Table, tuple[str, ...]] = {
    subscription: ("target",),
    digest_schedule: ("schedule",),
    live_thread: ("slug",),
    welcome: (),
}
"""Tables in which a channel has one row of each value of these columns. What it has under its new id was said later,
and counts."""

HISTORY: Mapping[Table, tuple[str, ...]] = {
    digest: ("fire_at",),
    posted_message: ("ts",),
    ask: ("asker", "command"),
}
"""Tables of what happened, which other rows name by number: where the channel has such a row already, the former one
stays as it is."""

TOLD_ONCE = ("change", "summary", "parent", "refresh")
"""Kinds of deliveries of which a channel gets one for each brief and publication."""

GONE = "channel_not_found"
"""What Slack answers under the former id."""


class Place(NamedTuple):
    """A workspace and a channel, by their ids."""

    team: str
    channel: str


class ChannelMoves:
    """Moves of channels within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, team: str, before: str, now: str, at: datetime) -> None:
        """Moves all that belongs to a channel to its new id, and ends a pause because Slack did not find it: what was
        held back is due at `at`. What was to be told under both ids is told once. Idempotent. Keys of deliveries stay,
        as messages that Slack may have taken are looked for by them."""
        self._move_all(Place(team, before), Place(team, now))
        self._move_contents(team, before, now)
        self._end_pause(Place(team, now), at)

    def adopt(self, channel: str, theirs: str, ours: str, at: datetime) -> None:
        """As `move`, of what was stored of a channel of our workspace under the workspace of somebody in it."""
        before, now = Place(theirs, channel), Place(ours, channel)
        self._move_all(before, now)
        self._end_pause(now, at)

    def _move_all(self, before: Place, now: Place) -> None:
        self._supersede_told_twice(before, now)
        self._move_cursor(before, now)
        self._move_default_brief(before, now)
        for table, columns in ONE_OF_EACH.items():
            self._connection.execute(delete(table).where(_of(table, before), _taken(table, now, columns)))
            self._move(table, before, now)
        for table, columns in HISTORY.items():
            self._move(table, before, now, ~_taken(table, now, columns))
        self._move(delivery, before, now)

    def _move(self, table: Table, before: Place, now: Place, *conditions: ColumnElement[bool]) -> None:
        moved = update(table).where(_of(table, before), *conditions)
        self._connection.execute(moved.values(team=now.team, channel=now.channel))

    def _supersede_told_twice(self, before: Place, now: Place) -> None:
        other = delivery.alias("other")
        same = and_(
            other.c.team == now.team,
            other.c.channel == now.channel,
            other.c.kind == delivery.c.kind,
            other.c.publication == delivery.c.publication,
            func.coalesce(other.c.slug, "") == func.coalesce(delivery.c.slug, ""),
        )
        told = exists(select(other.c.id).where(same).correlate(delivery))
        twice = and_(_of(delivery, before), delivery.c.kind.in_(TOLD_ONCE), delivery.c.state.in_(OPEN), told)
        self._connection.execute(update(delivery).where(twice).values(state="superseded"))
        for number in self._connection.execute(select(digest.c.id).where(_fired_twice(before, now))).scalars().all():
            pages = and_(delivery.c.key.startswith(f"digest|{number}|"), delivery.c.state.in_(OPEN))
            self._connection.execute(update(delivery).where(pages).values(state="superseded"))

    def _move_cursor(self, before: Place, now: Place) -> None:
        here = or_(_of(digest_cursor, before), _of(digest_cursor, now))
        # Locked in the order of ids, as whoever cuts digests does.
        query = select(digest_cursor).where(here).order_by(digest_cursor.c.id).with_for_update()
        rows = {Place(row.team, row.channel): row for row in self._connection.execute(query)}
        if before in rows and now in rows:
            self._connection.execute(delete(digest_cursor).where(digest_cursor.c.id == rows[before].id))
            joined = update(digest_cursor).where(digest_cursor.c.id == rows[now].id)
            self._connection.execute(joined.values(**self._joined(rows[before], rows[now])))
        elif before in rows:
            self._move(digest_cursor, before, now)

    def _joined(self, before: Row[Any], now: Row[Any]) -> dict[str, Any]:
        """The cursor of a channel that has one under both ids. The next digest begins where the former would have
        begun, unless one was made under the new id."""
        fires = [row.next_at for row in (before, now) if row.next_at is not None]
        values = {
            "processed_until": max(before.processed_until, now.processed_until),
            "next_at": min(fires, default=None),
            "tzdata_version": now.tzdata_version or before.tzdata_version,
        }
        made = select(digest.c.id).where(_of(digest, Place(now.team, now.channel))).limit(1)
        if self._connection.execute(made).first() is None:
            values["since"] = min(before.since, now.since)
            values["after_publication"] = min(before.after_publication, now.after_publication)
        return values

    def _move_default_brief(self, before: Place, now: Place) -> None:
        rows = self._connection.execute(select(default_brief).where(_of(default_brief, before))).all()
        chosen = self._connection.execute(select(default_brief.c.stamp).where(_of(default_brief, now))).first()
        subscriptions = Subscriptions(self._connection)
        for row in (row for row in rows if row.slug is not None):
            where = {"enterprise": row.enterprise, "by": row.chosen_by}
            if chosen is None:
                subscriptions.set_default_brief(row.slug, team=now.team, channel=now.channel, **where)
            # The row stays, as stamps only grow.
            subscriptions.set_default_brief(None, team=before.team, channel=before.channel, enterprise=row.enterprise)

    def _move_contents(self, team: str, before: str, now: str) -> None:
        """Open notices to people name the channel in their content."""
        named = delivery.c.content.contains(f'"{before}"', autoescape=True)
        query = select(delivery.c.id, delivery.c.content).where(delivery.c.team == team, delivery.c.state.in_(OPEN))
        for row in self._connection.execute(query.where(named)).all():
            content = json.loads(row.content)
            if content.get("channel") == before:
                moved = json.dumps({**content, "channel": now}, ensure_ascii=False)
                self._connection.execute(update(delivery).where(delivery.c.id == row.id).values(content=moved))

    def _end_pause(self, place: Place, at: datetime) -> None:
        follows = and_(_of(subscription, place), subscription.c.paused == GONE)
        self._connection.execute(update(subscription).where(follows).values(paused=None))
        held = and_(_of(delivery, place), delivery.c.state == "paused", delivery.c.error == GONE)
        self._connection.execute(update(delivery).where(held).values(state="pending", due_at=at, error=None))


def _of(table: Table, place: Place) -> ColumnElement[bool]:
    return and_(table.c.team == place.team, table.c.channel == place.channel)


def _fired_twice(before: Place, now: Place) -> ColumnElement[bool]:
    return and_(_of(digest, before), _taken(digest, now, HISTORY[digest]))


def _taken(table: Table, place: Place, columns: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether there is a row of the same values in another place."""
    other = table.alias("other")
    same = (other.c[name] == table.c[name] for name in columns)
    return exists(select(other.c.team).where(_of(other, place), *same).correlate(table))  # type: ignore[arg-type]
