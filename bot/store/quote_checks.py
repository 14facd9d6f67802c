"""What is known of the quotes of briefs: the newest lock that was taken in, quote by quote."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, select, tuple_

from bot.core.batches import batches
from bot.core.evidence import canonical
from bot.core.evidence.check_summary import failure_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey
from bot.store.schema import evidence_lock, quote_check

CHUNK = 200
"""Keys of four values in one IN: SQLite takes 32,766 parameters, and plans stay small."""

KEY = (quote_check.c.brief, quote_check.c.claim, quote_check.c.source, quote_check.c.quote)


@dataclass(frozen=True, slots=True)
class TakenLock:
    """A lock that was taken in. Numbers count from 1 without gaps; `committed_at` (UTC) is None where the files were
    not in git or differed from it."""

    number: int
    fingerprint: str
    last_run: date | None
    committed_at: datetime | None


class QuoteChecks:
    """Checks of quotes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_number(self) -> int:
        """The number of the newest lock; 0 where there is none."""
        return self._connection.execute(select(func.max(evidence_lock.c.number))).scalar() or 0

    def newest(self) -> TakenLock | None:
        """The newest lock."""
        query = select(evidence_lock).order_by(evidence_lock.c.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return TakenLock(row.number, row.fingerprint, _day(row.last_run), row.committed_at)

    def was_taken(self, fingerprint: str) -> bool:
        """Whether just this lock was ever taken in."""
        query = select(evidence_lock.c.number).where(evidence_lock.c.fingerprint == fingerprint)
        return self._connection.execute(query).first() is not None

    def lock(self, known: EvidenceLock, number: int) -> EvidenceLock:
        """The newest lock, for who knows one that was taken in under a number (0: none was). Only what has changed
        since is read, unless quotes are gone."""
        newest = self.newest()
        checks = {**known.checks, **self._changed_after(number)}
        # Each quote that there is, is among them: more are those that are gone.
        if len(checks) != self._connection.execute(select(func.count()).select_from(quote_check)).scalar():
            checks = self._changed_after(0)
        return EvidenceLock(newest.last_run if newest else None, checks)

    def _changed_after(self, number: int) -> dict[QuoteKey, QuoteCheck]:
        query = select(quote_check.c.content).where(quote_check.c.number > number)
        checks = map(canonical.load, self._connection.execute(query).scalars())
        return {each.key: each for each in checks}

    def vanished_between(self, since: datetime, until: datetime) -> set[QuoteKey]:
        """The quotes that are missing, or whose pages are gone, and that became so with a lock that was taken in from
        `since` on and before `until`."""
        query = select(*KEY).join(evidence_lock, evidence_lock.c.number == quote_check.c.vanished_number)
        within = (evidence_lock.c.taken_at >= since, evidence_lock.c.taken_at < until)
        return {QuoteKey(*row) for row in self._connection.execute(query.where(*within))}

    def take(self, lock: EvidenceLock, committed_at: datetime | None, at: datetime) -> None:
        """Makes a lock the newest, with its checks in place of all others; `committed_at` as in `TakenLock`. The caller
        holds the publishing lock."""
        number = self.newest_number() + 1
        row = {"number": number, "fingerprint": canonical.fingerprint(lock), "committed_at": committed_at}
        last_run = lock.last_run and lock.last_run.isoformat()
        self._connection.execute(evidence_lock.insert().values(**row, last_run=last_run, taken_at=at))
        before = {QuoteKey(*key): (content, since) for *key, content, since in self._connection.execute(_ALL)}
        contents = {key: canonical.dump(check) for key, check in lock.checks.items()}
        changed = [key for key, content in contents.items() if before.get(key, ("", None))[0] != content]
        self._delete([*before.keys() - contents.keys(), *(before.keys() & set(changed))])
        earlier = {key: before.get(key) or _moved(lock.checks[key], before, contents) for key in changed}
        rows = [_row(lock.checks[key], contents[key], earlier[key], number) for key in changed]
        if rows:
            self._connection.execute(quote_check.insert(), rows)

    def _delete(self, keys: list[QuoteKey]) -> None:
        for some in batches(keys, CHUNK):
            values = [(key.brief, key.claim, key.source, key.quote) for key in some]
            self._connection.execute(delete(quote_check).where(tuple_(*KEY).in_(values)))


_ALL = select(*KEY, quote_check.c.content, quote_check.c.vanished_number)


_Stored = tuple[str, int | None]
"""The content of a check, and the number of the lock with which its quote vanished."""


def _moved(check: QuoteCheck, before: Mapping[QuoteKey, _Stored], now: Container[QuoteKey]) -> _Stored | None:
    """The row that a quote had under a key that is not there any more: its claim has another id, or another brief."""
    if failure_of(check) is None:
        return None
    of_quote = {key: canonical.load(row[0]) for key, row in before.items() if key.quote == check.key.quote}
    gone = EvidenceLock(checks={key: each for key, each in of_quote.items() if key not in now})
    moved = gone.known(check.key, check.address)
    return before[moved.key] if moved else None


def _row(check: QuoteCheck, content: str, before: _Stored | None, number: int) -> dict[str, object]:
    key, state = check.key, failure_of(check)
    same = before is not None and failure_of(canonical.load(before[0])) == state
    return {
        "brief": key.brief,
        "claim": key.claim,
        "source": key.source,
        "quote": key.quote,
        "content": content,
        "number": number,
        "vanished_number": (before[1] if before and same else number) if state else None,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
