"""The outbox: every message that is owed to a channel, and what became of it. It is the truth; jobs only come by."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, update

from bot.store.schema import delivery, delivery_worker, slack_backoff, workspace
from bot.store.store import insert

QueueName = Literal["post", "update"]
Kind = Literal["change", "parent", "refresh", "edit", "note", "notice", "digest"]
State = Literal["pending", "waiting", "sent", "unknown", "held", "paused", "superseded", "void", "dead"]
"""`waiting`: for another delivery; `unknown`: an attempt was made, and nobody knows (yet) whether it arrived; `held`:
as unknown, until somebody looks; `superseded`: a newer one holds its content; `void`: nothing was left to say; `dead`:
Slack refuses it for good."""

DUE: tuple[State, ...] = ("pending", "unknown")
OPEN: tuple[State, ...] = ("pending", "unknown", "waiting", "paused", "held")


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to send. `key` is unique for ever. `about` is what it is about, by kind: the ledger's id of a post for
    an edit or a note, the words of a notice, the number of a digest with that of its page."""

    key: str
    queue: QueueName
    team: str
    enterprise: str | None
    channel: str
    kind: Kind
    due_at: datetime
    slug: str | None = None
    base: int | None = None
    publication: int | None = None
    about: str | None = None
    state: State = "pending"


@dataclass(frozen=True, slots=True)
class Delivery(NewDelivery):
    """A row of the outbox. `attempt_at` is set while nobody knows whether the last attempt arrived."""

    id: int = 0
    attempts: int = 0
    attempt_at: datetime | None = None


def add(connection: Connection, owed: Iterable[NewDelivery]) -> None:
    """Adds messages; those whose keys are there already are left as they are."""
    rows = [{**asdict(each), "attempts": 0, "again": False} for each in owed]
    if rows:
        connection.execute(insert(connection, delivery).on_conflict_do_nothing(index_elements=["key"]), rows)


def supersede(connection: Connection, slug: str) -> dict[tuple[str, str], int]:
    """Takes the changes of a brief back for which no attempt was made; what they began at, by (team, channel): a newer
    message must begin there. One after which another has gone out stays: the newer message would tell that again."""
    later = delivery.alias("later")
    gone_out = (
        select(later.c.id)
        .where(later.c.team == delivery.c.team, later.c.channel == delivery.c.channel, later.c.slug == slug)
        .where(later.c.kind == "change", later.c.publication > delivery.c.publication)
        .where(or_(later.c.attempt_at.is_not(None), later.c.state == "dead"))
    )
    query = (
        update(delivery)
        .where(~exists(gone_out))
        .where(delivery.c.slug == slug, delivery.c.kind == "change", delivery.c.attempt_at.is_(None))
        .where(delivery.c.state.in_(("pending", "paused")))
        .values(state="superseded")
        .returning(delivery.c.team, delivery.c.channel, delivery.c.base)
    )
    found: dict[tuple[str, str], int] = {}
    for row in connection.execute(query):
        found[row.team, row.channel] = min(row.base, found.get((row.team, row.channel), row.base))
    return found


def is_unsent(connection: Connection, key: str) -> bool:
    """Whether a message has not gone out: no attempt was made yet, or it was given up."""
    query = select(delivery.c.state).where(delivery.c.key == key)
    waiting = and_(delivery.c.state.in_(("pending", "paused")), delivery.c.attempt_at.is_(None))
    gone = delivery.c.state.in_(("dead", "superseded"))
    return connection.execute(query.where(or_(waiting, gone))).first() is not None


def cancel_unsent(connection: Connection, key: str) -> bool:
    """Takes a message back, since a newer one will say the same; False where it has gone out, or may have."""
    waiting = and_(delivery.c.state.in_(("pending", "paused")), delivery.c.attempt_at.is_(None))
    connection.execute(update(delivery).where(delivery.c.key == key, waiting).values(state="superseded"))
    return is_unsent(connection, key)


def posted_ts(connection: Connection, key: str) -> str | None:
    """Which message in its channel it became."""
    return connection.execute(select(delivery.c.ts).where(delivery.c.key == key)).scalar()


def dead_by_error(connection: Connection, team: str, since: datetime, until: datetime) -> Counter[str]:
    """How many messages of a workspace were given up in `[since, until)`, by Slack's word for it."""
    window = and_(delivery.c.state == "dead", delivery.c.due_at >= since, delivery.c.due_at < until)
    query = select(delivery.c.error, func.count()).where(delivery.c.team == team, window)
    return Counter({row[0]: row[1] for row in connection.execute(query.group_by(delivery.c.error))})


def due_batch(connection: Connection, queue: QueueName, team: str, now: datetime, limit: int) -> list[Delivery]:
    """What is due in a lane, in the order in which it became so."""
    query = select(delivery).where(_lane(queue, team), delivery.c.state.in_(DUE), delivery.c.due_at <= now)
    ordered = query.order_by(delivery.c.due_at, delivery.c.id).limit(limit)
    names = Delivery.__dataclass_fields__
    return [Delivery(**{name: getattr(row, name) for name in names}) for row in connection.execute(ordered)]


def next_due(connection: Connection, queue: QueueName, team: str) -> datetime | None:
    """When a lane has something to do next."""
    query = select(func.min(delivery.c.due_at)).where(_lane(queue, team), delivery.c.state.in_(DUE))
    return connection.execute(query).scalar()


def _lane(queue: QueueName, team: str) -> Any:
    return and_(delivery.c.queue == queue, delivery.c.team == team)


# What becomes of them


def mark_attempt(connection: Connection, row: Delivery, now: datetime, *, again: bool = False) -> bool:
    """Marks an attempt; False where the message is not due any more, or somebody else made an attempt since the row was
    read. `again`: nobody knows about the attempt before."""
    query = update(delivery).where(delivery.c.id == row.id, delivery.c.state.in_(DUE))
    query = query.where(delivery.c.attempts == row.attempts)
    marked = {"attempt_at": now, "attempts": delivery.c.attempts + 1, "state": "unknown"}
    return connection.execute(query.values(**marked, **({"again": True} if again else {}))).rowcount == 1


def set_state(connection: Connection, number: int, state: State, **values: Any) -> None:
    """Records what became of a message."""
    connection.execute(update(delivery).where(delivery.c.id == number).values(state=state, **values))


def mark_sent(connection: Connection, number: int, ts: str) -> None:
    """Slack took it; `attempt_at` stays, since the pace is reckoned from it."""
    set_state(connection, number, "sent", ts=ts, error=None)


def retry_at(connection: Connection, number: int, due_at: datetime, error: str) -> None:
    """It did not arrive, and is tried again."""
    set_state(connection, number, "pending", due_at=due_at, error=error, attempt_at=None)


def mark_unknown(connection: Connection, number: int, due_at: datetime, error: str) -> None:
    """It may have arrived; by then it is safe to look."""
    set_state(connection, number, "unknown", due_at=due_at, error=error)


def unblock(connection: Connection, key: str, now: datetime) -> None:
    """What a message was waiting for has happened."""
    connection.execute(
        update(delivery).where(delivery.c.key == key, delivery.c.state == "waiting").values(state="pending", due_at=now)
    )


def is_open(connection: Connection, key: str) -> bool:
    """Whether a message is still to be sent."""
    query = select(delivery.c.id).where(delivery.c.key == key, delivery.c.state.in_(OPEN))
    return connection.execute(query).first() is not None


def pause(connection: Connection, team: str, channel: str, why: str) -> None:
    """Holds back what is owed to a channel that cannot be reached."""
    here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.state == "pending")
    connection.execute(update(delivery).where(here).values(state="paused", error=why))


def resume(connection: Connection, team: str, channel: str, now: datetime) -> None:
    """What was held back is due."""
    here = and_(delivery.c.team == team, delivery.c.channel == channel, delivery.c.state == "paused")
    connection.execute(update(delivery).where(here).values(state="pending", due_at=now, error=None))


def retry_held(connection: Connection, now: datetime) -> None:
    """What was held for somebody to look at is tried again."""
    connection.execute(update(delivery).where(delivery.c.state == "held").values(state="unknown", due_at=now))


def delete_before(connection: Connection, before: datetime) -> None:
    """Deletes what was done with before an instant; the ledger keeps what was shown."""
    done = delivery.c.state.not_in(OPEN)
    connection.execute(delete(delivery).where(done, delivery.c.due_at < before, delivery.c.kind != "parent"))


def count_by_state(connection: Connection, team: str, kinds: Collection[Kind] | None = None) -> Counter[State]:
    """How many messages of a workspace are in which state."""
    query = select(delivery.c.state, func.count()).where(delivery.c.team == team)
    if kinds is not None:
        query = query.where(delivery.c.kind.in_(kinds))
    return Counter({row[0]: row[1] for row in connection.execute(query.group_by(delivery.c.state))})


def count_resent(connection: Connection, team: str) -> int:
    """How many messages were sent again without knowing."""
    query = select(func.count()).where(delivery.c.team == team, delivery.c.again.is_(True))
    return connection.execute(query).scalar() or 0


# Lanes


def stalled_workers(connection: Connection, now: datetime, since: datetime) -> list[tuple[QueueName, str]]:
    """The lanes with something to do of which nothing was heard since an instant; none of stopped workspaces."""
    query = (
        select(delivery.c.queue, delivery.c.team)
        .outerjoin(
            delivery_worker,
            and_(delivery_worker.c.queue == delivery.c.queue, delivery_worker.c.team == delivery.c.team),
        )
        .where(delivery.c.state.in_(DUE), delivery.c.due_at <= now)
        .where(or_(delivery_worker.c.seen_at.is_(None), delivery_worker.c.seen_at < since))
        .where(delivery.c.team.not_in(select(workspace.c.team).where(workspace.c.stopped.is_not(None))))
        .distinct()
    )
    return [(row.queue, row.team) for row in connection.execute(query)]


def next_job_number(connection: Connection, queue: QueueName, team: str, starts_at: datetime) -> int:
    """The number of a lane's next job; until it starts nobody has to wonder about the lane."""
    query = insert(connection, delivery_worker).values(queue=queue, team=team, epoch=0, run=1, seen_at=starts_at)
    query = query.on_conflict_do_update(
        index_elements=["queue", "team"], set_={"run": delivery_worker.c.run + 1, "seen_at": query.excluded.seen_at}
    )
    return int(connection.execute(query.returning(delivery_worker.c.run)).scalar_one())


def start_run(connection: Connection, queue: QueueName, team: str, now: datetime) -> int:
    """A lane starts; an older run of it, wherever it is, ends at its next step. Gives the epoch."""
    query = insert(connection, delivery_worker).values(queue=queue, team=team, epoch=1, run=0, seen_at=now)
    query = query.on_conflict_do_update(
        index_elements=["queue", "team"], set_={"epoch": delivery_worker.c.epoch + 1, "seen_at": query.excluded.seen_at}
    )
    return int(connection.execute(query.returning(delivery_worker.c.epoch)).scalar_one())


def newest_job_number(connection: Connection, queue: QueueName, team: str) -> int:
    """The number of the job that was queued last."""
    query = select(delivery_worker.c.run).where(delivery_worker.c.queue == queue, delivery_worker.c.team == team)
    return int(connection.execute(query).scalar() or 0)


def holds_token(connection: Connection, queue: QueueName, team: str, epoch: int) -> bool:
    """Whether no other run of the lane has begun since."""
    query = select(delivery_worker.c.epoch).where(delivery_worker.c.queue == queue, delivery_worker.c.team == team)
    return connection.execute(query).scalar() == epoch


def heartbeat(connection: Connection, queue: QueueName, team: str, epoch: int, now: datetime) -> bool:
    """Says that a lane lives; False where another run of it has begun since."""
    query = update(delivery_worker).where(
        delivery_worker.c.queue == queue, delivery_worker.c.team == team, delivery_worker.c.epoch == epoch
    )
    return connection.execute(query.values(seen_at=now)).rowcount == 1


# Pace


def recent_attempts(
    connection: Connection, queue: QueueName, team: str, since: datetime
) -> Sequence[tuple[str, datetime]]:
    """(channel, instant) of the attempts of a workspace since then, oldest first."""
    query = select(delivery.c.channel, delivery.c.attempt_at).where(_lane(queue, team), delivery.c.attempt_at > since)
    return [(row.channel, row.attempt_at) for row in connection.execute(query.order_by(delivery.c.attempt_at))]


def set_backoff(connection: Connection, team: str, method: str, opens_at: datetime) -> None:
    """Slack said when a workspace may call a method again."""
    query = insert(connection, slack_backoff).values(team=team, method=method, opens_at=opens_at)
    connection.execute(query.on_conflict_do_update(index_elements=["team", "method"], set_={"opens_at": opens_at}))


def backoffs(connection: Connection, team: str) -> dict[str, datetime]:
    """When methods open, as far as Slack has said."""
    query = select(slack_backoff.c.method, slack_backoff.c.opens_at).where(slack_backoff.c.team == team)
    return {row.method: row.opens_at for row in connection.execute(query)}
