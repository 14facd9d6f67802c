"""Looks for an attempt of unknown outcome before a delivery is sent again."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.core.delivery.content import Reply
from bot.handlers.delivery import after_sent
from bot.handlers.delivery.prepared_message import PreparedMessage
from bot.handlers.delivery.refusals import refused_for_too_long, settling_wait, stop_workspace
from bot.handlers.delivery.slack_errors import RATE_LIMITS, classify
from bot.handlers.delivery.worker_run import HISTORY, REPLIES, WorkerRun
from bot.handlers.ports import ApiFailure, Posted
from bot.store.outbox import Delivery
from bot.store.store import Transaction

EarlierAttempt = Posted | Literal["absent", "unknowable", "settled"]
"""What is known of an earlier attempt: where it was posted; that it never arrived; that we may not look; or that its
state is recorded and nothing more is to be done now."""

NO_ACCESS = frozenset("missing_scope not_allowed_token_type".split())
"""What `stop` means for posts, of a look only that the app may not read this kind of conversation."""


def find_earlier_attempt(delivery: Delivery, prepared: PreparedMessage, run: WorkerRun) -> EarlierAttempt:
    """Looks for an attempt of unknown outcome. Edits are not looked for: the same edit twice is one."""
    if delivery.attempt_at is None or prepared.ts is not None:
        return "absent"
    answer = _look(delivery, delivery.attempt_at, prepared.thread_ts, run)
    if prepared.thread_ts is not None and (answer is None or _is_thread_shut(answer)):
        # A reply that its thread did not take was posted in the channel.
        answer = _look(delivery, delivery.attempt_at, None, run)
    if isinstance(answer, ApiFailure):
        return _lookup_failed(delivery, prepared, answer, run)
    return answer or "absent"


def _is_thread_shut(answer: Posted | ApiFailure) -> bool:
    return isinstance(answer, ApiFailure) and classify(answer) == "thread"


def _look(delivery: Delivery, since: datetime, thread_ts: str | None, run: WorkerRun) -> Posted | ApiFailure | None:
    found = run.services.slack.find_posted(delivery.team, delivery.channel, delivery.key, since, thread_ts)
    return replace(found, thread_ts=thread_ts) if isinstance(found, Posted) else found


def _lookup_failed(
    delivery: Delivery, prepared: PreparedMessage, failure: ApiFailure, run: WorkerRun
) -> EarlierAttempt:
    if _may_tell_later(delivery, failure, run):
        with run.services.store.transaction() as tx:
            _put_off(tx, delivery, prepared, failure, run)
        return "settled"
    # No later look can tell either: the operator's policy decides, but for what who asked can see and ask for again.
    may_ask_again = isinstance(delivery.content, Reply) and delivery.content.purpose != "answer"
    if not may_ask_again and run.services.policy.unconfirmed_posts == "resend":
        return "unknowable"
    with run.services.store.transaction() as tx:
        if may_ask_again:
            after_sent.reply_unconfirmed(tx, run.services, delivery, failure.error)
        else:
            tx.outbox.set_state(delivery.id, "held", error=failure.error)
    return "settled"


def _may_tell_later(delivery: Delivery, failure: ApiFailure, run: WorkerRun) -> bool:
    match classify(failure):
        case "later" | "unknown":
            return True
        case "stop":
            return failure.error not in NO_ACCESS
        case "unlisted":
            return not refused_for_too_long(delivery, run.services)
        case _:
            return False


def _put_off(
    tx: Transaction, delivery: Delivery, prepared: PreparedMessage, failure: ApiFailure, run: WorkerRun
) -> None:
    now = run.services.now()
    opens_at = now + (failure.retry_after or settling_wait(delivery, run.services))
    tx.outbox.mark_unknown(delivery.id, opens_at, failure.error)
    if classify(failure) == "unlisted":
        tx.outbox.note_refusal(delivery.id, now)
    if failure.retry_after is not None or failure.error in RATE_LIMITS:
        run.back_off(tx, HISTORY if prepared.thread_ts is None else REPLIES, opens_at)
    if classify(failure) == "stop":
        stop_workspace(tx, delivery.team, failure.error, run)
