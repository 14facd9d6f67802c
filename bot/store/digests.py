"""When channels want digests, and what became of each fire time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from bot.core.digests.digest import PLAN, Plan
from bot.core.digests.schedule import Schedule, parse_schedule
from bot.store.publications import newest_number
from bot.store.schema import digest, digest_cursor, digest_schedule
from bot.store.store import insert

State = Literal["owed", "empty", "skipped"]
"""A message was owed, nothing had changed, or nobody was there to send it in time."""


@dataclass(frozen=True, slots=True)
class DigestCursor:
    """How far the digests of a channel have come: the next one covers what was published since an instant, and after
    the publication `base`; fire times up to `looked_at` are dealt with."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    since: datetime
    after_publication: int
    processed_until: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """A schedule of a channel. `id` is what people type as `#id`; `made_by` is a user id."""

    id: int
    team: str
    channel: str
    schedule: Schedule
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A fire time that was dealt with; `plan` is that of an owed digest."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    fire_at: datetime
    since: datetime
    after_publication: int
    publication: int
    state: State
    plan: Plan | None


# Calendars


def ensure_cursor(connection: Connection, team: str, enterprise: str | None, channel: str, now: datetime) -> None:
    """From now on changes are kept for a digest of a channel, unless they are already."""
    row = {"team": team, "enterprise": enterprise, "channel": channel}
    begins = {"since": now, "base": newest_number(connection), "looked_at": now}
    query = insert(connection, digest_cursor).values(**row, **begins)
    connection.execute(query.on_conflict_do_nothing(index_elements=["team", "channel"]))


def cursor(connection: Connection, team: str, channel: str, *, lock: bool = False) -> DigestCursor | None:
    """How far a channel has come; `lock`: nobody else changes it before this transaction ends."""
    query = select(digest_cursor).where(digest_cursor.c.team == team, digest_cursor.c.channel == channel)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _cursor(row) if row else None


def due(connection: Connection, now: datetime, rules: str) -> list[int]:
    """The calendars with something to do, in the order in which it became due: also those that were reckoned by other
    rules of time zones."""
    query = select(digest_cursor.c.id).where(_is_due(now, rules)).order_by(digest_cursor.c.next_at)
    return [row.id for row in connection.execute(query)]


def lock_due(connection: Connection, numbers: Collection[int], now: datetime, rules: str) -> list[DigestCursor]:
    """Those of some calendars that still have something to do, but for those with which another process is busy."""
    query = select(digest_cursor).where(digest_cursor.c.id.in_(numbers), _is_due(now, rules))
    ordered = query.order_by(digest_cursor.c.id).with_for_update(skip_locked=True)
    return list(map(_cursor, connection.execute(ordered)))


def _is_due(now: datetime, rules: str) -> Any:
    """`rules` are null where there is no schedule."""
    return or_(digest_cursor.c.next_at <= now, digest_cursor.c.rules != rules)


def advance_cursor(
    connection: Connection, number: int, looked_at: datetime, next_at: datetime | None, rules: str | None
) -> None:
    """All fire times up to an instant are dealt with; the next one, by these rules."""
    values = {"looked_at": looked_at, "next_at": next_at, "rules": rules}
    connection.execute(update(digest_cursor).where(digest_cursor.c.id == number).values(**values))


def start_window(connection: Connection, number: int, since: datetime, base: int) -> None:
    """Where the next digest begins."""
    connection.execute(update(digest_cursor).where(digest_cursor.c.id == number).values(since=since, base=base))


def _cursor(row: Row[Any]) -> DigestCursor:
    return DigestCursor(**{name: getattr(row, name) for name in DigestCursor.__dataclass_fields__})


# Schedules


def of_channel(connection: Connection, team: str, channel: str) -> list[DigestSchedule]:
    """The schedules of a channel, oldest first."""
    return _schedules(connection, digest_schedule.c.team == team, digest_schedule.c.channel == channel)


def of_team(connection: Connection, team: str) -> list[DigestSchedule]:
    """The schedules of all channels of a workspace."""
    return _schedules(connection, digest_schedule.c.team == team)


def _schedules(connection: Connection, *where: Any) -> list[DigestSchedule]:
    found = connection.execute(select(digest_schedule).where(*where).order_by(digest_schedule.c.id))
    return [
        DigestSchedule(row.id, row.team, row.channel, parse_schedule(row.schedule), row.made_by, row.made_at)
        for row in found
    ]


def add(
    connection: Connection,
    wanted: Schedule,
    *,
    team: str,
    enterprise: str | None,
    channel: str,
    by: str,
    at: datetime,
) -> DigestSchedule:
    """A new schedule. Raises: IntegrityError where the channel has it already."""
    row = {"team": team, "enterprise": enterprise, "channel": channel, "schedule": str(wanted)}
    query = insert(connection, digest_schedule).values(**row, made_by=by, made_at=at)
    number = connection.execute(query.returning(digest_schedule.c.id)).scalar_one()
    return DigestSchedule(number, team, channel, wanted, by, at)


def remove(connection: Connection, team: str, number: int) -> None:
    """Ends a schedule."""
    connection.execute(delete(digest_schedule).where(digest_schedule.c.team == team, digest_schedule.c.id == number))


# Fire times


def add_run(
    connection: Connection,
    place: DigestCursor,
    *,
    fire_at: datetime,
    since: datetime,
    base: int,
    publication: int,
    state: State,
    plan: Plan | None = None,
) -> int:
    """Says what became of a fire time; its number. Raises: IntegrityError where it was dealt with already."""
    row = {"team": place.team, "enterprise": place.enterprise, "channel": place.channel, "fire_at": fire_at}
    window = {"since": since, "base": base, "publication": publication}
    text = PLAN.dump_json(plan).decode() if plan else None
    query = insert(connection, digest).values(**row, **window, state=state, plan=text)
    return int(connection.execute(query.returning(digest.c.id)).scalar_one())


def get_run(connection: Connection, number: int) -> DigestRun:
    """What became of a fire time. Raises: LookupError."""
    row = connection.execute(select(digest).where(digest.c.id == number)).one_or_none()
    if row is None:
        raise LookupError(f"there was no digest of number {number}")
    return _fired(row)


def last_owed(connection: Connection, team: str, channel: str) -> DigestRun | None:
    """The last digest of a channel that had something to say."""
    where = (digest.c.team == team, digest.c.channel == channel, digest.c.state == "owed")
    row = connection.execute(select(digest).where(*where).order_by(digest.c.fire_at.desc()).limit(1)).one_or_none()
    return _fired(row) if row else None


def skipped(connection: Connection, team: str, since: datetime, limit: int) -> tuple[int, Sequence[DigestRun]]:
    """How many fire times of a workspace were skipped since an instant, and the newest of them."""
    where = and_(digest.c.team == team, digest.c.state == "skipped", digest.c.fire_at >= since)
    number = connection.execute(select(func.count()).select_from(digest).where(where)).scalar() or 0
    newest = select(digest).where(where).order_by(digest.c.fire_at.desc(), digest.c.id).limit(limit)
    return number, list(map(_fired, connection.execute(newest)))


def delete_before(connection: Connection, before: datetime) -> None:
    """Deletes what became of fire times before an instant; the ledger keeps what was shown."""
    connection.execute(delete(digest).where(digest.c.fire_at < before))


def _fired(row: Row[Any]) -> DigestRun:
    values = {name: getattr(row, name) for name in DigestRun.__dataclass_fields__ if name != "plan"}
    return DigestRun(**values, plan=PLAN.validate_json(row.plan) if row.plan else None)
