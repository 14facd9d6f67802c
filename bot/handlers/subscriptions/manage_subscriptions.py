"""Trigger: somebody wants to change what a channel follows. The channel is told who did it, and how to take it back."""

from datetime import datetime

from sqlalchemy import Connection

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
from bot.store import subscriptions


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
    with services.store.writing() as connection:
        before = subscriptions.find(connection, caller.team, caller.channel, asked.spec.target)
        found = _add(connection, asked.spec, caller.user, services.now(), caller)
        due = manage_digests.ensure_cursor(connection, caller, services) if found.spec.deliver == "digest" else None
    undo = f"subscribe {before.spec}" if before else f"unsubscribe #{found.id}"
    posted = announce(
        confirmations.confirm_subscription(found, caller.user, services.command, undo, due), caller, services
    )
    if isinstance(posted, ApiFailure) and classify(posted) == "pause":
        with services.store.writing() as connection:
            _rollback(connection, found, before)
        return needs_invite(text)
    with services.store.writing() as connection:
        channel_pausing.resume_channel(connection, services, caller.team, caller.channel)
    return confirm(posted, text, services)


def _rollback(connection: Connection, found: Subscription, before: Subscription | None) -> None:
    """As if nobody had asked."""
    if before is None:
        subscriptions.remove(connection, found.team, found.id)
    else:
        subscriptions.restore(connection, before)


def _add(connection: Connection, wish: SubscriptionSpec, by: str, at: datetime, caller: Caller) -> Subscription:
    where = (caller.team, caller.enterprise, caller.channel)
    return subscriptions.add(connection, wish, *where, by=by, at=at)


def _unsubscribe(asked: Unsubscribe, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    with services.store.writing() as connection:
        found = subscriptions.find(connection, caller.team, caller.channel, asked.target_or_id)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.target_or_id, text, services)
        subscriptions.remove(connection, caller.team, found.id)
    posted = announce(
        confirmations.confirm_unsubscription(found, caller.user, f"subscribe {found.spec}"), caller, services
    )
    return confirm(posted, text, services)


def _mute(asked: Mute, text: str, caller: Caller, services: Services) -> Announced | CommandRejected:
    until = services.now() + asked.duration
    with services.store.writing() as connection:
        found = subscriptions.find(connection, caller.team, caller.channel, asked.target_or_id)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.target_or_id, text, services)
        subscriptions.mute(connection, caller.team, found.id, until)
    undo = f"subscribe {found.spec}"
    return confirm(
        announce(confirmations.confirm_mute(found, caller.user, until, services.command, undo), caller, services),
        text,
        services,
    )


def _not_followed(which: Target | int, text: str, services: Services) -> CommandRejected:
    named = f"#{which}" if isinstance(which, int) else f"“{which}”"
    return CommandRejected(text, f"this channel does not follow {named}", f"See `{services.command} subscriptions`.")


def _set_default_brief(
    asked: SetDefaultBrief, text: str, caller: Caller, services: Services
) -> Announced | CommandRejected:
    brief = services.corpus.corpus.briefs.get(asked.brief) if asked.brief else None
    if asked.brief and (brief is None or brief.status != "published"):
        return CommandRejected(text, f"“{asked.brief}” is not published", f"See `{services.command} list`.")
    before = services.default_brief(caller) or "none"
    with services.store.writing() as connection:
        subscriptions.set_default_brief(
            connection, asked.brief, team=caller.team, enterprise=caller.enterprise, channel=caller.channel
        )
    services.corpus.refresh()
    return confirm(
        announce(
            confirmations.confirm_default_brief(brief, caller.user, services.command, f"use {before}"), caller, services
        ),
        text,
        services,
    )
