"""Which announcements that wait in the outbox a newer one replaces."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select, update

from bot.core.batches import batches
from bot.core.delivery.content import CONTENT, ChangePost, ChangeSummary
from bot.store.publications import CHUNK
from bot.store.schema import delivery

ANNOUNCING = ("change", "summary")

BEGUN = ("sent", "unknown", "held")
"""States of a parent that was posted, or may have been."""


def never_attempted() -> ColumnElement[bool]:
    """The condition of deliveries that a newer one may replace."""
    return and_(delivery.c.state.in_(("pending", "paused")), delivery.c.attempt_at.is_(None))


def _replaceable() -> ColumnElement[bool]:
    """The same without a change whose thread was begun for it: a newer one may have nothing to say there."""
    parent = delivery.alias("parent")
    same = (parent.c[name] == delivery.c[name] for name in ("team", "channel", "slug", "publication"))
    begun = select(parent.c.id).where(*same, parent.c.kind == "parent", parent.c.state.in_(BEGUN))
    return and_(never_attempted(), ~exists(begun))


def waiting_briefs(connection: Connection, slugs: Sequence[str]) -> set[str]:
    """See `Outbox.waiting_briefs`."""
    waiting: set[str] = set()
    query = select(delivery.c.slug).where(delivery.c.kind == "change", never_attempted()).distinct()
    for some in batches(slugs, CHUNK):
        waiting.update(connection.execute(query.where(delivery.c.slug.in_(some))).scalars())
    return waiting


def supersede_brief(connection: Connection, slug: str) -> dict[tuple[str, str], int]:
    """See `Outbox.supersede`."""
    later = delivery.alias("later")
    sent = and_(
        later.c.slug == slug, later.c.kind == "change", or_(later.c.attempt_at.is_not(None), later.c.state == "dead")
    )
    # Of a summary it is not looked up which briefs it is about.
    summary = and_(later.c.slug.is_(None), later.c.kind == "summary", later.c.state.not_in(("superseded", "void")))
    told_later = (
        select(later.c.id)
        .where(later.c.team == delivery.c.team, later.c.channel == delivery.c.channel)
        .where(later.c.publication > delivery.c.publication, or_(sent, summary))
    )
    query = (
        update(delivery)
        .where(~exists(told_later))
        .where(delivery.c.slug == slug, delivery.c.kind == "change", _replaceable())
        .values(state="superseded")
        .returning(delivery.c.team, delivery.c.channel, delivery.c.content)
    )
    starts: dict[tuple[str, str], int] = {}
    for row in connection.execute(query):
        (start,) = _starts(row.content).values()
        starts[row.team, row.channel] = min(start, starts.get((row.team, row.channel), start))
    return starts


def supersede_channel(connection: Connection, team: str, channel: str) -> dict[str, int]:
    """See `Outbox.supersede_channel`."""
    superseded: list[int] = []
    starts: dict[str, int] = {}
    staying: set[str] = set()
    begun = _begun(connection, team, channel)
    # From the newest to the oldest: what stays keeps the earlier ones about the same briefs.
    for row in connection.execute(_announcements(team, channel)):
        own = _starts(row.content)
        if row.waits and (row.slug, row.publication) not in begun and staying.isdisjoint(own):
            superseded.append(row.id)
            starts |= own
        else:
            staying.update(own)
    if superseded:
        connection.execute(
            update(delivery).where(delivery.c.id == bindparam("number")).values(state="superseded"),
            [{"number": number} for number in superseded],
        )
    return starts


def _begun(connection: Connection, team: str, channel: str) -> set[tuple[str, int]]:
    """(slug, publication) of the changes of a channel whose threads were begun for them, as `_replaceable`."""
    parents = and_(delivery.c.kind == "parent", delivery.c.state.in_(BEGUN))
    query = select(delivery.c.slug, delivery.c.publication).where(
        delivery.c.team == team, delivery.c.channel == channel, parents
    )
    return {(row.slug, row.publication) for row in connection.execute(query)}


def _announcements(team: str, channel: str) -> Select[tuple[int, str | None, int | None, str, bool]]:
    """(id, slug, publication, content, whether it waits) of the announcements of a channel from the oldest on that
    waits, the newest first."""
    here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.kind.in_(ANNOUNCING))
    oldest = select(func.min(delivery.c.publication)).where(here, never_attempted()).scalar_subquery()
    rows = select(
        delivery.c.id,
        delivery.c.slug,
        delivery.c.publication,
        delivery.c.content,
        never_attempted().label("waits"),
    )
    live = delivery.c.state.not_in(("superseded", "void"))
    newest_first = rows.where(here, live, delivery.c.publication >= oldest).order_by(delivery.c.publication.desc())
    # Locked: what an attempt is being made for meanwhile does not wait.
    return newest_first.with_for_update()


def _starts(content: str) -> dict[str, int]:
    """By slug, the publication after which an announcement begins."""
    match CONTENT.validate_json(content):
        case ChangePost(slug, after):
            return {slug: after}
        case ChangeSummary(starts):
            return dict(starts)
        case other:
            raise TypeError(f"a {other.kind} announces no change")
