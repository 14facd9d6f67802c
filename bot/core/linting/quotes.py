"""Checks the quotes of a brief against what is known of them: B311 to B314."""

from collections.abc import Iterator

from bot.core.briefs.brief import BriefContent
from bot.core.evidence.check_summary import failure_of
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteState
from bot.core.linting import evidence_rules
from bot.core.linting.diagnostic import Path, Problem


def check_quotes(slug: str, brief: BriefContent, lock: EvidenceLock) -> Iterator[Problem]:
    """The problems of a brief's quotes, at each quote. None without any line in the lock: not every store uses one. Of
    a withdrawn brief readers see no quote."""
    if not lock.checks or brief.status == "withdrawn":
        return
    for key, section in brief.sections.items():
        for n, claim in enumerate(section.claims):
            for m, item in enumerate(claim.evidence):
                if item.quote is None or item.source not in brief.sources:
                    continue
                at: Path = ("sections", key, "claims", n, "evidence", m, "quote")
                check = lock.check_of(slug, claim.id, item, brief.sources[item.source])
                yield from _problems(at, slug, item.source, check)


def _problems(at: Path, slug: str, source: str, check: QuoteCheck | None) -> Iterator[Problem]:
    if check is None:
        yield evidence_rules.not_verified(at, slug)
        return
    match failure_of(check):
        case QuoteState.GONE:
            yield evidence_rules.gone_page(at, slug, source, check.since)
        case QuoteState.MISSING:
            is_read = check.state is QuoteState.MISSING
            yield evidence_rules.missing_quote(at, slug, source, check.since, is_read)
        case _ if check.state is QuoteState.UNREACHABLE:
            yield evidence_rules.unread_page(at, slug, source, check.since, check.reason or "no answer")
