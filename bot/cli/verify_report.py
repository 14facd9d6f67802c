"""What `briefbot verify` prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.cited_briefs import LocatedQuote
from bot.cli.formats import VerifyFormat
from bot.cli.output import count, inert_line, to_json
from bot.core.evidence.lock import QuoteCheck, QuoteState
from bot.core.evidence.summary import count_states

_QUOTE_CHARS = 60


@dataclass(frozen=True, slots=True)
class VerifiedQuote:
    """A quote, what is known of it and what was before, if anything; `detail`: why its page could not be read, in a few
    words. `page`: the hash of the page's text now, None if it was not read."""

    located: LocatedQuote
    check: QuoteCheck
    before: QuoteCheck | None
    detail: str
    page: str | None

    @property
    def is_news(self) -> bool:
        """Whether its line in the lock has changed."""
        return self.check != self.before

    @property
    def page_changed(self) -> bool:
        """Whether the page has other words than on the day from which on the quote is in its state."""
        return self.page is not None and self.page != self.check.page


def _text(quotes: Sequence[VerifiedQuote]) -> str:
    lines = [line for each in quotes if (line := _line(each))]
    return "\n".join([*lines, _total(quotes)])


def _line(each: VerifiedQuote) -> str | None:
    """One line for a quote that there is something to say about."""
    words = _WORDS[each.check.state](each)
    if words is None:
        return None
    located, quote = each.located, each.located.quote
    text = quote.text if len(quote.text) <= _QUOTE_CHARS else f"{quote.text[:_QUOTE_CHARS]}…"
    where = f"{located.path}:{located.at.line}:{located.at.column}"
    return inert_line(f"{where}: {each.check.state} “{' '.join(text.split())}” {words}")


def _found(each: VerifiedQuote) -> str | None:
    return f"stands {each.check.places} times on {_page(each)}" if each.check.places > 1 else None


def _missing(each: VerifiedQuote) -> str:
    return f"is not on {_page(each)} ({_since(each)}); correct the quote, or cite a page that has it"


def _unreachable(each: VerifiedQuote) -> str:
    return f"could not be looked for: {_page(each)} {each.detail or each.check.reason} ({_since(each)})"


def _gone(each: VerifiedQuote) -> str:
    return f"cannot be looked for any more: {_page(each)} is gone ({_since(each)}); add an archive_url, or cite another"


def _page(each: VerifiedQuote) -> str:
    source = each.located.quote.source
    return f"{source.archive_url} (the archived copy)" if each.check.archived else source.url


def _since(each: VerifiedQuote) -> str:
    return f"since {each.check.since}"


_WORDS: Mapping[QuoteState, Callable[[VerifiedQuote], str | None]] = {
    QuoteState.VERBATIM: _found,
    QuoteState.NORMALISED: _found,
    QuoteState.MISSING: _missing,
    QuoteState.UNREACHABLE: _unreachable,
    QuoteState.GONE: _gone,
}


def _total(quotes: Sequence[VerifiedQuote]) -> str:
    states = count_states(each.check for each in quotes)
    numbers = ", ".join(f"{number} {state}" for state, number in states.items() if number)
    lines = count(sum(each.is_news for each in quotes), "line")
    return f"{count(len(quotes), 'quote')}: {numbers or 'nothing to look for'}; {lines} of evidence.lock changed"


def _json(quotes: Sequence[VerifiedQuote]) -> str:
    states = count_states(each.check for each in quotes)
    return to_json({"quotes": [_record(each) for each in quotes], "states": {str(k): v for k, v in states.items()}})


def _record(each: VerifiedQuote) -> dict[str, Any]:
    check, located, source = each.check, each.located, each.located.quote.source
    return {
        "path": str(located.path),
        "line": located.at.line,
        "column": located.at.column,
        "brief": check.key.brief,
        "claim": check.key.claim,
        "source": check.key.source,
        "quote": located.quote.text,
        "url": source.url,
        "archive_url": source.archive_url,
        "state": str(check.state),
        "since": str(check.since),
        "places": check.places,
        "page": check.page,
        "page_changed": each.page_changed,
        "archived": check.archived,
        "reason": check.reason and str(check.reason),
        "detail": each.detail or None,
        "before": check.before and str(check.before),
        "is_news": each.is_news,
    }


FORMATTERS: Mapping[VerifyFormat, Callable[[Sequence[VerifiedQuote]], str]] = {"text": _text, "json": _json}
