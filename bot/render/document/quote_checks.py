"""Words for what is known of quotes."""

from collections.abc import Mapping

from bot.core.evidence.check_summary import CheckSummary, failure_of
from bot.core.evidence.lock import FOUND, QuoteCheck, QuoteState, UnreadReason
from bot.render.document.phrases import day

STATE_WORDS: Mapping[QuoteState, str] = {
    QuoteState.VERBATIM: "Found word for word",
    QuoteState.NORMALISED: "Found but for typography",
    QuoteState.MISSING: "Not found on their pages",
    QuoteState.GONE: "Of pages that are gone",
    QuoteState.UNREACHABLE: "Of pages that could not be read",
}
"""As headings of several quotes, and behind their number."""

NOT_CHECKED = "Not looked for yet"

REASON_WORDS: Mapping[UnreadReason, str] = {
    UnreadReason.ABSENT: "not found there",
    UnreadReason.REFUSED: "refused to programs",
    UnreadReason.BUSY: "the site was out of order",
    UnreadReason.TIMEOUT: "no answer in time",
    UnreadReason.NETWORK: "no connection",
    UnreadReason.ROBOTS: "the site asks programs to stay away",
    UnreadReason.FORBIDDEN: "not a public address",
    UnreadReason.REDIRECTS: "redirected without end",
    UnreadReason.TOO_LARGE: "too large",
    UnreadReason.UNREADABLE: "it holds no text",
}


def checked_words(known: CheckSummary) -> str:
    """`quotes checked 3 May 2026`, `2 of 5 quotes checked 3 May 2026`, or `source changed since 3 May 2026`."""
    if known.changed_since:
        return f"source changed since {day(known.changed_since)}"
    some = f"{known.on_page} of {known.quotes} " if known.on_page < known.quotes else ""
    return f"{some}quote{'s' if known.quotes > 1 else ''} checked" + (f" {day(known.day)}" if known.day else "")


def state_words(check: QuoteCheck | None) -> str:
    """What became of a quote when it was last looked for; None: it never was."""
    return STATE_WORDS[failure_of(check) or check.state] if check else NOT_CHECKED


def reason_words(check: QuoteCheck) -> str:
    """Why its page could not be read, and whether it had the quote before; empty where it was read."""
    before = ", had it before" if check.last_read in FOUND else ""
    return f"{REASON_WORDS[check.reason]}{before}" if check.reason else ""
