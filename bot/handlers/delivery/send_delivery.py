"""Sends one delivery to Slack and records the outcome.

An attempt is stored before the call and its outcome after it. In between the outcome is unknown, and whoever comes next
looks for the message in the channel before sending it again.
"""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from bot.core.delivery.content import PauseNotice
from bot.errors import DatabaseFailureError
from bot.handlers.context import Services
from bot.handlers.delivery import after_sent, channel_pausing, compose_delivery
from bot.handlers.delivery.compose_delivery import NotSent, PreparedMessage
from bot.handlers.delivery.slack_errors import NO_HISTORY_ACCESS, NOT_EDITABLE, classify
from bot.handlers.delivery.worker_run import HISTORY, MAX_MARK_AGE, METHODS, REPLIES, WorkerRun
from bot.handlers.ports import ApiFailure, Posted
from bot.store.outbox import Delivery
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

BACK_OFF_MAX = timedelta(minutes=1)

EarlierAttempt = Posted | Literal["absent", "unknowable", "settled"]
"""What is known of an earlier attempt: where it was posted; that it never arrived; that we may not look; or that its
state is recorded and nothing more is to be done now."""


def send_delivery(delivery: Delivery, run: WorkerRun) -> None:
    """Composes, marks, sends and records one delivery. Raises: DatabaseFailureError."""
    prepared = _prepare(delivery, run.services)
    if not isinstance(prepared, PreparedMessage):
        with run.services.store.transaction() as tx:
            _record_not_sent(tx, delivery, prepared, run)
        return
    earlier = _find_earlier_attempt(delivery, prepared, run)
    if isinstance(earlier, Posted):
        _record(earlier, delivery, prepared, run)
    elif earlier != "settled" and _mark_attempt(delivery, run, blindly=earlier == "unknowable"):
        answer = _call_slack(delivery, prepared, run.services)
        # Once Slack has answered: however late this call arrived, the next one arrives a whole gap later.
        run.rate_limiter.record_call(delivery.channel, run.services.now())
        _record(answer, delivery, prepared, run)


def _record(answer: Posted | ApiFailure, delivery: Delivery, prepared: PreparedMessage, run: WorkerRun) -> None:
    with run.services.store.transaction() as tx:
        if isinstance(answer, Posted):
            tx.outbox.mark_sent(delivery.id, answer.ts)
            after_sent.after_sent(tx, run.services, delivery, prepared, answer)
        else:
            _record_failure(tx, delivery, prepared, answer, run)


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
            tx.outbox.set_state(delivery.id, "dead", error="cannot be composed")
        case "later":
            tx.outbox.retry_at(delivery.id, run.services.now() + run.services.cadence.retry, "waits for its thread")
        case "void":
            tx.outbox.set_state(delivery.id, "void")


def _find_earlier_attempt(delivery: Delivery, prepared: PreparedMessage, run: WorkerRun) -> EarlierAttempt:
    """Looks for an attempt of unknown outcome. Edits are not looked for: the same edit twice is one."""
    if delivery.attempt_at is None or prepared.ts is not None:
        return "absent"
    answer = run.services.slack.find_posted(
        delivery.team, delivery.channel, delivery.key, delivery.attempt_at, prepared.thread_ts
    )
    if isinstance(answer, ApiFailure):
        return _lookup_failed(delivery, prepared, answer, run)
    return answer or "absent"


def _lookup_failed(
    delivery: Delivery, prepared: PreparedMessage, failure: ApiFailure, run: WorkerRun
) -> EarlierAttempt:
    # Without the right to read, no later look can tell either: the operator's policy decides.
    no_access = failure.error in NO_HISTORY_ACCESS
    if no_access and run.services.policy.unconfirmed_posts == "resend":
        return "unknowable"
    with run.services.store.transaction() as tx:
        if no_access:
            tx.outbox.set_state(delivery.id, "held", error=failure.error)
            return "settled"
        opens_at = run.services.now() + (failure.retry_after or _back_off(delivery.attempts, run.services))
        tx.outbox.mark_unknown(delivery.id, opens_at, failure.error)
        if failure.retry_after is not None:
            run.back_off(tx, HISTORY if prepared.thread_ts is None else REPLIES, opens_at)
    return "settled"


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


def _call_slack(delivery: Delivery, prepared: PreparedMessage, services: Services) -> Posted | ApiFailure:
    team, channel, message = delivery.team, delivery.channel, prepared.message
    if prepared.ts is not None:
        return services.slack.update(team, channel, prepared.ts, message)
    return services.slack.post(
        team, channel, message, prepared.thread_ts, key=delivery.key, broadcast=prepared.broadcast
    )


def _record_failure(
    tx: Transaction, delivery: Delivery, prepared: PreparedMessage, failure: ApiFailure, run: WorkerRun
) -> None:
    services, error = run.services, failure.error
    now = services.now()
    retry_at = now + (failure.retry_after or _back_off(delivery.attempts, services))
    if failure.retry_after is not None:
        run.back_off(tx, METHODS[run.queue], retry_at)
    # Before `classify`, to which these errors of chat.update are unknown, and so bugs.
    if prepared.ts is not None and error in NOT_EDITABLE:
        after_sent.not_editable(tx, services, delivery, error)
        return
    match classify(failure):
        case "later":
            tx.outbox.retry_at(delivery.id, retry_at, error)
        # An edit may be made twice, so there is nothing to look for.
        case "unknown" if prepared.ts is not None:
            tx.outbox.retry_at(delivery.id, retry_at, error)
        case "unknown":
            tx.outbox.mark_unknown(delivery.id, now + services.cadence.settle, error)
        # A notice that cannot be posted must not pause the conversation with a person, and send another notice.
        case "pause" if not isinstance(delivery.content, PauseNotice):
            tx.outbox.set_state(delivery.id, "paused", error=error, attempt_at=None)
            channel_pausing.pause_channel(tx, services, delivery.team, delivery.channel, error)
        case "stop":
            # Due at once: stopped workspaces send nothing, and go on here once they are installed again.
            tx.outbox.retry_at(delivery.id, now, error)
            _stop_workspace(tx, delivery.team, error, run)
        case _:
            tx.outbox.set_state(delivery.id, "dead", error=error, attempt_at=None)
            logger.error("delivery %s is given up: Slack answers %s", delivery.key, error)


def _stop_workspace(tx: Transaction, team: str, error: str, run: WorkerRun) -> None:
    tx.subscriptions.mark_stopped(team, error)
    run.ended = True
    logger.error("workspace %s is stopped: Slack answers %s", team, error)


def _back_off(attempts: int, services: Services) -> timedelta:
    """Twice the first wait for each further attempt, at most a minute."""
    # The exponent is limited because a `timedelta` overflows on large factors.
    factor: int = 2 ** min(attempts, 10)
    return min(services.cadence.retry * factor, BACK_OFF_MAX)
