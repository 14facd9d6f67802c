"""What is missing in a brief, and what is worse."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from bot.core.briefs.brief import Brief, Claim, Evidence, Source, Standing
from bot.core.evidence.gap_kinds import Gaps
from bot.core.evidence.gaps import Entry, Rest, entries_of, rests_on, worst_first
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason
from tests.make import GAZETTE, brief, claim

NOTHING_KNOWN = EvidenceLock()
QUOTED, CITED = Evidence(source="gazette", quote="the words of it"), Evidence(source="gazette")
RADIO = Evidence(source="radio", quote="other words of it")
SOURCES = {
    "gazette": GAZETTE,
    "radio": Source(
        publisher="Radio", url="https://example.org/radio", kind="news", archive_url="https://archive.ph/a"
    ),
}


def one(standing: Standing, *evidence: Evidence) -> Brief:
    """A brief of one claim."""
    return brief("ferries", {"legal": [claim("a", standing=standing, evidence=evidence)]}, sources=SOURCES)


def of(entries: Iterable[Entry], id_: str) -> Entry:
    return next(each for each in entries if each.id == id_)


def gaps(entry: Entry) -> list[Gaps]:
    return [each.gap for each in entry.findings]


@pytest.mark.parametrize(
    ("standing", "evidence", "found"),
    [
        ("supported", [QUOTED], []),
        ("supported", [QUOTED, RADIO], []),
        ("supported", [CITED], [Gaps.NO_QUOTE]),
        ("supported", [QUOTED, CITED], [Gaps.EVIDENCE_WITHOUT_QUOTE]),
        ("partly", [], [Gaps.NO_EVIDENCE]),
        ("partly", [QUOTED], []),
        ("partly", [CITED], [Gaps.NO_QUOTE]),
        ("disputed", [QUOTED], [Gaps.ONE_SIDE]),
        ("disputed", [CITED], [Gaps.ONE_SIDE, Gaps.NO_QUOTE]),
        ("disputed", [QUOTED, RADIO], []),
        ("opinion", [], [Gaps.OPINION_WITHOUT_SOURCE]),
        ("opinion", [QUOTED], []),
        ("reading", [], []),
        ("reading", [CITED], [Gaps.NO_QUOTE]),
        ("unverified", [], [Gaps.UNVERIFIED_UNSEARCHED]),
        ("unverified", [CITED], [Gaps.UNVERIFIED]),
    ],
)
def test_each_standing_lacks_what_it_needs(standing: Standing, evidence: list[Evidence], found: list[Gaps]) -> None:
    assert gaps(of(entries_of(one(standing, *evidence), NOTHING_KNOWN), "a")) == found


def test_every_claim_and_every_source_is_listed_with_what_it_rests_on() -> None:
    entries = [*entries_of(one("supported", QUOTED, CITED, RADIO), NOTHING_KNOWN)]
    assert [(each.thing, each.id, each.number) for each in entries] == [
        ("brief", "ferries", 0),
        ("claim", "a", 0),
        ("source", "gazette", 1),
        ("source", "radio", 1),
    ]
    assert of(entries, "a").rests_on == (Rest("gazette", 1, 1), Rest("radio", 1, 0))
    assert rests_on(Claim(id="b", text="x")) == ()


def test_a_source_lacks_date_title_and_archive() -> None:
    entries = [*entries_of(one("supported", QUOTED, RADIO), NOTHING_KNOWN)]
    assert gaps(of(entries, "gazette")) == [Gaps.NO_ARCHIVE]
    assert gaps(of(entries, "radio")) == [Gaps.NO_DATE, Gaps.NO_TITLE]


def test_a_draft_may_lack_more_of_its_sources() -> None:
    bare = Source(publisher="", url="", kind="news", title="Board halves ferries", date="2025")
    draft = brief("ferries", {"legal": [claim("a")]}, status="draft", sources={"gazette": bare})
    entry = next(each for each in entries_of(draft, NOTHING_KNOWN) if each.thing == "source")
    assert gaps(entry) == [Gaps.NO_ADDRESS, Gaps.NO_PUBLISHER]


# One source for everything


def with_sections(**sections: list[Claim]) -> list[Entry]:
    return [*entries_of(brief("ferries", sections, sources=SOURCES), EvidenceLock())]


def three(source: str) -> list[Claim]:
    return [claim(f"{source}-{n}", evidence=(Evidence(source=source),)) for n in range(3)]


def test_a_brief_that_rests_on_one_source_is_told_once() -> None:
    entries = with_sections(legal=three("gazette"), overview=[claim("other")])
    found = [(each.thing, each.id, each.findings[0].what) for each in entries if Gaps.ONE_SOURCE in gaps(each)]
    assert found == [("brief", "ferries", "all on gazette")]


def test_a_section_that_rests_on_one_source_is_told_where_others_do_not() -> None:
    entries = with_sections(legal=three("gazette"), overview=three("radio")[:2])
    assert [(each.thing, each.id) for each in entries if Gaps.ONE_SOURCE in gaps(each)] == [("section", "legal")]


def test_few_claims_and_claims_that_nothing_carries_do_not_count() -> None:
    unverified = [claim(f"u{n}", standing="unverified") for n in range(3)]
    entries = with_sections(legal=three("gazette")[:2] + unverified)
    assert not any(Gaps.ONE_SOURCE in gaps(each) for each in entries)


# What is known of quotes


def known(state: QuoteState, evidence: Evidence, **fields: Any) -> EvidenceLock:
    key = QuoteKey("ferries", "a", evidence.source, sha256((evidence.quote or "").encode()).hexdigest()[:16])
    check = QuoteCheck(key=key, state=state, since=date(2026, 5, 3), page=None, places=0, **fields)
    return EvidenceLock(date(2026, 5, 4), {key: check})


@pytest.mark.parametrize(
    ("state", "fields", "found", "what"),
    [
        (QuoteState.VERBATIM, {}, [], []),
        (QuoteState.NORMALISED, {}, [], []),
        (QuoteState.MISSING, {}, [Gaps.QUOTE_MISSING], ["gazette, since 2026-05-03"]),
        (
            QuoteState.GONE,
            {"reason": UnreadReason.ABSENT},
            [Gaps.PAGE_GONE],
            ["gazette, since 2026-05-03, absent"],
        ),
        (
            QuoteState.UNREACHABLE,
            {"reason": UnreadReason.REFUSED},
            [Gaps.UNREACHABLE],
            ["gazette, since 2026-05-03, refused"],
        ),
        (
            QuoteState.UNREACHABLE,
            {"reason": UnreadReason.TIMEOUT, "before": QuoteState.MISSING},
            [Gaps.QUOTE_MISSING],
            ["gazette, since 2026-05-03, timeout"],
        ),
    ],
)
def test_what_became_of_a_quote_is_told_with_its_day(
    state: QuoteState, fields: dict[str, Any], found: list[Gaps], what: list[str]
) -> None:
    entry = of(entries_of(one("supported", QUOTED), known(state, QUOTED, **fields)), "a")
    assert (gaps(entry), [each.what for each in entry.findings]) == (found, what)


def test_a_quote_that_was_changed_since_counts_as_never_verified() -> None:
    entry = of(entries_of(one("supported", QUOTED, RADIO), known(QuoteState.VERBATIM, QUOTED)), "a")
    assert [(each.gap, each.what) for each in entry.findings] == [(Gaps.NEVER_VERIFIED, "radio")]


def test_of_a_brief_that_was_never_verified_it_is_told_once() -> None:
    entries = [*entries_of(one("supported", QUOTED, RADIO), NOTHING_KNOWN)]
    found = [(each.thing, each.findings[0].what) for each in entries if Gaps.NEVER_VERIFIED in gaps(each)]
    assert found == [("brief", "2 quotes")]
    without = entries_of(one("supported", CITED), NOTHING_KNOWN)
    assert not any(Gaps.NEVER_VERIFIED in gaps(each) for each in without)


# Order


def test_the_worst_comes_first_and_what_readers_see_before_drafts() -> None:
    draft = brief("draft", {"legal": [claim("d", standing="opinion", evidence=())]}, status="draft", sources={})
    seen = brief("seen", {"legal": [claim("s", standing="opinion", evidence=()), claim("u", standing="unverified")]})
    lock = known(QuoteState.MISSING, QUOTED)
    entries = [*entries_of(draft, lock), *entries_of(seen, lock), *entries_of(one("supported", QUOTED), lock)]
    order = [each.id for each in worst_first(entries) if each.thing == "claim"]
    assert order == ["a", "s", "d", "u"]


def test_of_sources_those_that_most_claims_rest_on_come_first() -> None:
    entries = with_sections(legal=[*three("gazette"), *three("radio")[:1]])
    assert [each.id for each in worst_first(each for each in entries if each.thing == "source")] == ["radio", "gazette"]
    bare = {"gazette": SOURCES["radio"], "radio": SOURCES["radio"]}
    both = brief("ferries", {"legal": [*three("radio"), *three("gazette")[:1]]}, sources=bare)
    of_sources = (each for each in entries_of(both, NOTHING_KNOWN) if each.thing == "source")
    assert [(each.id, each.number) for each in worst_first(of_sources)] == [("radio", 3), ("gazette", 1)]
