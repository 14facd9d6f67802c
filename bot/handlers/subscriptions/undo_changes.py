"""Takes back what somebody changed: behind *Undo*, which works while what it takes back stands."""

from collections.abc import Sequence

from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.commands.undo_commands import RestoreDefaultBrief, RestoreSubscription, Resubscribe
from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Subscription
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import announce, announce_or_undo, owe_announcement
from bot.handlers.ports import Caller
from bot.handlers.subscriptions.manage_subscriptions import choose, unknown_brief
from bot.render.document.message import Message
from bot.render.subscriptions import confirmations
from bot.store.store import Transaction


def restore_subscription(
    command: RestoreSubscription, caller: Caller, services: Services
) -> Announced | CommandRejected:
    """A subscription is as it was before the change, or is gone where it was new."""
    with services.store.transaction() as tx:
        now = tx.subscriptions.find(caller.team, caller.channel, command.number)
        if now is None or now.channel != caller.channel:
            return _ended_since(command.number, services)
        if now.version != command.version:
            return _changed_since(now, services)
        owed = owe_announcement(tx, _restored(tx, command, now, caller, services), caller, services)
    return announce(owed, caller, services)


def _restored(
    tx: Transaction, command: RestoreSubscription, now: Subscription, caller: Caller, services: Services
) -> Message:
    """Gives the subscription back what it had; the confirmation."""
    if command.spec is None:
        tx.subscriptions.remove(caller.team, now.id)
        rest = tx.subscriptions.of_channel(caller.team, caller.channel)
        return confirmations.confirm_unsubscription(now, caller.user, Resubscribe((now.spec,)), rest)
    after = tx.subscriptions.change(now, command.spec, command.muted_until, by=caller.user)
    schedules = _schedules([after], tx, caller, services)
    undo = RestoreSubscription(after.id, after.version, now.spec, now.muted_until)
    if now.spec == after.spec:
        return _mute_changed(after, undo, caller, services)
    return confirmations.confirm_subscription(after, caller.user, services.policy.command, undo, schedules, now)


def _schedules(
    subscriptions: Sequence[Subscription], tx: Transaction, caller: Caller, services: Services
) -> tuple[ScheduleEntry, ...] | None:
    """The digests of the channel; None where none of the subscriptions is for them."""
    if not any(each.spec.deliver == "digest" for each in subscriptions):
        return None
    return manage_digests.ensure_cursor(tx, caller, services)


def _mute_changed(after: Subscription, undo: RestoreSubscription, caller: Caller, services: Services) -> Message:
    if after.muted_until is None or not after.muted(services.now()):
        return confirmations.confirm_unmute(after, caller.user, undo)
    return confirmations.confirm_mute(after, caller.user, after.muted_until, services.policy.command, undo)


def _ended_since(number: int, services: Services) -> CommandRejected:
    return CommandRejected(
        f"this cannot be undone: this channel does not follow #{number} any more",
        f"See `{services.policy.command} subscriptions`.",
    )


def _changed_since(now: Subscription, services: Services) -> CommandRejected:
    return CommandRejected(
        f"this cannot be undone: #{now.id} has been changed since, and is “{now.spec}” now",
        f"See `{services.policy.command} subscriptions`. Changed by:",
        (now.changed_by or now.created_by,),
    )


def resubscribe(command: Resubscribe, caller: Caller, services: Services) -> Announced | CommandRejected:
    """The channel follows again what it followed, where nobody made it follow the same meanwhile; but no brief that is
    not there any more."""
    channel = (caller.team, caller.enterprise, caller.channel)
    rejections = [unknown_brief(spec, services) for spec in command.specs]
    specs = [spec for spec, rejection in zip(command.specs, rejections, strict=True) if rejection is None]
    if not specs and rejections and rejections[0] is not None:
        return rejections[0]
    with services.store.transaction() as tx:
        again = [tx.subscriptions.find(caller.team, caller.channel, spec.target) for spec in specs]
        wanted = [spec for spec, existing in zip(specs, again, strict=True) if existing is None]
        added = [tx.subscriptions.add(spec, *channel, by=caller.user, at=services.now()) for spec in wanted]
        if not added:
            return _followed_again([each for each in again if each is not None], services)
        owed = owe_announcement(tx, _resubscribed(tx, added, caller, services), caller, services, "resume")
    return announce_or_undo(owed, caller, services, lambda tx: _remove(tx, added))


def _resubscribed(tx: Transaction, added: Sequence[Subscription], caller: Caller, services: Services) -> Message:
    schedules = _schedules(added, tx, caller, services)
    if len(added) > 1:
        return confirmations.confirm_resubscription(added, caller.user, schedules)
    undo = RestoreSubscription(added[0].id, added[0].version)
    return confirmations.confirm_subscription(added[0], caller.user, services.policy.command, undo, schedules)


def _remove(tx: Transaction, subscriptions: list[Subscription]) -> None:
    for each in subscriptions:
        tx.subscriptions.remove(each.team, each.id)


def _followed_again(subscriptions: list[Subscription], services: Services) -> CommandRejected:
    names = ", ".join(f"“{each.spec}” (#{each.id})" for each in subscriptions)
    people = tuple(dict.fromkeys(each.changed_by or each.created_by for each in subscriptions))
    advice = f"See `{services.policy.command} subscriptions`. It was done by:"
    return CommandRejected(f"this cannot be undone: this channel follows {names} again", advice, people)


def restore_default_brief(
    command: RestoreDefaultBrief, caller: Caller, services: Services
) -> Announced | CommandRejected:
    """The default brief of the channel is the one before."""
    brief = services.corpus.corpus.briefs.get(command.brief) if command.brief else None
    if command.brief and (brief is None or brief.status != "published"):
        return CommandRejected(f"“{command.brief}” is not published", f"See `{services.policy.command} list`.")
    undo = RestoreDefaultBrief(command.chosen, command.brief)
    message = confirmations.confirm_default_brief(brief, caller.user, services.policy.command, undo)
    with services.store.transaction() as tx:
        chosen, by = tx.subscriptions.default_brief(caller.team, caller.channel)
        if chosen != command.chosen:
            return _chosen_since(chosen, by, services)
        choose(tx, command.brief, caller)
        owed = owe_announcement(tx, message, caller, services)
    services.corpus.refresh()
    return announce(owed, caller, services)


def _chosen_since(chosen: str | None, by: str | None, services: Services) -> CommandRejected:
    now = f"“{chosen}” is the default brief now" if chosen else "there is no default brief now"
    advice = f"See `{services.policy.command} use`.{' Changed by:' if by else ''}"
    return CommandRejected(f"this cannot be undone: {now}", advice, (by,) if by else ())
