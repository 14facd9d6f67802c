"""Trigger: time has passed. Deletes what is no longer needed, a little at a time: the database has other writers."""

from collections.abc import Callable
from datetime import datetime

from bot.handlers.context import Services
from bot.handlers.delivery.post_content import start_of
from bot.store.store import Transaction

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
        for work in self._works(now):
            while self._once(work) == AT_ONCE:
                self._services.stopping.wait(PAUSE_S)
        while self._delete_versions(now):
            self._services.stopping.wait(PAUSE_S)

    def _works(self, now: datetime) -> list[Callable[[Transaction], int]]:
        """Each deletes or changes at most `AT_ONCE` rows, and says how many."""
        kept = self._services.policy.retention
        return [
            lambda tx: tx.outbox.delete_before(now - kept.deliveries, AT_ONCE),
            lambda tx: tx.seen_events.delete_before(now, AT_ONCE),
            lambda tx: tx.digests.delete_before(now - kept.questions, AT_ONCE, tx.outbox.open_digests()),
            lambda tx: tx.unanswered_queries.delete_before(now - kept.questions, AT_ONCE),
            lambda tx: tx.claim_vectors.delete_superseded(AT_ONCE),
            lambda tx: tx.publications.forget_parsed(AT_ONCE),
            lambda tx: tx.posted_messages.delete_before(now - kept.posts, AT_ONCE),
            _fill_in_starts,
        ]

    def _once(self, work: Callable[[Transaction], int]) -> int:
        """How many rows; 0 where the process ends."""
        if self._services.stopping.is_set():
            return 0
        with self._services.store.transaction() as tx:
            return work(tx)

    def _delete_versions(self, now: datetime) -> bool:
        """Whether more may be left."""
        before = now - self._services.policy.retention.posts
        if self._services.stopping.is_set() or self._oldest(before) <= self._looked_up_to:
            return False
        with self._services.store.transaction() as tx:
            tx.publications.lock_publishing()
            tx.digests.shorten_windows(before, tx.publications.number_before(before, self._looked_up_to))
            horizon = tx.brief_versions.horizon(before, self._looked_up_to)
            until = tx.brief_versions.delete_unused(self._looked_up_to, horizon)
        # Only once it is committed.
        self._looked_up_to = until
        return until < horizon

    def _oldest(self, before: datetime) -> int:
        """The last publication before an instant; read without a lock, as most often there is nothing to do."""
        with self._services.store.snapshot() as tx:
            return tx.publications.number_before(before, self._looked_up_to)


def _fill_in_starts(tx: Transaction) -> int:
    """Of posts that an earlier version has stored."""
    posts = tx.posted_messages.without_start(AT_ONCE)
    tx.posted_messages.set_starts({number: start_of(content, publication) for number, publication, content in posts})
    return len(posts)
