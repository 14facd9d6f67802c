"""A channel that gets another id: what is stored under the former one goes on under the latter."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, exists, select, update

from bot.store.outbox import OPEN
from bot.store.schema import (
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

HISTORY: Mapping[Table, tuple[str, ...]] = {digest: ("fire_at",), posted_message: ("ts",)}
"""Tables of what happened, which other rows name by number: where the channel has such a row already, the former one
stays as it is."""

GONE = "channel_not_found"
"""What Slack answers under the former id."""


class ChannelMoves:
    """Moves of channels within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, team: str, before: str, now: str, at: datetime) -> None:
        """Moves all that belongs to a channel to its new id, and ends a pause because Slack did not find it: what was
        held back is due at `at`. Idempotent. Keys of deliveries stay, as messages that Slack may have taken are looked
        for by them."""
        self._move_cursor(team, before, now)
        self._move_default_brief(team, before, now)
        for table, columns in ONE_OF_EACH.items():
            self._connection.execute(delete(table).where(_of(table, team, before), _taken(table, now, columns)))
            self._move(table, team, before, now)
        for table, columns in HISTORY.items():
            self._move(table, team, before, now, ~_taken(table, now, columns))
        self._move(delivery, team, before, now)
        self._move_contents(team, before, now)
        self._end_pause(team, now, at)

    def _move(self, table: Table, team: str, before: str, now: str, *conditions: ColumnElement[bool]) -> None:
        self._connection.execute(update(table).where(_of(table, team, before), *conditions).values(channel=now))

    def _move_cursor(self, team: str, before: str, now: str) -> None:
        here = and_(digest_cursor.c.team == team, digest_cursor.c.channel.in_((before, now)))
        # Locked in the order of ids, as whoever cuts digests does.
        query = select(digest_cursor).where(here).order_by(digest_cursor.c.id).with_for_update()
        rows = {row.channel: row for row in self._connection.execute(query)}
        if before in rows and now in rows:
            self._connection.execute(delete(digest_cursor).where(digest_cursor.c.id == rows[before].id))
            joined = update(digest_cursor).where(digest_cursor.c.id == rows[now].id)
            self._connection.execute(joined.values(**self._joined(rows[before], rows[now])))
        elif before in rows:
            self._move(digest_cursor, team, before, now)

    def _joined(self, before: Row[Any], now: Row[Any]) -> dict[str, Any]:
        """The cursor of a channel that has one under both ids. The next digest begins where the former would have
        begun, unless one was made under the new id."""
        fires = [row.next_at for row in (before, now) if row.next_at is not None]
        values = {
            "processed_until": max(before.processed_until, now.processed_until),
            "next_at": min(fires, default=None),
            "tzdata_version": now.tzdata_version or before.tzdata_version,
        }
        made = select(digest.c.id).where(_of(digest, now.team, now.channel)).limit(1)
        if self._connection.execute(made).first() is None:
            values["since"] = min(before.since, now.since)
            values["after_publication"] = min(before.after_publication, now.after_publication)
        return values

    def _move_default_brief(self, team: str, before: str, now: str) -> None:
        rows = self._connection.execute(select(default_brief).where(_of(default_brief, team, before))).all()
        chosen = self._connection.execute(select(default_brief.c.stamp).where(_of(default_brief, team, now))).first()
        subscriptions = Subscriptions(self._connection)
        for row in (row for row in rows if row.slug is not None):
            place = {"team": team, "enterprise": row.enterprise}
            if chosen is None:
                subscriptions.set_default_brief(row.slug, **place, channel=now, by=row.chosen_by)
            # The row stays, as stamps only grow.
            subscriptions.set_default_brief(None, **place, channel=before)

    def _move_contents(self, team: str, before: str, now: str) -> None:
        """Open notices to people name the channel in their content."""
        named = delivery.c.content.contains(f'"{before}"', autoescape=True)
        query = select(delivery.c.id, delivery.c.content).where(delivery.c.team == team, delivery.c.state.in_(OPEN))
        for row in self._connection.execute(query.where(named)).all():
            content = json.loads(row.content)
            if content.get("channel") == before:
                moved = json.dumps({**content, "channel": now}, ensure_ascii=False)
                self._connection.execute(update(delivery).where(delivery.c.id == row.id).values(content=moved))

    def _end_pause(self, team: str, channel: str, at: datetime) -> None:
        follows = and_(_of(subscription, team, channel), subscription.c.paused == GONE)
        self._connection.execute(update(subscription).where(follows).values(paused=None))
        held = and_(_of(delivery, team, channel), delivery.c.state == "paused", delivery.c.error == GONE)
        self._connection.execute(update(delivery).where(held).values(state="pending", due_at=at, error=None))


def _of(table: Table, team: str, channel: str) -> ColumnElement[bool]:
    return and_(table.c.team == team, table.c.channel == channel)


def _taken(table: Table, channel: str, columns: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether there is a row of the same values under another channel of the workspace."""
    other = table.alias("other")
    same = (other.c[name] == table.c[name] for name in ("team", *columns))
    return exists(select(other.c.team).where(other.c.channel == channel, *same).correlate(table))
