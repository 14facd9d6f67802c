"""Changes what a channel follows, and announces in the channel who did it and how to undo it."""

from datetime import UTC, datetime, timedelta

from bot.core.commands.command import Mute, SetDefaultBrief, Subscribe, Unsubscribe
from bot.core.commands.day_words import Until, instant_of
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.commands.time_words import DURATION_MAX
from bot.core.digests import time_zones
from bot.core.subscriptions.subscription import Subscription, Target
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import announce, announce_or_undo, confirm
from bot.handlers.ports import Caller
from bot.render.subscriptions import confirmations
from bot.store.store import Transaction


def subscribe(command: Subscribe, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Adds a subscription, or replaces that of the same target; undone where the bot cannot post in the channel."""
    spec = command.spec
    if not _exists(spec.target, services):
        reason = f"no brief is called “{spec.target.brief}”"
        return CommandRejected(reason, f"See `{services.policy.command} list`.")
    with services.store.transaction() as tx:
        before = tx.subscriptions.find(caller.team, caller.channel, spec.target)
        subscription = tx.subscriptions.add(
            spec, caller.team, caller.enterprise, caller.channel, by=caller.user, at=services.now()
        )
        schedules = manage_digests.ensure_cursor(tx, caller, services) if spec.deliver == "digest" else None
    undo = Subscribe(before.spec) if before else Unsubscribe(subscription.id)
    message = confirmations.confirm_subscription(subscription, caller.user, services.policy.command, undo, schedules)
    return announce_or_undo(
        message, caller, services, lambda tx: _restore(tx, subscription, before), look="subscriptions"
    )


def _exists(target: Target, services: Services) -> bool:
    """Whether the brief of a target, if it has one, is one that readers may name: a button may be older."""
    brief = services.corpus.corpus.briefs.get(target.brief) if target.brief else None
    return target.brief is None or (brief is not None and brief.status != "draft")


def _restore(tx: Transaction, subscription: Subscription, before: Subscription | None) -> None:
    """The channel follows what it did before."""
    if before is None:
        tx.subscriptions.remove(subscription.team, subscription.id)
    else:
        tx.subscriptions.restore(before)


def unsubscribe(command: Unsubscribe, caller: Caller, services: Services) -> Announced | CommandRejected:
    """The channel no longer follows something."""
    with services.store.transaction() as tx:
        subscription = _find(tx, command.target_or_id, caller, services)
        if subscription is None:
            return _not_followed(command.target_or_id, services)
        tx.subscriptions.remove(caller.team, subscription.id)
    undo = Subscribe(subscription.spec)
    return confirm(
        announce(confirmations.confirm_unsubscription(subscription, caller.user, undo), caller, services), services
    )


def mute(command: Mute, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Nothing is posted of a subscription for a time."""
    until = _end_of_mute(command.until, caller, services)
    if isinstance(until, CommandRejected):
        return until
    with services.store.transaction() as tx:
        subscription = _find(tx, command.target_or_id, caller, services)
        if subscription is None:
            return _not_followed(command.target_or_id, services)
        tx.subscriptions.mute(caller.team, subscription.id, until)
    message = confirmations.confirm_mute(
        subscription, caller.user, until, services.policy.command, Subscribe(subscription.spec)
    )
    return confirm(announce(message, caller, services), services)


def _end_of_mute(until: Until, caller: Caller, services: Services) -> datetime | CommandRejected:
    """The instant (UTC) after a duration from now, or of a day or a time in the time zone of the caller's profile."""
    now = services.now()
    if isinstance(until, timedelta):
        return now + until
    zone = time_zones.zone(time_zones.zone_name(caller.zone or "") or "UTC")
    instant = instant_of(until, now.astimezone(zone))
    # Compared as local times: the last days of the calendar have no instant in UTC.
    if timedelta(0) < instant.replace(tzinfo=None) - now.astimezone(zone).replace(tzinfo=None) <= DURATION_MAX:
        return instant.astimezone(UTC)
    reason = f"{until} is not a time to come of the next ten years"
    return CommandRejected(reason, f"Write e.g. `{services.policy.command} mute all until:friday`.")


def _find(tx: Transaction, target_or_id: Target | int, caller: Caller, services: Services) -> Subscription | None:
    """The subscription, if it is one of the caller's channel."""
    subscription = tx.subscriptions.find(caller.team, caller.channel, target_or_id)
    if subscription is None and isinstance(target_or_id, Target):
        # Stored before its section was renamed.
        vocabulary, followed = (
            services.corpus.corpus.vocabulary,
            tx.subscriptions.of_channel(caller.team, caller.channel),
        )
        return next((each for each in followed if each.spec.target.current(vocabulary) == target_or_id), None)
    # Numbers count over the whole workspace: another channel's must not be changed from here.
    return subscription if subscription is not None and subscription.channel == caller.channel else None


def _not_followed(target_or_id: Target | int, services: Services) -> CommandRejected:
    named = f"#{target_or_id}" if isinstance(target_or_id, int) else f"“{target_or_id}”"
    return CommandRejected(f"this channel does not follow {named}", f"See `{services.policy.command} subscriptions`.")


def set_default_brief(command: SetDefaultBrief, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Which brief answers in the channel where none is named."""
    brief = services.corpus.corpus.briefs.get(command.brief) if command.brief else None
    if command.brief and (brief is None or brief.status != "published"):
        return CommandRejected(f"“{command.brief}” is not published", f"See `{services.policy.command} list`.")
    undo = SetDefaultBrief(services.default_brief(caller))
    with services.store.transaction() as tx:
        _choose(tx, command, caller)
    message = confirmations.confirm_default_brief(brief, caller.user, services.policy.command, undo)
    outcome = announce_or_undo(message, caller, services, lambda tx: _choose(tx, undo, caller), look="subscriptions")
    # The next command in this process must know the choice, not only after the next periodic refresh.
    services.corpus.refresh()
    return outcome


def _choose(tx: Transaction, command: SetDefaultBrief, caller: Caller) -> None:
    tx.subscriptions.set_default_brief(
        command.brief, team=caller.team, enterprise=caller.enterprise, channel=caller.channel
    )
