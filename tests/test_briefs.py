"""The five briefs hold the facts, all of them and nothing else."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from bot.content.repository import Repository, check_directory
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.briefs.brief import Brief, Claim, Evidence
from tests import facts, updates
from tests.conftest import ROOT

BRIEFS = ROOT / "briefs"
SHEETS = {
    "el-salvador-offer": ("01-el-salvador-offer.md", 39, 32),
    "el-salvador-removals": ("02-el-salvador-update.md", 30, 25),
    "guatemala-deportations": ("03-guatemala-deportation-deal.md", 25, 16),
    "uk-rwanda": ("04-uk-rwanda-plan.md", 24, 23),
    "european-prison-rentals": ("05-european-prison-rentals.md", 26, 19),
}
# What the updates replace or drop, by a part of it, with the reason.
ADDRESSES_LEFT = {
    "test.daily8.com/en/article/6737cfa20022cd028289e3866862a977": "the same story stands on a better-known page",
    "ghspeaks.com": "better sources name the day on which the treaty ends",
    "internazionale.it": "one story of the agency, on two pages",
    "mindybelz.substack.com": "the court's order itself takes its place",
}
QUOTES_LEFT = {
    "Rwanda said that Britain had in 2024 requested": "one story of the agency, on two pages",
    "The formal termination will take effect on 16 March": "better sources name the day",
    "did not ‘refuse to comply’ with a court order.": "a longer quote names the speaker",
    "the renovation process has not yet begun": "overtaken",
}
# Sources that carry a quote although the facts do not say so: brief/source to the reason.
CARRIES = {
    "el-salvador-offer/amendment-v": "the page has the whole amendment, from its first words on",
    "el-salvador-offer/ap-agreement": "the agency's words in a better-known paper; a row of another brief",
}
needs_facts = pytest.mark.skipif(not facts.FACTS.is_dir(), reason="the fact sheets are not beside the repository")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    repository, shelf = Repository(BRIEFS), CurrentCorpus()
    return shelf.put(repository.load().briefs, repository.vocabulary)


def claims(brief: Brief) -> list[Claim]:
    return [claim for section in brief.sections.values() for claim in section.claims]


def sheet(slug: str) -> str:
    return (facts.FACTS / SHEETS[slug][0]).read_text(encoding="utf-8")


def test_the_store_has_no_problem() -> None:
    assert check_directory(BRIEFS, today=date(2026, 11, 25)) == []


def test_the_store_holds_these_briefs(corpus: Corpus) -> None:
    assert set(corpus.briefs) == set(SHEETS)
    assert corpus.vocabulary.lead == "el-salvador-offer"
    assert list(corpus.vocabulary.sections) == ["overview", "legal", "rights", "reactions", "outlook"]


@pytest.mark.parametrize("slug", SHEETS)
def test_a_brief_has_every_section_and_enough_claims_and_sources(corpus: Corpus, slug: str) -> None:
    _, least_claims, least_sources = SHEETS[slug]
    brief = corpus.briefs[slug]
    assert corpus.section_keys(brief) == list(corpus.vocabulary.sections)
    assert len(claims(brief)) >= least_claims
    assert len(brief.sources) >= least_sources


@needs_facts
@pytest.mark.parametrize("slug", SHEETS)
def test_a_brief_has_every_address_of_its_facts_and_none_of_its_own(corpus: Corpus, slug: str) -> None:
    text = (BRIEFS / f"{slug}.yaml").read_text(encoding="utf-8")
    addresses = {source.url for source in corpus.briefs[slug].sources.values()}
    assert missing(facts.urls(sheet(slug)) - addresses, ADDRESSES_LEFT) == []
    assert addresses - known_urls() == set()
    assert len(facts.URL.findall(text)) == len(corpus.briefs[slug].sources)


@needs_facts
@pytest.mark.parametrize("slug", SHEETS)
def test_a_brief_has_every_quote_of_its_facts_and_none_of_its_own(corpus: Corpus, slug: str) -> None:
    quotes = {item.quote for claim in claims(corpus.briefs[slug]) for item in claim.evidence if item.quote}
    rest = {quote for quote in facts.quotes(sheet(slug)) if not any(quote in longer for longer in quotes)}
    assert missing(rest, QUOTES_LEFT) == []
    assert quotes - known_quotes() == set()


def missing(texts: set[str], left: Mapping[str, str]) -> list[str]:
    return sorted(text for text in texts if not any(part in text for part in left))


def known_urls() -> set[str]:
    return facts.urls(updates.whole()).union(*(facts.urls(sheet(slug)) for slug in SHEETS))


def known_quotes() -> set[str]:
    return set(updates.carried()).union(*(facts.quotes(sheet(slug)) for slug in SHEETS))


@needs_facts
@pytest.mark.parametrize("slug", SHEETS)
def test_a_quote_stands_with_the_source_that_carries_it(corpus: Corpus, slug: str) -> None:
    brief = corpus.briefs[slug]
    astray = [
        (claim.id, item.source, item.quote)
        for claim in claims(brief)
        for item in claim.evidence
        if item.quote
        and f"{slug}/{item.source}" not in CARRIES
        and not {item.source, brief.sources[item.source].url} & carriers(slug, item)
    ]
    assert astray == []


def carriers(slug: str, item: Evidence) -> set[str]:
    """Keys and addresses of the sources that a quote may be cited from."""
    quote = item.quote or ""
    older = (facts.carried(sheet(each)).get(quote, set()) for each in SHEETS)
    return updates.carried().get(quote, set()).union(updates.renewed(slug, item.source), *older)


@needs_facts
@pytest.mark.parametrize("slug", SHEETS)
def test_no_number_or_date_is_invented(corpus: Corpus, slug: str) -> None:
    """Every number in a claim, a note or a caveat stands in the facts too."""
    brief, known = corpus.briefs[slug], numbers(sheet(slug) + updates.of(slug) + facts.given())
    texts = [*(f"{claim.text} {claim.note or ''}" for claim in claims(brief)), *brief.caveat_texts()]
    assert [(text, numbers(text) - known) for text in texts if not numbers(text) <= known] == []


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@needs_facts
@pytest.mark.parametrize("slug", SHEETS)
def test_the_dates_of_sources_are_those_of_the_facts(corpus: Corpus, slug: str) -> None:
    text = sheet(slug) + updates.whole()
    for key, source in corpus.briefs[slug].sources.items():
        assert source.date is None or source.date in text or in_words(source.date) in text, key


def in_words(date: str) -> str:
    """`February 2025` of `2025-02` and `2025-02-03`."""
    months = "January February March April May June July August September October November December".split()
    year, month = date.split("-")[:2] if "-" in date else (date, "1")
    return f"{months[int(month) - 1]} {year}"


def test_what_is_not_fully_supported_says_so(corpus: Corpus) -> None:
    """The facts' own words: not found, partly, opinion."""
    standings = {f"{slug}/{c.id}": c.standing for slug, brief in corpus.briefs.items() for c in claims(brief)}
    counts = {standing: list(standings.values()).count(standing) for standing in set(standings.values())}
    assert counts["unverified"] >= 3
    assert counts["partly"] >= 9
    assert counts["disputed"] >= 4
    assert counts["opinion"] >= 17


# What the user gave


def given_brief() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "tests" / "given_brief.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_sentence_of_the_given_brief_is_found_again(corpus: Corpus) -> None:
    known = {f"{slug}/{claim.id}" for slug, brief in corpus.briefs.items() for claim in claims(brief)}
    for sentence in given_brief()["sentences"]:
        ids = [name if "/" in name else f"el-salvador-offer/{name}" for name in sentence["claims"]]
        assert ids, sentence["text"]
        assert set(ids) <= known, sentence["text"]


def test_headings_of_the_given_brief_are_sections(corpus: Corpus) -> None:
    assert {key for key in given_brief()["headings"].values() if key} == set(corpus.vocabulary.sections)


@needs_facts
def test_no_sentence_of_the_given_brief_is_left_out() -> None:
    rest = squeezed(facts.given())
    mapped = [*given_brief()["headings"], *(sentence["text"] for sentence in given_brief()["sentences"])]
    for text in sorted(map(squeezed, mapped), key=len, reverse=True):
        assert text in rest, text
        rest = rest.replace(text, "\n", 1)
    assert rest.replace("\n", "").replace(":", "") == ""


def squeezed(text: str) -> str:
    return "".join(text.split())
