"""When channels want digests, and what became of each fire time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from bot.core.delivery.waiting import AHEAD_MAX
from bot.core.digests.digest import PLAN, Plan
from bot.core.digests.schedule import Schedule
from bot.store.deletion import delete_found
from bot.store.dialect import NUMBER_MAX, insert
from bot.store.digest_numbers import newest_number, unused_number
from bot.store.foreign_teams import is_foreign
from bot.store.publications import Publications
from bot.store.schema import digest, digest_cursor, digest_schedule

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any fire time; so many seconds after it as its number is, a row of a fire time that is to come again."""

State = Literal["owed", "empty", "skipped"]
"""A digest is to be posted, nothing had changed, or its time was too long past when the bot came to it."""


@dataclass(frozen=True, slots=True)
class DigestCursor:
    """Digest cursor of a channel. The next window begins at `since` (included) and after the publication
    `after_publication`. Fire times up to `processed_until` (included) are processed; `next_at` is the next one,
    None if there is no schedule. All in UTC."""

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
    """A schedule of a channel. `id` is what people type as its number; `created_by` is Slack's user id."""

    id: int
    team: str
    channel: str
    schedule: Schedule
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A fire time (UTC) that was dealt with. The window holds the publications after `after_publication` up to and
    including `publication`; `plan` is None unless the digest is owed."""

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


class Digests:
    """Digest cursors, schedules and runs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Cursors

    def ensure_cursor(self, team: str, enterprise: str | None, channel: str, now: datetime) -> None:
        """From now on changes are kept for a digest of a channel, unless they are already. `enterprise` is None outside
        Enterprise Grid."""
        row = {"team": team, "enterprise": enterprise, "channel": channel}
        begins = {
            "since": now,
            "after_publication": Publications(self._connection).newest_number(),
            "processed_until": now,
        }
        query = insert(self._connection, digest_cursor).values(**row, **begins)
        self._connection.execute(query.on_conflict_do_nothing(index_elements=["team", "channel"]))

    def cursor(self, team: str, channel: str, *, lock: bool = False) -> DigestCursor | None:
        """The cursor of a channel, None if it has none; `lock`: no other transaction changes it until this one ends."""
        query = select(digest_cursor).where(digest_cursor.c.team == team, digest_cursor.c.channel == channel)
        # On SQLite FOR UPDATE is left out: a writing transaction holds the only write lock from its start.
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return _cursor(row) if row else None

    def scheduled(self) -> list[DigestCursor]:
        """The cursors of the channels with a schedule, by id; none of workspaces that nothing is owed to."""
        where = and_(digest_cursor.c.next_at.is_not(None), ~is_foreign(digest_cursor.c.team))
        query = select(digest_cursor).where(where).order_by(digest_cursor.c.id)
        return list(map(_cursor, self._connection.execute(query)))

    def due(self, now: datetime, tzdata_version: str) -> list[int]:
        """Ids of the cursors that are due, or whose next fire time was computed by another tzdata version, earliest
        first; none of workspaces that nothing is owed to."""
        due = and_(_is_due(now, tzdata_version), ~is_foreign(digest_cursor.c.team))
        query = select(digest_cursor.c.id).where(due).order_by(digest_cursor.c.next_at)
        return [row.id for row in self._connection.execute(query)]

    def lock_due(self, numbers: Collection[int], now: datetime, tzdata_version: str) -> list[DigestCursor]:
        """Locks those of some cursors that are still due, in the order of their ids, and skips those that another
        process has locked."""
        # Checked again: another process may have advanced a cursor since `due` listed it.
        query = select(digest_cursor).where(digest_cursor.c.id.in_(numbers), _is_due(now, tzdata_version))
        ordered = query.order_by(digest_cursor.c.id).with_for_update(skip_locked=True)
        return list(map(_cursor, self._connection.execute(ordered)))

    def advance_cursor(
        self, number: int, processed_until: datetime, next_at: datetime | None, tzdata_version: str | None
    ) -> None:
        """Stores up to when fire times are processed, and the next one with the tzdata version that computed it; both
        None where there is no schedule."""
        values = {"processed_until": processed_until, "next_at": next_at, "tzdata_version": tzdata_version}
        self._connection.execute(update(digest_cursor).where(digest_cursor.c.id == number).values(**values))

    def start_window(self, number: int, since: datetime, after_publication: int) -> None:
        """Stores where the window of the next digest begins."""
        self._connection.execute(
            update(digest_cursor)
            .where(digest_cursor.c.id == number)
            .values(since=since, after_publication=after_publication)
        )

    def set_back(self, cursor: DigestCursor, now: datetime) -> DigestCursor:
        """A clock that was ahead of `now` has processed fire times too soon: they are to be processed from now on, but
        for those that were fired. Those that it skipped as too late are not skipped any more."""
        skipped = and_(_of_channel(cursor.team, cursor.channel), digest.c.state == "skipped", digest.c.fire_at > now)
        newest = newest_number(self._connection)
        self._connection.execute(delete(digest).where(skipped, digest.c.id != newest))
        without_time = update(digest).where(skipped, digest.c.id == newest)
        self._connection.execute(without_time.values(state="empty", fire_at=NO_TIME + timedelta(seconds=newest)))
        self.start_window(cursor.id, min(cursor.since, now), cursor.after_publication)
        return replace(cursor, since=min(cursor.since, now), processed_until=now)

    def fired_after(self, team: str, channel: str, at: datetime) -> set[datetime]:
        """The fire times of a channel after an instant that were dealt with: none, unless by a clock that was ahead."""
        query = select(digest.c.fire_at).where(_of_channel(team, channel), digest.c.fire_at > at)
        return set(self._connection.execute(query).scalars())

    # Schedules

    def of_channel(self, team: str, channel: str) -> list[DigestSchedule]:
        """The schedules of a channel, oldest first."""
        return self._schedules(digest_schedule.c.team == team, digest_schedule.c.channel == channel)

    def of_team(self, team: str) -> list[DigestSchedule]:
        """The schedules of all channels of a workspace, oldest first."""
        return self._schedules(digest_schedule.c.team == team)

    def count(self, team: str) -> int:
        """How many schedules all channels of a workspace have."""
        query = select(func.count()).select_from(digest_schedule).where(digest_schedule.c.team == team)
        return self._connection.execute(query).scalar() or 0

    def _schedules(self, *where: Any) -> list[DigestSchedule]:
        rows = self._connection.execute(select(digest_schedule).where(*where).order_by(digest_schedule.c.id))
        return [
            DigestSchedule(row.id, row.team, row.channel, Schedule.parse(row.schedule), row.created_by, row.created_at)
            for row in rows
        ]

    def add(
        self,
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
        query = insert(self._connection, digest_schedule).values(**row, created_by=by, created_at=at)
        number = self._connection.execute(query.returning(digest_schedule.c.id)).scalar_one()
        return DigestSchedule(number, team, channel, wanted, by, at)

    def change(self, team: str, number: int, wanted: Schedule) -> None:
        """Puts other times in the place of a schedule's. Raises: IntegrityError where the channel has them already."""
        where = (digest_schedule.c.team == team, digest_schedule.c.id == number)
        self._connection.execute(update(digest_schedule).where(*where).values(schedule=str(wanted)))

    def remove(self, team: str, number: int) -> None:
        """Ends a schedule."""
        self._connection.execute(
            delete(digest_schedule).where(digest_schedule.c.team == team, digest_schedule.c.id == number)
        )

    # Fire times

    def add_run(
        self,
        place: DigestCursor,
        *,
        fire_at: datetime,
        since: datetime,
        after_publication: int,
        publication: int,
        state: State,
        plan: Plan | None = None,
    ) -> int:
        """Says what became of a fire time; its number. Raises: IntegrityError where it was dealt with already."""
        window = {"since": since, "after_publication": after_publication, "publication": publication}
        text = PLAN.dump_json(plan).decode() if plan else None
        row = {**_place(place), **window, "fire_at": fire_at, "state": state, "plan": text}
        number = unused_number(self._connection, place.team, place.channel)
        query = insert(self._connection, digest).values(**row, **({"id": number} if number else {}))
        return int(self._connection.execute(query.returning(digest.c.id)).scalar_one())

    def skip(self, place: DigestCursor, fire_times: Iterable[datetime]) -> None:
        """Says of fire times that nothing was posted, so that the window goes on. Raises: IntegrityError where one was
        dealt with already."""
        number = place.after_publication
        window = {"since": place.since, "after_publication": number, "publication": number}
        rows = [{**_place(place), **window, "fire_at": at, "state": "skipped"} for at in fire_times]
        if rows:
            self._connection.execute(insert(self._connection, digest), rows)

    def get_run(self, number: int) -> DigestRun:
        """What became of a fire time. Raises: LookupError."""
        row = self._connection.execute(select(digest).where(digest.c.id == number)).one_or_none()
        if row is None:
            raise LookupError(f"there was no digest of number {number}")
        return _fired(row)

    def run_in(self, team: str, channel: str, number: int) -> DigestRun | None:
        """What became of a fire time of a channel; None where the channel has none of this number."""
        if not 0 < number <= NUMBER_MAX:
            return None
        row = self._connection.execute(select(digest).where(_of_channel(team, channel), digest.c.id == number)).first()
        return _fired(row) if row else None

    def last_owed(self, team: str, channel: str) -> DigestRun | None:
        """The last digest of a channel that had something to say."""
        owed = select(digest).where(_of_channel(team, channel), digest.c.state == "owed")
        # By number: a clock that has stepped back since may have fired later times before.
        row = self._connection.execute(owed.order_by(digest.c.id.desc()).limit(1)).one_or_none()
        return _fired(row) if row else None

    def skipped(self, team: str, since: datetime, limit: int) -> tuple[int, Sequence[DigestRun]]:
        """How many fire times of a workspace were skipped since an instant, and the newest of them."""
        where = and_(digest.c.team == team, digest.c.state == "skipped", digest.c.fire_at >= since)
        number = self._connection.execute(select(func.count()).select_from(digest).where(where)).scalar() or 0
        newest = select(digest).where(where).order_by(digest.c.fire_at.desc(), digest.c.id).limit(limit)
        return number, list(map(_fired, self._connection.execute(newest)))

    def delete_before(self, before: datetime, most: int, kept: Collection[int] = ()) -> int:
        """Deletes what became of fire times before an instant, but for these numbers and the newest, of which only the
        number stays; how many, at most so many."""
        newest = newest_number(self._connection)
        old = and_(digest.c.fire_at < before, digest.c.id.not_in(kept))
        without_plan = update(digest).where(old, digest.c.id == newest, digest.c.state == "owed")
        self._connection.execute(without_plan.values(state="empty", plan=None))
        some = select(digest.c.id).where(old, digest.c.id != newest).order_by(digest.c.fire_at).limit(most)
        return delete_found(self._connection, digest, some)

    def shorten_windows(self, since: datetime, after_publication: int) -> None:
        """A window begins at the earliest at an instant and after the publication of a number: older versions go."""
        earlier = select(digest_cursor.c.id).where(digest_cursor.c.after_publication < after_publication)
        locked = earlier.order_by(digest_cursor.c.id).with_for_update(skip_locked=True)  # the others next time
        values = {"since": since, "after_publication": after_publication}
        self._connection.execute(update(digest_cursor).where(digest_cursor.c.id.in_(locked)).values(**values))
        # One that was not sent is told with the next.
        old = and_(digest.c.after_publication < after_publication, digest.c.publication <= after_publication)
        self._connection.execute(update(digest).where(digest.c.state == "owed", old).values(**values))


def _is_due(now: datetime, tzdata_version: str) -> Any:
    """`tzdata_version` is null where there is no schedule. A cursor far ahead of now waits to be set back."""
    set_back = digest_cursor.c.processed_until > now + AHEAD_MAX
    return or_(digest_cursor.c.next_at <= now, digest_cursor.c.tzdata_version != tzdata_version, set_back)


def _place(cursor: DigestCursor) -> dict[str, str | None]:
    return {"team": cursor.team, "enterprise": cursor.enterprise, "channel": cursor.channel}


def _of_channel(team: str, channel: str) -> Any:
    return and_(digest.c.team == team, digest.c.channel == channel)


def _cursor(row: Row[Any]) -> DigestCursor:
    return DigestCursor(**{name: getattr(row, name) for name in DigestCursor.__dataclass_fields__})


def _fired(row: Row[Any]) -> DigestRun:
    values = {name: getattr(row, name) for name in DigestRun.__dataclass_fields__ if name != "plan"}
    return DigestRun(**values, plan=PLAN.validate_json(row.plan) if row.plan else None)
