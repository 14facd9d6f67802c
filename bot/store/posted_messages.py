"""The ledger: which claims were shown where, so that a correction can reach them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.store.schema import live_thread, shown, shown_claim
from bot.store.store import insert


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that was shown, by its brief and its id at the time."""

    slug: str
    claim: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the bot's own. `content` is what is needed to make it again, as JSON values; `error` why Slack does not
    let it be edited any more."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    ts: str
    thread_ts: str | None
    publication: int
    content: dict[str, Any]
    shown_at: datetime
    claims: tuple[Claimed, ...] = ()
    error: str | None = None


def record(
    connection: Connection,
    *,
    team: str,
    enterprise: str | None,
    channel: str,
    ts: str,
    thread_ts: str | None,
    publication: int,
    content: dict[str, Any],
    claims: Sequence[Claimed],
    at: datetime,
) -> int | None:
    """Remembers a post; None if it is remembered already."""
    row = {"team": team, "enterprise": enterprise, "channel": channel, "ts": ts, "thread_ts": thread_ts}
    more = {"publication": publication, "content": json.dumps(content, ensure_ascii=False), "shown_at": at}
    query = insert(connection, shown).values(**row, **more)
    number = connection.execute(query.on_conflict_do_nothing().returning(shown.c.id)).scalar()
    if number is not None and claims:
        rows = [
            {"shown": number, "place": place, "slug": each.slug, "claim": each.claim, "now": each.claim}
            for place, each in enumerate(claims)
        ]
        connection.execute(shown_claim.insert(), rows)
    return number


def get(connection: Connection, number: int) -> Shown:
    """A post by its number. Raises: LookupError."""
    row = connection.execute(select(shown).where(shown.c.id == number)).one_or_none()
    if row is None:
        raise LookupError(f"nothing was shown under number {number}")
    query = select(shown_claim).where(shown_claim.c.shown == number).order_by(shown_claim.c.place)
    claims = tuple(Claimed(each.slug, each.claim) for each in connection.execute(query))
    values = {name: getattr(row, name) for name in Shown.__dataclass_fields__ if name not in ("content", "claims")}
    return Shown(**values, content=json.loads(row.content), claims=claims)


@dataclass(frozen=True, slots=True)
class Post:
    """Where something was shown; `error` why it cannot be edited."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    error: str | None


def showing(connection: Connection, slug: str, claims: Iterable[str] | None) -> list[Post]:
    """The posts that show one of these claims, by their ids of now; None for any claim of the brief."""
    columns = (shown.c.id, shown.c.team, shown.c.enterprise, shown.c.channel, shown.c.error)
    query = select(*columns).join(shown_claim).where(shown_claim.c.slug == slug)
    if claims is not None:
        query = query.where(shown_claim.c.now.in_(list(claims)))
    return [Post(*row) for row in connection.execute(query.distinct().order_by(shown.c.id))]


def rename(connection: Connection, slug: str, before: str, now: str) -> None:
    """A claim has another id from now on."""
    renamed = update(shown_claim).where(shown_claim.c.slug == slug, shown_claim.c.now == before)
    connection.execute(renamed.values(now=now))


def cannot_edit(connection: Connection, number: int, error: str) -> None:
    """Slack does not let a post be edited any more."""
    connection.execute(update(shown).where(shown.c.id == number).values(error=error))


def uneditable(connection: Connection, team: str) -> int:
    """How many posts of a workspace cannot be edited."""
    query = select(func.count()).where(shown.c.team == team, shown.c.error.is_not(None))
    return connection.execute(query).scalar() or 0


# Live threads


def thread(connection: Connection, team: str, channel: str, slug: str) -> str | None:
    """The parent message of a brief's changes in a channel."""
    where = (live_thread.c.team == team, live_thread.c.channel == channel, live_thread.c.slug == slug)
    return connection.execute(select(live_thread.c.ts).where(*where)).scalar()


def start_thread(connection: Connection, team: str, enterprise: str | None, channel: str, slug: str, ts: str) -> None:
    """From now on this is the parent."""
    row = {"team": team, "enterprise": enterprise, "channel": channel, "slug": slug, "ts": ts}
    query = insert(connection, live_thread).values(**row)
    connection.execute(query.on_conflict_do_update(index_elements=["team", "channel", "slug"], set_={"ts": ts}))


def end_thread(connection: Connection, team: str, channel: str, slug: str) -> None:
    """The parent is gone; the next change starts another."""
    where = (live_thread.c.team == team, live_thread.c.channel == channel, live_thread.c.slug == slug)
    connection.execute(live_thread.delete().where(*where))
