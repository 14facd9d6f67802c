"""What is known of quotes as JSON, and the fingerprint of a lock."""

from hashlib import sha256

from pydantic import TypeAdapter

from bot.core.evidence.lock import EvidenceLock, QuoteCheck

_CHECK = TypeAdapter(QuoteCheck)


def dump(check: QuoteCheck) -> str:
    """The same text for equal checks."""
    return _CHECK.dump_json(check).decode()


def load(text: str) -> QuoteCheck:
    """The check of a `dump`."""
    return _CHECK.validate_json(text)


def fingerprint(lock: EvidenceLock) -> str:
    """16 hex digits that are the same for the same lock."""
    return sha256("\n".join([str(lock.last_run), *sorted(map(dump, lock.checks.values()))]).encode()).hexdigest()[:16]
