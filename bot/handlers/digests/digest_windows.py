"""Fire times and windows: which digests are due in a channel, and what each of them covers.

A window begins where the last digest ended that went out, or may have; one that was given up, or that no attempt was
made for, is covered by the next. Windows are cut by the numbers of publications, so that one that is written late falls
into the next window, not between two.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.digests.digest import Plan, Report, overdue, report
from bot.core.digests.listing import Due
from bot.core.digests.schedule import due, fire_times
from bot.core.digests.time_zones import RULES, zone
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.changes import announcements
from bot.handlers.context import Office
from bot.render.digests.reasons import digest_because
from bot.store import digests, outbox, publications, subscriptions, unanswered_queries
from bot.store.digests import Calendar, Scheduled
from bot.store.outbox import Owed, QueueName

Lanes = set[tuple[QueueName, str]]

NO_ZONE = "UTC"
_SECOND = timedelta(seconds=1)


def advance(connection: Connection, office: Office, place: Calendar, now: datetime) -> Lanes:
    """Deals with all fire times of a channel up to now, and reckons the next; the lanes that have work. `place` is
    locked. Raises: LookupError for a zone that is no more."""
    scheduled = digests.of_channel(connection, place.team, place.channel)
    found = due([each.schedule for each in scheduled], place.looked_at, now, office.grace)
    lanes: Lanes = set()
    if not _is_paused(subscriptions.of_channel(connection, place.team, place.channel)):
        for at in found.skipped:
            _record(connection, place, at, "skipped")
        if found.fire_at is not None:
            lanes = fire(connection, office, place, found.fire_at, now)
    reckon(connection, place, max(now, place.looked_at))
    return lanes


def _is_paused(following: Iterable[Subscription]) -> bool:
    """Whether the channel cannot be reached: its window stays open until it can."""
    feeding = [each for each in following if each.wish.deliver == "digest"]
    return bool(feeding) and all(each.paused for each in feeding)


def _record(connection: Connection, place: Calendar, at: datetime, state: digests.State) -> None:
    window = {"since": place.since, "base": place.base, "publication": place.base}
    digests.record(connection, place, fire_at=at, state=state, **window)  # type: ignore[arg-type]


def reckon(connection: Connection, place: Calendar, looked_at: datetime) -> datetime | None:
    """Reckons the next fire time of a channel, from its schedules as they are now."""
    scheduled = digests.of_channel(connection, place.team, place.channel)
    next_at = due([each.schedule for each in scheduled], looked_at, looked_at, timedelta(0)).next_at
    digests.move(connection, place.id, looked_at, next_at, RULES if scheduled else None)
    return next_at


def fire(connection: Connection, office: Office, place: Calendar, at: datetime, now: datetime) -> Lanes:
    """One digest is due: decides what it covers and whether it has anything to say; the lanes that have work."""
    _withdraw(connection, place)
    plan = plan_of(connection, office, place, at)
    found = announcements.digest(connection, office, plan)
    is_owed = found.is_news or (office.empty_digests and bool(plan.wishes))
    number = digests.record(
        connection,
        place,
        fire_at=at,
        since=plan.since,
        base=plan.base,
        publication=plan.publication,
        state="owed" if is_owed else "empty",
        plan=plan if is_owed else None,
    )
    digests.begin(connection, place.id, at, plan.publication)
    if not is_owed:
        return set()
    outbox.add(connection, [_owed(place, number, plan, now)])
    return {("post", place.team)}


def _owed(place: Calendar, number: int, plan: Plan, now: datetime) -> Owed:
    return Owed(
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


def _withdraw(connection: Connection, place: Calendar) -> None:
    """The last digest, if it did not go out: this one says it all."""
    last = digests.last_owed(connection, place.team, place.channel)
    if last is not None:
        outbox.withdraw(connection, key(last.id))


def begins(connection: Connection, place: Calendar) -> tuple[datetime, int]:
    """Where the next window begins: an instant, and the publication that the last one ended with."""
    last = digests.last_owed(connection, place.team, place.channel)
    if last is not None and outbox.is_untold(connection, key(last.id)):
        return last.since, last.base
    return place.since, place.base


def plan_of(connection: Connection, office: Office, place: Calendar, at: datetime) -> Plan:
    """What a digest of a channel at an instant is made from."""
    since, base = begins(connection, place)
    scheduled = digests.of_channel(connection, place.team, place.channel)
    following = feeding(connection, place, at)
    wishes = tuple(each.wish for each in following)
    name = _zone_at(scheduled, at)
    on = at.astimezone(zone(name)).date()
    return Plan(
        since=since,
        until=at,
        base=base,
        publication=publications.number_before(connection, at, base),
        zone=name,
        wishes=wishes,
        overdue=overdue(office.readers.corpus.published, wishes, on) if not _reports(office, place) else (),
        report=_report(connection, office, place, since, at),
        because=digest_because(following, [Due(each.id, each.schedule) for each in scheduled], office.command),
    )


def feeding(connection: Connection, place: Calendar, at: datetime) -> list[Subscription]:
    """The subscriptions that a channel's digest is made of."""
    here = subscriptions.of_channel(connection, place.team, place.channel)
    return [each for each in here if each.wish.deliver == "digest" and not each.paused and not each.muted(at)]


def _zone_at(scheduled: Sequence[Scheduled], at: datetime) -> str:
    """The zone of the schedule that fires at an instant, else of the oldest."""
    firing = (each for each in scheduled if next(fire_times(each.schedule, at - _SECOND), None) == at)
    found = next(firing, next(iter(scheduled), None))
    return found.schedule.zone if found else NO_ZONE


def _reports(office: Office, place: Calendar) -> bool:
    return (place.team, place.channel) == office.maintainers


def _report(connection: Connection, office: Office, place: Calendar, since: datetime, until: datetime) -> Report | None:
    """What maintainers have to look after, in their own channel."""
    if not _reports(office, place):
        return None
    asked = unanswered_queries.asked(connection, place.team, since, until).most_common()
    failed = outbox.given_up(connection, place.team, since, until).most_common()
    return report(office.readers.corpus.briefs, until.date(), asked, failed)
