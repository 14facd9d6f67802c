"""Replies that are owed: answers to mentions, shared copies, confirmations and welcomes.

Each is stored with the work that it tells of, and attempted at once; what Slack does not take then is a worker's to
send, as any other delivery.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Literal

from bot.core.delivery.content import CONFIRMING, Purpose, Reply, ReplyRecord
from bot.errors import BusyError, DatabaseFailureError
from bot.handlers.context import Services
from bot.handlers.delivery.compose_reply import prepared_reply
from bot.handlers.delivery.posted_messages import PostRecord
from bot.handlers.delivery.prepared_message import PreparedMessage
from bot.handlers.delivery.refusals import stop_workspace
from bot.handlers.delivery.send_delivery import call_slack, record_outcome, with_current_channel
from bot.handlers.delivery.slack_errors import classify, is_passing
from bot.handlers.delivery.wake_workers import add_and_wake
from bot.handlers.delivery.worker_run import MAX_MARK_AGE, METHODS
from bot.handlers.ports import ApiFailure, Caller, Posted
from bot.render.document.message import Message
from bot.store.outbox import Delivery, NewDelivery, QueueName
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

QUEUED: Literal["queued"] = "queued"
"""A worker sends it: Slack takes one message a second in a channel, or has asked to wait."""

Undo = Callable[[Transaction], None]

ReplyOutcome = Posted | ApiFailure | Literal["queued"]


class Attempt:
    """The one attempt that is made at once. See `refusals.Run`."""

    queue: QueueName = "post"

    def __init__(self, services: Services, team: str) -> None:
        self.services, self._team, self.ended = services, team, False

    def back_off(self, tx: Transaction, method: str, opens_at: datetime) -> None:
        """Slack asks this workspace not to call a method before an instant."""
        tx.delivery_workers.set_backoff(self._team, method, opens_at, self.services.now())


def owe(
    tx: Transaction,
    services: Services,
    caller: Caller,
    message: Message,
    purpose: Purpose,
    record: PostRecord | None = None,
    publication: int = 0,
) -> Delivery | None:
    """Stores a reply for the channel (and thread) of the caller, with the work of the same transaction; the message
    that asked for it is handled then. `record` is what the store keeps of the post, `publication` the one that it was
    made from. Give the result to `send_now` after the transaction; None where a worker sends it."""
    now = services.now()
    id_ = f"{_request(caller)}|{purpose}"
    stored = _stored(record, publication) if record and publication else None
    content = Reply(
        id_, purpose, message.text, tuple(message.blocks), now, caller.thread_ts, stored, caller.user or None
    )
    new = NewDelivery(caller.team, caller.enterprise, caller.channel, content, now)
    if caller.message is not None and not tx.seen_events.mark_done(caller.message, caller.taken_at):
        raise BusyError
    waits_until = tx.outbox.open_confirmation(caller.team, caller.channel) if purpose in CONFIRMING else None
    if waits_until is not None:
        # The channel reads of changes in their order.
        new = replace(new, due_at=max(now, waits_until))
    elif _may_go_out(tx, services, caller, now):
        return tx.outbox.add_attempted(replace(new, due_at=now + services.cadence.settle), now)
    add_and_wake(tx, services, [new])
    return None


def post_reply(
    services: Services,
    caller: Caller,
    message: Message,
    purpose: Purpose,
    record: PostRecord | None = None,
    publication: int = 0,
    *,
    tell: bool,
) -> ReplyOutcome:
    """Owes a reply that tells of no change, and makes its attempt; see `owe` and `send_now`."""
    with services.store.transaction() as tx:
        delivery = owe(tx, services, caller, message, purpose, record, publication)
    return send_now(delivery, services, tell=tell)


def _stored(record: PostRecord, publication: int) -> ReplyRecord:
    return ReplyRecord(dict(record.content), tuple((each.slug, each.claim) for each in record.claims), publication)


def _request(caller: Caller) -> str:
    """The same for one message, press or command, however often Slack delivers it."""
    if caller.message is not None:
        return caller.message.rpartition("/")[2]
    if caller.trigger_id is not None:
        return sha256(caller.trigger_id.encode()).hexdigest()[:16]
    return token_hex(8)


def _may_go_out(tx: Transaction, services: Services, caller: Caller, now: datetime) -> bool:
    """Whether the limits of Slack allow a post in the channel now."""
    opens_at = tx.delivery_workers.backoffs(caller.team).get(METHODS["post"], now)
    gap: timedelta = services.policy.limits["post"].gap
    return opens_at <= now and not tx.outbox.attempted_in(caller.team, caller.channel, now - gap, now)


def send_now(delivery: Delivery | None, services: Services, *, tell: bool, undo: Undo | None = None) -> ReplyOutcome:
    """Makes the one attempt of an owed reply. What Slack does not take for now stays owed. `tell`: a plain refusal is
    told by the caller, to whoever waits, and ends the reply; else it is treated as that of any delivery. `undo` takes
    back, with the refusal, what the reply tells of where the bot may not post. Raises: DatabaseFailureError where a
    refusal that is to be told was not recorded."""
    # After a pause of this process a worker may have sent it meanwhile.
    if delivery is None or _age(delivery, services) > MAX_MARK_AGE:
        return QUEUED
    prepared = prepared_reply(delivery)
    answer = call_slack(delivery, prepared, services, person_waits=True)
    try:
        with services.store.transaction() as tx:
            _record(tx, answer, delivery, prepared, services, tell=tell, undo=undo)
    # It stays of unknown outcome, so that a worker looks for it, and records it with what follows.
    except DatabaseFailureError:
        if tell and is_refused(answer):
            raise
        logger.exception("the outcome of %s was not recorded", delivery.key)
    return answer


def _age(delivery: Delivery, services: Services) -> timedelta:
    """How long ago the attempt was stored."""
    now = services.now()
    return abs(now - (delivery.attempt_at or now))


def _record(
    tx: Transaction,
    answer: Posted | ApiFailure,
    delivery: Delivery,
    prepared: PreparedMessage,
    services: Services,
    *,
    tell: bool,
    undo: Undo | None,
) -> None:
    # A worker that was quicker has stored the outcome of an attempt of its own.
    if not tx.outbox.lock_attempt(delivery.id, delivery.attempts + 1):
        return
    delivery, answer = with_current_channel(tx, delivery, answer)
    attempt = Attempt(services, delivery.team)
    if tell and isinstance(answer, ApiFailure) and is_refused(answer):
        tx.outbox.set_state(delivery.id, "void", error=answer.error, attempt_at=None)
        if classify(answer) == "stop":
            stop_workspace(tx, delivery.team, answer.error, attempt)
        if classify(answer) == "pause" and undo is not None:
            undo(tx)
    else:
        record_outcome(tx, answer, delivery, prepared, attempt)


def is_refused(answer: ReplyOutcome) -> bool:
    """Whether Slack plainly refused a reply, so that nobody sends it any more; False where it is, or stays, owed."""
    return isinstance(answer, ApiFailure) and not is_passing(answer)
