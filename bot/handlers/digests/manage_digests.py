"""Trigger: somebody wants a digest here, none any more, to see the next one, or one at once."""

from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from bot.core.commands.command import EndDigests, SetDigest
from bot.core.commands.outcome import Done, Refusal
from bot.core.digests import time_zones
from bot.core.digests.digest import Digest
from bot.core.digests.listing import Digests, Due
from bot.core.digests.schedule import fire_times
from bot.handlers.changes import announcements
from bot.handlers.context import Office
from bot.handlers.delivery import channel_pausing
from bot.handlers.delivery.slack_errors import meaning
from bot.handlers.delivery.wake_workers import wake_all
from bot.handlers.digests.digest_windows import Lanes, advance, feeding, fire, plan_of, reckon
from bot.handlers.permissions import done, invite, tell
from bot.handlers.ports import Caller, Person, Refused
from bot.render.digests.confirmations import digest_ended, digest_set
from bot.render.digests.schedule_form import digest_form
from bot.render.document.phrases import moment
from bot.store import digests
from bot.store.digests import Calendar, Scheduled

NEXT = 3
"""Fire times that a confirmation names."""

DIGESTS_MAX = 10
"""Digests of one channel."""


def keep(connection: Connection, caller: Caller, office: Office) -> tuple[Due, ...]:
    """From now on changes are kept for a digest here; when the next ones are due."""
    now = office.now()
    digests.keep(connection, caller.team, caller.enterprise, caller.channel, now)
    return _due(connection, caller, now)


def _due(connection: Connection, caller: Caller, now: datetime, number: int = 1) -> tuple[Due, ...]:
    scheduled = digests.of_channel(connection, caller.team, caller.channel)
    return tuple(_next(each, now, number) for each in scheduled)


def _next(found: Scheduled, now: datetime, number: int) -> Due:
    return Due(found.id, found.schedule, tuple(islice(fire_times(found.schedule, now), number)))


def _taken(connection: Connection, caller: Caller, office: Office, now: datetime) -> tuple[Calendar, Lanes]:
    """The channel's calendar, locked, with all that is due by now already dealt with."""
    digests.keep(connection, caller.team, caller.enterprise, caller.channel, now)
    lanes = advance(connection, office, _calendar(connection, caller), now)
    return _calendar(connection, caller), lanes


def _calendar(connection: Connection, caller: Caller) -> Calendar:
    place = digests.calendar(connection, caller.team, caller.channel, lock=True)
    if place is None:
        raise LookupError(f"{caller.channel} has no calendar")
    return place


# Set and ended


def set_digest(asked: SetDigest, person: Person, text: str, caller: Caller, office: Office) -> Done | Refusal:
    """One more digest for the channel."""
    zone = asked.times.zone or time_zones.name(person.zone or "")
    if zone is None:
        example = f"{office.command} digest {asked.times.of('Europe/Berlin')}"
        return Refusal(text, "Slack does not say in which time zone you are", f"Name one: `{example}`.")
    wanted, now = asked.times.of(zone), office.now()
    with office.store.writing() as connection:
        place, lanes = _taken(connection, caller, office, now)
        before = digests.of_channel(connection, caller.team, caller.channel)
        if refusal := _no_more(wanted, before, text, office):
            return refusal
        where = {"team": caller.team, "enterprise": caller.enterprise, "channel": caller.channel}
        made = digests.add(connection, wanted, **where, by=caller.user, at=now)  # type: ignore[arg-type]
        reckon(connection, place, now)
        fed = feeding(connection, place, now)
        wake_all(connection, office.queue, lanes, now)
    others = tuple(_next(each, now, 1) for each in before)
    told = tell(digest_set(_next(made, now, NEXT), others, fed, caller.user, office.command), caller, office)
    if isinstance(told, Refused) and meaning(told) == "pause":
        _end(made, caller, office)
        return invite(text)
    with office.store.writing() as connection:
        channel_pausing.resume(connection, office, caller.team, caller.channel)
    return done(told, text, office, "digest")


def _no_more(wanted: object, before: list[Scheduled], text: str, office: Office) -> Refusal | None:
    if any(each.schedule == wanted for each in before):
        return Refusal(text, "this channel has this digest already", f"See `{office.command} digest`.")
    if len(before) >= DIGESTS_MAX:
        why = f"this channel has {DIGESTS_MAX} digests, and no more are possible"
        return Refusal(text, why, f"End one first: `{office.command} digest off #{before[0].id}`.")
    return None


def _end(found: Scheduled, caller: Caller, office: Office) -> None:
    now = office.now()
    with office.store.writing() as connection:
        place, lanes = _taken(connection, caller, office, now)
        digests.remove(connection, caller.team, found.id)
        reckon(connection, place, now)
        wake_all(connection, office.queue, lanes, now)


def end_digests(asked: EndDigests, text: str, caller: Caller, office: Office) -> Done | Refusal:
    """No digest here any more, or one less."""
    with office.store.reading() as connection:
        all_ = digests.of_channel(connection, caller.team, caller.channel)
    found = [each for each in all_ if asked.number in (None, each.id)]
    if not found:
        named = f"no digest #{asked.number}" if asked.number else "no digest"
        return Refusal(text, f"this channel has {named}", f"See `{office.command} digest`.")
    for each in found:
        _end(each, caller, office)
    left = tuple(_next(each, office.now(), 1) for each in all_ if each not in found)
    told = tell(digest_ended([each.schedule for each in found], left, caller.user, office.command), caller, office)
    return done(told, text, office, "digest")


# Shown and sent


def shown(caller: Caller, office: Office) -> Digests:
    """When the digests of this channel are due."""
    now = office.now()
    with office.store.reading() as connection:
        place = digests.calendar(connection, caller.team, caller.channel)
        due = _due(connection, caller, now, NEXT)
        fed = feeding(connection, place, now) if place else []
    return Digests(due, tuple(fed))


def preview(text: str, caller: Caller, office: Office) -> Digest | Refusal:
    """What the next digest would say if nothing else changed."""
    with office.store.reading() as connection:
        place = digests.calendar(connection, caller.team, caller.channel)
        if place is None:
            return _unfed(text, office)
        plan = plan_of(connection, office, place, place.next_at or office.now())
        found = announcements.digest(connection, office, plan)
    if not plan.wishes and plan.report is None:
        return _unfed(text, office)
    if found.is_news or office.empty_digests:
        return found
    return _unchanged(text, plan.since, plan.zone)


def _unfed(text: str, office: Office) -> Refusal:
    return Refusal(
        text,
        "nothing feeds a digest here",
        f"Say what it should be about, e.g. `{office.command} subscribe all deliver:digest`.",
    )


def _unchanged(text: str, since: datetime, zone: str) -> Refusal:
    why = f"nothing has changed here since {moment(since, zone)}"
    return Refusal(text, why, "A digest is only posted when there is news.")


def send_digest(text: str, caller: Caller, office: Office) -> Done | Refusal:
    """A digest of everything since the last one, at once."""
    now = office.now()
    with office.store.writing() as connection:
        if digests.calendar(connection, caller.team, caller.channel) is None:
            return _unfed(text, office)
        place, lanes = _taken(connection, caller, office, now)
        plan = plan_of(connection, office, place, now)
        if not plan.wishes and plan.report is None:
            return _unfed(text, office)
        lanes |= fire(connection, office, place, now, now)
        wake_all(connection, office.queue, lanes, now)
    return Done() if lanes else _unchanged(text, plan.since, plan.zone)


# The form


def ask(caller: Caller, office: Office) -> Refused | None:
    """Opens the form in which a digest is set; None when it was opened."""
    if caller.trigger_id is None:
        return Refused("no_trigger_id")
    person = office.sender.person(caller.team, caller.user)
    zone = time_zones.name(person.zone or "") if isinstance(person, Person) else None
    return office.sender.open(caller, digest_form(shown(caller, office), zone, caller.channel, office.command))
