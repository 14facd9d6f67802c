"""Fire times and windows: which digests are due in a channel, and what each of them covers.

A window begins where the last digest ended that went out, or may have; one that was given up, or that no attempt was
made for, is covered by the next. Windows are cut by the numbers of publications, so that one that is written late falls
into the next window, not between two.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.digests.digest import Plan, Report, overdue, report
from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import due_times, fire_times
from bot.core.digests.time_zones import TZDATA_VERSION, zone
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.render.digests.reasons import digest_because
from bot.store import digests, outbox, publications, subscriptions, unanswered_queries
from bot.store.digests import DigestCursor, DigestSchedule
from bot.store.outbox import NewDelivery, QueueName

WorkersToWake = set[tuple[QueueName, str]]

NO_ZONE = "UTC"
_SECOND = timedelta(seconds=1)


def process_due(connection: Connection, services: Services, place: DigestCursor, now: datetime) -> WorkersToWake:
    """Deals with all fire times of a channel up to now, and reckons the next; the lanes that have work. `place` is
    locked. Raises: LookupError for a zone that is no more."""
    scheduled = digests.of_channel(connection, place.team, place.channel)
    found = due_times([each.schedule for each in scheduled], place.processed_until, now, services.digest_grace)
    lanes: WorkersToWake = set()
    if not _is_paused(subscriptions.of_channel(connection, place.team, place.channel)):
        for at in found.skipped:
            _record(connection, place, at, "skipped")
        if found.fire_at is not None:
            lanes = create_digest(connection, services, place, found.fire_at, now)
    recompute_next(connection, place, max(now, place.processed_until))
    return lanes


def _is_paused(following: Iterable[Subscription]) -> bool:
    """Whether the channel cannot be reached: its window stays open until it can."""
    feeding = [each for each in following if each.spec.deliver == "digest"]
    return bool(feeding) and all(each.paused for each in feeding)


def _record(connection: Connection, place: DigestCursor, at: datetime, state: digests.State) -> None:
    window = {"since": place.since, "base": place.after_publication, "publication": place.after_publication}
    digests.add_run(connection, place, fire_at=at, state=state, **window)  # type: ignore[arg-type]


def recompute_next(connection: Connection, place: DigestCursor, looked_at: datetime) -> datetime | None:
    """Reckons the next fire time of a channel, from its schedules as they are now."""
    scheduled = digests.of_channel(connection, place.team, place.channel)
    next_at = due_times([each.schedule for each in scheduled], looked_at, looked_at, timedelta(0)).next_at
    digests.advance_cursor(connection, place.id, looked_at, next_at, TZDATA_VERSION if scheduled else None)
    return next_at


def create_digest(
    connection: Connection, services: Services, place: DigestCursor, at: datetime, now: datetime
) -> WorkersToWake:
    """One digest is due: decides what it covers and whether it has anything to say; the lanes that have work."""
    _cancel_unsent(connection, place)
    plan = build_plan(connection, services, place, at)
    found = announcements.digest_for(connection, services, plan)
    is_owed = found.has_content or (services.empty_digests and bool(plan.wishes))
    number = digests.add_run(
        connection,
        place,
        fire_at=at,
        since=plan.since,
        base=plan.base,
        publication=plan.publication,
        state="owed" if is_owed else "empty",
        plan=plan if is_owed else None,
    )
    digests.start_window(connection, place.id, at, plan.publication)
    if not is_owed:
        return set()
    outbox.add(connection, [_owed(place, number, plan, now)])
    return {("post", place.team)}


def _owed(place: DigestCursor, number: int, plan: Plan, now: datetime) -> NewDelivery:
    return NewDelivery(
        key=key(number),
        queue="post",
        team=place.team,
        enterprise=place.enterprise,
        channel=place.channel,
        kind="digest",
        due_at=now,
        base=plan.base,
        publication=plan.publication,
        about=f"{number} 1",
    )


def key(number: int) -> str:
    """The key of a digest's first message."""
    return f"digest|{number}|1"


# What it covers


def _cancel_unsent(connection: Connection, place: DigestCursor) -> None:
    """The last digest, if it did not go out: this one says it all."""
    last = digests.last_owed(connection, place.team, place.channel)
    if last is not None:
        outbox.cancel_unsent(connection, key(last.id))


def window_start(connection: Connection, place: DigestCursor) -> tuple[datetime, int]:
    """Where the next window begins: an instant, and the publication that the last one ended with."""
    last = digests.last_owed(connection, place.team, place.channel)
    if last is not None and outbox.is_unsent(connection, key(last.id)):
        return last.since, last.after_publication
    return place.since, place.after_publication


def build_plan(connection: Connection, services: Services, place: DigestCursor, at: datetime) -> Plan:
    """What a digest of a channel at an instant is made from."""
    since, base = window_start(connection, place)
    scheduled = digests.of_channel(connection, place.team, place.channel)
    following = digest_subscriptions(connection, place, at)
    wishes = tuple(each.spec for each in following)
    name = _zone_at(scheduled, at)
    on = at.astimezone(zone(name)).date()
    return Plan(
        since=since,
        until=at,
        base=base,
        publication=publications.number_before(connection, at, base),
        zone=name,
        wishes=wishes,
        overdue=overdue(services.corpus.corpus.published, wishes, on) if not _reports(services, place) else (),
        report=_report(connection, services, place, since, at),
        because=digest_because(
            following, [ScheduleEntry(each.id, each.schedule) for each in scheduled], services.command
        ),
    )


def digest_subscriptions(connection: Connection, place: DigestCursor, at: datetime) -> list[Subscription]:
    """The subscriptions that a channel's digest is made of."""
    here = subscriptions.of_channel(connection, place.team, place.channel)
    return [each for each in here if each.spec.deliver == "digest" and not each.paused and not each.muted(at)]


def _zone_at(scheduled: Sequence[DigestSchedule], at: datetime) -> str:
    """The zone of the schedule that fires at an instant, else of the oldest."""
    firing = (each for each in scheduled if next(fire_times(each.schedule, at - _SECOND), None) == at)
    found = next(firing, next(iter(scheduled), None))
    return found.schedule.zone if found else NO_ZONE


def _reports(services: Services, place: DigestCursor) -> bool:
    return (place.team, place.channel) == services.maintainers


def _report(
    connection: Connection, services: Services, place: DigestCursor, since: datetime, until: datetime
) -> Report | None:
    """What maintainers have to look after, in their own channel."""
    if not _reports(services, place):
        return None
    asked = unanswered_queries.counts(connection, place.team, since, until).most_common()
    failed = outbox.dead_by_error(connection, place.team, since, until).most_common()
    return report(services.corpus.corpus.briefs, until.date(), asked, failed)
