"""Trigger: time has passed. Deletes what is no longer needed, a little at a time: the database has other writers."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.core.budget import DAY
from bot.core.retention import Retention
from bot.handlers.context import Services
from bot.handlers.delivery.post_content import start_of
from bot.handlers.uninstall import forget_removed
from bot.store.store import Transaction

logger = logging.getLogger(__name__)

AT_ONCE = 250
"""Rows that one transaction deletes."""

PAUSE_S = 0.01
"""Between two transactions, so that others come in."""


class CleanUp:
    """The deletions of one process. It remembers up to which publication no version is left to delete."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looked_up_to = 0

    def run(self, now: datetime) -> None:
        """Deletes what is older than the operator's `Retention`. Safe beside other processes that do the same, and
        beside publications."""
        while self._delete_some(now) or self._delete_versions(now):
            self._services.stopping.wait(PAUSE_S)

    def _delete_some(self, now: datetime) -> bool:
        """Whether more may be left."""
        if self._services.stopping.is_set():
            return False
        left, kept = AT_ONCE, self._services.policy.retention
        with self._services.store.transaction() as tx:
            for work in _works(tx, kept, now):
                left -= work(left)
                if left <= 0:
                    return True
        return False

    def _delete_versions(self, now: datetime) -> bool:
        """Whether more may be left."""
        before = now - self._services.policy.retention.posts
        if self._services.stopping.is_set() or self._oldest(before, now) <= self._looked_up_to:
            return False
        with self._services.store.transaction() as tx:
            tx.publications.lock_publishing()
            number = tx.publications.last_made_before(before, self._looked_up_to, now)
            tx.digests.shorten_windows(before, number)
            if settled := tx.old_deliveries.settle(number, before, now):
                logger.warning("%d messages that wait since before %s are cut or given up: too old", settled, before)
            horizon = tx.brief_versions.horizon(before, self._looked_up_to, now)
            until = tx.brief_versions.delete_unused(self._looked_up_to, horizon)
        # Only once it is committed.
        self._looked_up_to = until
        return until < horizon

    def _oldest(self, before: datetime, now: datetime) -> int:
        """The last publication before an instant; read without a lock, as most often there is nothing to do."""
        with self._services.store.snapshot() as tx:
            return tx.publications.last_made_before(before, self._looked_up_to, now)


def _works(tx: Transaction, kept: Retention, now: datetime) -> list[Callable[[int], int]]:
    """Each deletes or changes at most so many rows, and says how many."""
    return [
        partial(tx.outbox.delete_before, now - kept.deliveries),
        partial(tx.seen_events.delete_before, now),
        partial(tx.oauth_states.delete_before, now),
        partial(forget_removed, tx, now - kept.removed),
        partial(tx.digests.delete_before, now - kept.questions, kept=tx.outbox.open_digests()),
        partial(tx.unanswered_queries.delete_before, now - kept.questions),
        partial(tx.reports.delete_before, now - kept.questions),
        partial(tx.asks.delete_before, now - kept.questions),
        partial(tx.channel_changes.delete_before, now - DAY),
        tx.claim_vectors.delete_superseded,
        tx.publications.forget_parsed,
        partial(tx.posted_messages.set_back, now),
        partial(tx.posted_messages.delete_before, now - kept.posts),
        partial(_fill_in_starts, tx),
    ]


def _fill_in_starts(tx: Transaction, most: int) -> int:
    """Of posts that an earlier version has stored."""
    posts = tx.posted_messages.without_start(most)
    tx.posted_messages.set_starts({number: start_of(content, publication) for number, publication, content in posts})
    return len(posts)
