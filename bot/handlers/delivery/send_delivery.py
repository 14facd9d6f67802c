"""Sends one message, and records what became of it.

A message is marked before it is sent and recorded after; in between nobody knows whether it arrived. Whoever comes
next looks for it in the channel before sending it again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.core.delivery.rate_limit import Pace
from bot.handlers.context import Office
from bot.handlers.delivery import channel_pausing, compose_delivery
from bot.handlers.delivery.compose_delivery import Parcel
from bot.handlers.delivery.slack_errors import CANNOT_LOOK, NOT_EDITABLE, meaning
from bot.handlers.ports import Posted, Refused
from bot.store import outbox, subscriptions
from bot.store.outbox import Delivery, QueueName

logger = logging.getLogger(__name__)

METHODS: dict[QueueName, str] = {"post": "chat.postMessage", "update": "chat.update"}
HISTORY, REPLIES = "conversations.history", "conversations.replies"

SETTLED = timedelta(seconds=6)
"""So long after an attempt it has arrived or never will: three times as long as the HTTP client waits, since a request
that it has given up may still be on its way."""

FRESH = timedelta(seconds=1)
"""A mark that is older when the message is about to be sent says the wrong instant: the process was held up."""

THREAD_WAIT = timedelta(seconds=1)
BACK_OFF_MAX = timedelta(minutes=5)

Known = Posted | Literal["absent", "unknowable", "settled"]
"""What is known of an earlier attempt; `settled`: nothing more is to be done about it now."""


class Run(Protocol):
    """The run of a lane, as far as one message needs it."""

    office: Office
    pace: Pace
    ended: bool

    def is_current(self, connection: Connection) -> bool:
        """Whether it may go on."""
        ...

    def shut(self, connection: Connection, method: str, opens_at: datetime) -> None:
        """Until when a method must not be called."""
        ...


def deliver(row: Delivery, run: Run) -> None:
    """One message from the outbox to Slack."""
    office = run.office
    parcel = _made(row, office)
    if not isinstance(parcel, Parcel):
        with office.store.writing() as connection:
            _unsent(connection, row, parcel, run)
        return
    known = _look(row, parcel, run)
    if isinstance(known, Posted):
        with office.store.writing() as connection:
            _taken(connection, row, parcel, known, office)
    elif known != "settled" and _marked(row, run, again=known == "unknowable"):
        answer = _send(row, parcel, office)
        with office.store.writing() as connection:
            if isinstance(answer, Posted):
                _taken(connection, row, parcel, answer, office)
            else:
                _refused(connection, row, parcel, answer, run)


def _made(row: Delivery, office: Office) -> Parcel | compose_delivery.Unsent:
    """What to send. A message that cannot be made is our mistake, and must not hold up those behind it."""
    try:
        with office.store.reading() as connection:
            return compose_delivery.parcel(connection, office, row)
    except DBAPIError:
        raise
    except Exception:
        logger.exception("delivery %s cannot be made", row.key)
        return "bug"


def _unsent(connection: Connection, row: Delivery, why: compose_delivery.Unsent, run: Run) -> None:
    if why == "bug":
        outbox.settle(connection, row.id, "dead", error="cannot be made")
    elif why == "later":
        outbox.later(connection, row.id, run.office.now() + THREAD_WAIT, "waits for its thread")
    else:
        outbox.settle(connection, row.id, "void")


def _look(row: Delivery, parcel: Parcel, run: Run) -> Known:
    """What became of an earlier attempt. An edit need not be looked for: the same one twice is one."""
    if row.attempt_at is None or parcel.ts is not None:
        return "absent"
    found = run.office.sender.find(row.team, row.channel, row.key, row.attempt_at, parcel.thread_ts)
    if isinstance(found, Refused):
        return _not_found_out(row, parcel, found, run)
    return found or "absent"


def _not_found_out(row: Delivery, parcel: Parcel, refused: Refused, run: Run) -> Known:
    if refused.error in CANNOT_LOOK and run.office.unknown == "resend":
        return "unknowable"
    now = run.office.now()
    with run.office.store.writing() as connection:
        if refused.error in CANNOT_LOOK:
            outbox.settle(connection, row.id, "held", error=refused.error)
            return "settled"
        opens = now + (refused.retry_after or _back_off(row.attempts))
        outbox.unknown(connection, row.id, opens, refused.error)
        if refused.retry_after is not None:
            run.shut(connection, HISTORY if parcel.thread_ts is None else REPLIES, opens)
    return "settled"


def _marked(row: Delivery, run: Run, *, again: bool) -> bool:
    """Marks the attempt; False where it is no longer ours to make. Nothing may stand between this and the attempt."""
    office = run.office
    while True:
        at = office.now()
        with office.store.writing() as connection:
            if not (run.is_current(connection) and outbox.claim(connection, row, at, again=again)):
                return False
        row = replace(row, attempts=row.attempts + 1)
        if office.now() - at < FRESH:
            run.pace.went(row.channel, at)
            return True


def _send(row: Delivery, parcel: Parcel, office: Office) -> Posted | Refused:
    where = (row.team, row.channel)
    if parcel.ts is not None:
        return office.sender.update(*where, parcel.ts, parcel.message)
    return office.sender.post(*where, parcel.message, parcel.thread_ts, key=row.key, broadcast=parcel.broadcast)


def _taken(connection: Connection, row: Delivery, parcel: Parcel, posted: Posted, office: Office) -> None:
    outbox.sent(connection, row.id, posted.ts)
    compose_delivery.record(connection, office, row, parcel, posted)


def _refused(connection: Connection, row: Delivery, parcel: Parcel, refused: Refused, run: Run) -> None:
    office, error = run.office, refused.error
    now = office.now()
    again_at = now + (refused.retry_after or _back_off(row.attempts))
    if refused.retry_after is not None:
        run.shut(connection, METHODS[row.queue], again_at)
    if parcel.ts is not None and error in NOT_EDITABLE:
        compose_delivery.not_editable(connection, office, row, error)
        return
    match meaning(refused):
        case "later":
            outbox.later(connection, row.id, again_at, error)
        case "unknown" if parcel.ts is not None:
            outbox.later(connection, row.id, again_at, error)
        case "unknown":
            outbox.unknown(connection, row.id, now + SETTLED, error)
        case "pause" if row.kind != "notice":
            outbox.settle(connection, row.id, "paused", error=error, attempt_at=None)
            channel_pausing.pause(connection, office, row.team, row.channel, error)
        case "stop":
            outbox.later(connection, row.id, now, error)
            subscriptions.stop(connection, row.team, error)
            run.ended = True
            logger.error("workspace %s is stopped: Slack says %s", row.team, error)
        case _:
            outbox.settle(connection, row.id, "dead", error=error, attempt_at=None)
            logger.error("delivery %s is given up: Slack says %s", row.key, error)


def _back_off(attempts: int) -> timedelta:
    """1, 2, 4 … seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 10)), BACK_OFF_MAX)
