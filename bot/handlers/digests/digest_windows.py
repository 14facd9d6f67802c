"""Fire times and windows: which digests are due in a channel, and what each of them covers.

A digest covers everything since the last one that was (possibly) posted. A digest that was never attempted, or failed
for good, is folded into the next. Windows are cut by publication numbers, so that a publication that is committed late
falls into the next window, not between two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.answers.unanswered import words_to_add
from bot.core.delivery.content import DigestPage
from bot.core.delivery.waiting import AHEAD_MAX
from bot.core.digests.digest import Plan, Report, overdue, report
from bot.core.digests.listing import ScheduleEntry
from bot.core.digests.schedule import DueTimes, due_times, fire_times
from bot.core.digests.time_zones import TZDATA_VERSION, zone
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.changes.digest_contents import DigestContents
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.handlers.digests.vanished_quotes import vanished_quotes
from bot.render.digests.reasons import reason_for_digest
from bot.render.digests.tasks import LISTED_MAX
from bot.store.delivery_key import delivery_key
from bot.store.digests import DigestCursor, DigestRun, DigestSchedule
from bot.store.outbox import NewDelivery
from bot.store.store import Transaction

NO_ZONE = "UTC"
_SECOND = timedelta(seconds=1)


def process_due(tx: Transaction, services: Services, cursor: DigestCursor, now: datetime) -> set[Worker]:
    """Processes all fire times of a channel up to `now` and computes the next; the workers that have to send. `cursor`
    is locked. Raises: LookupError for a time zone that no longer exists."""
    if cursor.processed_until > now + AHEAD_MAX:
        cursor = tx.digests.set_back(cursor, now)
    due = _due_times(tx, cursor, cursor.processed_until, now, services.policy.digest_grace)
    workers: set[Worker] = set()
    if not _is_paused(tx.subscriptions.of_channel(cursor.team, cursor.channel)):
        tx.digests.skip(cursor, due.skipped)
        if due.fire_at is not None:
            workers = create_digest(tx, services, cursor, due.fire_at, now)
    # Clocks of processes differ: the cursor never goes back.
    recompute_next(tx, cursor, max(now, cursor.processed_until))
    return workers


def _due_times(tx: Transaction, cursor: DigestCursor, since: datetime, now: datetime, grace: timedelta) -> DueTimes:
    schedules = tx.digests.of_channel(cursor.team, cursor.channel)
    done = tx.digests.fired_after(cursor.team, cursor.channel, since)
    return due_times([each.schedule for each in schedules], since, now, grace, done)


def _is_paused(subscriptions: Iterable[Subscription]) -> bool:
    """Whether the channel cannot be posted to; its window then stays open until it can."""
    digests = [each for each in subscriptions if each.spec.deliver == "digest"]
    return bool(digests) and all(each.paused for each in digests)


def recompute_next(tx: Transaction, cursor: DigestCursor, processed_until: datetime) -> datetime | None:
    """Computes and stores the next fire time of a channel from its schedules; None where it has none."""
    next_at = _due_times(tx, cursor, processed_until, processed_until, timedelta(0)).next_at
    # Without schedules no rules of time zones were used, and none have to be looked after.
    has_schedules = bool(tx.digests.of_channel(cursor.team, cursor.channel))
    tx.digests.advance_cursor(cursor.id, processed_until, next_at, TZDATA_VERSION if has_schedules else None)
    return next_at


def next_fire_time(tx: Transaction, cursor: DigestCursor, now: datetime) -> datetime | None:
    """When the next digest of a channel is due after `now`; None where none is scheduled, or the channel is paused."""
    if _is_paused(tx.subscriptions.of_channel(cursor.team, cursor.channel)):
        return None
    return _due_times(tx, cursor, now, now, timedelta(0)).next_at


def create_digest(
    tx: Transaction, services: Services, cursor: DigestCursor, at: datetime, now: datetime
) -> set[Worker]:
    """Records the run of a due digest, adds its first message if it has content, and begins the next window; the
    workers that have to send it, empty without content."""
    # Before the plan reads its state: one that is attempted in between would be covered by two digests.
    _cancel_unsent(tx, cursor)
    plan = build_plan(tx, services, cursor, at)
    has_content = plan.has_tasks or DigestContents(tx, services, plan).has_changes
    has_message = has_content or (services.policy.empty_digests and bool(plan.specs))
    number = tx.digests.add_run(
        cursor,
        fire_at=at,
        since=plan.since,
        after_publication=plan.after_publication,
        publication=plan.publication,
        state="owed" if has_message else "empty",
        plan=plan if has_message else None,
    )
    tx.digests.start_window(cursor.id, at, plan.publication)
    if not has_message:
        return set()
    page = DigestPage(number, 1, plan.publication)
    delivery = NewDelivery(cursor.team, cursor.enterprise, cursor.channel, page, now)
    tx.outbox.add([delivery])
    return workers_of([delivery])


# What it covers


def _cancel_unsent(tx: Transaction, cursor: DigestCursor) -> None:
    """Cancels the last digest if it was not sent: the new one covers it."""
    last = tx.digests.last_owed(cursor.team, cursor.channel)
    if last is not None:
        tx.outbox.cancel_unsent(_first_page_key(last))


def _first_page_key(run: DigestRun) -> str:
    return delivery_key(run.team, run.channel, DigestPage(run.id, 1, run.publication), run.fire_at)


def window_start(tx: Transaction, cursor: DigestCursor) -> tuple[datetime, int]:
    """Where the next window begins: a time (included), and the publication after which it begins."""
    last = tx.digests.last_owed(cursor.team, cursor.channel)
    if last is not None and tx.outbox.is_unsent(_first_page_key(last)):
        return last.since, last.after_publication
    return cursor.since, cursor.after_publication


def build_plan(tx: Transaction, services: Services, cursor: DigestCursor, at: datetime) -> Plan:
    """All that a digest of a channel is composed from if it fires at `at` (UTC)."""
    since, base = window_start(tx, cursor)
    schedules = tx.digests.of_channel(cursor.team, cursor.channel)
    subscriptions = digest_subscriptions(tx, cursor, at)
    specs = tuple(each.spec for each in subscriptions)
    name = _zone_at(schedules, at)
    on = at.astimezone(zone(name)).date()
    return Plan(
        since=since,
        until=at,
        after_publication=base,
        publication=tx.publications.number_before(at, base, services.now()),
        zone=name,
        specs=specs,
        # Maintainers get the reviews of all briefs in their report.
        overdue=overdue(services.corpus.corpus.published, specs, on) if not _reports(services, cursor) else (),
        report=_report(tx, services, cursor, since, at),
        reason=reason_for_digest(
            subscriptions, [ScheduleEntry(each.id, each.schedule) for each in schedules], services.policy.command
        ),
    )


def digest_subscriptions(tx: Transaction, cursor: DigestCursor, at: datetime) -> list[Subscription]:
    """The subscriptions that a channel's digest covers, oldest first: neither paused nor, at `at`, muted."""
    subscriptions = tx.subscriptions.of_channel(cursor.team, cursor.channel)
    return [each for each in subscriptions if each.spec.deliver == "digest" and not each.paused and not each.muted(at)]


def _zone_at(schedules: Sequence[DigestSchedule], at: datetime) -> str:
    """The zone of the schedule that fires at `at`, else of the oldest; UTC where there is none."""
    # Fire times are strictly after an instant, so the search begins a second before.
    firing = (each for each in schedules if next(fire_times(each.schedule, at - _SECOND), None) == at)
    schedule = next(firing, next(iter(schedules), None))
    return schedule.schedule.zone if schedule else NO_ZONE


def _reports(services: Services, cursor: DigestCursor) -> bool:
    return (cursor.team, cursor.channel) == services.policy.maintainers


def _report(
    tx: Transaction, services: Services, cursor: DigestCursor, since: datetime, until: datetime
) -> Report | None:
    """What maintainers have to do, in their own channel; None in any other."""
    if not _reports(services, cursor):
        return None
    queries = tx.unanswered_queries.counts(cursor.team, since, until).most_common()
    failed = tx.delivery_counts.dead_by_error(cursor.team, since, until).most_common()
    corpus = services.corpus.corpus
    additions = tuple(words_to_add(question, corpus) for question, _ in queries[:LISTED_MAX])
    vanished = vanished_quotes(tx, corpus, cursor.team, since, until)
    return replace(report(corpus.briefs, until.date(), queries, failed), additions=additions, vanished=vanished)
