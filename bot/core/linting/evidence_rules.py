"""Rules B311 to B314: what `briefbot verify` found of quotes, by `evidence.lock`. Checked in `quotes`."""

from datetime import date

from bot.core.linting.echo import quoted
from bot.core.linting.rules import rule


@rule("B311", "info")
def not_verified(slug: str) -> tuple[str, str]:
    """A quote that was never looked for on its page, or not since its words, its source or the source's address were
    changed. It is reported only where there is an `evidence.lock`. Wrong: a new quote, and no run of `briefbot verify`
    since. Right: the line of the quote in `evidence.lock`, written by `briefbot verify`."""
    return "this quote was not yet looked for on its page", f"run briefbot verify {slug}"


@rule("B312", "warning")
def missing_quote(slug: str, source: str, since: date, is_read: bool) -> tuple[str, str]:
    """A quote that its page does not have: the page was changed, or never had it so. Readers see that the source has
    changed. Wrong: a quote of words that the page has put in another way. Right: the words of the page, or
    another source, or an `archive_url` with a copy of the page that has them."""
    when = f"has lacked these words since {since}" if is_read else f"lacked these words when last read, before {since}"
    advice = "quote what it says, cite another source, or add archive_url with a copy that has them"
    return f"the page of {quoted(source)} {when}", f"{advice}; then run briefbot verify {slug}"


@rule("B313", "warning")
def gone_page(slug: str, source: str, since: date) -> tuple[str, str]:
    """A quote of a page that is gone: it was answered with 404 or 410 for days, and no copy was found at an
    `archive_url`. Wrong: a source whose page is gone, alone. Right: the same source with an `archive_url`."""
    advice = f"add archive_url with a copy of it, or cite another source; then run briefbot verify {slug}"
    return f"the page of {quoted(source)} has been gone since {since}", advice


@rule("B314", "info")
def unread_page(slug: str, source: str, since: date, reason: str) -> tuple[str, str]:
    """A quote of a page that could not be read, so that nothing is known of it: the site refused, was too slow or out
    of order. That says nothing against the quote. Wrong: a source whose site refuses programs, alone. Right: the same
    source with an `archive_url` that may be read."""
    advice = f"look at it yourself, or add archive_url with a copy that may be read; then run briefbot verify {slug}"
    return f"the page of {quoted(source)} could not be read since {since} ({reason})", advice
