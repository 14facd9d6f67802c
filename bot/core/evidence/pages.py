"""The pages that quotes are cited from, and what came of asking for one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urldefrag

from bot.core.evidence.cited import CitedQuote
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.history import Observation, next_check
from bot.core.evidence.lock import QuoteCheck, UnreadReason
from bot.core.evidence.quotes import Finding

_NOT_FOUND = Finding(0, is_verbatim=False)


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page with the quotes to look for in it. `archive_url`: where a copy is, if the page is away."""

    url: str
    archive_url: str | None
    quotes: tuple[str, ...]

    @property
    def address(self) -> str:
        """The hash of its address."""
        return hash_of(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What came of a page at a time. `address`: the hash of its address. Either it was read: `page` is the hash of its
    text, `findings` what was found of each quote, by its hash; or not: for `reason`, in `detail` for people."""

    address: str
    at: datetime
    reason: UnreadReason | None = None
    detail: str = ""
    page: str | None = None
    archived: bool = False
    findings: Mapping[str, Finding] = field(default_factory=dict)

    def settles(self, page: CitedPage, *, is_of_run: bool, recent_since: datetime | None) -> bool:
        """Whether a page need not be asked for: this run has the result already, or the page was read since then
        (None: never counts); and all of its quotes were looked for."""
        if self.reason:
            return is_of_run
        is_recent = recent_since is not None and self.at > recent_since
        return (is_of_run or is_recent) and all(hash_of(quote) in self.findings for quote in page.quotes)


def requested_url(quote: CitedQuote) -> str:
    """The address of a quote's page: that of its source, without the place within it."""
    return urldefrag(quote.source.url)[0]


def cited_pages(quotes: Iterable[CitedQuote]) -> list[CitedPage]:
    """Each page once, with all quotes that are cited from it and a copy that one of its sources names."""
    texts = defaultdict[str, list[str]](list)
    copies: dict[str, str | None] = {}
    for quote in quotes:
        url = requested_url(quote)
        texts[url].append(quote.text)
        copies[url] = copies.get(url) or quote.source.archive_url
    return [CitedPage(url, copies[url], tuple(dict.fromkeys(each))) for url, each in texts.items()]


def check_after(before: QuoteCheck | None, quote: CitedQuote, result: PageResult, *, is_of_run: bool) -> QuoteCheck:
    """What is known of a quote after a run. The result of an earlier run counts only where nothing was known: what was
    may be newer."""
    address = hash_of(quote.source.url)
    if before and before.address == address and not is_of_run:
        return before
    finding = result.findings.get(quote.key.quote, _NOT_FOUND)
    observation = Observation(
        day=result.at.date(),
        address=address,
        reason=result.reason,
        page=result.page,
        archived=result.archived,
        places=finding.places,
        is_verbatim=finding.is_verbatim,
    )
    return next_check(before, quote.key, observation)
