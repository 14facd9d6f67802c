"""One run of a delivery worker: its fencing token, its pace, and what Slack has asked it to wait for."""

from datetime import UTC, datetime, timedelta

from bot.core.delivery.rate_limit import WINDOW, RateLimiter
from bot.core.delivery.waiting import BACKOFF_MAX, CLOCKS_DIFFER
from bot.handlers.context import Services
from bot.store.outbox import Delivery, Head, QueueName
from bot.store.store import Transaction

METHODS: dict[QueueName, str] = {"post": "chat.postMessage", "update": "chat.update"}
HISTORY, REPLIES = "conversations.history", "conversations.replies"

MAX_MARK_AGE = timedelta(seconds=1)
"""A call is made at most so long after its `attempt_at`: if storing the attempt took longer, it is stored again."""

NEVER = datetime.min.replace(tzinfo=UTC)

RUN_MAX = timedelta(seconds=60)
"""Other workspaces need the thread too: a long queue goes on in further runs."""


class WorkerRun:
    """At most one run of a worker goes on in all processes: a newer one takes another fencing token, and the older one,
    thought dead, ends at its next step."""

    def __init__(self, tx: Transaction, services: Services, queue: QueueName, team: str) -> None:
        now = services.now()
        self.services, self.queue, self.team = services, queue, team
        self.ended = tx.subscriptions.stop_reason(team) is not None
        """Nothing more is sent: the workspace is stopped, or a newer run has begun."""
        self.stepped_back = False
        """The clock did, since the run began. The next run goes by what it then shows."""
        self._began = self._latest = now
        # First of all, and so before the worker's row is locked: who owes messages locks these rows before that.
        tx.delivery_workers.correct_instants(queue, team, now)
        # The pace goes on from the attempts of earlier runs, whichever process made them.
        attempts = tx.outbox.recent_attempts(queue, team, now - WINDOW - MAX_MARK_AGE)
        calls = ((channel, min(at + MAX_MARK_AGE, now)) for channel, at in attempts)
        self.rate_limiter = RateLimiter(services.policy.limits[queue], calls)
        self._token = tx.delivery_workers.start_run(queue, team, services.wake_after(now))
        self._backoffs = tx.delivery_workers.backoffs(team)
        self._heartbeat_at = now

    @property
    def stopped(self) -> bool:
        """Whether the run, or the whole process, has to end."""
        return self.ended or self.services.stopping.is_set()

    def goes_on(self) -> bool:
        """Whether the run has time left, by a clock that has not stepped back."""
        return self.look_at_clock() - self._began < RUN_MAX and not self.stepped_back

    def look_at_clock(self) -> datetime:
        """Now; notes whether the clock has stepped back since the last look."""
        now = self.services.now()
        self.stepped_back |= now < self._latest - CLOCKS_DIFFER
        self._latest = now
        return now

    def heartbeat(self) -> None:
        """Keeps the sweep away from a run that goes on."""
        now = self.services.now()
        if abs(now - self._heartbeat_at) > self.services.cadence.heartbeat:
            self._heartbeat_at = now
            with self.services.store.transaction() as tx:
                self.ended = not self.set_wake_after(tx, self.services.wake_after(now))

    def set_wake_after(self, tx: Transaction, wake_after: datetime) -> bool:
        """When the sweep may start the next run; False where a newer one has begun."""
        return tx.delivery_workers.set_wake_after(self.queue, self.team, self._token, wake_after)

    def is_current(self, tx: Transaction) -> bool:
        """Whether no newer run has begun."""
        self.ended = not tx.delivery_workers.holds_token(self.queue, self.team, self._token)
        return not self.ended

    def back_off(self, tx: Transaction, method: str, opens_at: datetime) -> None:
        """Slack asks this workspace not to call a method before an instant; it is believed for an hour."""
        now = self.services.now()
        self._backoffs[method] = min(opens_at, now + BACKOFF_MAX)
        tx.delivery_workers.set_backoff(self.team, method, self._backoffs[method], now)

    def last_call(self, channel: str) -> datetime:
        """When a channel was last written to, as far as the run knows; long ago where it was not."""
        return self.rate_limiter.last_calls.get(channel, NEVER)

    def waits_until(self, head: Head, now: datetime) -> datetime:
        """`sendable_at`, but `now` for what waits no longer than for the gap between two posts in a channel."""
        sendable_at = self.sendable_at(head, now)
        return sendable_at if sendable_at - now > self.services.cadence.post_gap else now

    def sendable_at(self, delivery: Delivery | Head, now: datetime) -> datetime:
        """The first instant from `now` on at which a delivery may go out; one of unknown outcome can be looked for
        then."""
        allowed = self.rate_limiter.next_allowed_at(delivery.channel, now)
        sendable_at = max(allowed, self._backoffs.get(METHODS[self.queue], now))
        if delivery.attempt_at is None:
            return sendable_at
        # The earlier attempt is looked for first: once it has surely ended, and as the limits of those methods allow.
        lookups = (self._backoffs.get(method, now) for method in (HISTORY, REPLIES))
        return max(sendable_at, delivery.attempt_at + self.services.cadence.settle, *lookups)
