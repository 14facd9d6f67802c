"""Changes what a channel follows, and announces in the channel who did it and how to undo it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.briefs.brief import Brief
from bot.core.commands.button_value import VALUE_MAX, encode_command
from bot.core.commands.command import Command, Mute, SetDefaultBrief, Subscribe, Unsubscribe
from bot.core.commands.day_words import Until, instant_of
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.commands.subscription_commands import EndSubscriptions, Unmute
from bot.core.commands.time_words import DURATION_MAX
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.core.digests import time_zones
from bot.core.subscriptions.reachability import Unreachable, unreachable
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import announce, announce_or_undo, owe_announcement
from bot.handlers.ports import Caller
from bot.render.subscriptions import confirmations
from bot.store.store import Transaction

OPTIONS_MAX = 20
"""Commands that a rejection offers."""

TAGS_SHOWN = 12
"""Tags that a rejection names."""


def subscribe(command: Subscribe, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Adds a subscription, or replaces that of the same target; undone where the bot cannot post in the channel."""
    spec = command.spec
    if rejection := _reject(spec, services):
        return rejection
    with services.store.transaction() as tx:
        before = tx.subscriptions.find(caller.team, caller.channel, spec.target)
        subscription = tx.subscriptions.add(
            spec, caller.team, caller.enterprise, caller.channel, by=caller.user, at=services.now()
        )
        schedules = manage_digests.ensure_cursor(tx, caller, services) if spec.deliver == "digest" else None
        spec_before, muted_until = (before.spec, before.muted_until) if before else (None, None)
        undo = RestoreSubscription(subscription.id, subscription.version, spec_before, muted_until)
        message = confirmations.confirm_subscription(
            subscription, caller.user, services.policy.command, undo, schedules, before
        )
        owed = owe_announcement(tx, message, caller, services, "resume")
    return announce_or_undo(owed, caller, services, lambda tx: _restore(tx, subscription, before))


def _reject(spec: SubscriptionSpec, services: Services) -> CommandRejected | None:
    """Why a channel cannot follow this; None where it can. A button may be older than the briefs."""
    corpus = services.corpus.corpus
    if rejection := unknown_brief(spec, services):
        return rejection
    problem = unreachable(spec, _known_briefs(services), corpus.vocabulary)
    return _never_posted(problem, services) if problem else None


def unknown_brief(spec: SubscriptionSpec, services: Services) -> CommandRejected | None:
    """The rejection where readers know no brief of that name; a draft is none. None where they do, or it names
    none."""
    if not spec.target.brief or spec.target.brief in {brief.slug for brief in _known_briefs(services)}:
        return None
    advice = f"See `{services.policy.command} list`."
    return CommandRejected(f"no brief is called “{spec.target.brief}”", advice, typed="")


def _known_briefs(services: Services) -> list[Brief]:
    return [brief for brief in services.corpus.corpus.briefs.values() if brief.status != "draft"]


def _never_posted(problem: Unreachable, services: Services) -> CommandRejected:
    if problem.nearest:
        return CommandRejected(problem.reason, "Nearest:", typed="", options=tuple(map(Subscribe, problem.nearest)))
    tags = ", ".join(f"`tag:{tag}`" for tag in problem.tags[:TAGS_SHOWN])
    more = ", and more" if len(problem.tags) > TAGS_SHOWN else ""
    advice = f"There are {tags}{more}." if tags else f"See `{services.policy.command} list`."
    return CommandRejected(problem.reason, advice, typed="")


def _restore(tx: Transaction, subscription: Subscription, before: Subscription | None) -> None:
    """The channel follows what it did before."""
    if before is None:
        tx.subscriptions.remove(subscription.team, subscription.id)
    else:
        tx.subscriptions.restore(before)


def unsubscribe(command: Unsubscribe, caller: Caller, services: Services) -> Announced | CommandRejected:
    """The channel no longer follows something."""
    with services.store.transaction() as tx:
        subscription = find_subscription(tx, command.target_or_id, caller, services)
        if subscription is None:
            return _not_followed(tx, command, caller, services)
        tx.subscriptions.remove(caller.team, subscription.id)
        rest = tx.subscriptions.of_channel(caller.team, caller.channel)
        again = Resubscribe((subscription.spec,))
        message = confirmations.confirm_unsubscription(subscription, caller.user, again, rest)
        owed = owe_announcement(tx, message, caller, services)
    return announce(owed, caller, services)


def end_subscriptions(_: EndSubscriptions, caller: Caller, services: Services) -> Announced | CommandRejected:
    """The channel no longer follows anything."""
    with services.store.transaction() as tx:
        subscriptions = tx.subscriptions.of_channel(caller.team, caller.channel)
        if not subscriptions:
            return follows_nothing(services)
        for each in subscriptions:
            tx.subscriptions.remove(caller.team, each.id)
        undo = Resubscribe(tuple(each.spec for each in subscriptions))
        message = confirmations.confirm_end(
            subscriptions, caller.user, services.policy.command, undo if _fits(undo) else None
        )
        owed = owe_announcement(tx, message, caller, services)
    return announce(owed, caller, services)


def _fits(undo: Command) -> bool:
    return len(encode_command(undo)) <= VALUE_MAX


def mute(command: Mute, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Nothing is posted of a subscription for a time."""
    until = _end_of_mute(command.until, caller, services)
    if isinstance(until, CommandRejected):
        return until
    with services.store.transaction() as tx:
        before = find_subscription(tx, command.target_or_id, caller, services)
        if before is None:
            return _not_followed(tx, command, caller, services)
        tx.subscriptions.mute(caller.team, before.id, until, by=caller.user)
        undo = _undo_of_change(before)
        message = confirmations.confirm_mute(before, caller.user, until, services.policy.command, undo)
        owed = owe_announcement(tx, message, caller, services)
    return announce(owed, caller, services)


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
    return CommandRejected(reason, f"Write e.g. `{services.policy.command} mute all until:friday`.", typed="")


def unmute(command: Unmute, caller: Caller, services: Services) -> Announced | CommandRejected:
    """What a muted subscription is about is posted again."""
    with services.store.transaction() as tx:
        before = find_subscription(tx, command.target_or_id, caller, services)
        if before is None:
            return _not_followed(tx, command, caller, services)
        if not before.muted(services.now()):
            return _not_muted(tx, before, caller, services)
        tx.subscriptions.mute(caller.team, before.id, None, by=caller.user)
        message = confirmations.confirm_unmute(before, caller.user, _undo_of_change(before))
        owed = owe_announcement(tx, message, caller, services)
    return announce(owed, caller, services)


def _undo_of_change(before: Subscription) -> RestoreSubscription:
    """Takes back the one change that is made to a subscription."""
    return RestoreSubscription(before.id, before.version + 1, before.spec, before.muted_until)


def set_default_brief(command: SetDefaultBrief, caller: Caller, services: Services) -> Announced | CommandRejected:
    """Which brief answers in the channel where none is named."""
    brief = services.corpus.corpus.briefs.get(command.brief) if command.brief else None
    if command.brief and (brief is None or brief.status != "published"):
        return CommandRejected(f"“{command.brief}” is not published", f"See `{services.policy.command} list`.")
    before = services.default_brief(caller)
    undo = RestoreDefaultBrief(before, command.brief)
    message = confirmations.confirm_default_brief(brief, caller.user, services.policy.command, undo)
    with services.store.transaction() as tx:
        choose(tx, command.brief, caller)
        owed = owe_announcement(tx, message, caller, services, "resume")
    outcome = announce_or_undo(owed, caller, services, lambda tx: choose(tx, before, caller))
    # The next command in this process must know the choice, not only after the next periodic refresh.
    services.corpus.refresh()
    return outcome


def choose(tx: Transaction, brief: str | None, caller: Caller) -> None:
    """The default brief of the caller's channel, by slug; None for none."""
    tx.subscriptions.set_default_brief(
        brief, team=caller.team, enterprise=caller.enterprise, channel=caller.channel, by=caller.user
    )


# What is followed


def find_subscription(
    tx: Transaction, target_or_id: Target | int, caller: Caller, services: Services
) -> Subscription | None:
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


Named = Unsubscribe | Mute | Unmute
"""Commands that name a subscription."""


def _not_followed(tx: Transaction, command: Named, caller: Caller, services: Services) -> CommandRejected:
    followed = tx.subscriptions.of_channel(caller.team, caller.channel)
    options = tuple(replace(command, target_or_id=each.spec.target) for each in followed[:OPTIONS_MAX])
    return not_followed(command.target_or_id, services, options)


def not_followed(target_or_id: Target | int, services: Services, options: tuple[Command, ...] = ()) -> CommandRejected:
    """The rejection where a channel does not follow something; `options` are of what it does follow."""
    named = f"#{target_or_id}" if isinstance(target_or_id, int) else f"“{target_or_id}”"
    advice = "It follows:" if options else f"See `{services.policy.command} subscriptions`."
    return CommandRejected(f"this channel does not follow {named}", advice, typed="", options=options)


def _not_muted(tx: Transaction, subscription: Subscription, caller: Caller, services: Services) -> CommandRejected:
    followed = tx.subscriptions.of_channel(caller.team, caller.channel)
    options = tuple(Unmute(each.spec.target) for each in followed if each.muted(services.now()))[:OPTIONS_MAX]
    advice = "These are:" if options else f"See `{services.policy.command} subscriptions`."
    return CommandRejected(f"“{subscription.spec.target}” (#{subscription.id}) is not muted", advice, options=options)


def follows_nothing(services: Services) -> CommandRejected:
    """The rejection where a channel follows nothing."""
    return CommandRejected("this channel follows nothing", f"Try `{services.policy.command} subscribe`.")
