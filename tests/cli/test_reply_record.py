"""What programs get of a reply is all that the brief files hold of it, verbatim."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.cli.ask import corpus_of
from bot.cli.output import to_json
from bot.cli.reply_record import record
from bot.core.answers.answer import Answer
from bot.core.answers.corpus import CurrentCorpus
from bot.core.answers.lookup import reply
from bot.core.briefs.brief import Brief, Caveat, Claim, Group, Section
from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.commands.command import ContentQuery, Search, Show, ShowSources
from bot.settings import Settings
from tests.conftest import ROOT
from tests.ferries import ferries

CORPUS = corpus_of(Settings(briefs=ROOT / "briefs"))
BRIEFS = list(CORPUS.published)
SOURCE_FIELDS = (
    *("title", "author", "publisher", "via", "kind", "url", "archive_url"),
    *("date", "date_note", "language", "note"),
)
TODAY = date(2026, 3, 1)

Record = dict[str, Any]


def answer(query: ContentQuery) -> Record:
    """What a program reads of the reply."""
    return parsed(reply(query, CORPUS, default=None, today=TODAY))


def parsed(given: Any) -> Record:
    values: Record = json.loads(to_json(record(given, "/brief")))
    return values


def sections(brief: Brief) -> Iterator[tuple[str, Section, list[Record]]]:
    """Each section with its answers: in the open, with all claims, and with their quotes."""
    for key, section in brief.sections.items():
        yield (
            key,
            section,
            [
                answer(Show(key, brief.slug)),
                answer(Show(key, brief.slug, view="all")),
                answer(Show(key, brief.slug, view="quotes")),
            ],
        )


def expected_source(brief: Brief, id_: str) -> Record:
    return {"source": id_, **{field: getattr(brief.sources[id_], field) for field in SOURCE_FIELDS}}


def without(values: Record, *keys: str) -> Record:
    return {key: value for key, value in values.items() if key not in keys}


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.slug)
def test_every_claim_quote_locator_and_source_field_is_there_in_every_view(brief: Brief) -> None:
    for _, section, answers in sections(brief):
        for each in answers:
            excerpts = {excerpt["id"]: excerpt for excerpt in each["excerpts"]}
            assert excerpts.keys() == {claim.id for claim in section.claims}
            assert len(excerpts) == len(each["excerpts"])
            for claim in section.claims:
                check_excerpt(excerpts[claim.id], claim, brief)


def check_excerpt(excerpt: Record, claim: Claim, brief: Brief) -> None:
    for field in ("text", "standing", "note", "undated"):
        assert excerpt[field] == getattr(claim, field)
    assert [without(citation, "n") for citation in excerpt["citations"]] == [
        {**expected_source(brief, item.source), "quote": item.quote, "locator": item.locator} for item in claim.evidence
    ]


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.slug)
def test_the_place_of_a_claim_is_as_the_file_says(brief: Brief) -> None:
    for key, section, answers in sections(brief):
        groups = {id_: group.title for group in section.groups for id_ in group.claims}
        leads = [claim.id for claim in section.claims if claim.lead]
        for each in answers:
            assert [e["id"] for e in each["excerpts"] if e["lead"]] == (leads or [each["excerpts"][0]["id"]])
            for excerpt in each["excerpts"]:
                assert excerpt["group"] == (None if excerpt["lead"] else groups.get(excerpt["id"]))
                assert (excerpt["section"], excerpt["section_title"]) == (key, CORPUS.section_title(key))


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.slug)
def test_the_brief_says_of_itself_what_the_file_says(brief: Brief) -> None:
    for key, _, answers in sections(brief):
        for each in answers:
            assert (each["title"], each["summary"], each["continued_in"]) == (
                *(brief.title, brief.summary),
                brief.continued_in,
            )
            assert each["review_by"] == (brief.review_by.isoformat() if brief.review_by else None)
            assert each["review_overdue"] is bool(brief.review_by and brief.review_by < TODAY)
            assert each["caveats"] == caveats([c for c in brief.caveats if c.concerns(key)])


def caveats(expected: list[Caveat]) -> list[Record]:
    return [{"text": caveat.text, "sections": list(caveat.sections)} for caveat in expected]


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.slug)
def test_sources_and_caveats_are_data_too(brief: Brief) -> None:
    values = answer(ShowSources(brief.slug))
    assert (values["status"], values["section"], values["excerpts"]) == ("answer", None, [])
    assert [source["n"] for source in values["sources"]] == list(range(1, len(brief.sources) + 1))
    assert {source["source"] for source in values["sources"]} == set(brief.sources)
    for source in values["sources"]:
        assert source["brief"] == brief.slug
        assert without(source, "n", "brief") == expected_source(brief, source["source"])
    assert values["caveats"] == caveats(list(brief.caveats))


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.slug)
def test_a_source_has_one_number_and_stands_once_in_each_reply(brief: Brief) -> None:
    numbers = {source["source"]: source["n"] for source in answer(ShowSources(brief.slug))["sources"]}
    for _, _, (values, *_) in sections(brief):
        cited = [citation for excerpt in values["excerpts"] for citation in excerpt["citations"]]
        assert all(numbers[each["source"]] == each["n"] for each in cited)
        assert [each["n"] for each in values["sources"]] == sorted({each["n"] for each in cited})


def test_hits_say_of_which_brief_they_are_and_how_old_it_is() -> None:
    values = answer(Search("deported citizen"))
    assert values["status"] == "hits"
    assert len({excerpt["brief"] for excerpt in values["excerpts"]}) > 1
    for excerpt in values["excerpts"]:
        brief = CORPUS.briefs[excerpt["brief"]]
        assert (excerpt["brief_title"], excerpt["revision"]) == (brief.title, brief.revision)
        assert excerpt["as_of"] == brief.as_of.isoformat()
        assert (excerpt["lead"], excerpt["group"], excerpt["folded"]) == (False, None, False)
    cited = [(e["brief"], c["n"]) for e in values["excerpts"] for c in e["citations"]]
    assert [(source["brief"], source["n"]) for source in values["sources"]] == sorted(set(cited))


def test_what_is_folded_says_so_and_is_there() -> None:
    brief = ferries()
    key = next(key for key, section in brief.sections.items() if len(section.claims) > 1)
    last = brief.sections[key].claims[-1].id
    folded = replace(brief.sections[key], groups=(Group(title="Of the given text", claims=(last,), folded=True),))
    corpus = CurrentCorpus().put({brief.slug: replace(brief, sections={key: folded})}, NO_VOCABULARY)
    given = reply(Show(key, brief.slug), corpus, default=None, today=TODAY)
    assert isinstance(given, Answer)
    excerpts = parsed(given)["excerpts"]
    assert [(e["id"], e["group"]) for e in excerpts if e["folded"]] == [(last, "Of the given text")]
    assert len(excerpts) == len(folded.claims)


def test_a_withdrawn_brief_says_nothing_of_its_content() -> None:
    brief = replace(ferries(), status="withdrawn", review_by=date(2020, 1, 1))
    values = parsed(
        reply(
            Show(None, brief.slug), CurrentCorpus().put({brief.slug: brief}, NO_VOCABULARY), default=None, today=TODAY
        )
    )
    assert (values["status"], values["brief"], values["title"]) == ("answer", brief.slug, brief.title)
    assert [values[key] for key in ("summary", "review_by", "review_overdue", "continued_in")] == [None] * 4
    assert [values[key] for key in ("excerpts", "sources", "caveats")] == [[], [], []]
