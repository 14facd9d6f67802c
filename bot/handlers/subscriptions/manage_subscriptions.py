"""Trigger: somebody wants to change what a channel follows. The channel is told who did it, and how to take it back."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.commands.command import EndDigests, Following, Mute, SendDigest, SetDigest, Subscribe, Unsubscribe, Use
from bot.core.commands.outcome import Done, Refusal
from bot.core.subscriptions.subscription import Subscription, Target, Wish
from bot.handlers.context import Office
from bot.handlers.delivery import channel_pausing
from bot.handlers.delivery.slack_errors import meaning
from bot.handlers.digests import manage_digests
from bot.handlers.permissions import can_post, done, invite, may, tell
from bot.handlers.ports import Caller, Refused
from bot.render.subscriptions import confirmations
from bot.store import subscriptions


def carry_out(asked: Following, text: str, caller: Caller, office: Office) -> Done | Refusal:
    """Does it, if this person may and the bot can say so in the channel."""
    person = may(text, caller, office)
    if isinstance(person, Refusal):
        return person
    if refusal := can_post(text, caller, office):
        return refusal
    match asked:
        case SetDigest():
            return manage_digests.set_digest(asked, person, text, caller, office)
        case EndDigests():
            return manage_digests.end_digests(asked, text, caller, office)
        case SendDigest():
            return manage_digests.send_digest(text, caller, office)
        case Subscribe():
            return _subscribe(asked, text, caller, office)
        case Unsubscribe():
            return _unsubscribe(asked, text, caller, office)
        case Mute():
            return _mute(asked, text, caller, office)
        case Use():
            return _use(asked, text, caller, office)


def _subscribe(asked: Subscribe, text: str, caller: Caller, office: Office) -> Done | Refusal:
    with office.store.writing() as connection:
        before = subscriptions.find(connection, caller.team, caller.channel, asked.wish.target)
        found = _add(connection, asked.wish, caller.user, office.now(), caller)
        due = manage_digests.keep(connection, caller, office) if found.wish.deliver == "digest" else None
    undo = f"subscribe {before.wish}" if before else f"unsubscribe #{found.id}"
    posted = tell(confirmations.followed(found, caller.user, office.command, undo, due), caller, office)
    if isinstance(posted, Refused) and meaning(posted) == "pause":
        with office.store.writing() as connection:
            _take_back(connection, found, before)
        return invite(text)
    with office.store.writing() as connection:
        channel_pausing.resume(connection, office, caller.team, caller.channel)
    return done(posted, text, office)


def _take_back(connection: Connection, found: Subscription, before: Subscription | None) -> None:
    """As if nobody had asked."""
    if before is None:
        subscriptions.remove(connection, found.team, found.id)
    else:
        subscriptions.put_back(connection, before)


def _add(connection: Connection, wish: Wish, by: str, at: datetime, caller: Caller) -> Subscription:
    where = (caller.team, caller.enterprise, caller.channel)
    return subscriptions.add(connection, wish, *where, by=by, at=at)


def _unsubscribe(asked: Unsubscribe, text: str, caller: Caller, office: Office) -> Done | Refusal:
    with office.store.writing() as connection:
        found = subscriptions.find(connection, caller.team, caller.channel, asked.which)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.which, text, office)
        subscriptions.remove(connection, caller.team, found.id)
    posted = tell(confirmations.unfollowed(found, caller.user, f"subscribe {found.wish}"), caller, office)
    return done(posted, text, office)


def _mute(asked: Mute, text: str, caller: Caller, office: Office) -> Done | Refusal:
    until = office.now() + asked.span
    with office.store.writing() as connection:
        found = subscriptions.find(connection, caller.team, caller.channel, asked.which)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.which, text, office)
        subscriptions.mute(connection, caller.team, found.id, until)
    undo = f"subscribe {found.wish}"
    return done(
        tell(confirmations.muted(found, caller.user, until, office.command, undo), caller, office), text, office
    )


def _not_followed(which: Target | int, text: str, office: Office) -> Refusal:
    named = f"#{which}" if isinstance(which, int) else f"“{which}”"
    return Refusal(text, f"this channel does not follow {named}", f"See `{office.command} subscriptions`.")


def _use(asked: Use, text: str, caller: Caller, office: Office) -> Done | Refusal:
    brief = office.readers.corpus.briefs.get(asked.brief) if asked.brief else None
    if asked.brief and (brief is None or brief.status != "published"):
        return Refusal(text, f"“{asked.brief}” is not published", f"See `{office.command} list`.")
    before = office.default(caller) or "none"
    with office.store.writing() as connection:
        subscriptions.use(
            connection, asked.brief, team=caller.team, enterprise=caller.enterprise, channel=caller.channel
        )
    office.readers.refresh()
    return done(
        tell(confirmations.used(brief, caller.user, office.command, f"use {before}"), caller, office), text, office
    )
