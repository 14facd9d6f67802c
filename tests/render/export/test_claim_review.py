"""ClaimReview: of verdicts on what others say alone, in the shape that schema.org gives it."""

from typing import Any, get_args

import pytest

from bot.core.answers.extract import extract
from bot.core.briefs.brief import Claim, Evidence, Source, Standing
from bot.render.export.claim_review import VERDICTS, claim_reviews
from tests.make import GAZETTE, VOCABULARY, brief
from tests.render.export.extracts import shipped

PROPERTIES: dict[str, dict[str, str]] = {
    "ClaimReview": {
        "identifier": "Text",
        "url": "URL",
        "claimReviewed": "Text",
        "itemReviewed": "Claim",
        "reviewRating": "Rating",
        "author": "Organization",
        "datePublished": "Date",
        "isPartOf": "CreativeWork",
        "citation": "CreativeWork",
    },
    "Claim": {"text": "Text"},
    "Rating": {"alternateName": "Text", "ratingExplanation": "Text"},
    "Organization": {"name": "Text"},
    "CreativeWork": {
        "name": "Text",
        "url": "URL",
        "creditText": "Text",
        "publisher": "Organization",
        "datePublished": "Date",
        "inLanguage": "Text",
        "archivedAt": "URL",
    },
}
"""What schema.org expects of the properties that are used, by type. Source: schema.org, the page of each type."""

WORKS = {"NewsArticle": "CreativeWork", "Legislation": "CreativeWork"}
"""More special types, and what they are."""

REQUIRED = frozenset({"claimReviewed", "reviewRating", "url", "author", "itemReviewed", "datePublished"})


def at(claim: str) -> str:
    return f"https://example.org/briefs/ferries#claim-{claim}"


def check(value: Any, expected: str) -> None:
    """That a value is of the type that schema.org expects, with properties that this type has."""
    if isinstance(value, list):
        for each in value:
            check(each, expected)
    elif expected in ("Text", "URL", "Date"):
        assert isinstance(value, str)
        assert value.startswith("http") or expected != "URL"
    else:
        kind = WORKS.get(value["@type"], value["@type"])
        assert kind == expected
        for name, each in value.items():
            if not name.startswith("@"):
                check(each, PROPERTIES[kind][name])


@pytest.mark.parametrize("standing", get_args(Standing))
def test_only_verdicts_on_what_others_say_are_fact_checks(standing: Standing) -> None:
    claim = Claim(
        id="a", text="Six ferries sail.", standing=standing, note="A note.", evidence=(Evidence(source="gazette"),)
    )
    reviews = claim_reviews(extract(brief("ferries", {"legal": [claim]}), VOCABULARY), at)
    assert bool(reviews) == (standing in VERDICTS)
    assert {*VERDICTS} == {"partly", "disputed"}


def test_a_review_has_what_schema_org_and_search_engines_ask_for() -> None:
    reviews = [review for each in shipped() for review in claim_reviews(each, at)]
    assert len(reviews) == sum(excerpt.claim.standing in VERDICTS for each in shipped() for excerpt in each.excerpts)
    for review in reviews:
        assert review["@context"] == "https://schema.org"
        assert review.keys() >= REQUIRED
        assert review["reviewRating"]["alternateName"] in VERDICTS.values()
        assert "ratingValue" not in review["reviewRating"]
        check(review, "ClaimReview")


def test_the_whole_of_a_review() -> None:
    law = Source(
        publisher="Parliament",
        url="https://example.org/law",
        kind="law",
        author="A. Clerk",
        archive_url="https://archive.ph/a",
    )
    evidence = (
        Evidence(source="gazette", quote="six or seven ferries"),
        Evidence(source="law"),
        Evidence(source="gazette"),
    )
    claim = Claim(id="a", text="Six ferries sail.", standing="disputed", note="The law says seven.", evidence=evidence)
    made = brief("ferries", {"legal": [claim]}, sources={"gazette": GAZETTE, "law": law})
    (review,) = claim_reviews(extract(made, VOCABULARY), lambda _: None)
    check(review, "ClaimReview")
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": f"ferries@{made.revision}/a",
        "claimReviewed": "Six ferries sail.",
        "itemReviewed": {"@type": "Claim", "text": "Six ferries sail."},
        "reviewRating": {"@type": "Rating", "alternateName": "Disputed", "ratingExplanation": "The law says seven."},
        "author": {"@type": "Organization", "name": "desk"},
        "datePublished": "2025-02-10",
        "isPartOf": {"@type": "CreativeWork", "name": "Ferries"},
        "citation": [
            {
                "@type": "NewsArticle",
                "name": "A title",
                "url": "https://example.org/gazette",
                "publisher": {"@type": "Organization", "name": "The Gazette"},
                "datePublished": "2025",
            },
            {
                "@type": "Legislation",
                "url": "https://example.org/law",
                "creditText": "A. Clerk",
                "publisher": {"@type": "Organization", "name": "Parliament"},
                "archivedAt": "https://archive.ph/a",
            },
        ],
    }
