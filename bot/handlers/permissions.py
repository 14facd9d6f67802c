"""Who may change what a channel hears, whether the bot can say so there, and the saying."""

from bot.core.commands.outcome import Done, Refusal
from bot.handlers.context import Office
from bot.handlers.delivery.slack_errors import meaning
from bot.handlers.ports import Caller, Person, Place, Posted, Refused
from bot.render.document.message import Message

INVITE = "type `/invite @briefbot`, then repeat"
"""The same words for every channel, so that nobody learns from them which private ones there are."""


def may(text: str, caller: Caller, office: Office) -> Person | Refusal:
    """Who asks, if they may."""
    if office.admins and caller.user not in office.admins:
        why = "only some people may change what channels follow here"
        return Refusal(text, why, "Ask one of them:", tuple(sorted(office.admins)))
    match office.sender.person(caller.team, caller.user):
        case Person(guest=False) as person:
            return person
        case Person():
            return Refusal(text, "guests cannot change what channels follow", "Ask a member of this workspace.")
        case Refused() as refused:
            why = f"Slack did not say whether you are a guest ({refused.error})"
            return Refusal(text, why, "Try again in a minute; if it stays, the app needs the scope users:read.")


def can_post(text: str, caller: Caller, office: Office) -> Refusal | None:
    """The confirmation itself is the proof; this only finds out before anything is written."""
    match office.sender.place(caller.team, caller.channel):
        case Place(archived=True):
            return Refusal(text, "this channel is archived", "Open it again first.")
        case Refused() as refused if meaning(refused) == "pause":
            return invite(text)
        case Place() | Refused():
            return None


def invite(text: str) -> Refusal:
    """Why not, where the bot may not post."""
    return Refusal(text, "the bot cannot post in this channel", f"{INVITE[0].upper()}{INVITE[1:]}.")


def tell(message: Message, caller: Caller, office: Office) -> Posted | Refused:
    """Says it to all in the channel."""
    return office.sender.post(caller.team, caller.channel, message, caller.thread_ts)


def done(told: Posted | Refused, text: str, office: Office, look: str = "subscriptions") -> Done | Refusal:
    """Who asked hears of it alone where the channel may not have; `look`: the command that shows it."""
    if isinstance(told, Posted):
        return Done()
    why = f"it is done, but Slack did not say that it told the channel ({told.error})"
    return Refusal(text, why, f"See `{office.command} {look}`.")
