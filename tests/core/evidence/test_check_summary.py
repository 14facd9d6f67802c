"""What is known of several quotes in one line, and of one: whether it has vanished."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.evidence import canonical
from bot.core.evidence.check_summary import CheckSummary, failure_of, summary
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason
from bot.render.document.quote_checks import checked_words, state_words

MAY_3, MAY_10, MAY_17 = (date(2026, 5, day) for day in (3, 10, 17))
KEY = QuoteKey("tea-act", "duty-stays", "gazette", hash_of("the said duty shall be paid"))
VERBATIM = QuoteCheck(key=KEY, state=QuoteState.VERBATIM, since=MAY_3, page=hash_of("page"), places=1)
NORMALISED = replace(VERBATIM, state=QuoteState.NORMALISED, since=MAY_17)
MISSING = replace(VERBATIM, state=QuoteState.MISSING, since=MAY_10)
GONE = replace(VERBATIM, state=QuoteState.GONE, reason=UnreadReason.ABSENT, before=QuoteState.VERBATIM, since=MAY_17)
REFUSED = replace(VERBATIM, state=QuoteState.UNREACHABLE, reason=UnreadReason.REFUSED, before=None)
HAD_IT = replace(REFUSED, before=QuoteState.VERBATIM)
LACKED_IT = replace(REFUSED, before=QuoteState.MISSING)
LOCK = EvidenceLock(MAY_10)

CASES: list[tuple[list[QuoteCheck | None], str | None]] = [
    ([], None),
    ([None, None], None),
    ([REFUSED, HAD_IT], None),
    ([VERBATIM], "quote checked 10 May 2026"),
    ([VERBATIM, VERBATIM], "quotes checked 10 May 2026"),
    # A run that is not in the header: merged from another branch.
    ([NORMALISED], "quote checked 17 May 2026"),
    ([VERBATIM, NORMALISED], "quotes checked 10 May 2026"),
    ([VERBATIM, None], "1 of 2 quotes checked 10 May 2026"),
    ([VERBATIM, HAD_IT, REFUSED, VERBATIM], "2 of 4 quotes checked 10 May 2026"),
    ([MISSING, VERBATIM, GONE], "source changed since 10 May 2026"),
    ([None, GONE], "source changed since 17 May 2026"),
    ([LACKED_IT, VERBATIM], "source changed since 3 May 2026"),
]


@pytest.mark.parametrize(("checks", "words"), CASES)
def test_several_quotes_are_one_line_that_is_true_of_each(checks: list[QuoteCheck | None], words: str | None) -> None:
    known = summary(checks, LOCK)
    assert (checked_words(known) if known else None) == words


def test_without_a_run_the_day_is_that_of_the_state() -> None:
    assert summary([VERBATIM, NORMALISED], EvidenceLock()) == CheckSummary(2, 2, MAY_3, None)


@pytest.mark.parametrize(
    ("check", "state", "words"),
    [
        (VERBATIM, None, "Found word for word"),
        (NORMALISED, None, "Found but for typography"),
        (MISSING, QuoteState.MISSING, "Not found on their pages"),
        (GONE, QuoteState.GONE, "Of pages that are gone"),
        (REFUSED, None, "Of pages that could not be read"),
        (HAD_IT, None, "Of pages that could not be read"),
        (LACKED_IT, QuoteState.MISSING, "Not found on their pages"),
    ],
)
def test_a_quote_has_vanished_where_its_page_was_last_read_without_it(
    check: QuoteCheck, state: QuoteState | None, words: str
) -> None:
    assert (failure_of(check), state_words(check)) == (state, words)


def test_a_check_is_the_same_after_it_was_stored() -> None:
    for each in (VERBATIM, NORMALISED, MISSING, GONE, REFUSED, HAD_IT, LACKED_IT):
        assert canonical.load(canonical.dump(each)) == each


def test_a_fingerprint_is_of_what_the_lock_says_in_any_order() -> None:
    other = replace(MISSING, key=replace(KEY, claim="other"))
    checks = {each.key: each for each in (VERBATIM, other)}
    swapped = dict(reversed(checks.items()))
    prints = [EvidenceLock(MAY_10, checks), EvidenceLock(MAY_10, swapped), EvidenceLock(MAY_17, checks), LOCK]
    first, same, *others = map(canonical.fingerprint, prints)
    assert first == same
    assert len({first, *others}) == 3
