"""Trigger: somebody wants to change what a channel follows. The channel is told who did it, and how to take it back."""

from datetime import datetime

from bot.core.commands.command import (
    EndDigests,
    Mute,
    SendDigest,
    SetDefaultBrief,
    SetDigest,
    StoreChange,
    Subscribe,
    Unsubscribe,
)
from bot.core.commands.outcome import Announced, CommandRejected
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec, Target
from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import announce, check_can_post, confirm, needs_invite, require_member
from bot.handlers.ports import ApiFailure, Caller
from bot.render.subscriptions import confirmations
from bot.store.store import Transaction


def change_subscription(
    asked: StoreChange, text: str, caller: Caller, services: Services
) -> Announced | CommandRejected:
    """Does it, if this person may and the bot can say so in the channel."""
    person = require_member(text, caller, services)
    if isinstance(person, CommandRejected):
        return person
    if refusal := check_can_post(text, caller, services):
        return refusal
    match asked:
        case SetDigest():
            return manage_digests.set_digest(asked, person, text, caller, services)
        case EndDigests():
            return manage_digests.end_digests(asked, text, caller, services)
        case SendDigest():
            return manage_digests.send_digest(text, caller, services)
        case Subscribe():
            return _subscribe(asked, text, caller, services)
        case Unsubscribe():
            return _unsubscribe(asked, text, caller, services)
        case Mute():
            return _mute(asked, text, caller, services)
        case SetDefaultBrief():
            return _set_default_brief(asked, text, caller, services)


def _subscribe(asked: Subscribe, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    with services.store.transaction() as tx:
        before = tx.subscriptions.find(caller.team, caller.channel, asked.spec.target)
        found = _add(tx, asked.spec, caller.user, services.now(), caller)
        due = manage_digests.ensure_cursor(tx, caller, services) if found.spec.deliver == "digest" else None
    undo = f"subscribe {before.spec}" if before else f"unsubscribe #{found.id}"
    posted = announce(
        confirmations.confirm_subscription(found, caller.user, services.policy.command, undo, due), caller, services
    )
    if isinstance(posted, ApiFailure) and classify(posted) == "pause":
        with services.store.transaction() as tx:
            _rollback(tx, found, before)
        return needs_invite(text)
    with services.store.transaction() as tx:
        channel_pausing.resume_channel(tx, services, caller.team, caller.channel)
    return confirm(posted, text, services)


def _rollback(tx: Transaction, found: Subscription, before: Subscription | None) -> None:
    """As if nobody had asked."""
    if before is None:
        tx.subscriptions.remove(found.team, found.id)
    else:
        tx.subscriptions.restore(before)


def _add(tx: Transaction, wish: SubscriptionSpec, by: str, at: datetime, caller: Caller) -> Subscription:
    where = (caller.team, caller.enterprise, caller.channel)
    return tx.subscriptions.add(wish, *where, by=by, at=at)


def _unsubscribe(asked: Unsubscribe, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    with services.store.transaction() as tx:
        found = tx.subscriptions.find(caller.team, caller.channel, asked.target_or_id)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.target_or_id, text, services)
        tx.subscriptions.remove(caller.team, found.id)
    posted = announce(
        confirmations.confirm_unsubscription(found, caller.user, f"subscribe {found.spec}"), caller, services
    )
    return confirm(posted, text, services)


def _mute(asked: Mute, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    until = services.now() + asked.duration
    with services.store.transaction() as tx:
        found = tx.subscriptions.find(caller.team, caller.channel, asked.target_or_id)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.target_or_id, text, services)
        tx.subscriptions.mute(caller.team, found.id, until)
    undo = f"subscribe {found.spec}"
    return confirm(
        announce(
            confirmations.confirm_mute(found, caller.user, until, services.policy.command, undo), caller, services
        ),
        text,
        services,
    )


def _not_followed(which: Target | int, text: str, services: Services) -> CommandRejected:
    named = f"#{which}" if isinstance(which, int) else f"“{which}”"
    return CommandRejected(
        text, f"this channel does not follow {named}", f"See `{services.policy.command} subscriptions`."
    )


def _set_default_brief(
    asked: SetDefaultBrief, text: str, caller: Caller, services: Services
) -> Announced | CommandRejected:
    brief = services.corpus.corpus.briefs.get(asked.brief) if asked.brief else None
    if asked.brief and (brief is None or brief.status != "published"):
        return CommandRejected(text, f"“{asked.brief}” is not published", f"See `{services.policy.command} list`.")
    before = services.default_brief(caller) or "none"
    with services.store.transaction() as tx:
        tx.subscriptions.set_default_brief(
            asked.brief, team=caller.team, enterprise=caller.enterprise, channel=caller.channel
        )
    services.corpus.refresh()
    return confirm(
        announce(
            confirmations.confirm_default_brief(brief, caller.user, services.policy.command, f"use {before}"),
            caller,
            services,
        ),
        text,
        services,
    )
