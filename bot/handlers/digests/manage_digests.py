"""Sets, ends, lists, previews and sends the digests of a channel."""

import logging
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.core.answers.answer import Disambiguation
from bot.core.commands.command import Command
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SendDigest, SetDigest, ShowDigest
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.digests import time_zones
from bot.core.digests.digest import Digest
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.digests.schedule import fire_times
from bot.handlers.changes.digest_contents import DigestContents
from bot.handlers.context import Services
from bot.handlers.delivery.wake_workers import Worker, wake_workers
from bot.handlers.digests.digest_choices import DIGESTS_MAX, change_or_add, which_to_end
from bot.handlers.digests.digest_windows import (
    build_plan,
    create_digest,
    digest_subscriptions,
    process_due,
    recompute_next,
)
from bot.handlers.permissions import allow_by_change, announce, announce_or_undo, owe_announcement
from bot.handlers.ports import ApiFailure, Caller, UserInfo
from bot.render.digests.confirmations import confirm_digest, confirm_digest_end
from bot.render.digests.schedule_form import digest_form
from bot.render.document.phrases import format_datetime
from bot.store.digests import DigestCursor, DigestSchedule
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

PREVIEWED_RUNS = 3
"""Fire times in a confirmation and in the list."""


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


def set_digest(command: SetDigest, caller: Caller, services: Services) -> Announced | CommandRejected | Disambiguation:
    """Adds a digest to the channel, or changes one, in the time zone that was named, else in that of the caller's Slack
    profile; asks which where there is one already and the command does not say."""
    zone = time_zones.zone_name(command.spec.zone or caller.zone or "")
    if zone is None:
        return _without_zone(command.spec, services)
    command, now = replace(command, spec=replace(command.spec, zone=zone)), services.now()
    with services.store.transaction() as tx:
        cursor, workers = _lock_cursor(tx, caller, services, now)
        earlier = tx.digests.of_channel(caller.team, caller.channel)
        if question := _reject_or_ask(command, earlier, services):
            return question
        before = next((each for each in earlier if each.id == command.existing), None)
        schedule = _store(tx, command, before, caller, now)
        recompute_next(tx, cursor, now)
        subscriptions = digest_subscriptions(tx, cursor, now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))
        others = tuple(_entry(each, now, 1) for each in earlier if each != before)
        entry, was = _entry(schedule, now, PREVIEWED_RUNS), before.schedule if before else None
        message = confirm_digest(entry, others, subscriptions, caller.user, services.policy.command, was)
        owed = owe_announcement(tx, message, caller, services, "resume")
    return announce_or_undo(
        owed, caller, services, lambda tx: _restore(tx, schedule, before, caller, services), "digest"
    )


def _without_zone(spec: ScheduleSpec, services: Services) -> CommandRejected:
    """A zone that is none comes only from a control of another version, or of other rules."""
    reason = "there is no such time zone" if spec.zone else "Slack does not say in which time zone you are"
    example = replace(spec, zone="Europe/Berlin")
    return CommandRejected(reason, f"Name one: `{services.policy.command} digest {example}`.")


def _reject_or_ask(
    command: SetDigest, others: list[DigestSchedule], services: Services
) -> CommandRejected | Disambiguation | None:
    """None where nothing speaks against the change."""
    name = services.policy.command
    if any(each.schedule == command.spec.in_zone("") for each in others):
        return CommandRejected("this channel has this digest already", f"See `{name} digest`.")
    if command.existing is None and others:
        return change_or_add(command, others)
    if isinstance(command.existing, int) and command.existing not in [each.id for each in others]:
        return CommandRejected(f"this channel has no digest {command.existing}", f"See `{name} digest`.", typed="")
    if command.existing == "add" and len(others) >= DIGESTS_MAX:
        reason = f"this channel has {DIGESTS_MAX} digests, and no more are possible"
        return CommandRejected(reason, f"End one first: `{name} digest off {others[0].id}`.")
    return None


def _store(
    tx: Transaction, command: SetDigest, before: DigestSchedule | None, caller: Caller, now: datetime
) -> DigestSchedule:
    """The schedule of the command, which is in a zone: a new one, or in the place of the one before."""
    schedule = command.spec.in_zone("")
    if before is not None:
        tx.digests.change(caller.team, before.id, schedule)
        return replace(before, schedule=schedule)
    return tx.digests.add(
        schedule, team=caller.team, enterprise=caller.enterprise, channel=caller.channel, by=caller.user, at=now
    )


def _restore(
    tx: Transaction, schedule: DigestSchedule, before: DigestSchedule | None, caller: Caller, services: Services
) -> None:
    """The channel has the digest that it had before, or none."""
    if before is None:
        _end(tx, schedule, caller, services)
    else:
        now = services.now()
        cursor, workers = _lock_cursor(tx, caller, services, now)
        tx.digests.change(caller.team, before.id, before.schedule)
        recompute_next(tx, cursor, now)
        wake_workers(tx, services.queue, workers, services.wake_after(now))


def _end(tx: Transaction, schedule: DigestSchedule, caller: Caller, services: Services) -> None:
    now = services.now()
    cursor, workers = _lock_cursor(tx, caller, services, now)
    tx.digests.remove(caller.team, schedule.id)
    recompute_next(tx, cursor, now)
    wake_workers(tx, services.queue, workers, services.wake_after(now))


def end_digests(
    command: EndDigests, caller: Caller, services: Services
) -> Announced | CommandRejected | Disambiguation:
    """Ends all digests of the channel, the one that was named, or the only one; asks which where there are several."""
    with services.store.snapshot() as tx:
        schedules = tx.digests.of_channel(caller.team, caller.channel)
    if command.number is None and len(schedules) > 1:
        return which_to_end(command, schedules)
    ended = [each for each in schedules if command.number in (None, "all", each.id)]
    if not ended:
        named = f"no digest {command.number}" if isinstance(command.number, int) else "no digest"
        return CommandRejected(f"this channel has {named}", f"See `{services.policy.command} digest`.")
    left = tuple(_entry(each, services.now(), 1) for each in schedules if each not in ended)
    message = confirm_digest_end([each.schedule for each in ended], left, caller.user, services.policy.command)
    with services.store.transaction() as tx:
        for each in ended:
            _end(tx, each, caller, services)
        owed = owe_announcement(tx, message, caller, services)
    return announce(owed, caller, services, "digest")


def open_question(command: Command, caller: Caller, services: Services) -> Disambiguation | None:
    """What a change of digests leaves open, as `set_digest` and `end_digests` ask it; None where nothing."""
    if not isinstance(command, SetDigest | EndDigests):
        return None
    with services.store.snapshot() as tx:
        schedules = tx.digests.of_channel(caller.team, caller.channel)
    if isinstance(command, SetDigest):
        return change_or_add(command, schedules) if schedules and command.existing is None else None
    return which_to_end(command, schedules) if command.number is None and len(schedules) > 1 else None


# Listed, previewed, sent now


def list_schedules(caller: Caller, services: Services) -> DigestSchedules:
    """The schedules of the caller's channel, each with its next fire times, and the subscriptions that they cover."""
    now = services.now()
    with services.store.snapshot() as tx:
        cursor = tx.digests.cursor(caller.team, caller.channel)
        entries = _entries(tx, caller, now, PREVIEWED_RUNS)
        subscriptions = digest_subscriptions(tx, cursor, now) if cursor else []
    return DigestSchedules(entries, tuple(subscriptions))


def preview(query: PreviewDigest, caller: Caller, services: Services) -> Digest | CommandRejected:
    """A page of what the next digest would say if nothing else changed."""
    with services.store.snapshot() as tx:
        cursor = tx.digests.cursor(caller.team, caller.channel)
        if cursor is None:
            return _no_subscription(services)
        plan = build_plan(tx, services, cursor, cursor.next_at or services.now())
        digest = DigestContents(tx, services, plan).page_from(query.skip or 0)
    if not plan.specs and plan.report is None:
        return _no_subscription(services)
    if digest.has_content or services.policy.empty_digests:
        return digest
    return _unchanged(plan.since, plan.zone)


def show_digest(query: ShowDigest, caller: Caller, services: Services) -> Digest | CommandRejected:
    """A page of all that a digest tells which was posted in the caller's channel."""
    with services.store.snapshot() as tx:
        run = tx.digests.run_in(caller.team, caller.channel, query.number)
        try:
            if run is not None and run.plan is not None:
                return replace(DigestContents(tx, services, run.plan).page_from(query.skip or 0), number=run.id)
        except LookupError:
            logger.warning("versions that digest %d tells of are not stored", query.number)
    return CommandRejected(
        f"no digest {query.number} was posted here, or it was long ago",
        f"See `{services.policy.command} changes`; the number of a digest stands in its messages.",
    )


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
        made = create_digest(tx, services, cursor, now, now)
        workers |= made
        if made:
            allow_by_change(tx, caller, services)
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
