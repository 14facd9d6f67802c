"""Trigger: somebody wants to change what a channel follows. The channel is told who did it, and how to take it back."""

from datetime import datetime

from sqlalchemy import Connection

from bot.core.command import Mute, Subscribe, Unsubscribe, Use
from bot.core.keeping import Done, Refusal
from bot.core.subscription import Subscription, Target, Wish
from bot.handlers import pause
from bot.handlers.office import Office
from bot.handlers.outcome import meaning
from bot.handlers.ports import Caller, Place, Posted, Refused
from bot.render import posts
from bot.render.message import Message
from bot.store import subscriptions

Wanted = Subscribe | Unsubscribe | Mute | Use

INVITE = "type `/invite @briefbot`, then repeat"
"""The same words for every channel, so that nobody learns from them which private ones there are."""


def carry_out(asked: Wanted, text: str, caller: Caller, office: Office) -> Done | Refusal:
    """Does it, if this person may and the bot can say so in the channel."""
    if refusal := may(text, caller, office) or _can_post(text, caller, office):
        return refusal
    match asked:
        case Subscribe():
            return _subscribe(asked, text, caller, office)
        case Unsubscribe():
            return _unsubscribe(asked, text, caller, office)
        case Mute():
            return _mute(asked, text, caller, office)
        case Use():
            return _use(asked, text, caller, office)


def may(text: str, caller: Caller, office: Office) -> Refusal | None:
    if office.admins and caller.user not in office.admins:
        why = "only some people may change what channels follow here"
        return Refusal(text, why, "Ask one of them:", tuple(sorted(office.admins)))
    match office.sender.is_guest(caller.team, caller.user):
        case False:
            return None
        case True:
            return Refusal(text, "guests cannot change what channels follow", "Ask a member of this workspace.")
        case Refused() as refused:
            why = f"Slack did not say whether you are a guest ({refused.error})"
            return Refusal(text, why, "Try again in a minute; if it stays, the app needs the scope users:read.")


def _can_post(text: str, caller: Caller, office: Office) -> Refusal | None:
    """The confirmation itself is the proof; this only finds out before anything is written."""
    match office.sender.place(caller.team, caller.channel):
        case Place(archived=True):
            return Refusal(text, "this channel is archived", "Open it again first.")
        case Refused() as refused if meaning(refused) == "pause":
            return _invite(text)
        case Place() | Refused():
            return None


def _invite(text: str) -> Refusal:
    return Refusal(text, "the bot cannot post in this channel", f"{INVITE[0].upper()}{INVITE[1:]}.")


def _tell(message: Message, caller: Caller, office: Office) -> Posted | Refused:
    return office.sender.post(caller.team, caller.channel, message, caller.thread_ts)


def _done(told: Posted | Refused, text: str, office: Office) -> Done | Refusal:
    """Who asked hears of it alone where the channel may not have."""
    if isinstance(told, Posted):
        return Done()
    why = f"it is done, but Slack did not say that it told the channel ({told.error})"
    return Refusal(text, why, f"See `{office.command} subscriptions`.")


def _subscribe(asked: Subscribe, text: str, caller: Caller, office: Office) -> Done | Refusal:
    with office.store.writing() as connection:
        before = subscriptions.find(connection, caller.team, caller.channel, asked.wish.target)
        found = _add(connection, asked.wish, caller.user, office.now(), caller)
    undo = f"subscribe {before.wish}" if before else f"unsubscribe #{found.id}"
    posted = _tell(posts.followed(found, caller.user, office.command, undo), caller, office)
    if isinstance(posted, Refused) and meaning(posted) == "pause":
        with office.store.writing() as connection:
            _take_back(connection, found, before)
        return _invite(text)
    with office.store.writing() as connection:
        pause.resume(connection, office, caller.team, caller.channel)
    return _done(posted, text, office)


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
    posted = _tell(posts.unfollowed(found, caller.user, f"subscribe {found.wish}"), caller, office)
    return _done(posted, text, office)


def _mute(asked: Mute, text: str, caller: Caller, office: Office) -> Done | Refusal:
    until = office.now() + asked.span
    with office.store.writing() as connection:
        found = subscriptions.find(connection, caller.team, caller.channel, asked.which)
        if found is None or found.channel != caller.channel:
            return _not_followed(asked.which, text, office)
        subscriptions.mute(connection, caller.team, found.id, until)
    undo = f"subscribe {found.wish}"
    return _done(_tell(posts.muted(found, caller.user, until, office.command, undo), caller, office), text, office)


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
    return _done(_tell(posts.used(brief, caller.user, office.command, f"use {before}"), caller, office), text, office)
