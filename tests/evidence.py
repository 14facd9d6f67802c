"""Claims with quotes, and what is known of these."""

from collections.abc import Mapping
from datetime import date

from bot.core.briefs.brief import Brief, Claim, Evidence
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason
from tests.make import claim

MAY_3, MAY_10 = date(2026, 5, 3), date(2026, 5, 10)


def quoted(id: str, *quotes: str) -> Claim:
    """A claim with these quotes from the Gazette, or with one of its own."""
    words = quotes or (f"the gazette said {id} in these words",)
    return claim(id, evidence=tuple(Evidence(source="gazette", quote=each) for each in words))


def verified(
    *briefs: Brief, on: date = MAY_10, since: date = MAY_3, states: Mapping[str, QuoteState | None] | None = None
) -> EvidenceLock:
    """What a run on a day knows of all quotes: they are on their pages, but for those of the claims in `states`, by
    their ids (None: nothing is known); `since` is the day of each state."""
    keys = (
        (QuoteKey(brief.slug, claim.id, item.source, hash_of(item.quote)), brief.sources[item.source].url)
        for brief in briefs
        for _, claim in brief.claims()
        for item in claim.evidence
        if item.quote
    )
    of_claims = ((key, url, (states or {}).get(key.claim, QuoteState.VERBATIM)) for key, url in keys)
    checks = (_check(key, url, state, since) for key, url, state in of_claims if state)
    return EvidenceLock(on, {each.key: each for each in checks})


def _check(key: QuoteKey, url: str, state: QuoteState, since: date) -> QuoteCheck:
    unread = {QuoteState.GONE: UnreadReason.ABSENT, QuoteState.UNREACHABLE: UnreadReason.REFUSED}.get(state)
    before = QuoteState.VERBATIM if unread else None
    page, address = hash_of("the text of the page"), hash_of(url)
    return QuoteCheck(
        key=key, state=state, since=since, page=page, places=1, address=address, reason=unread, before=before
    )
