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

from bot.core.delivery.rate_limit import RateLimiter
from bot.handlers.context import Services
from bot.handlers.delivery import channel_pausing, compose_delivery
from bot.handlers.delivery.compose_delivery import PreparedMessage
from bot.handlers.delivery.slack_errors import NO_HISTORY_ACCESS, NOT_EDITABLE, classify
from bot.handlers.ports import ApiFailure, Posted
from bot.store import outbox, subscriptions
from bot.store.outbox import Delivery, QueueName

logger = logging.getLogger(__name__)

METHODS: dict[QueueName, str] = {"post": "chat.postMessage", "update": "chat.update"}
HISTORY, REPLIES = "conversations.history", "conversations.replies"

SETTLE_TIME = timedelta(seconds=6)
"""So long after an attempt it has arrived or never will: three times as long as the HTTP client waits, since a request
that it has given up may still be on its way."""

MAX_MARK_AGE = timedelta(seconds=1)
"""A mark that is older when the message is about to be sent says the wrong instant: the process was held up."""

THREAD_WAIT = timedelta(seconds=1)
BACK_OFF_MAX = timedelta(minutes=5)

EarlierAttempt = Posted | Literal["absent", "unknowable", "settled"]
"""What is known of an earlier attempt; `settled`: nothing more is to be done about it now."""


class Run(Protocol):
    """The run of a lane, as far as one message needs it."""

    services: Services
    rate_limiter: RateLimiter
    ended: bool

    def is_current(self, connection: Connection) -> bool:
        """Whether it may go on."""
        ...

    def back_off(self, connection: Connection, method: str, opens_at: datetime) -> None:
        """Until when a method must not be called."""
        ...


def send_delivery(row: Delivery, run: Run) -> None:
    """One message from the outbox to Slack."""
    services = run.services
    parcel = _prepare(row, services)
    if not isinstance(parcel, PreparedMessage):
        with services.store.writing() as connection:
            _record_not_sent(connection, row, parcel, run)
        return
    known = _find_earlier_attempt(row, parcel, run)
    if isinstance(known, Posted):
        with services.store.writing() as connection:
            _mark_sent(connection, row, parcel, known, services)
    elif known != "settled" and _mark_attempt(row, run, again=known == "unknowable"):
        answer = _send(row, parcel, services)
        with services.store.writing() as connection:
            if isinstance(answer, Posted):
                _mark_sent(connection, row, parcel, answer, services)
            else:
                _record_failure(connection, row, parcel, answer, run)


def _prepare(row: Delivery, services: Services) -> PreparedMessage | compose_delivery.NotSent:
    """What to send. A message that cannot be made is our mistake, and must not hold up those behind it."""
    try:
        with services.store.reading() as connection:
            return compose_delivery.prepare(connection, services, row)
    except DBAPIError:
        raise
    except Exception:
        logger.exception("delivery %s cannot be made", row.key)
        return "bug"


def _record_not_sent(connection: Connection, row: Delivery, why: compose_delivery.NotSent, run: Run) -> None:
    if why == "bug":
        outbox.set_state(connection, row.id, "dead", error="cannot be made")
    elif why == "later":
        outbox.retry_at(connection, row.id, run.services.now() + THREAD_WAIT, "waits for its thread")
    else:
        outbox.set_state(connection, row.id, "void")


def _find_earlier_attempt(row: Delivery, parcel: PreparedMessage, run: Run) -> EarlierAttempt:
    """What became of an earlier attempt. An edit need not be looked for: the same one twice is one."""
    if row.attempt_at is None or parcel.ts is not None:
        return "absent"
    found = run.services.slack.find_posted(row.team, row.channel, row.key, row.attempt_at, parcel.thread_ts)
    if isinstance(found, ApiFailure):
        return _lookup_failed(row, parcel, found, run)
    return found or "absent"


def _lookup_failed(row: Delivery, parcel: PreparedMessage, refused: ApiFailure, run: Run) -> EarlierAttempt:
    if refused.error in NO_HISTORY_ACCESS and run.services.unconfirmed_posts == "resend":
        return "unknowable"
    now = run.services.now()
    with run.services.store.writing() as connection:
        if refused.error in NO_HISTORY_ACCESS:
            outbox.set_state(connection, row.id, "held", error=refused.error)
            return "settled"
        opens = now + (refused.retry_after or _back_off(row.attempts))
        outbox.mark_unknown(connection, row.id, opens, refused.error)
        if refused.retry_after is not None:
            run.back_off(connection, HISTORY if parcel.thread_ts is None else REPLIES, opens)
    return "settled"


def _mark_attempt(row: Delivery, run: Run, *, again: bool) -> bool:
    """Marks the attempt; False where it is no longer ours to make. Nothing may stand between this and the attempt."""
    services = run.services
    while True:
        at = services.now()
        with services.store.writing() as connection:
            if not (run.is_current(connection) and outbox.mark_attempt(connection, row, at, again=again)):
                return False
        row = replace(row, attempts=row.attempts + 1)
        if services.now() - at < MAX_MARK_AGE:
            run.rate_limiter.record_call(row.channel, at)
            return True


def _send(row: Delivery, parcel: PreparedMessage, services: Services) -> Posted | ApiFailure:
    where = (row.team, row.channel)
    if parcel.ts is not None:
        return services.slack.update(*where, parcel.ts, parcel.message)
    return services.slack.post(*where, parcel.message, parcel.thread_ts, key=row.key, broadcast=parcel.broadcast)


def _mark_sent(
    connection: Connection, row: Delivery, parcel: PreparedMessage, posted: Posted, services: Services
) -> None:
    outbox.mark_sent(connection, row.id, posted.ts)
    compose_delivery.after_sent(connection, services, row, parcel, posted)


def _record_failure(
    connection: Connection, row: Delivery, parcel: PreparedMessage, refused: ApiFailure, run: Run
) -> None:
    services, error = run.services, refused.error
    now = services.now()
    again_at = now + (refused.retry_after or _back_off(row.attempts))
    if refused.retry_after is not None:
        run.back_off(connection, METHODS[row.queue], again_at)
    if parcel.ts is not None and error in NOT_EDITABLE:
        compose_delivery.not_editable(connection, services, row, error)
        return
    match classify(refused):
        case "later":
            outbox.retry_at(connection, row.id, again_at, error)
        case "unknown" if parcel.ts is not None:
            outbox.retry_at(connection, row.id, again_at, error)
        case "unknown":
            outbox.mark_unknown(connection, row.id, now + SETTLE_TIME, error)
        case "pause" if row.kind != "notice":
            outbox.set_state(connection, row.id, "paused", error=error, attempt_at=None)
            channel_pausing.pause_channel(connection, services, row.team, row.channel, error)
        case "stop":
            outbox.retry_at(connection, row.id, now, error)
            subscriptions.mark_stopped(connection, row.team, error)
            run.ended = True
            logger.error("workspace %s is stopped: Slack says %s", row.team, error)
        case _:
            outbox.set_state(connection, row.id, "dead", error=error, attempt_at=None)
            logger.error("delivery %s is given up: Slack says %s", row.key, error)


def _back_off(attempts: int) -> timedelta:
    """1, 2, 4 … seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 10)), BACK_OFF_MAX)
