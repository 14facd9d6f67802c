"""What is known of quotes is taken in with the files beside it. It is no change of a brief: nobody is told of it."""

import logging
from datetime import datetime

from bot.core.briefs.commit import Commit
from bot.core.evidence import canonical
from bot.core.evidence.lock import EvidenceLock
from bot.store.quote_checks import TakenLock
from bot.store.store import Transaction

logger = logging.getLogger(__name__)


def take_evidence(
    tx: Transaction, lock: EvidenceLock, commit: Commit | None, now: datetime, *, allow_revert: bool
) -> None:
    """Stores a lock for all processes to answer by, unless they have it, or one that is newer. `allow_revert`: also one
    that was taken in before. The caller holds the publishing lock."""
    newest = tx.quote_checks.newest()
    if newest is None and not lock.checks:
        return
    fingerprint = canonical.fingerprint(lock)
    if newest is not None and newest.fingerprint == fingerprint:
        return
    if newest is not None and not _may_take(tx, lock, fingerprint, commit, newest, allow_revert=allow_revert):
        logger.warning("evidence.lock is gone, or older than what is known of quotes, and left alone")
        return
    tx.quote_checks.take(lock, commit.at if commit else None, now)


def _may_take(
    tx: Transaction,
    lock: EvidenceLock,
    fingerprint: str,
    commit: Commit | None,
    newest: TakenLock,
    *,
    allow_revert: bool,
) -> bool:
    """By the time of its commit, else by the day of its last run: a process with older files must not undo it."""
    if commit and newest.committed_at and commit.at != newest.committed_at:
        return commit.at > newest.committed_at
    if allow_revert:
        return True
    is_older = newest.last_run is not None and (lock.last_run is None or lock.last_run < newest.last_run)
    return not is_older and not tx.quote_checks.was_taken(fingerprint)
