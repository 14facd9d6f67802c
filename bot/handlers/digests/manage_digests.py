"""Sets, ends, lists, previews and sends the digests of a channel."""

from datetime import datetime
from itertools import islice

from bot.core.commands.command import EndDigests, SendDigest, SetDigest
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.digests import time_zones
from bot.core.digests.digest import Digest
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.digests.schedule import Schedule, fire_times
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import Worker, wake_workers
from bot.handlers.digests.digest_windows import (
    build_plan,
    create_digest,
    digest_subscriptions,
    process_due,
    recompute_next,
)
from bot.handlers.permissions import announce, announce_or_undo, confirm
from bot.handlers.ports import ApiFailure, Caller, UserInfo
from bot.render.digests.confirmations import confirm_digest, confirm_digest_end
from bot.render.digests.schedule_form import digest_form
from bot.render.document.phrases import format_datetime
from bot.store.digests import DigestCursor, DigestSchedule
from bot.store.store import Transaction

PREVIEWED_RUNS = 3
"""Fire times in a confirmation and in the list."""

DIGESTS_MAX = 10
"""Digests that one channel may have."""


def ensure_cursor(tx: Transaction, caller: Caller, services: Services) -> tuple[ScheduleEntry, ...]:
    """Begins the first window of the caller's channel unless it has begun; returns its schedules, oldest first, each
    with its next fire time."""
    now = services.now()
    tx.digests.ensure_cursor(caller.team, caller.enterprise, caller.channel, now)
    return _entries(tx, caller, now)


def _entries(tx: Transaction, caller: Caller, now: datetime, runs: int = 1) -> tuple[ScheduleEntry, ...]:
    schedules = tx.digests.of_channel(caller.team, caller.channel)
    return tuple(_entry(each, now, runs) for each in schedules)


def _entry(schedule: DigestSchedule, now: datetime, runs: int) -> ScheduleEntry:
    return ScheduleEntry(schedule.id, schedule.schedule, tuple(islice(fire_times(schedule.schedule, now), runs)))


def _lock_cursor(
    tx: Transaction, caller: Caller, services: Services, now: datetime
) -> tuple[DigestCursor, set[Worker]]:
    """The channel's cursor, locked, once everything that is due by now is processed; the workers that have to send."""
    tx.digests.ensure_cursor(caller.team, caller.enterprise, caller.channel, now)
    # Before schedules change: what is due by the old ones must not be lost.
    workers = process_due(tx, services, _cursor(tx, caller), now)
    return _cursor(tx, caller), workers


def _cursor(tx: Transaction, caller: Caller) -> DigestCursor:
    cursor = tx.digests.cursor(caller.team, caller.channel, lock=True)
    if cursor is None:
        raise LookupError(f"{caller.channel} has no digest cursor")
    return cursor


# Set and ended


def set_digest(command: SetDigest, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Adds a digest to the channel, in the time zone that was named, else in that of the caller's Slack profile."""
    zone = command.spec.zone or time_zones.zone_name(caller.zone or "")
    if zone is None:
        example = f"{services.policy.command} digest {command.spec.in_zone('Europe/Berlin')}"
        return CommandRejected("Slack does not say in which time zone you are", f"Name one: `{example}`.")
    now = services.now()
    with services.store.transaction() as tx:
        cursor, workers = _lock_cursor(tx, caller, services, now)
        others = tx.digests.of_channel(caller.team, caller.channel)
        if rejection := _reject_another(command.spec.in_zone(zone), others, services):
            return rejection
        schedule = tx.digests.add(
            command.spec.in_zone(zone),
            team=caller.team,
            enterprise=caller.enterprise,
            channel=caller.channel,
            by=caller.user,
            at=now,
        )
        recompute_next(tx, cursor, now)
        subscriptions = digest_subscriptions(tx, cursor, now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))
    entry, entries = _entry(schedule, now, PREVIEWED_RUNS), tuple(_entry(each, now, 1) for each in others)
    message = confirm_digest(entry, entries, subscriptions, caller.user, services.policy.command)
    return announce_or_undo(message, caller, services, lambda tx: _end(tx, schedule, caller, services), look="digest")


def _reject_another(schedule: Schedule, others: list[DigestSchedule], services: Services) -> CommandRejected | None:
    if any(each.schedule == schedule for each in others):
        return CommandRejected("this channel has this digest already", f"See `{services.policy.command} digest`.")
    if len(others) >= DIGESTS_MAX:
        reason = f"this channel has {DIGESTS_MAX} digests, and no more are possible"
        return CommandRejected(reason, f"End one first: `{services.policy.command} digest off #{others[0].id}`.")
    return None


def _end(tx: Transaction, schedule: DigestSchedule, caller: Caller, services: Services) -> None:
    now = services.now()
    cursor, workers = _lock_cursor(tx, caller, services, now)
    tx.digests.remove(caller.team, schedule.id)
    recompute_next(tx, cursor, now)
    wake_workers(tx, services.queue, workers, services.wake_after(now))


def end_digests(command: EndDigests, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Ends all digests of the channel, or the one that was named."""
    with services.store.snapshot() as tx:
        schedules = tx.digests.of_channel(caller.team, caller.channel)
    ended = [each for each in schedules if command.number in (None, each.id)]
    if not ended:
        named = f"no digest #{command.number}" if command.number else "no digest"
        return CommandRejected(f"this channel has {named}", f"See `{services.policy.command} digest`.")
    with services.store.transaction() as tx:
        for each in ended:
            _end(tx, each, caller, services)
    left = tuple(_entry(each, services.now(), 1) for each in schedules if each not in ended)
    message = confirm_digest_end([each.schedule for each in ended], left, caller.user, services.policy.command)
    return confirm(announce(message, caller, services), services, "digest")


# Listed, previewed, sent now


def list_schedules(caller: Caller, services: Services) -> DigestSchedules:
    """The schedules of the caller's channel, each with its next fire times, and the subscriptions that they cover."""
    now = services.now()
    with services.store.snapshot() as tx:
        cursor = tx.digests.cursor(caller.team, caller.channel)
        entries = _entries(tx, caller, now, PREVIEWED_RUNS)
        subscriptions = digest_subscriptions(tx, cursor, now) if cursor else []
    return DigestSchedules(entries, tuple(subscriptions))


def preview(caller: Caller, services: Services) -> Digest | CommandRejected:
    """What the next digest would say if nothing else changed."""
    with services.store.snapshot() as tx:
        cursor = tx.digests.cursor(caller.team, caller.channel)
        if cursor is None:
            return _no_subscription(services)
        plan = build_plan(tx, services, cursor, cursor.next_at or services.now())
        digest = announcements.digest_for(tx, services, plan)
    if not plan.specs and plan.report is None:
        return _no_subscription(services)
    if digest.has_content or services.policy.empty_digests:
        return digest
    return _unchanged(plan.since, plan.zone)


def _no_subscription(services: Services) -> CommandRejected:
    return CommandRejected(
        "a digest has nothing to report here yet",
        f"Say what it should be about, e.g. `{services.policy.command} subscribe all deliver:digest`.",
    )


def _unchanged(since: datetime, zone: str) -> CommandRejected:
    reason = f"nothing has changed here since {format_datetime(since, zone)}"
    return CommandRejected(reason, "A digest is only posted when there is news.")


def send_digest(_: SendDigest, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Sends a digest of everything since the last one, at once."""
    now = services.now()
    with services.store.transaction() as tx:
        if tx.digests.cursor(caller.team, caller.channel) is None:
            return _no_subscription(services)
        cursor, workers = _lock_cursor(tx, caller, services, now)
        plan = build_plan(tx, services, cursor, now)
        if not plan.specs and plan.report is None:
            return _no_subscription(services)
        workers |= create_digest(tx, services, cursor, now, now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))
    return Announced() if workers else _unchanged(plan.since, plan.zone)


# The form


def open_form(caller: Caller, services: Services) -> ApiFailure | None:
    """Opens the form that sets a digest; None when it was opened, else why not (`no_trigger_id` without a trigger)."""
    if caller.trigger_id is None:
        return ApiFailure("no_trigger_id")
    user = services.slack.user_info(caller.team, caller.user)
    zone = time_zones.zone_name(user.zone or "") if isinstance(user, UserInfo) else None
    view = digest_form(list_schedules(caller, services), zone, caller.place, services.policy.command)
    return services.slack.open_modal(caller, view)
