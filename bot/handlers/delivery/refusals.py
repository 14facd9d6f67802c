"""What becomes of a delivery that Slack did not take, by the class of its word."""

import logging
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.delivery.content import PostEdit, Reply
from bot.core.delivery.waiting import WAIT_MAX
from bot.handlers.context import Services
from bot.handlers.delivery import after_sent, channel_pausing
from bot.handlers.delivery.prepared_message import PreparedMessage
from bot.handlers.delivery.slack_errors import RATE_LIMITS, classify
from bot.handlers.delivery.worker_run import METHODS
from bot.handlers.ports import ApiFailure
from bot.store.outbox import Delivery, QueueName
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

UNLISTED_MAX = timedelta(days=1)
"""So long a delivery is tried again that Slack refuses with a word which this version does not know."""

NOTE_PATIENCE = 10
"""Attempts of an edit, about five minutes, after which its correction note goes out without it."""


class Run(Protocol):
    """Who sends: a worker's run, or the one attempt that is made while somebody waits."""

    services: Services
    queue: QueueName
    ended: bool

    def back_off(self, tx: Transaction, method: str, opens_at: datetime) -> None:
        """Slack asks this workspace not to call a method before an instant."""
        ...


def record_failure(
    tx: Transaction, delivery: Delivery, prepared: PreparedMessage, failure: ApiFailure, run: Run
) -> None:
    """Stores the outcome of a call that failed, and what follows from it."""
    services, error, is_edit = run.services, failure.error, prepared.ts is not None
    now, is_limit = services.now(), error in RATE_LIMITS
    wait = _growing_wait(tx, delivery.team, run) if is_limit else back_off(delivery.attempts, services)
    retry_at = now + (failure.retry_after or wait)
    if failure.retry_after is not None or is_limit:
        run.back_off(tx, METHODS[run.queue], retry_at)
    match classify(failure):
        case "later":
            tx.outbox.retry_at(delivery.id, retry_at, error)
        # An edit may be made twice, so there is nothing to look for.
        case "unknown" if is_edit:
            tx.outbox.retry_at(delivery.id, retry_at, error)
        case "unknown":
            tx.outbox.mark_unknown(delivery.id, now + settling_wait(delivery, services), error)
        case "unlisted" if not refused_for_too_long(delivery, services):
            tx.outbox.retry_at(delivery.id, retry_at, error)
            tx.outbox.note_refusal(delivery.id, now)
        case "pause" if isinstance(delivery.content, Reply):
            after_sent.reply_refused(tx, services, delivery, error)
        case "pause" if not isinstance(delivery.content, after_sent.TO_PERSONS):
            tx.outbox.set_state(delivery.id, "paused", error=error, attempt_at=None)
            channel_pausing.pause_channel(tx, services, delivery.team, delivery.channel, error)
        case "stop":
            # Due at once: stopped workspaces send nothing, and go on here once they are installed again.
            tx.outbox.retry_at(delivery.id, now, error)
            stop_workspace(tx, delivery.team, error, run)
        case _:
            after_sent.give_up(tx, services, delivery, error)
            return
    if isinstance(delivery.content, PostEdit) and delivery.attempts + 1 >= NOTE_PATIENCE:
        after_sent.note_alone(tx, services, delivery, error)


def _growing_wait(tx: Transaction, team: str, run: Run) -> timedelta:
    """How long a workspace waits where Slack does not say so: twice as long as before, if that wait has just ended."""
    first, now = run.services.cadence.retry, run.services.now()
    last = tx.delivery_workers.last_backoff(team, METHODS[run.queue])
    if last is None or now - last.opens_at > last.wait + first:
        return first
    return min(max(first, 2 * last.wait), WAIT_MAX)


def refused_for_too_long(delivery: Delivery, services: Services) -> bool:
    """Whether Slack has refused a delivery for a day with words that this version does not know."""
    return delivery.refused_since is not None and services.now() - delivery.refused_since >= UNLISTED_MAX


def stop_workspace(tx: Transaction, team: str, error: str, run: Run) -> None:
    """Nothing is sent to the workspace until it is installed again."""
    tx.subscriptions.mark_stopped(team, error)
    run.ended = True
    remedy = "install the app again from its manifest, then start the bot anew"
    logger.error("nothing is posted to workspace %s any more: Slack answers %s; %s", team, error, remedy)


def settling_wait(delivery: Delivery, services: Services) -> timedelta:
    """How long a delivery waits until it is looked for: until its attempt has surely ended, or longer after many."""
    return max(services.cadence.settle, back_off(delivery.attempts, services))


def back_off(attempts: int, services: Services) -> timedelta:
    """Twice the first wait for each further attempt, at most a minute."""
    # The exponent is limited because a `timedelta` overflows on large factors.
    factor: int = 2 ** min(attempts, 10)
    return min(services.cadence.retry * factor, WAIT_MAX)
