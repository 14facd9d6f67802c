"""Trigger: somebody wants a digest here, none any more, to see the next one, or one at once."""

from datetime import datetime
from itertools import islice

from bot.core.commands.command import EndDigests, SetDigest
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.digests import time_zones
from bot.core.digests.digest import Digest
from bot.core.digests.listing import DigestSchedules, ScheduleEntry
from bot.core.digests.schedule import fire_times
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.delivery.wake_workers import Worker, wake_workers
from bot.handlers.digests.digest_windows import (
    build_plan,
    create_digest,
    digest_subscriptions,
    process_due,
    recompute_next,
)
from bot.handlers.permissions import announce, confirm, needs_invite
from bot.handlers.ports import ApiFailure, Caller, UserInfo
from bot.render.digests.confirmations import confirm_digest, confirm_digest_end
from bot.render.digests.schedule_form import digest_form
from bot.render.document.phrases import format_datetime
from bot.store.digests import DigestCursor, DigestSchedule
from bot.store.store import Transaction

PREVIEWED_RUNS = 3
"""Fire times that a confirmation names."""

DIGESTS_MAX = 10
"""Digests of one channel."""


def ensure_cursor(tx: Transaction, caller: Caller, services: Services) -> tuple[ScheduleEntry, ...]:
    """From now on changes are kept for a digest here; when the next ones are due."""
    now = services.now()
    tx.digests.ensure_cursor(caller.team, caller.enterprise, caller.channel, now)
    return _due(tx, caller, now)


def _due(tx: Transaction, caller: Caller, now: datetime, number: int = 1) -> tuple[ScheduleEntry, ...]:
    scheduled = tx.digests.of_channel(caller.team, caller.channel)
    return tuple(_next(each, now, number) for each in scheduled)


def _next(found: DigestSchedule, now: datetime, number: int) -> ScheduleEntry:
    return ScheduleEntry(found.id, found.schedule, tuple(islice(fire_times(found.schedule, now), number)))


def _lock_cursor(
    tx: Transaction, caller: Caller, services: Services, now: datetime
) -> tuple[DigestCursor, set[Worker]]:
    """The channel's calendar, locked, with all that is due by now already dealt with."""
    tx.digests.ensure_cursor(caller.team, caller.enterprise, caller.channel, now)
    lanes = process_due(tx, services, _cursor(tx, caller), now)
    return _cursor(tx, caller), lanes


def _cursor(tx: Transaction, caller: Caller) -> DigestCursor:
    place = tx.digests.cursor(caller.team, caller.channel, lock=True)
    if place is None:
        raise LookupError(f"{caller.channel} has no calendar")
    return place


# Set and ended


def set_digest(
    asked: SetDigest, person: UserInfo, text: str, caller: Caller, services: Services
) -> Announced | CommandRejected:
    """One more digest for the channel."""
    zone = asked.spec.zone or time_zones.zone_name(person.zone or "")
    if zone is None:
        example = f"{services.policy.command} digest {asked.spec.in_zone('Europe/Berlin')}"
        return CommandRejected(text, "Slack does not say in which time zone you are", f"Name one: `{example}`.")
    wanted, now = asked.spec.in_zone(zone), services.now()
    with services.store.transaction() as tx:
        place, lanes = _lock_cursor(tx, caller, services, now)
        before = tx.digests.of_channel(caller.team, caller.channel)
        if refusal := _no_more(wanted, before, text, services):
            return refusal
        where = {"team": caller.team, "enterprise": caller.enterprise, "channel": caller.channel}
        made = tx.digests.add(wanted, **where, by=caller.user, at=now)  # type: ignore[arg-type]
        recompute_next(tx, place, now)
        fed = digest_subscriptions(tx, place, now)
        wake_workers(tx, services.queue, lanes, services.wake_after(now))
    others = tuple(_next(each, now, 1) for each in before)
    told = announce(
        confirm_digest(_next(made, now, PREVIEWED_RUNS), others, fed, caller.user, services.policy.command),
        caller,
        services,
    )
    if isinstance(told, ApiFailure) and classify(told) == "pause":
        _end(made, caller, services)
        return needs_invite(text)
    with services.store.transaction() as tx:
        channel_pausing.resume_channel(tx, services, caller.team, caller.channel)
    return confirm(told, text, services, "digest")


def _no_more(wanted: object, before: list[DigestSchedule], text: str, services: Services) -> CommandRejected | None:
    if any(each.schedule == wanted for each in before):
        return CommandRejected(text, "this channel has this digest already", f"See `{services.policy.command} digest`.")
    if len(before) >= DIGESTS_MAX:
        why = f"this channel has {DIGESTS_MAX} digests, and no more are possible"
        return CommandRejected(text, why, f"End one first: `{services.policy.command} digest off #{before[0].id}`.")
    return None


def _end(found: DigestSchedule, caller: Caller, services: Services) -> None:
    now = services.now()
    with services.store.transaction() as tx:
        place, lanes = _lock_cursor(tx, caller, services, now)
        tx.digests.remove(caller.team, found.id)
        recompute_next(tx, place, now)
        wake_workers(tx, services.queue, lanes, services.wake_after(now))


def end_digests(asked: EndDigests, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    """No digest here any more, or one less."""
    with services.store.snapshot() as tx:
        all_ = tx.digests.of_channel(caller.team, caller.channel)
    found = [each for each in all_ if asked.number in (None, each.id)]
    if not found:
        named = f"no digest #{asked.number}" if asked.number else "no digest"
        return CommandRejected(text, f"this channel has {named}", f"See `{services.policy.command} digest`.")
    for each in found:
        _end(each, caller, services)
    left = tuple(_next(each, services.now(), 1) for each in all_ if each not in found)
    told = announce(
        confirm_digest_end([each.schedule for each in found], left, caller.user, services.policy.command),
        caller,
        services,
    )
    return confirm(told, text, services, "digest")


# Shown and sent


def list_schedules(caller: Caller, services: Services) -> DigestSchedules:
    """When the digests of this channel are due."""
    now = services.now()
    with services.store.snapshot() as tx:
        place = tx.digests.cursor(caller.team, caller.channel)
        due = _due(tx, caller, now, PREVIEWED_RUNS)
        fed = digest_subscriptions(tx, place, now) if place else []
    return DigestSchedules(due, tuple(fed))


def preview(text: str, caller: Caller, services: Services) -> Digest | CommandRejected:
    """What the next digest would say if nothing else changed."""
    with services.store.snapshot() as tx:
        place = tx.digests.cursor(caller.team, caller.channel)
        if place is None:
            return _unfed(text, services)
        plan = build_plan(tx, services, place, place.next_at or services.now())
        found = announcements.digest_for(tx, services, plan)
    if not plan.wishes and plan.report is None:
        return _unfed(text, services)
    if found.has_content or services.policy.empty_digests:
        return found
    return _unchanged(text, plan.since, plan.zone)


def _unfed(text: str, services: Services) -> CommandRejected:
    return CommandRejected(
        text,
        "nothing feeds a digest here",
        f"Say what it should be about, e.g. `{services.policy.command} subscribe all deliver:digest`.",
    )


def _unchanged(text: str, since: datetime, zone: str) -> CommandRejected:
    why = f"nothing has changed here since {format_datetime(since, zone)}"
    return CommandRejected(text, why, "A digest is only posted when there is news.")


def send_digest(text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    """A digest of everything since the last one, at once."""
    now = services.now()
    with services.store.transaction() as tx:
        if tx.digests.cursor(caller.team, caller.channel) is None:
            return _unfed(text, services)
        place, lanes = _lock_cursor(tx, caller, services, now)
        plan = build_plan(tx, services, place, now)
        if not plan.wishes and plan.report is None:
            return _unfed(text, services)
        lanes |= create_digest(tx, services, place, now, now)
        wake_workers(tx, services.queue, lanes, services.wake_after(now))
    return Announced() if lanes else _unchanged(text, plan.since, plan.zone)


# The form


def open_form(caller: Caller, services: Services) -> ApiFailure | None:
    """Opens the form in which a digest is set; None when it was opened."""
    if caller.trigger_id is None:
        return ApiFailure("no_trigger_id")
    person = services.slack.user_info(caller.team, caller.user)
    zone = time_zones.zone_name(person.zone or "") if isinstance(person, UserInfo) else None
    return services.slack.open_modal(
        caller, digest_form(list_schedules(caller, services), zone, caller.channel, services.policy.command)
    )
