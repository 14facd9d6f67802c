"""From a row of the outbox to the message, and what is recorded once Slack has taken it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.core.changes.announcement import Update
from bot.core.changes.correction import CORRECTING
from bot.core.subscriptions.subscription import Subscription, Wish
from bot.handlers.changes import announcements
from bot.handlers.context import Office
from bot.handlers.delivery import correct_posts, posted_messages
from bot.handlers.delivery.posted_messages import Said
from bot.handlers.ports import Caller, Posted
from bot.render.changes.announcement import update_layout
from bot.render.delivery import pause_notice, thread_parent
from bot.render.delivery.correction_notes import note
from bot.render.digests.digest import digest_layout, part_of, parts
from bot.render.document.message import Message, of, with_foot
from bot.render.document.paging import as_page
from bot.render.subscriptions import confirmations
from bot.store import digests, outbox, publications, subscriptions
from bot.store import posted_messages as ledger
from bot.store.outbox import Delivery, Kind, Owed, State

Unsent = Literal["void", "later", "bug"]
"""Nothing is left to say; it waits for another message; or it cannot be made."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way. `ts`: it takes the place of this one; `said`: what the ledger is to keep of it; `then`:
    what is owed once it has arrived."""

    message: Message
    thread_ts: str | None = None
    broadcast: bool = False
    ts: str | None = None
    said: Said | None = None
    then: Owed | None = None


def parcel(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    """What to send for a row, from what is known now."""
    return _MADE[row.kind](connection, office, row)


def _change(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    slug, base, number = row.slug or "", row.base or 0, row.publication or 0
    following = _following(connection, row, office.now())
    wishes = tuple(each.wish for each in following)
    key = (slug, base, number, wishes, office.readers.number)
    found, asking, plain = office.told.get(key, lambda: _told(connection, office, slug, base, number, wishes))
    if found is None or plain is None:
        return "void"
    because = confirmations.because([s for s in following if s.wish in asking], office.command)
    thread = None
    if not any(wish.deliver == "channel" for wish in wishes):
        thread = ledger.thread(connection, row.team, row.channel, slug)
        if thread is None and _parent_is_open(connection, row):
            return "later"
    kept = posted_messages.of_update(replace(found, because=because), base, asking)
    broadcast = thread is not None and found.kind in CORRECTING
    return Parcel(with_foot(plain, because), thread, broadcast=broadcast, said=kept)


def _told(
    connection: Connection, office: Office, slug: str, base: int, number: int, wishes: Sequence[Wish]
) -> tuple[Update | None, Sequence[Wish], Message | None]:
    """What changed as these wishes ask for it, those that do, and the message."""
    found, asking = announcements.change(connection, office, slug, base, number, wishes)
    message = of(as_page(update_layout(found, office.command), 1, 1)) if found is not None else None
    return found, asking, message


def _following(connection: Connection, row: Delivery, now: datetime) -> list[Subscription]:
    here = subscriptions.of_channel(connection, row.team, row.channel)
    return [each for each in here if each.wish.deliver != "digest" and not each.muted(now)]


def _parent_is_open(connection: Connection, row: Delivery) -> bool:
    return outbox.is_open(connection, row.key.replace("change|", "parent|", 1))


def _parent(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    if ledger.thread(connection, row.team, row.channel, row.slug or "") is not None:
        return "void"
    return Parcel(_live(connection, office, row))


def _refresh(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    ts = ledger.thread(connection, row.team, row.channel, row.slug or "")
    return Parcel(_live(connection, office, row), ts=ts) if ts is not None else "void"


def _live(connection: Connection, office: Office, row: Delivery) -> Message:
    """The parent of a brief's changes, as the brief is now."""
    slug = row.slug or ""
    steps = publications.steps(connection, slug=slug)
    brief = office.store.brief(connection, slug, steps[-1].after or steps[-1].before)
    if brief is None:
        raise LookupError(f"{slug} was never there")
    corpus = office.readers.corpus
    sections = [(corpus.section_title(key), f"{key} {slug}") for key in corpus.section_keys(brief)]
    return thread_parent.live_parent(brief, sections, gone=steps[-1].after is None, on=steps[-1].published_at.date())


def _edit(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    shown = ledger.get(connection, int(row.about or 0))
    return Parcel(posted_messages.again(connection, office, shown), ts=shown.ts)


def _note(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    shown = ledger.get(connection, int(row.about or 0))
    became = correct_posts.since(connection, office.store, shown)
    all_ = posted_messages.corrections_of(connection, office, shown, became)
    found = [each for number, each in all_ if number == row.publication]
    if not found:
        return "void"
    spots = posted_messages.spots_of(connection, office, shown)
    places = sorted(p for p, each in became.items() if any(f.publication == row.publication for f in each))
    sections = {(spots[p][2], f"{spots[p][1]} {spots[p][0].slug}"): None for p in places}
    opened = () if any(each.brief for each in found) else list(sections)[: thread_parent.OPEN_MAX]
    return Parcel(of(note(found, opened, edited=shown.error is None)), shown.thread_ts or shown.ts)


def _notice(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    channel, _, why = (row.about or "").partition(" ")
    here = subscriptions.of_channel(connection, row.team, channel)
    return Parcel(pause_notice.paused(channel, why, here, office.command))


def _digest(connection: Connection, office: Office, row: Delivery) -> Parcel | Unsent:
    """One message of a digest, `about` the number of the digest and of the message; the next is owed after it."""
    about, _, place = (row.about or "").partition(" ")
    plan = digests.get(connection, int(about)).plan
    if plan is None:
        raise LookupError(f"digest {about} has nothing to say")
    found = announcements.digest(connection, office, plan)
    shown = digest_layout(found, office.command)
    all_ = parts(shown)
    part = all_[int(place) - 1]
    then = _next_part(row, about, part.number + 1) if part.number < part.count else None
    thread = outbox.ts(connection, f"digest|{about}|1") if part.number > 1 else None
    return Parcel(
        of(part_of(shown, part)), thread, said=posted_messages.of_digest(found, part, office.command), then=then
    )


def _next_part(row: Delivery, about: str, number: int) -> Owed:
    kept = {name: getattr(row, name) for name in Owed.__dataclass_fields__}
    return Owed(**kept | {"key": f"digest|{about}|{number}", "about": f"{about} {number}", "state": "pending"})


_MADE: Mapping[Kind, Callable[[Connection, Office, Delivery], Parcel | Unsent]] = {
    "change": _change,
    "parent": _parent,
    "refresh": _refresh,
    "edit": _edit,
    "note": _note,
    "notice": _notice,
    "digest": _digest,
}


# What is recorded


def record(connection: Connection, office: Office, row: Delivery, parcel: Parcel, posted: Posted) -> None:
    """What follows from a message that Slack has taken, in the transaction that says so."""
    if parcel.then is not None:
        outbox.add(connection, [parcel.then])
    match row.kind:
        case "change" | "digest" if parcel.said is not None:
            caller = Caller(row.team, row.enterprise, "", row.channel, parcel.thread_ts)
            posted_messages.remember(connection, office, parcel.said, posted, caller, row.publication or 0)
        case "parent":
            ledger.start_thread(connection, row.team, row.enterprise, row.channel, row.slug or "", posted.ts)
        case "edit":
            outbox.ready(connection, correct_posts.note_of(row.key), office.now())
        case _:
            pass


def not_editable(connection: Connection, office: Office, row: Delivery, error: str) -> None:
    """Slack does not let a message be edited any more: a correction's note goes out alone, and says so; a live thread
    gets another parent with the next change."""
    state: State = "dead" if row.kind == "edit" else "void"
    outbox.settle(connection, row.id, state, error=error, attempt_at=None)
    if row.kind == "edit":
        ledger.cannot_edit(connection, int(row.about or 0), error)
        outbox.ready(connection, correct_posts.note_of(row.key), office.now())
    else:
        ledger.end_thread(connection, row.team, row.channel, row.slug or "")
