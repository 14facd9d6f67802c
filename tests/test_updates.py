"""The five briefs hold the corrections and updates, word for word, in the order that goes with them."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from bot.content.repository import Repository
from bot.core.briefs.brief import Brief, Claim, Section, Source
from tests import facts, updates
from tests.conftest import ROOT

BRIEFS = ROOT / "briefs"
SLUGS = (
    "el-salvador-offer",
    "el-salvador-removals",
    "guatemala-deportations",
    "uk-rwanda",
    "european-prison-rentals",
)
DAY = date(2026, 11, 25)
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# The first words of quotes that the sheet offers as a choice, with the reason.
LEFT = {
    "Detainees subject to removal orders under": "a summary of the ruling, replaced by the Court's own words",
    "U.S. District Judge James E. Boasberg said he": "the other quote is better worded",
    "Our robust Act and Treaty make clear": "only if the minister's own words are wanted",
}
# Texts, notes, standings and sources that differ on purpose: brief/name to the reason.
TEXTS = {
    "el-salvador-offer/fishwick-on-constitution": "shorter, in the same sense",
    "el-salvador-offer/international-rules": "shorter: the words of both rules say what they are about",
    "el-salvador-offer/rented-dutch-prisons": "no quote says when the first Belgian prisoners went",
    "el-salvador-offer/treaty-with-el-salvador": "names the years in which the two states became parties",
    "el-salvador-removals/abrego-garcia-released": "no quote gives the judge's first name or her office",
    "el-salvador-removals/cecot-to-double": "no quote says that his words answer the other's",
    "el-salvador-removals/contempt-finding-thrown-out": "no quote gives the month of the finding or names the flights",
    "el-salvador-removals/contempt-inquiry-paused": "the quotes speak of responses, and name neither panel nor place",
    "el-salvador-removals/contempt-inquiry-resumed": "no quote names the flights",
    "el-salvador-removals/fifth-circuit-injunction": "the sources give 1 to 3 September, and no day",
    "el-salvador-removals/no-safeguards-in-grant": "no quote gives its pages, or says who published it",
    "el-salvador-removals/returns-ordered": "no quote says that the men want to contest their removal",
    "el-salvador-removals/six-million-dollars": "no quote calls the agreement that of a grant",
    "el-salvador-removals/state-in-late-april-2025": "the source gives the month alone, and says who was not returned",
    "guatemala-deportations/joint-security-program": "the quote says that they are allowed to help train",
    "guatemala-deportations/panama-and-costa-rica": "no quote speaks of deals, or of a first flight",
    "guatemala-deportations/screening-before-return": "the one report quoted is AP's, on Costa Rica",
    "uk-rwanda/act-repealed": "shorter, in the same sense",
    "uk-rwanda/end-of-the-treaty": "the source for the month of the notice is dropped",
    "uk-rwanda/hearing-in-the-hague": "the quote says neither public nor where",
    "uk-rwanda/paid-to-rwanda": "the quote does not say to whom she spoke",
    "uk-rwanda/treaty-of-2023": "no quote says that the treaty replaces the memorandum",
    "uk-rwanda/upfront-payment": "the quote says operations, and not for whom",
    "european-prison-rentals/belgium-looks-again": "the year of the first visits is not shown",
    "european-prison-rentals/estonia-first-reading": "no quote speaks of criticism",
    "european-prison-rentals/estonian-law-in-tartu": "the quote gives costs, not what Sweden pays",
    "european-prison-rentals/first-prisoners-in-2027": "the same with the minister's name",
    "european-prison-rentals/money-for-kosovo": "a decade, and the upper sum as what the ministry calls possible",
    "european-prison-rentals/norway-rejects-criticism": "the same in another order",
    "european-prison-rentals/swedish-majority": "the quote says that the party will vote yes",
    "european-prison-rentals/tilburg-staff": "no quote says when the first Belgian prisoners went",
}
NOTES = {
    "el-salvador-offer/courts-consistently-ruled": "shorter by an adverb",
    "el-salvador-offer/fifth-amendment": "gives the words of the given text",
    "el-salvador-offer/treaty-with-el-salvador": "says that the inference is ours",
    "el-salvador-removals/agreed-for-non-citizens": "says what it was read from; the standing says that it is ours",
    "el-salvador-removals/bukele-new-prison": "the source gives the day on which it was reported",
    "el-salvador-removals/contempt-finding-thrown-out": "days for readers, who see no ids",
    "european-prison-rentals/first-prisoners-in-2027": "says where was looked",
}
STANDINGS = {
    "el-salvador-offer/what-followed-the-offer": "that no citizen was meant is inferred, as in the brief that goes on",
    "el-salvador-removals/sotomayor-statement": "a judgement, of which a copy of the words is enough",
    "guatemala-deportations/foreign-aid-exception": "says no more than the words that are left of the sentence",
    "european-prison-rentals/estonia-first-reading": "only a digest has the first reading",
}
SOURCES = {
    "el-salvador-removals/states-newsroom-grant": "the page does not say whose text it is, so it is the publisher",
    "uk-rwanda/ethical-innovations": "dated by its address, as its date's note says",
}

pytestmark = [
    pytest.mark.skipif(not facts.FACTS.is_dir(), reason="the fact sheets are not beside the repository"),
    pytest.mark.parametrize("slug", SLUGS),
]


@pytest.fixture(scope="module")
def briefs() -> dict[str, Brief]:
    return {slug: brief for slug, brief in Repository(BRIEFS).load().briefs.items() if brief}


@pytest.fixture
def brief(briefs: dict[str, Brief], slug: str) -> Brief:
    return briefs[slug]


def claims(brief: Brief) -> dict[str, Claim]:
    return {claim.id: claim for _, claim in brief.claims()}


def plain(text: str | None) -> str:
    """Blanks joined, curly marks straight."""
    return " ".join((text or "").split()).translate(STRAIGHT)


def words(text: str | None) -> list[str]:
    """The words of a text for readers, who know neither stored pages nor the ids of claims."""
    known = plain(text).replace("stored pages", "the pages seen")
    return re.findall(r"\w+", re.sub(r"\(?\b(see )?[a-z]+(-[a-z]+)+( and [a-z]+(-[a-z]+)+)?", "", known))


def holds(text: str | None, given: str) -> bool:
    """Whether a text has every word of the given one in order. It may add some: a year, whose law or prison it is."""
    rest = iter(words(text))
    return all(word in rest for word in words(given))


def test_the_days_and_the_brief_that_goes_on_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    days = [date.fromisoformat(updates.day(slug, name)) for name in ("as_of", "review_by")]
    assert [brief.as_of, brief.review_by] == days
    assert brief.continued_in == updates.continued_in(slug)


def test_new_claims_are_there(brief: Brief, slug: str) -> None:
    assert updates.new_claims(slug) - set(claims(brief)) == set()


def test_texts_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    given = [each for each in updates.entries(slug) if each.text and f"{slug}/{each.claim}" not in TEXTS]
    texts = {each.claim: claims(brief)[each.claim].text for each in given}
    assert {
        each.claim: (texts[each.claim], each.text) for each in given if not holds(texts[each.claim], each.text)
    } == {}


def test_notes_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    given = [each for each in updates.entries(slug) if each.note and f"{slug}/{each.claim}" not in NOTES]
    notes = {each.claim: claims(brief)[each.claim].note for each in given}
    assert {
        each.claim: (notes[each.claim], each.note) for each in given if not holds(notes[each.claim], each.note)
    } == {}


def test_standings_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    """One that is not named is `supported` in a new claim; what is said to be our reading has that standing."""
    given = [each for each in updates.entries(slug) if f"{slug}/{each.claim}" not in STANDINGS]
    fresh = updates.new_claims(slug)
    expected = {each.claim: standing(each) for each in given if each.standing or each.claim in fresh}
    actual = {claim: claims(brief)[claim].standing for claim in expected}
    assert {claim: (actual[claim], expected[claim]) for claim in expected if actual[claim] != expected[claim]} == {}


def standing(entry: updates.Entry) -> str:
    return "reading" if entry.note.startswith("Our reading") else entry.standing or "supported"


def test_every_quote_of_the_updates_stands_with_its_claim_and_source(brief: Brief, slug: str) -> None:
    addresses = updates.addresses()
    missing = [
        (each.claim, key, quote)
        for each in updates.entries(slug)
        for key, quote in each.evidence
        if not quote.startswith(tuple(LEFT)) and (quote, addresses.get(key, key)) not in cited(brief, each.claim)
    ]
    assert missing == []


def cited(brief: Brief, claim: str) -> set[tuple[str | None, str]]:
    """The quotes of a claim, each with key and address of its source."""
    evidence = claims(brief)[claim].evidence
    return {(item.quote, name) for item in evidence for name in (item.source, brief.sources[item.source].url)}


def test_every_new_source_is_there_as_the_updates_have_it(brief: Brief, slug: str) -> None:
    sources = {source.url: source for source in brief.sources.values()}
    rows = [row for row in updates.rows(slug) if f"{slug}/{row.key}" not in SOURCES]
    differ = {row.key: different(sources.get(row.url()), row) for row in rows}
    assert {key: what for key, what in differ.items() if what} == {}


def different(source: Source | None, row: updates.Row) -> list[tuple[str, str]]:
    """The fields that differ. A title that was read from an address may be left out."""
    if source is None:
        return [("not there", row.address)]
    kind, _, language = row.kind.partition(", ")
    pairs = [
        (source.title or "", row.title),
        (source.publisher, row.publisher),
        (source.via or "", row.via),
        (source.author or "", row.author),
        (source.kind or "", kind),
        (source.language or "", language),
    ]
    day = [(source.date or "undated", row.date)]
    return [pair for pair in pairs if not same(*pair)] + [pair for pair in day if pair[0] not in pair[1]]


def same(value: str, field: str) -> bool:
    """Whether a value is that of a field or a part of it; parentheses are remarks, and a dash stands for nothing."""
    bare = re.sub(r" ?\([^()]*\)", "", field).strip("— ")
    return (
        not bare
        if not value and "address)" not in field
        else plain(value).replace('"', "") in plain(field).replace('"', "") or not bare
    )


@pytest.mark.parametrize("section", ["overview", "legal", "rights", "reactions", "outlook"])
def test_leads_and_groups_are_those_of_the_updates(brief: Brief, slug: str, section: str) -> None:
    """Behind the fold at the end may stand what makes a section too long, whatever its group."""
    order, here = updates.orders(slug)[section], brief.sections[section]
    folded = folded_claims(here)
    assert {claim.id for claim in here.claims if claim.lead} == set(order.leads)
    assert without(folded, reading_order(here)) == without(folded, order.claims)
    assert open_groups(here, order) == expected_groups(folded, order)


@pytest.mark.parametrize("section", ["overview", "legal", "rights", "reactions", "outlook"])
def test_claims_of_the_given_text_are_folded(brief: Brief, slug: str, section: str) -> None:
    groups = {group.title: group for group in brief.sections[section].groups}
    for title, ids in updates.orders(slug)[section].groups:
        if given_text(title):
            assert set(ids) <= set(groups["Of the given text"].claims)
            assert groups["Of the given text"].folded


def given_text(title: str) -> bool:
    return title.startswith("From the text")


def folded_claims(section: Section) -> set[str]:
    """What stands behind *Show all*: the least of a section that would be too long."""
    return {claim for group in section.groups if group.folded for claim in group.claims}


def reading_order(section: Section) -> tuple[str, ...]:
    grouped = [claim for group in section.groups for claim in group.claims]
    return (*(claim.id for claim in section.claims if claim.id not in grouped), *grouped)


def open_groups(section: Section, order: updates.Order) -> list[tuple[str, tuple[str, ...]]]:
    """The groups that are not folded, without their claims where the updates only name them."""
    named = {title for title, ids in order.groups if not ids}
    groups = [(plain(group.title), group.claims) for group in section.groups if not group.folded]
    return [(title, () if title in named else ids) for title, ids in groups]


def expected_groups(folded: set[str], order: updates.Order) -> list[tuple[str, tuple[str, ...]]]:
    groups = [(title, without(folded, ids), bool(ids)) for title, ids in order.groups if not given_text(title)]
    return [(title, ids) for title, ids, full in groups if ids or not full]


def without(names: set[str], ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each not in names)


def test_change_notes_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    actual = {(c.date, c.kind, c.claims, c.sources, plain(c.note)) for c in brief.changes}
    expected = {(DAY, c.kind, c.claims, c.sources, plain(c.note)) for c in updates.changes(slug)}
    assert expected - actual == set()


def test_caveats_are_those_of_the_updates(brief: Brief, slug: str) -> None:
    assert [given for given in updates.caveats(slug) if not any(holds(c, given) for c in brief.caveat_texts())] == []
