"""What is known of quotes, as people are told it: whether one has vanished, and several in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.core.evidence.lock import FOUND, EvidenceLock, QuoteCheck, QuoteState


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """Of some quotes: how many there are, how many of them were on their pages at the last look, and the day (UTC) of
    that look, None where none was. `changed_since`: the first day on which one of them had vanished; None where none
    has."""

    quotes: int
    on_page: int
    day: date | None
    changed_since: date | None


def summary(checks: Iterable[QuoteCheck | None], lock: EvidenceLock) -> CheckSummary | None:
    """The summary of quotes by what is known of each (None: nothing); None where none is on its page and none has
    vanished."""
    every = list(checks)
    days = [last_look(each, lock) for each in every if each and each.state in FOUND]
    changed = [each.since for each in every if each and failure_of(each)]
    if not days and not changed:
        return None
    # The oldest day: it is true of each of them.
    return CheckSummary(len(every), len(days), min(days, default=None), min(changed, default=None))


def last_look(check: QuoteCheck, lock: EvidenceLock) -> date:
    """The last day (UTC) on which a quote is known to have been in its state: a run looks at every quote."""
    return max(check.since, lock.last_run or check.since)


def failure_of(check: QuoteCheck) -> QuoteState | None:
    """Gone where the page is; missing where the page, when it was last read, did not have the quote; else None."""
    if check.state is QuoteState.GONE:
        return check.state
    return QuoteState.MISSING if check.last_read is QuoteState.MISSING else None
