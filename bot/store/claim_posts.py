"""Posts by the claims that they show: what is to be looked at when the source of a claim fails."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, select

from bot.core.batches import batches
from bot.store.foreign_teams import is_foreign
from bot.store.posted_messages import PostedClaim
from bot.store.publications import CHUNK
from bot.store.schema import posted_claim, posted_message

DIRECT = "D"
"""How the ids of direct conversations begin."""


@dataclass(frozen=True, slots=True)
class ClaimPost:
    """A post, with those of the claims that were asked for that it shows, in reading order, by their ids of now.
    `channel` is None for a direct conversation: its id would say who was in it. `error` is why Slack does not let it be
    edited."""

    team: str
    channel: str | None
    ts: str
    thread_ts: str | None
    posted_at: datetime
    error: str | None
    claims: tuple[PostedClaim, ...]


class _ShownClaim(NamedTuple):
    """A claim in a post, with what there is to tell of the post; `id` is the post's."""

    id: int
    team: str
    channel: str
    ts: str
    thread_ts: str | None
    posted_at: datetime
    error: str | None
    slug: str
    claim: str
    position: int


class ClaimPosts:
    """Posts of claims within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def showing(self, claims: Collection[PostedClaim], team: str | None = None) -> list[ClaimPost]:
        """The posts that show at least one of these claims, each once, newest first: in one workspace, or (None) in all
        that something is owed to. Claims are named by the slugs and ids of now."""
        posts: dict[int, list[_ShownClaim]] = {}
        for row in self._rows(claims, team):
            posts.setdefault(row.id, []).append(row)
        return [_post(rows) for _, rows in sorted(posts.items(), reverse=True)]

    def _rows(self, claims: Collection[PostedClaim], team: str | None) -> Iterator[_ShownClaim]:
        message, shown = posted_message.c, posted_claim.c
        place = (message.id, message.team, message.channel, message.ts, message.thread_ts)
        columns = (*place, message.posted_at, message.error, shown.slug, shown.current_claim, shown.position)
        query: Select[Any] = select(*columns).join(posted_claim)
        here = [~is_foreign(message.team), *([message.team == team] if team is not None else [])]
        for slug in sorted({each.slug for each in claims}):
            ids = sorted({each.claim for each in claims if each.slug == slug})
            for several in batches(ids, CHUNK):
                some = and_(shown.slug == slug, shown.current_claim.in_(several), *here)
                yield from (_ShownClaim(*row) for row in self._connection.execute(query.where(some)))


def _post(rows: list[_ShownClaim]) -> ClaimPost:
    first = rows[0]
    channel = None if first.channel.startswith(DIRECT) else first.channel
    in_order = sorted(rows, key=lambda row: row.position)
    claims = dict.fromkeys(PostedClaim(row.slug, row.claim) for row in in_order)
    place = (first.team, channel, first.ts, first.thread_ts)
    return ClaimPost(*place, first.posted_at, first.error, tuple(claims))
