"""From a row of the outbox to the message, and what is recorded once Slack has taken it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.core.changes.announcement import Announcement
from bot.core.changes.correction import CORRECTING
from bot.core.subscriptions.subscription import Subscription, SubscriptionSpec
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery import correct_posts, posted_messages
from bot.handlers.delivery.posted_messages import PostRecord
from bot.handlers.ports import Caller, Posted
from bot.render.changes.announcement import update_layout
from bot.render.delivery import pause_notice, thread_parent
from bot.render.delivery.correction_notes import note
from bot.render.digests.digest import digest_layout, part_of, parts
from bot.render.document.message import Message, message_from, with_footer
from bot.render.document.paging import page_of
from bot.render.subscriptions import confirmations
from bot.store import digests, outbox, publications, subscriptions
from bot.store import posted_messages as ledger
from bot.store.outbox import Delivery, Kind, NewDelivery, State

NotSent = Literal["void", "later", "bug"]
"""Nothing is left to say; it waits for another message; or it cannot be made."""


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """A message on its way. `ts`: it takes the place of this one; `said`: what the ledger is to keep of it; `then`:
    what is owed once it has arrived."""

    message: Message
    thread_ts: str | None = None
    broadcast: bool = False
    ts: str | None = None
    record: PostRecord | None = None
    follow_up: NewDelivery | None = None


def prepare(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    """What to send for a row, from what is known now."""
    return COMPOSERS[row.kind](connection, services, row)


def _change(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    slug, base, number = row.slug or "", row.base or 0, row.publication or 0
    following = _following(connection, row, services.now())
    wishes = tuple(each.spec for each in following)
    key = (slug, base, number, wishes, services.corpus.number)
    found, asking, plain = services.announcement_cache.get(
        key, lambda: _announcement(connection, services, slug, base, number, wishes)
    )
    if found is None or plain is None:
        return "void"
    because = confirmations.reason_for_post([s for s in following if s.spec in asking], services.command)
    thread = None
    if not any(wish.deliver == "channel" for wish in wishes):
        thread = ledger.thread(connection, row.team, row.channel, slug)
        if thread is None and _parent_is_open(connection, row):
            return "later"
    kept = posted_messages.record_of_announcement(replace(found, because=because), base, asking)
    broadcast = thread is not None and found.kind in CORRECTING
    return PreparedMessage(with_footer(plain, because), thread, broadcast=broadcast, record=kept)


def _announcement(
    connection: Connection, services: Services, slug: str, base: int, number: int, wishes: Sequence[SubscriptionSpec]
) -> tuple[Announcement | None, Sequence[SubscriptionSpec], Message | None]:
    """What changed as these wishes ask for it, those that do, and the message."""
    found, asking = announcements.announcement_for(connection, services, slug, base, number, wishes)
    message = message_from(page_of(update_layout(found, services.command), 1, 1)) if found is not None else None
    return found, asking, message


def _following(connection: Connection, row: Delivery, now: datetime) -> list[Subscription]:
    here = subscriptions.of_channel(connection, row.team, row.channel)
    return [each for each in here if each.spec.deliver != "digest" and not each.muted(now)]


def _parent_is_open(connection: Connection, row: Delivery) -> bool:
    return outbox.is_open(connection, row.key.replace("change|", "parent|", 1))


def _parent(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    if ledger.thread(connection, row.team, row.channel, row.slug or "") is not None:
        return "void"
    return PreparedMessage(_live(connection, services, row))


def _refresh(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    ts = ledger.thread(connection, row.team, row.channel, row.slug or "")
    return PreparedMessage(_live(connection, services, row), ts=ts) if ts is not None else "void"


def _live(connection: Connection, services: Services, row: Delivery) -> Message:
    """The parent of a brief's changes, as the brief is now."""
    slug = row.slug or ""
    steps = publications.revision_changes(connection, slug=slug)
    brief = services.store.brief(connection, slug, steps[-1].after or steps[-1].before)
    if brief is None:
        raise LookupError(f"{slug} was never there")
    corpus = services.corpus.corpus
    sections = [(corpus.section_title(key), f"{key} {slug}") for key in corpus.section_keys(brief)]
    return thread_parent.live_parent(brief, sections, gone=steps[-1].after is None, on=steps[-1].published_at.date())


def _edit(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    shown = ledger.get(connection, int(row.about or 0))
    return PreparedMessage(posted_messages.rerender(connection, services, shown), ts=shown.ts)


def _note(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    shown = ledger.get(connection, int(row.about or 0))
    became = correct_posts.corrections_since(connection, services.store, shown)
    all_ = posted_messages.corrections_of(connection, services, shown, became)
    found = [each for number, each in all_ if number == row.publication]
    if not found:
        return "void"
    spots = posted_messages.shown_claims(connection, services, shown)
    places = sorted(p for p, each in became.items() if any(f.publication == row.publication for f in each))
    sections = {(spots[p][2], f"{spots[p][1]} {spots[p][0].slug}"): None for p in places}
    opened = () if any(each.brief for each in found) else list(sections)[: thread_parent.OPEN_MAX]
    return PreparedMessage(message_from(note(found, opened, edited=shown.error is None)), shown.thread_ts or shown.ts)


def _notice(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    channel, _, why = (row.about or "").partition(" ")
    here = subscriptions.of_channel(connection, row.team, channel)
    return PreparedMessage(pause_notice.pause_notice(channel, why, here, services.command))


def _digest(connection: Connection, services: Services, row: Delivery) -> PreparedMessage | NotSent:
    """One message of a digest, `about` the number of the digest and of the message; the next is owed after it."""
    about, _, place = (row.about or "").partition(" ")
    plan = digests.get_run(connection, int(about)).plan
    if plan is None:
        raise LookupError(f"digest {about} has nothing to say")
    found = announcements.digest_for(connection, services, plan)
    shown = digest_layout(found, services.command)
    all_ = parts(shown)
    part = all_[int(place) - 1]
    then = _next_part(row, about, part.number + 1) if part.number < part.count else None
    thread = outbox.posted_ts(connection, f"digest|{about}|1") if part.number > 1 else None
    return PreparedMessage(
        message_from(part_of(shown, part)),
        thread,
        record=posted_messages.record_of_digest(found, part, services.command),
        follow_up=then,
    )


def _next_part(row: Delivery, about: str, number: int) -> NewDelivery:
    kept = {name: getattr(row, name) for name in NewDelivery.__dataclass_fields__}
    return NewDelivery(**kept | {"key": f"digest|{about}|{number}", "about": f"{about} {number}", "state": "pending"})


COMPOSERS: Mapping[Kind, Callable[[Connection, Services, Delivery], PreparedMessage | NotSent]] = {
    "change": _change,
    "parent": _parent,
    "refresh": _refresh,
    "edit": _edit,
    "note": _note,
    "notice": _notice,
    "digest": _digest,
}


# What is recorded


def after_sent(
    connection: Connection, services: Services, row: Delivery, parcel: PreparedMessage, posted: Posted
) -> None:
    """What follows from a message that Slack has taken, in the transaction that says so."""
    if parcel.follow_up is not None:
        outbox.add(connection, [parcel.follow_up])
    match row.kind:
        case "change" | "digest" if parcel.record is not None:
            caller = Caller(row.team, row.enterprise, "", row.channel, parcel.thread_ts)
            posted_messages.record_post(connection, services, parcel.record, posted, caller, row.publication or 0)
        case "parent":
            ledger.start_thread(connection, row.team, row.enterprise, row.channel, row.slug or "", posted.ts)
        case "edit":
            outbox.unblock(connection, correct_posts.note_of(row.key), services.now())
        case _:
            pass


def not_editable(connection: Connection, services: Services, row: Delivery, error: str) -> None:
    """Slack does not let a message be edited any more: a correction's note goes out alone, and says so; a live thread
    gets another parent with the next change."""
    state: State = "dead" if row.kind == "edit" else "void"
    outbox.set_state(connection, row.id, state, error=error, attempt_at=None)
    if row.kind == "edit":
        ledger.mark_uneditable(connection, int(row.about or 0), error)
        outbox.unblock(connection, correct_posts.note_of(row.key), services.now())
    else:
        ledger.end_thread(connection, row.team, row.channel, row.slug or "")
