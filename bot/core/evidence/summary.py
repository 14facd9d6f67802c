"""How many quotes are in which state."""

from collections import Counter
from collections.abc import Iterable

from bot.core.evidence.lock import QuoteCheck, QuoteState

FAILURES = frozenset({QuoteState.MISSING, QuoteState.GONE})
"""States that somebody has to do something about."""


def count_states(checks: Iterable[QuoteCheck]) -> dict[QuoteState, int]:
    """The number of quotes of each state, in the order of `QuoteState`."""
    numbers = Counter(check.state for check in checks)
    return {state: numbers[state] for state in QuoteState}
