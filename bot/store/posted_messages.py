"""Posted messages: which claims were shown where, so that a correction can reach them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select, update

from bot.core.batches import batches
from bot.core.delivery.waiting import AHEAD_MAX
from bot.store.deletion import delete_found
from bot.store.dialect import NUMBER_MAX, insert
from bot.store.foreign_teams import is_foreign
from bot.store.publications import CHUNK
from bot.store.schema import live_thread, posted_claim, posted_message


@dataclass(frozen=True, slots=True)
class PostedClaim:
    """A claim that was shown, by the slug of its brief and its id at the time."""

    slug: str
    claim: str


@dataclass(frozen=True, slots=True)
class PostRef:
    """Where something was shown. `id` is ours, the others are Slack's; `error` says why it cannot be edited, None where
    it can. `announces`: it is a post about changes of one brief, or of many."""

    id: int
    team: str
    enterprise: str | None
    channel: str
    error: str | None
    ts: str
    thread_ts: str | None
    announces: Literal["one", "many"] | None = None

    @property
    def thread(self) -> tuple[str, str, str]:
        """Where its replies are: the workspace, the channel and the `ts` of the first message of the thread."""
        return self.team, self.channel, self.thread_ts or self.ts


@dataclass(frozen=True, slots=True)
class PostedMessage:
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
    posted_at: datetime
    claims: tuple[PostedClaim, ...] = ()
    error: str | None = None

    @property
    def ref(self) -> PostRef:
        """Where it is."""
        announces = ANNOUNCES.get(self.content.get("kind", ""))
        return PostRef(
            self.id, self.team, self.enterprise, self.channel, self.error, self.ts, self.thread_ts, announces
        )


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim in a post, by its ids at the time and of now; `publication` is the one that the post was made from."""

    post: PostRef
    publication: int
    claim: str
    current_claim: str


ANNOUNCES: Mapping[str, Literal["one", "many"]] = {"change": "one", "summary": "many"}
"""By the `kind` of a stored content."""


FORGOTTEN = NUMBER_MAX
"""After this publication that begins which a post tells that is so old that it is forgotten, and keeps its number."""


def _announces() -> ColumnElement[str]:
    # How the content begins tells its kind: it may be long, and is not read for it.
    begins = {posted_message.c.content.like(f'{{"kind": "{kind}",%'): each for kind, each in ANNOUNCES.items()}
    return case(*begins.items(), else_=None)


class PostedMessages:
    """Posted messages and live threads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        team: str,
        enterprise: str | None,
        channel: str,
        ts: str,
        thread_ts: str | None,
        publication: int,
        content: dict[str, Any],
        claims: Sequence[PostedClaim],
        at: datetime,
        after_publication: int | None = None,
    ) -> int | None:
        """Remembers a post; None if it is remembered already. What it tells begins after `after_publication`."""
        row = {"team": team, "enterprise": enterprise, "channel": channel, "ts": ts, "thread_ts": thread_ts}
        more = {"publication": publication, "content": json.dumps(content, ensure_ascii=False), "posted_at": at}
        query = insert(self._connection, posted_message).values(**row, **more, after_publication=after_publication)
        number = self._connection.execute(query.on_conflict_do_nothing().returning(posted_message.c.id)).scalar()
        if number is not None and claims:
            rows = [
                {
                    "message_id": number,
                    "position": position,
                    "slug": each.slug,
                    "claim": each.claim,
                    "current_claim": each.claim,
                }
                for position, each in enumerate(claims)
            ]
            self._connection.execute(posted_claim.insert(), rows)
        return number

    def of_thread(self, team: str, channel: str, thread_ts: str) -> Iterator[PostedMessage]:
        """The posts in a thread, newest first."""
        place = (
            posted_message.c.team == team,
            posted_message.c.channel == channel,
            posted_message.c.thread_ts == thread_ts,
        )
        query = select(posted_message.c.id).where(*place).order_by(posted_message.c.id.desc())
        return map(self.get, self._connection.execute(query).scalars().all())

    def at(self, team: str, channel: str, ts: str) -> PostedMessage | None:
        """The post of this `ts`; None where none is remembered."""
        where = (posted_message.c.team == team, posted_message.c.channel == channel, posted_message.c.ts == ts)
        number = self._connection.execute(select(posted_message.c.id).where(*where)).scalar()
        return self.find(number) if number is not None else None

    def claims_at(self, team: str, channel: str, ts: str) -> list[PostedClaim]:
        """The claims of the post of this `ts`, under their ids of now, in the order of the post; none where it is not
        remembered."""
        where = (posted_message.c.team == team, posted_message.c.channel == channel, posted_message.c.ts == ts)
        query = select(posted_claim.c.slug, posted_claim.c.current_claim).join(posted_message).where(*where)
        rows = self._connection.execute(query.order_by(posted_claim.c.position))
        return [PostedClaim(row.slug, row.current_claim) for row in rows]

    def get(self, number: int) -> PostedMessage:
        """A post by its number. Raises: LookupError."""
        post = self.find(number)
        if post is None:
            raise LookupError(f"nothing was shown under number {number}")
        return post

    def find(self, number: int) -> PostedMessage | None:
        """A post by its number; None for one that is so old that it is forgotten."""
        row = self._connection.execute(select(posted_message).where(posted_message.c.id == number)).one_or_none()
        if row is None or row.after_publication == FORGOTTEN:
            return None
        query = select(posted_claim).where(posted_claim.c.message_id == number).order_by(posted_claim.c.position)
        claims = tuple(PostedClaim(each.slug, each.claim) for each in self._connection.execute(query))
        values = {
            name: getattr(row, name) for name in PostedMessage.__dataclass_fields__ if name not in ("content", "claims")
        }
        return PostedMessage(**values, content=json.loads(row.content), claims=claims)

    def shown_briefs(self, slugs: Sequence[str]) -> set[str]:
        """Those of some briefs of which posts show claims."""
        shown: set[str] = set()
        for some in batches(slugs, CHUNK):
            query = select(posted_claim.c.slug).where(posted_claim.c.slug.in_(some)).distinct()
            shown.update(self._connection.execute(query).scalars())
        return shown

    def posts_showing(self, slug: str) -> list[ShownClaim]:
        """Where the claims of a brief were shown, in the order of the posts; not in workspaces that nothing is owed
        to."""
        columns = (
            posted_message.c.id,
            posted_message.c.team,
            posted_message.c.enterprise,
            posted_message.c.channel,
            posted_message.c.error,
            posted_message.c.ts,
            posted_message.c.thread_ts,
            _announces().label("announces"),
        )
        claims = (posted_message.c.publication, posted_claim.c.claim, posted_claim.c.current_claim)
        shown = and_(posted_claim.c.slug == slug, ~is_foreign(posted_message.c.team))
        query = select(*columns, *claims).join(posted_claim).where(shown)
        rows = self._connection.execute(query.order_by(posted_message.c.id, posted_claim.c.position))
        return [ShownClaim(PostRef(*row[:8]), *row[8:]) for row in rows]

    def rename_claim(self, slug: str, before: str, now: str) -> None:
        """A claim has another id from now on."""
        renamed = update(posted_claim).where(posted_claim.c.slug == slug, posted_claim.c.current_claim == before)
        self._connection.execute(renamed.values(current_claim=now))

    def follow_claim(self, slug: str, claim: ShownClaim, now: str) -> None:
        """A claim of a brief that a post shows has this id from now on."""
        where = (posted_claim.c.message_id == claim.post.id, posted_claim.c.claim == claim.claim)
        query = update(posted_claim).where(*where, posted_claim.c.slug == slug)
        self._connection.execute(query.values(current_claim=now))

    def rename_brief(self, before: str, now: str) -> None:
        """What posts show of a brief, and its live threads, belong to another slug from now on."""
        self._connection.execute(update(posted_claim).where(posted_claim.c.slug == before).values(slug=now))
        self._connection.execute(update(live_thread).where(live_thread.c.slug == before).values(slug=now))

    def set_error(self, number: int, error: str | None) -> None:
        """Why Slack does not let a post be edited; None where it does again."""
        self._connection.execute(update(posted_message).where(posted_message.c.id == number).values(error=error))

    def count_uneditable(self, team: str) -> int:
        """The number of posts of a workspace that Slack does not let be edited any more."""
        query = select(func.count()).where(posted_message.c.team == team, posted_message.c.error.is_not(None))
        return self._connection.execute(query).scalar() or 0

    # Growth

    def set_back(self, now: datetime, most: int) -> int:
        """Posts that a clock ahead of `now` has dated are dated by `now`, so that they grow old; how many, at most so
        many."""
        some = select(posted_message.c.id).where(posted_message.c.posted_at > now + AHEAD_MAX).limit(most)
        numbers = self._connection.execute(some).scalars().all()
        ahead = update(posted_message).where(posted_message.c.id.in_(numbers))
        return self._connection.execute(ahead.values(posted_at=now)).rowcount if numbers else 0

    def delete_before(self, before: datetime, most: int) -> int:
        """Forgets posts that were made before an instant, so that no correction reaches them; how many, at most so
        many. Of the newest the number stays: SQLite would give it again, and edits name their posts by it."""
        newest = self._connection.execute(select(func.max(posted_message.c.id))).scalar()
        old = posted_message.c.posted_at < before
        some = select(posted_message.c.id).where(old, posted_message.c.id != newest)
        number = delete_found(self._connection, posted_message, some.order_by(posted_message.c.posted_at).limit(most))
        return number + self._forget(and_(old, posted_message.c.id == newest))

    def _forget(self, which: ColumnElement[bool]) -> int:
        """Leaves nothing but a number and a place; of how many rows."""
        known = or_(posted_message.c.after_publication.is_(None), posted_message.c.after_publication != FORGOTTEN)
        number = self._connection.execute(select(posted_message.c.id).where(which, known)).scalar()
        if number is None:
            return 0
        nothing = {"content": "{}", "thread_ts": None, "error": None, "after_publication": FORGOTTEN}
        self._connection.execute(posted_claim.delete().where(posted_claim.c.message_id == number))
        self._connection.execute(update(posted_message).where(posted_message.c.id == number).values(**nothing))
        return 1

    def without_start(self, most: int) -> list[tuple[int, int, dict[str, Any]]]:
        """(id, publication, content) of posts of which it is not stored where what they tell begins; at most so
        many."""
        query = select(posted_message.c.id, posted_message.c.publication, posted_message.c.content)
        rows = self._connection.execute(query.where(posted_message.c.after_publication.is_(None)).limit(most))
        return [(row.id, row.publication, json.loads(row.content)) for row in rows]

    def set_starts(self, starts: Mapping[int, int]) -> None:
        """Stores after which publication that begins which posts tell, by their ids."""
        rows = [{"number": number, "start": start} for number, start in starts.items()]
        if rows:
            where = posted_message.c.id == bindparam("number")
            query = update(posted_message).where(where).values(after_publication=bindparam("start"))
            self._connection.execute(query, rows)

    # Live threads

    def thread(self, team: str, channel: str, slug: str) -> str | None:
        """The `ts` of the parent message of a brief's changes in a channel; None where there is no thread."""
        where = (live_thread.c.team == team, live_thread.c.channel == channel, live_thread.c.slug == slug)
        return self._connection.execute(select(live_thread.c.ts).where(*where)).scalar()

    def threads(self, team: str, channel: str) -> set[str]:
        """The slugs of the briefs with a live thread in a channel."""
        query = select(live_thread.c.slug).where(live_thread.c.team == team, live_thread.c.channel == channel)
        return set(self._connection.execute(query).scalars())

    def start_thread(self, team: str, enterprise: str | None, channel: str, slug: str, ts: str) -> None:
        """From now on the message of this `ts` is the parent. `enterprise` is None outside Enterprise Grid."""
        row = {"team": team, "enterprise": enterprise, "channel": channel, "slug": slug, "ts": ts}
        query = insert(self._connection, live_thread).values(**row)
        self._connection.execute(
            query.on_conflict_do_update(index_elements=["team", "channel", "slug"], set_={"ts": ts})
        )

    def end_thread(self, team: str, channel: str, slug: str) -> None:
        """The parent is gone; the next change starts another."""
        where = (live_thread.c.team == team, live_thread.c.channel == channel, live_thread.c.slug == slug)
        self._connection.execute(live_thread.delete().where(*where))
