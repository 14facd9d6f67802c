"""The quotes of a brief, and where each stands in its file."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.briefs.brief import Brief, Claim, Source
from bot.core.evidence.hashes import hash_of
from bot.core.evidence.lock import QuoteKey


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote as the brief has it, with its source. `at`: the way to it from the top of the file, as in
    `bot.core.linting.diagnostic`."""

    key: QuoteKey
    text: str
    source: Source
    at: tuple[str | int, ...]


def cited_quotes(brief: Brief) -> Iterator[CitedQuote]:
    """The quotes of all claims of a brief, in the order of its sections' keys; one that a claim has twice of the same
    source comes once. A source that is not defined, or has no address yet, has none."""
    keys = set[QuoteKey]()
    for section, index, claim in _claims(brief):
        for place, evidence in enumerate(claim.evidence):
            source = brief.sources.get(evidence.source)
            if evidence.quote is None or source is None or not source.url:
                continue
            key = QuoteKey(brief.slug, claim.id, evidence.source, hash_of(evidence.quote))
            if key not in keys:
                keys.add(key)
                at = ("sections", section, "claims", index, "evidence", place, "quote")
                yield CitedQuote(key, evidence.quote, source, at)


def _claims(brief: Brief) -> Iterator[tuple[str, int, Claim]]:
    """(section key, index within it from 0, claim) of every claim."""
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield key, index, claim
