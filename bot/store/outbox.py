"""Outbox: one row per message to post, with its delivery state. The single source of truth; background jobs only
trigger work."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, or_, select, update

from bot.core.delivery.content import (
    CONFIRMING,
    CONTENT,
    KINDS,
    AskEdit,
    ChangePost,
    CorrectionNote,
    DeliveryContent,
    PostEdit,
    ReportNoticeEdit,
    ThreadParentEdit,
)
from bot.store.deletion import delete_found
from bot.store.delivery_key import delivery_key
from bot.store.dialect import insert
from bot.store.schema import delivery
from bot.store.superseding import never_attempted, supersede_brief, supersede_channel, waiting_briefs
from bot.store.turns import in_turn

QueueName = Literal["post", "update"]
State = Literal["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
"""`waiting`: for another delivery; `unknown`: an attempt was made, and nobody knows (yet) whether it arrived; `held`:
as unknown, until somebody looks; `superseded`: a newer one holds its content; `void`: nothing was left to say; `dead`:
Slack refuses it for good."""

EDITS = PostEdit | ThreadParentEdit | ReportNoticeEdit | AskEdit
"""What takes the place of a message that was posted."""

DUE: tuple[State, ...] = ("pending", "unknown")
OPEN: tuple[State, ...] = ("pending", "unknown", "waiting", "paused", "held")
ENDED: tuple[State, ...] = ("sent", "superseded", "void", "dead")
UNSETTLED: tuple[State, ...] = (*OPEN, "dead")
"""What is still to be sent, and what failed: an index has these alone."""


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to post, not before `due_at` (UTC). `channel` is Slack's id; a user's id stands for the direct message
    with them. `enterprise` is None outside Enterprise Grid."""

    team: str
    enterprise: str | None
    channel: str
    content: DeliveryContent
    due_at: datetime
    state: State = "pending"

    @property
    def key(self) -> str:
        """The `delivery_key`, unique for ever, so that the same message is never added twice."""
        return delivery_key(self.team, self.channel, self.content, self.due_at)

    @property
    def queue(self) -> QueueName:
        """Which of Slack's methods, and so which of its limits, the delivery needs."""
        return "update" if isinstance(self.content, EDITS) else "post"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox. `attempt_at` is that of the last attempt that was sent or may have been; None where there is
    none."""

    id: int
    key: str
    queue: QueueName
    team: str
    enterprise: str | None
    channel: str
    content: DeliveryContent
    state: State
    due_at: datetime
    attempts: int
    attempt_at: datetime | None
    refused_since: datetime | None = None
    """Since when Slack has refused it with words that this version does not know; None where it has not."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first due delivery of a channel, by its id. `attempt_at` as in `Delivery`."""

    id: int
    channel: str
    due_at: datetime
    attempt_at: datetime | None
    is_reply: bool


class Outbox:
    """The outbox within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deliveries: Iterable[NewDelivery]) -> None:
        """Adds deliveries; those whose keys are there already are left as they are."""
        rows = [_values(each) for each in deliveries]
        if rows:
            self._connection.execute(
                insert(self._connection, delivery).on_conflict_do_nothing(index_elements=["key"]), rows
            )

    def add_again(self, new: NewDelivery) -> None:
        """Adds a delivery; one that was void is to be sent after all."""
        again = {"state": new.state, "due_at": new.due_at}
        query = insert(self._connection, delivery).values(**_values(new))
        revived = query.on_conflict_do_update(index_elements=["key"], set_=again, where=delivery.c.state == "void")
        self._connection.execute(revived)

    def add_attempted(self, new: NewDelivery, now: datetime) -> Delivery | None:
        """Adds a delivery whose first attempt is made at once, by the caller; None where its key is there already.
        A worker looks for it at its `due_at`, unless its outcome is stored before."""
        row = {**_values(new), "state": "unknown", "attempts": 1, "attempt_at": now}
        query = insert(self._connection, delivery).values(**row).on_conflict_do_nothing(index_elements=["key"])
        added = self._connection.execute(query.returning(delivery)).one_or_none()
        # Attempts count those that ended.
        return replace(_delivery(added), attempts=0) if added is not None else None

    def attempted_in(self, team: str, channel: str, since: datetime, until: datetime) -> bool:
        """Whether a message was sent to a channel, or may have been, after an instant and up to another."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.queue == "post")
        when = and_(delivery.c.attempt_at > since, delivery.c.attempt_at <= until)
        return self._connection.execute(select(delivery.c.id).where(here, when).limit(1)).first() is not None

    def waiting_briefs(self, slugs: Sequence[str]) -> set[str]:
        """Those of some briefs that have change posts which no attempt was made for."""
        return waiting_briefs(self._connection, slugs)

    def supersede(self, slug: str) -> dict[tuple[str, str], int]:
        """Cancels the change posts of a brief that no attempt was made for; by (team, channel), the publication after
        which they began, as a newer message must begin there. A post stays if a later one was sent already, or a later
        summary is there: the newer message would say that twice."""
        return supersede_brief(self._connection, slug)

    def supersede_channel(self, team: str, channel: str) -> dict[str, int]:
        """Cancels the change posts and summaries of a channel that no attempt was made for; by slug, the publication
        after which they began, as a newer message must begin there. A message stays if a later one about the same brief
        stays."""
        return supersede_channel(self._connection, team, channel)

    def rename_brief(self, before: str, now: str) -> None:
        """What is owed of a brief is found under another slug from now on. Keys and contents stay, as messages that
        Slack may have taken are looked for by them."""
        self._connection.execute(update(delivery).where(delivery.c.slug == before).values(slug=now))

    def is_unsent(self, key: str) -> bool:
        """Whether a delivery was not sent: no attempt was made yet, or it failed for good."""
        query = select(delivery.c.state).where(delivery.c.key == key)
        ended = delivery.c.state.in_(("dead", "superseded"))
        return self._connection.execute(query.where(or_(never_attempted(), ended))).first() is not None

    def cancel_unsent(self, key: str) -> None:
        """Cancels a delivery that no attempt was made for, as a newer one covers it."""
        self._connection.execute(
            update(delivery).where(delivery.c.key == key, never_attempted()).values(state="superseded")
        )

    def lock_attempt(self, number: int, attempts: int) -> bool:
        """Whether an attempt, by its number from 1, is the last that was made of a delivery, and has no outcome yet.
        Its row is locked until the end of the transaction."""
        query = select(delivery.c.id).where(delivery.c.id == number, delivery.c.attempts == attempts)
        open_ = query.where(delivery.c.state == "unknown").with_for_update()
        return self._connection.execute(open_).first() is not None

    def open_confirmation(self, team: str, channel: str) -> datetime | None:
        """When the last confirmation that is still to be posted in a channel is due; None where there is none."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.kind == "reply")
        confirming = or_(*(delivery.c.key.like(f"%|{purpose}") for purpose in CONFIRMING))
        query = select(func.max(delivery.c.due_at)).where(here, confirming, delivery.c.state.in_(DUE))
        return self._connection.execute(query).scalar()

    def channel_of(self, number: int) -> str:
        """The channel of a delivery by its id of now. Raises: NoResultFound."""
        return str(self._connection.execute(select(delivery.c.channel).where(delivery.c.id == number)).scalar_one())

    def place_of(self, key: str) -> tuple[str, str | None, str] | None:
        """The (workspace, organisation, channel) of a delivery, by their ids of now; None where there is none."""
        columns = (delivery.c.team, delivery.c.enterprise, delivery.c.channel)
        row = self._connection.execute(select(*columns).where(delivery.c.key == key)).one_or_none()
        return (row.team, row.enterprise, row.channel) if row is not None else None

    def posted_ts(self, key: str) -> str | None:
        """The `ts` of the message that a delivery became; None while it is not sent."""
        return self._connection.execute(select(delivery.c.ts).where(delivery.c.key == key)).scalar()

    def heads(self, queue: QueueName, team: str, now: datetime) -> list[Head]:
        """The due deliveries of a worker that are the first of their channels, in no order: a reply, or else what
        became due first, and waits for no earlier post."""
        due = and_(_of_worker(queue, team), is_due(), delivery.c.due_at <= now)
        columns = select(*(delivery.c[name] for name in ("id", "channel", "due_at", "attempt_at", "kind")))
        # Two statements: of one, Postgres may think that it finds most of the table.
        numbers = self._connection.execute(_firsts(queue, team, due)).scalars().all()
        firsts = self._connection.execute(columns.where(delivery.c.id.in_(numbers))).all()
        # The last of a channel counts.
        replies = columns.where(due, delivery.c.kind == _literal("reply"))
        newest_first = replies.order_by(delivery.c.due_at.desc(), delivery.c.id.desc())
        rows = [*firsts, *self._connection.execute(newest_first)]
        return list({row.channel: _head(row) for row in rows}.values())

    def read(self, numbers: Sequence[int]) -> list[Delivery]:
        """Deliveries by their ids, in that order, without those that are not due any more."""
        rows = self._connection.execute(select(delivery).where(delivery.c.id.in_(numbers), is_due()))
        found = {row.id: _delivery(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def next_due(self, queue: QueueName, team: str) -> datetime | None:
        """When a worker's next delivery is due that waits for no earlier post; None where it has none."""
        query = select(delivery.c.due_at).where(_of_worker(queue, team), is_due(), in_turn())
        return self._connection.execute(query.order_by(delivery.c.due_at).limit(1)).scalar()

    # Outcomes

    def mark_attempt(self, row: Delivery, now: datetime, *, blindly: bool = False) -> bool:
        """Stores that an attempt begins; False where the delivery is not due any more, or another attempt was stored
        since the row was read. `blindly`: the outcome of the earlier attempt is unknown."""
        query = update(delivery).where(delivery.c.id == row.id, delivery.c.state.in_(DUE))
        # Compare and set: of two runs that read the same row only one may send it.
        query = query.where(delivery.c.attempts == row.attempts)
        marked = {"attempt_at": now, "attempts": delivery.c.attempts + 1, "state": "unknown"}
        return (
            self._connection.execute(query.values(**marked, **({"resent_blindly": True} if blindly else {}))).rowcount
            == 1
        )

    def set_state(self, number: int, state: State, **values: Any) -> None:
        """Stores the outcome of a delivery, with other columns by name."""
        self._connection.execute(update(delivery).where(delivery.c.id == number).values(state=state, **values))

    def mark_sent(self, number: int, ts: str) -> None:
        """Slack took the message; `attempt_at` stays, since the rate limit is computed from it."""
        self.set_state(number, "sent", ts=ts, error=None, refused_since=None)

    def retry_at(self, number: int, due_at: datetime, error: str) -> None:
        """The message did not arrive; it is sent again at `due_at`."""
        # Without `attempt_at` a newer delivery may replace it, and the rate limit does not count it.
        self.set_state(number, "pending", due_at=due_at, error=error, attempt_at=None)

    def mark_unknown(self, number: int, due_at: datetime, error: str) -> None:
        """The message may have arrived; at `due_at` it is safe to look for it."""
        self.set_state(number, "unknown", due_at=due_at, error=error)

    def note_refusal(self, number: int, now: datetime) -> None:
        """Slack has refused a delivery with a word that this version does not know: the first time counts."""
        first = and_(delivery.c.id == number, delivery.c.refused_since.is_(None))
        self._connection.execute(update(delivery).where(first).values(refused_since=now))

    def unblock(self, key: str, now: datetime) -> None:
        """The message that a delivery waited for was sent: it is due now."""
        self._connection.execute(
            update(delivery)
            .where(delivery.c.key == key, delivery.c.state == "waiting")
            .values(state="pending", due_at=now)
        )

    def unblock_changes(self, team: str, channel: str, slug: str, now: datetime) -> None:
        """The changes of a brief that waited for a thread are due now."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.slug == slug)
        waiting = and_(here, delivery.c.kind == "change", delivery.c.state == "waiting")
        self._connection.execute(update(delivery).where(waiting).values(state="pending", due_at=now, error=None))

    def parent_state(self, team: str, channel: str, slug: str, publication: int) -> State | None:
        """The state of the parent that the change of a publication waits for, or waited for; None where there is none.
        Not looked up by its key, which keeps the former names of its channel and its brief."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.slug == slug)
        parent = and_(delivery.c.kind == "parent", delivery.c.publication == publication)
        query = select(delivery.c.state).where(here, parent).order_by(delivery.c.id.desc()).limit(1)
        return self._connection.execute(query).scalar()

    def is_other_parent_unknown(self, parent: Delivery, slug: str) -> bool:
        """Whether it is still to be found out if another parent of a brief's thread was posted in a channel."""
        here = and_(delivery.c.team == parent.team, delivery.c.channel == parent.channel, delivery.c.slug == slug)
        other = and_(delivery.c.kind == "parent", delivery.c.state == "unknown", delivery.c.id != parent.id)
        return self._connection.execute(select(delivery.c.id).where(here, other).limit(1)).first() is not None

    def open_among(self, keys: Collection[str]) -> set[str]:
        """Those of some keys whose deliveries are still to be sent."""
        query = select(delivery.c.key).where(delivery.c.key.in_(keys), delivery.c.state.in_(OPEN))
        return set(self._connection.execute(query).scalars())

    def unsent_notes(self, team: str, channel: str, publication: int) -> list[tuple[str, CorrectionNote]]:
        """(key, content) of the notes in a channel about a publication that no attempt was made for, oldest first."""
        notes = and_(delivery.c.slug.is_(None), delivery.c.kind == "note", delivery.c.state.in_(("pending", "waiting")))
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.publication == publication)
        query = select(delivery.c.key, delivery.c.content).where(notes, here, delivery.c.attempt_at.is_(None))
        rows = self._connection.execute(query.order_by(delivery.c.id))
        return [(row.key, CONTENT.validate_json(row.content)) for row in rows]  # type: ignore[misc]  # they are notes

    def notes(self, team: str, channel: str, publication: int) -> list[CorrectionNote]:
        """The notes in a channel about a publication, sent or still to be sent."""
        notes = and_(delivery.c.slug.is_(None), delivery.c.kind == "note", delivery.c.state.not_in(("void", "dead")))
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.publication == publication)
        contents = self._connection.execute(select(delivery.c.content).where(notes, here)).scalars()
        return [CONTENT.validate_json(content) for content in contents]  # type: ignore[misc]  # they are notes

    def extend_note(self, key: str, note: CorrectionNote) -> bool:
        """A note is about more posts, and waits for the edit of the last; False where an attempt was made meanwhile."""
        unsent = and_(delivery.c.state.in_(("pending", "waiting")), delivery.c.attempt_at.is_(None))
        query = update(delivery).where(delivery.c.key == key, unsent)
        return self._connection.execute(query.values(state="waiting", content=_json(note))).rowcount == 1

    def open_changes(self, team: str, channel: str, slug: str) -> list[ChangePost]:
        """The posts about changes of a brief that are still to be sent to a channel."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.slug == slug)
        query = select(delivery.c.content).where(here, delivery.c.kind == "change", delivery.c.state.in_(OPEN))
        return [CONTENT.validate_json(content) for content in self._connection.execute(query).scalars()]  # type: ignore[misc]  # they are ChangePosts

    def pause(self, team: str, channel: str, why: str) -> None:
        """Holds back the deliveries to a channel that cannot be posted to; `why` is the code of a `PauseReason`."""
        # Not those of unknown outcome: it is still to be found out whether they arrived.
        # Nor replies: who asked for one is told that it is refused.
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.state == "pending")
        waits = and_(here, delivery.c.kind != "reply")
        self._connection.execute(update(delivery).where(waits).values(state="paused", error=why))

    def resume(self, team: str, channel: str, now: datetime) -> None:
        """The deliveries to a channel that were held back are due now."""
        here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.state == "paused")
        self._connection.execute(update(delivery).where(here).values(state="pending", due_at=now, error=None))

    def retry_held(self, now: datetime) -> None:
        """Deliveries that were held for an operator are looked for, and sent again if they did not arrive."""
        self._connection.execute(update(delivery).where(delivery.c.state == "held").values(state="unknown", due_at=now))

    def open_digests(self) -> set[int]:
        """The numbers of the digests that have messages still to be sent."""
        return {number for number, _ in self._open_pages()}

    def _open_pages(self) -> list[tuple[int, int]]:
        """(number, page) of the messages of digests that are still to be sent."""
        pages = and_(in_states(UNSETTLED), delivery.c.state.in_(OPEN), delivery.c.kind == "digest")
        contents = map(json.loads, self._connection.execute(select(delivery.c.content).where(pages)).scalars())
        return [(int(each["digest_id"]), int(each["page"])) for each in contents]

    def delete_before(self, before: datetime, most: int) -> int:
        """Deletes deliveries that were due before an instant and have ended; how many, at most so many. Posted messages
        stay, and so do the messages of a digest, as long as others go on from the last into the thread of the first."""
        posted = [f"digest|{number}|{each}" for number, page in self._open_pages() for each in range(1, page)]
        ended = and_(in_states(ENDED), delivery.c.due_at < before, delivery.c.key.not_in(posted))
        some = select(delivery.c.id).where(ended).order_by(delivery.c.due_at).limit(most)
        return delete_found(self._connection, delivery, some)

    # Pace

    def recent_attempts(self, queue: QueueName, team: str, since: datetime) -> Sequence[tuple[str, datetime]]:
        """(channel, time) of the attempts of a worker since an instant (not included), oldest first."""
        query = select(delivery.c.channel, delivery.c.attempt_at).where(
            _of_worker(queue, team), delivery.c.attempt_at > since
        )
        return [
            (row.channel, row.attempt_at) for row in self._connection.execute(query.order_by(delivery.c.attempt_at))
        ]


def _values(new: NewDelivery) -> dict[str, Any]:
    return {
        "key": new.key,
        "queue": new.queue,
        "team": new.team,
        "enterprise": new.enterprise,
        "channel": new.channel,
        "kind": new.content.kind,
        "slug": getattr(new.content, "slug", None),
        "publication": getattr(new.content, "publication", None),
        "content": _json(new.content),
        "state": new.state,
        "due_at": new.due_at,
        "attempts": 0,
        "resent_blindly": False,
    }


def _json(content: DeliveryContent) -> str:
    return CONTENT.dump_json(content).decode()


def _of_worker(queue: QueueName, team: str) -> Any:
    return and_(delivery.c.queue == queue, delivery.c.team == team)


def _firsts(queue: QueueName, team: str, due: ColumnElement[bool]) -> Select[tuple[int]]:
    """The ids of the first due delivery of each channel. It goes from channel to channel by the index, as one channel
    may have thousands."""
    theirs = and_(_of_worker(queue, team), is_due())
    channels = select(func.min(delivery.c.channel).label("channel")).where(theirs).cte("channels", recursive=True)
    following = select(func.min(delivery.c.channel)).where(theirs, delivery.c.channel > channels.c.channel)
    more = select(following.scalar_subquery()).where(channels.c.channel.is_not(None))
    channels = channels.union_all(more)
    of_channel = select(delivery.c.id).where(due, in_turn(), delivery.c.channel == channels.c.channel)
    first = of_channel.order_by(delivery.c.due_at, delivery.c.id).limit(1).scalar_subquery()
    return select(first).where(channels.c.channel.is_not(None))


def is_due() -> ColumnElement[bool]:
    """The condition of deliveries that this version can send."""
    return and_(is_to_send(), delivery.c.kind.in_(KINDS))


def is_to_send() -> ColumnElement[bool]:
    """The condition of deliveries whose message is still to be sent, or looked for."""
    return in_states(DUE)


def in_states(states: Iterable[State]) -> ColumnElement[bool]:
    """The condition of deliveries in some states, as a partial index of these has it."""
    # Written out: such an index is used only where the statement itself has its condition.
    return delivery.c.state.in_(list(map(_literal, states)))


def _literal(value: str) -> ColumnElement[str]:
    return literal(value, literal_execute=True)


def _head(row: Row[Any]) -> Head:
    return Head(row.id, row.channel, row.due_at, row.attempt_at, row.kind == "reply")


def _delivery(row: Row[Any]) -> Delivery:
    names = (name for name in Delivery.__dataclass_fields__ if name != "content")
    return Delivery(**{name: getattr(row, name) for name in names}, content=CONTENT.validate_json(row.content))
