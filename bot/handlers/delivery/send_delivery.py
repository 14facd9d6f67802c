"""Sends one delivery to Slack and records the outcome.

An attempt is stored before the call and its outcome after it. In between the outcome is unknown, and whoever comes next
looks for the message in the channel before sending it again.
"""

import logging
import time
from dataclasses import replace
from functools import partial

from bot.errors import DatabaseFailureError
from bot.handlers.context import Services
from bot.handlers.delivery import after_sent, compose_delivery
from bot.handlers.delivery.look_back import find_earlier_attempt
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.handlers.delivery.refusals import Run, record_failure
from bot.handlers.delivery.slack_errors import classify
from bot.handlers.delivery.worker_run import MAX_MARK_AGE, WorkerRun
from bot.handlers.ports import ApiFailure, Posted
from bot.store.channel_moves import GONE
from bot.store.outbox import Delivery, NewDelivery
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

FALLBACK_MAX_S = 2
"""Seconds that a call may have taken after which another one follows, so that both end before anybody looks."""


def send_delivery(delivery: Delivery, run: WorkerRun) -> None:
    """Composes, marks, sends and records one delivery. Raises: DatabaseFailureError."""
    prepared = _prepare(delivery, run.services)
    if not isinstance(prepared, PreparedMessage):
        with run.services.store.transaction() as tx:
            _record_not_sent(tx, delivery, prepared, run)
        return
    earlier = find_earlier_attempt(delivery, prepared, run)
    if isinstance(earlier, Posted):
        _record(earlier, delivery, prepared, run)
    elif earlier != "settled" and _mark_attempt(delivery, run, blindly=earlier == "unknowable"):
        answer = call_slack(delivery, prepared, run.services)
        # Once Slack has answered: however late this call arrived, the next one arrives a whole gap later.
        run.rate_limiter.record_call(delivery.channel, run.services.now())
        _record(answer, delivery, prepared, run)


def _record(answer: Posted | ApiFailure, delivery: Delivery, prepared: PreparedMessage, run: WorkerRun) -> None:
    with run.services.store.transaction() as tx:
        delivery, answer = with_current_channel(tx, delivery, answer)
        record_outcome(tx, answer, delivery, prepared, run)


def record_outcome(
    tx: Transaction, answer: Posted | ApiFailure, delivery: Delivery, prepared: PreparedMessage, run: Run
) -> None:
    """Stores what Slack answered, and what follows from it."""
    if isinstance(answer, Posted):
        tx.outbox.mark_sent(delivery.id, answer.ts)
        after_sent.after_sent(tx, run.services, delivery, prepared, answer)
    else:
        record_failure(tx, delivery, prepared, answer, run)


def with_current_channel(
    tx: Transaction, delivery: Delivery, answer: Posted | ApiFailure
) -> tuple[Delivery, Posted | ApiFailure]:
    """Both under the id that the channel has now: it may have got another while Slack was asked. That Slack does not
    find the former one is no word about the new one."""
    channel = tx.outbox.channel_of(delivery.id)
    if channel == delivery.channel:
        return delivery, answer
    delivery = replace(delivery, channel=channel)
    if isinstance(answer, Posted):
        return delivery, replace(answer, channel=channel)
    return delivery, replace(answer, error="unreachable") if answer.error == GONE else answer


def _prepare(delivery: Delivery, services: Services) -> PreparedMessage | NotSent:
    """The message; a delivery whose composition raises is logged and marked dead, so that the queue goes on."""
    try:
        with services.store.snapshot() as tx:
            return compose_delivery.prepare(tx, services, delivery)
    # Not the delivery's fault: the run ends, and the sweep starts another when the database answers again.
    except DatabaseFailureError:
        raise
    except Exception:
        logger.exception("delivery %s cannot be composed", delivery.key)
        return "bug"


def _record_not_sent(tx: Transaction, delivery: Delivery, reason: NotSent, run: WorkerRun) -> None:
    match reason:
        case "bug":
            after_sent.give_up(tx, run.services, delivery, "cannot be composed")
        case NewDelivery() as parent:
            tx.outbox.add_again(parent)
        case "later":
            tx.outbox.retry_at(delivery.id, run.services.now() + run.services.cadence.retry, "waits for its thread")
        case "held":
            # Until somebody looks for its thread, or another one begins.
            tx.outbox.set_state(delivery.id, "waiting", error="waits for its thread")
        case "void":
            after_sent.leave_unsaid(tx, run.services, delivery)


def _mark_attempt(delivery: Delivery, run: WorkerRun, *, blindly: bool) -> bool:
    """Stores the attempt; False where it is no longer ours to make. Nothing may stand between this and the call."""
    services = run.services
    while True:
        at = services.now()
        with services.store.transaction() as tx:
            # Both in one transaction: a run thought dead must not mark what its successor has taken.
            if not (run.is_current(tx) and tx.outbox.mark_attempt(delivery, at, blindly=blindly)):
                return False
        # The mark compares the count, so that a second mark of this run is not taken for another run's.
        delivery = replace(delivery, attempts=delivery.attempts + 1)
        if abs(services.now() - at) < MAX_MARK_AGE:
            return True


def call_slack(
    delivery: Delivery, prepared: PreparedMessage, services: Services, *, person_waits: bool = False
) -> Posted | ApiFailure:
    """Makes the call of a delivery; what its thread does not take is posted in the channel."""
    team, channel, message, thread_ts = delivery.team, delivery.channel, prepared.message, prepared.thread_ts
    if prepared.ts is not None:
        return services.slack.update(team, channel, prepared.ts, message)
    post = partial(services.slack.post, team, channel, message, key=delivery.key, person_waits=person_waits)
    began = time.monotonic()
    answer = post(thread_ts, broadcast=prepared.broadcast)
    is_shut = thread_ts and isinstance(answer, ApiFailure) and classify(answer) == "thread"
    if is_shut and time.monotonic() - began < FALLBACK_MAX_S:
        thread_ts = None
        answer = post(None)
    return replace(answer, thread_ts=thread_ts) if isinstance(answer, Posted) else answer
