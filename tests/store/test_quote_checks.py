"""What is known of quotes in the database: the newest lock, and since which one a quote has been as it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.evidence.lock import NO_EVIDENCE, EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason
from bot.store.store import Store

MONDAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
WEEK, FIRST = timedelta(days=7), date(2026, 5, 11)
VERBATIM, MISSING, GONE = QuoteState.VERBATIM, QuoteState.MISSING, QuoteState.GONE


def check(claim: str, state: QuoteState = VERBATIM, page: str = "1") -> QuoteCheck:
    key = QuoteKey("tea-act", claim, "gazette", "0123456789abcdef")
    reason = UnreadReason.ABSENT if state is GONE else None
    return QuoteCheck(key=key, state=state, since=date(2026, 5, 3), page=page * 16, places=1, reason=reason)


def lock(*checks: QuoteCheck, on: date = FIRST) -> EvidenceLock:
    return EvidenceLock(on, {each.key: each for each in checks})


def take(store: Store, *locks: EvidenceLock) -> None:
    """Takes in one lock a week."""
    with store.transaction() as tx:
        for each in locks:
            tx.quote_checks.take(each, None, MONDAY + tx.quote_checks.newest_number() * WEEK)


def known(store: Store, before: EvidenceLock = NO_EVIDENCE, number: int = 0) -> EvidenceLock:
    with store.snapshot() as tx:
        return tx.quote_checks.lock(before, number)


def vanished(store: Store, week: int) -> set[str]:
    """The claims whose quotes vanished with the lock of a week, from 1."""
    since = MONDAY + (week - 1) * WEEK
    with store.snapshot() as tx:
        return {key.claim for key in tx.quote_checks.vanished_between(since, since + WEEK)}


def test_without_a_lock_nothing_is_known(store: Store) -> None:
    assert known(store) == NO_EVIDENCE
    with store.snapshot() as tx:
        assert (tx.quote_checks.newest(), tx.quote_checks.newest_number()) == (None, 0)


def test_the_newest_lock_is_what_is_known_for_who_knew_any_other(store: Store) -> None:
    locks = [
        lock(check("a"), check("b")),
        lock(check("a", MISSING), check("b")),
        # One is gone and one is new: as many as before.
        lock(check("a", MISSING), check("c"), on=date(2026, 5, 17)),
        lock(check("a", MISSING), check("c"), on=date(2026, 5, 24)),
        NO_EVIDENCE,
    ]
    for n, each in enumerate(locks, 1):
        take(store, each)
        for earlier, before in enumerate([NO_EVIDENCE, *locks[:n]]):
            assert known(store, before, earlier) == each


def test_many_quotes_are_taken_in_and_forgotten(store: Store) -> None:
    many = [check(f"claim-{n}") for n in range(1000)]
    take(store, lock(*many))
    assert len(known(store).checks) == 1000
    take(store, lock(*(replace(each, state=MISSING) for each in many[:700])))
    assert {each.state for each in known(store).checks.values()} == {MISSING}
    assert len(known(store).checks) == 700


def test_a_quote_vanishes_once_for_each_state(store: Store) -> None:
    weeks: Iterable[EvidenceLock] = (
        lock(check("a"), check("b", MISSING)),
        lock(check("a", MISSING), check("b", MISSING)),
        lock(check("a", MISSING, page="2"), check("b", GONE)),
        lock(check("a"), check("b", GONE)),
        lock(check("a", MISSING), check("b", GONE)),
    )
    news = [{"b"}, {"a"}, {"b"}, set(), {"a"}]
    for week, (each, expected) in enumerate(zip(weeks, news, strict=True), 1):
        take(store, each)
        assert vanished(store, week) == expected, week


def test_a_lock_is_known_by_its_fingerprint(store: Store) -> None:
    take(store, lock(check("a")), lock(check("b")))
    with store.snapshot() as tx:
        newest = tx.quote_checks.newest()
        assert newest
        assert (newest.number, newest.last_run, newest.committed_at) == (2, FIRST, None)
        assert tx.quote_checks.was_taken(newest.fingerprint)
        assert not tx.quote_checks.was_taken("0" * 16)


def test_a_quote_that_vanished_is_no_news_under_another_id(store: Store) -> None:
    moved = check("a", MISSING)
    moved = replace(moved, key=replace(moved.key, claim="b"))
    take(store, lock(check("a", MISSING)), lock(moved), lock(moved, replace(moved, key=replace(moved.key, claim="c"))))
    # It vanished in the first week; a further claim that cites it is news.
    assert [vanished(store, week) for week in (1, 2, 3)] == [{"b"}, set(), {"c"}]
