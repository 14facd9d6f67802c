"""The quotes that are not on their pages, for maintainers: what rests on each, and whether it is news."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief
from bot.core.digests.digest import VanishedQuote
from bot.core.evidence.check_summary import failure_of
from bot.core.evidence.lock import EvidenceLock, QuoteKey, QuoteState
from bot.handlers.delivery.claim_posts import posts_of_claims
from bot.store.claim_posts import ClaimPost
from bot.store.posted_messages import PostedClaim
from bot.store.store import Transaction

FAILURES: Mapping[QuoteState, Literal["missing", "gone"]] = {QuoteState.MISSING: "missing", QuoteState.GONE: "gone"}
QUOTE_MAX = 200
"""Characters of a quote that are kept in a report."""


def vanished_quotes(
    tx: Transaction, corpus: Corpus, team: str, since: datetime, until: datetime
) -> tuple[VanishedQuote, ...]:
    """The quotes of published briefs that have vanished, those first that became so within `[since, until)`: by the
    time when this was taken in, in UTC. With the new ones, which posts of the workspace rest on them."""
    if not any(map(failure_of, corpus.evidence.checks.values())):
        return ()
    news = tx.quote_checks.vanished_between(since, until)
    found = [each for brief in corpus.published for each in _quotes(brief, corpus.evidence)]
    posts = posts_of_claims(tx, {(quote.slug, quote.claim) for key, quote in found if key in news}, team)
    quotes = [_with_posts(quote, posts) if key in news else quote for key, quote in found]
    return tuple(sorted(quotes, key=lambda quote: not quote.is_new))


def _quotes(brief: Brief, lock: EvidenceLock) -> Iterator[tuple[QuoteKey, VanishedQuote]]:
    for section, claim in brief.claims():
        for item in claim.evidence:
            source = brief.sources[item.source]
            check = lock.check_of(brief.slug, claim.id, item, source)
            state = failure_of(check) if check else None
            if check and state and item.quote:
                place = (brief.slug, brief.title, section, claim.id, source.publisher)
                yield check.key, VanishedQuote(*place, item.quote[:QUOTE_MAX], FAILURES[state], check.since)


def _with_posts(quote: VanishedQuote, posts: Iterable[ClaimPost]) -> VanishedQuote:
    claim = PostedClaim(quote.slug, quote.claim)
    places = [post.channel for post in posts if claim in post.claims]
    channels = dict.fromkeys(channel for channel in places if channel)
    return replace(quote, is_new=True, posts=len(places), channels=tuple(channels))
