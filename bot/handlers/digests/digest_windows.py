"""Fire times and windows: which digests are due in a channel, and what each of them covers.

A window begins where the last digest ended that went out, or may have; one that was given up, or that no attempt was
made for, is covered by the next. Windows are cut by the numbers of publications, so that one that is written late falls
into the next window, not between two.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.core.delivery.content import DigestPage
from bot.core.digests.digest import Plan, Report, overdue, report
from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import due_times, fire_times
from bot.core.digests.time_zones import TZDATA_VERSION, zone
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.render.digests.reasons import reason_for_digest
from bot.store import digests
from bot.store.digests import DigestCursor, DigestRun, DigestSchedule
from bot.store.outbox import NewDelivery, delivery_key
from bot.store.store import Transaction

NO_ZONE = "UTC"
_SECOND = timedelta(seconds=1)


def process_due(tx: Transaction, services: Services, place: DigestCursor, now: datetime) -> set[Worker]:
    """Deals with all fire times of a channel up to now, and reckons the next; the lanes that have work. `place` is
    locked. Raises: LookupError for a zone that is no more."""
    scheduled = tx.digests.of_channel(place.team, place.channel)
    found = due_times([each.schedule for each in scheduled], place.processed_until, now, services.policy.digest_grace)
    lanes: set[Worker] = set()
    if not _is_paused(tx.subscriptions.of_channel(place.team, place.channel)):
        for at in found.skipped:
            _record(tx, place, at, "skipped")
        if found.fire_at is not None:
            lanes = create_digest(tx, services, place, found.fire_at, now)
    recompute_next(tx, place, max(now, place.processed_until))
    return lanes


def _is_paused(following: Iterable[Subscription]) -> bool:
    """Whether the channel cannot be reached: its window stays open until it can."""
    feeding = [each for each in following if each.spec.deliver == "digest"]
    return bool(feeding) and all(each.paused for each in feeding)


def _record(tx: Transaction, place: DigestCursor, at: datetime, state: digests.State) -> None:
    window = {
        "since": place.since,
        "after_publication": place.after_publication,
        "publication": place.after_publication,
    }
    tx.digests.add_run(place, fire_at=at, state=state, **window)  # type: ignore[arg-type]


def recompute_next(tx: Transaction, place: DigestCursor, looked_at: datetime) -> datetime | None:
    """Reckons the next fire time of a channel, from its schedules as they are now."""
    scheduled = tx.digests.of_channel(place.team, place.channel)
    next_at = due_times([each.schedule for each in scheduled], looked_at, looked_at, timedelta(0)).next_at
    tx.digests.advance_cursor(place.id, looked_at, next_at, TZDATA_VERSION if scheduled else None)
    return next_at


def create_digest(tx: Transaction, services: Services, place: DigestCursor, at: datetime, now: datetime) -> set[Worker]:
    """One digest is due: decides what it covers and whether it has anything to say; the lanes that have work."""
    _cancel_unsent(tx, place)
    plan = build_plan(tx, services, place, at)
    found = announcements.digest_for(tx, services, plan)
    is_owed = found.has_content or (services.policy.empty_digests and bool(plan.wishes))
    number = tx.digests.add_run(
        place,
        fire_at=at,
        since=plan.since,
        after_publication=plan.base,
        publication=plan.publication,
        state="owed" if is_owed else "empty",
        plan=plan if is_owed else None,
    )
    tx.digests.start_window(place.id, at, plan.publication)
    if not is_owed:
        return set()
    page = DigestPage(number, 1, plan.publication)
    delivery = NewDelivery(place.team, place.enterprise, place.channel, page, now)
    tx.outbox.add([delivery])
    return workers_of([delivery])


# What it covers


def _cancel_unsent(tx: Transaction, place: DigestCursor) -> None:
    """The last digest, if it did not go out: this one says it all."""
    last = tx.digests.last_owed(place.team, place.channel)
    if last is not None:
        tx.outbox.cancel_unsent(_first_page_key(last))


def _first_page_key(run: DigestRun) -> str:
    return delivery_key(run.team, run.channel, DigestPage(run.id, 1, run.publication), run.fire_at)


def window_start(tx: Transaction, place: DigestCursor) -> tuple[datetime, int]:
    """Where the next window begins: an instant, and the publication that the last one ended with."""
    last = tx.digests.last_owed(place.team, place.channel)
    if last is not None and tx.outbox.is_unsent(_first_page_key(last)):
        return last.since, last.after_publication
    return place.since, place.after_publication


def build_plan(tx: Transaction, services: Services, place: DigestCursor, at: datetime) -> Plan:
    """What a digest of a channel at an instant is made from."""
    since, base = window_start(tx, place)
    scheduled = tx.digests.of_channel(place.team, place.channel)
    following = digest_subscriptions(tx, place, at)
    wishes = tuple(each.spec for each in following)
    name = _zone_at(scheduled, at)
    on = at.astimezone(zone(name)).date()
    return Plan(
        since=since,
        until=at,
        base=base,
        publication=tx.publications.number_before(at, base),
        zone=name,
        wishes=wishes,
        overdue=overdue(services.corpus.corpus.published, wishes, on) if not _reports(services, place) else (),
        report=_report(tx, services, place, since, at),
        because=reason_for_digest(
            following, [ScheduleEntry(each.id, each.schedule) for each in scheduled], services.policy.command
        ),
    )


def digest_subscriptions(tx: Transaction, place: DigestCursor, at: datetime) -> list[Subscription]:
    """The subscriptions that a channel's digest is made of."""
    here = tx.subscriptions.of_channel(place.team, place.channel)
    return [each for each in here if each.spec.deliver == "digest" and not each.paused and not each.muted(at)]


def _zone_at(scheduled: Sequence[DigestSchedule], at: datetime) -> str:
    """The zone of the schedule that fires at an instant, else of the oldest."""
    firing = (each for each in scheduled if next(fire_times(each.schedule, at - _SECOND), None) == at)
    found = next(firing, next(iter(scheduled), None))
    return found.schedule.zone if found else NO_ZONE


def _reports(services: Services, place: DigestCursor) -> bool:
    return (place.team, place.channel) == services.policy.maintainers


def _report(
    tx: Transaction, services: Services, place: DigestCursor, since: datetime, until: datetime
) -> Report | None:
    """What maintainers have to look after, in their own channel."""
    if not _reports(services, place):
        return None
    asked = tx.unanswered_queries.counts(place.team, since, until).most_common()
    failed = tx.outbox.dead_by_error(place.team, since, until).most_common()
    return report(services.corpus.corpus.briefs, until.date(), asked, failed)
