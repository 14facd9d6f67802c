"""Claims as ClaimReview of schema.org: fact checks of what others say.

Source: schema.org/ClaimReview; developers.google.com, fact check structured data, which is for pages that review a
claim made by others.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.answers.answer import Citation, Excerpt
from bot.core.answers.extract import Extract
from bot.core.briefs.brief import SourceKind, Standing

VERDICTS: Mapping[Standing, str] = {"partly": "Partly supported", "disputed": "Disputed"}
"""Standings that are a verdict on what others say: a brief words its own sentences so that their evidence carries them,
and keeps one that goes further, or that sources contradict, because it is being said. A *supported* claim is a sentence
of the brief's own: to rate it would be to review ourselves. An *opinion* is no fact, a *reading* our own inference, and
of what is *unverified* nothing was found."""

WORKS: Mapping[SourceKind | None, str] = {"news": "NewsArticle", "law": "Legislation"}
"""Types of cited works; others are CreativeWork."""

CONTEXT = "https://schema.org"


def claim_reviews(extract: Extract, address_of: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """One object a claim that has a verdict, in reading order. `address_of` gives where a claim is, by its id;
    where it gives None the object lacks `url`, which search engines require. No number is made up for a rating."""
    return [_review(each, address_of(each.claim.id)) for each in extract.excerpts if each.claim.standing in VERDICTS]


def _review(excerpt: Excerpt, address: str | None) -> dict[str, Any]:
    brief, claim = excerpt.brief, excerpt.claim
    review = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "identifier": f"{brief.slug}@{brief.revision}/{claim.id}",
        "url": address,
        "claimReviewed": claim.text,
        "itemReviewed": {"@type": "Claim", "text": claim.text},
        "reviewRating": _rating(excerpt),
        "author": {"@type": "Organization", "name": brief.owner},
        "datePublished": brief.as_of.isoformat(),
        "isPartOf": {"@type": "CreativeWork", "name": brief.title},
        "citation": [_work(each) for each in {each.n: each for each in excerpt.citations}.values()],
    }
    return {name: value for name, value in review.items() if value is not None}


def _rating(excerpt: Excerpt) -> dict[str, Any]:
    claim = excerpt.claim
    explanation = {"ratingExplanation": claim.note} if claim.note else {}
    return {"@type": "Rating", "alternateName": VERDICTS[claim.standing], **explanation}


def _work(citation: Citation) -> dict[str, Any]:
    source = citation.source
    work = {
        "@type": WORKS.get(source.kind, "CreativeWork"),
        "name": source.title,
        "url": source.url,
        # A text, which may name several people, or none.
        "creditText": source.author,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": source.date,
        "inLanguage": source.language,
        "archivedAt": source.archive_url,
    }
    return {name: value for name, value in work.items() if value is not None}
