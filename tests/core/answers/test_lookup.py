"""From a command and a corpus to a reply."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from bot.core.answers.answer import (
    NOTHING_PUBLISHED,
    Answer,
    Disambiguation,
    HomePage,
    NoMatch,
    Reply,
    SearchResults,
    SourceList,
    Suggestion,
    Withdrawn,
)
from bot.core.answers.corpus import Corpus
from bot.core.answers.lookup import reply
from bot.core.briefs.brief import ChangeNote, Evidence
from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.commands.command import Ambiguous, ContentQuery, ListBriefs, Show, ShowSources
from bot.core.commands.parser import parse
from bot.errors import UncitedExcerptError
from tests.make import GAZETTE, VOCABULARY, brief, claim, corpus

LEAD = Vocabulary(sections=VOCABULARY.sections, lead="alpha")
ALPHA = brief("alpha", {"legal": [claim("one"), claim("two")], "reactions": [claim("three")]})
BETA = brief("beta", {"legal": [claim("four", "Zebras may cross.")]}, tags=("animals",), review_by=date(2025, 5, 10))
DRAFT = brief("gamma", status="draft")
GONE = brief(
    "delta",
    status="withdrawn",
    changes=(ChangeNote(date=date(2025, 3, 1), kind="withdrawal", note="The source fell."),),
)
BOTH = corpus(ALPHA, BETA, DRAFT, GONE)
TODAY = date(2025, 6, 1)


def ask(text: str, store: Corpus = BOTH, default: str | None = None, today: date = TODAY) -> Reply:
    asked = parse(text, store.names)
    assert isinstance(asked, get_args(ContentQuery))
    return reply(asked, store, default=default, today=today)


def test_the_named_brief_answers() -> None:
    answer = ask("legal beta")
    assert isinstance(answer, Answer)
    assert (answer.brief.slug, [e.claim.id for e in answer.excerpts]) == ("beta", ["four"])


def test_a_brief_alone_gives_its_first_section() -> None:
    answer = ask("alpha")
    assert isinstance(answer, Answer)
    assert answer.section == "legal"


def test_else_the_default_of_the_channel() -> None:
    answer = ask("legal", corpus(ALPHA, BETA, vocabulary=LEAD), default="beta")
    assert isinstance(answer, Answer)
    assert answer.brief is BETA


def test_else_the_lead() -> None:
    answer = ask("legal", corpus(ALPHA, BETA, vocabulary=LEAD), default="unknown")
    assert isinstance(answer, Answer)
    assert answer.brief is ALPHA


def test_else_the_only_published_one() -> None:
    answer = ask("legal", corpus(BETA, DRAFT, GONE))
    assert isinstance(answer, Answer)
    assert answer.brief is BETA


def test_else_a_choice() -> None:
    answer = ask("legal")
    assert isinstance(answer, Disambiguation)
    assert [str(s.command) for s in answer.suggestions] == ["legal alpha", "legal beta"]


def test_the_answer_offers_the_other_briefs_with_that_section() -> None:
    answer = ask("legal alpha")
    assert isinstance(answer, Answer)
    assert answer.others == (BETA,)


def test_a_missing_section_offers_what_there_is() -> None:
    answer = ask("reactions beta")
    assert isinstance(answer, NoMatch)
    assert [str(s.command) for s in answer.suggestions] == ["reactions alpha", "legal beta"]


def test_the_current_revision_answers_and_an_older_one_says_why_not() -> None:
    assert isinstance(ask(f"legal alpha@{ALPHA.revision}"), Answer)
    older = ask("legal alpha@00000000")
    assert isinstance(older, NoMatch)
    assert str(older.suggestions[0].command) == "legal alpha"


def test_a_review_is_overdue_the_day_after() -> None:
    answer = ask("legal beta")
    assert isinstance(answer, Answer)
    assert answer.review_overdue == date(2025, 5, 10)
    on_the_day = ask("legal beta", today=date(2025, 5, 10))
    assert isinstance(on_the_day, Answer)
    assert on_the_day.review_overdue is None


def test_a_withdrawn_brief_answers_only_with_its_note_and_is_out_of_search() -> None:
    assert ask("legal delta") == Withdrawn(GONE, "The source fell.")
    assert ask("sources delta") == Withdrawn(GONE, "The source fell.")


def test_a_note_above_the_withdrawal_is_not_its_reason() -> None:
    later = ChangeNote(date=date(2025, 4, 1), kind="update", note="A court will hear it.")
    gone = replace(GONE, changes=(later, *GONE.changes))
    assert ask("legal delta", corpus(ALPHA, gone)) == Withdrawn(gone, "The source fell.")


def test_a_button_with_the_old_key_of_a_section_opens_it() -> None:
    sections = {"rules": SectionMeta(title="Rules", aliases=("legal",))}
    store = corpus(brief("alpha", {"rules": [claim("one")]}), vocabulary=Vocabulary(sections=sections))
    answer = reply(Show("legal", "alpha"), store, default=None, today=TODAY)
    assert isinstance(answer, Answer)
    assert answer.section == "rules"


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        ("cve-2021-1234", ["one", "two"]),
        ("legal CVE-2021-1234", ["legal one", "legal two"]),
        ("sources cve-2021-1234", ["sources one", "sources two"]),
        ("subscribe cve-2021-1234", ["subscribe one", "subscribe two"]),
    ],
)
def test_an_alias_that_briefs_share_is_a_choice_between_their_titles(typed: str, commands: list[str]) -> None:
    briefs = (brief(slug, title=f"Number {slug}", aliases=("CVE-2021-1234",)) for slug in ("one", "two"))
    choice = ask(typed, corpus(*briefs))
    assert isinstance(choice, Disambiguation)
    prefix = "Legal considerations in " if typed.startswith("legal") else ""
    assert [(each.text, str(each.command)) for each in choice.suggestions] == [
        (f"{prefix}Number {command.split()[-1]}", command) for command in commands
    ]
    found = ask("search claim one is so")
    assert isinstance(found, SearchResults)
    assert {e.brief.slug for e in found.excerpts} == {"alpha"}


def test_a_draft_never_answers() -> None:
    assert not isinstance(ask("legal gamma"), Answer)
    listed = ask("list")
    assert isinstance(listed, Disambiguation)
    assert [str(s.command) for s in listed.suggestions] == ["alpha", "beta"]


@pytest.mark.parametrize("slug", ["gamma", "epsilon", "zeta"])
@pytest.mark.parametrize("query", [Show("legal"), Show(), ShowSources()])
def test_a_button_of_a_brief_that_is_there_no_more_never_shows_another(query: Show | ShowSources, slug: str) -> None:
    """`gamma` has become a draft, the others are gone."""
    command = replace(query, brief=slug)
    gone = reply(command, corpus(ALPHA, BETA, DRAFT, vocabulary=LEAD), default="beta", today=TODAY)
    assert gone == NoMatch(str(command), f"no brief is called “{slug}”")


def test_a_button_of_a_brief_that_is_there_no_more_names_what_is_spelled_like_it() -> None:
    gone = reply(Show("legal", "betas"), BOTH, default=None, today=TODAY)
    assert isinstance(gone, NoMatch)
    assert [str(s.command) for s in gone.suggestions] == ["beta"]


def test_a_choice_between_meanings_can_be_asked_for_again() -> None:
    choice = ask("el", corpus(brief("el-a"), brief("el-b")))
    assert isinstance(choice, Disambiguation)
    assert choice.command == Ambiguous("el", (Show(None, "el-a"), Show(None, "el-b")))


def test_a_section_that_a_question_names_comes_first() -> None:
    legal = ask("legal zebras crossing roads")
    assert isinstance(legal, SearchResults)
    assert (legal.words, legal.section_title) == ("legal zebras crossing roads", "Legal considerations")
    assert [e.claim.id for e in legal.excerpts] == ["four"]


def test_a_claim_that_holds_all_words_itself_comes_before_one_that_needs_its_title() -> None:
    deal = brief("deal", {"legal": [claim("short", "A citizen.")]}, title="Deportation deal on deportation")
    law = brief("law", {"legal": [claim("long", "By the law of this land no citizen may ever be deported.")]})
    results = ask("citizen deported", corpus(deal, law))
    assert isinstance(results, SearchResults)
    assert (results.excerpts[0].claim.id, results.with_all) == ("long", 1)


def test_a_misspelt_word_is_suggested_and_never_answered() -> None:
    nothing = ask("leagl beta")
    assert isinstance(nothing, NoMatch)
    assert [str(s.command) for s in nothing.suggestions] == ["legal beta"]


def test_a_word_near_a_name_that_claims_hold_may_also_be_searched() -> None:
    nothing = ask("betas", corpus(brief("beta", {"legal": [claim("one", "Betas are off.")]})))
    assert isinstance(nothing, NoMatch)
    assert [str(s.command) for s in nothing.suggestions] == ["beta", "search betas"]


def test_a_brief_that_an_unanswerable_question_names_is_the_nearest() -> None:
    nothing = ask("how many quaggas live in beta by now")
    assert isinstance(nothing, NoMatch)
    assert [str(s.command) for s in nothing.suggestions] == ["beta"]


def test_unknown_words_get_nothing_and_no_guess() -> None:
    nothing = ask("quagga")
    assert isinstance(nothing, NoMatch)
    assert nothing.suggestions == ()


def test_list_by_tag() -> None:
    listed = ask("list tag:animals")
    assert isinstance(listed, Disambiguation)
    assert [str(s.command) for s in listed.suggestions] == ["beta"]


def test_an_unknown_tag_has_a_nearest_one_only_where_it_is_spelled_like_it() -> None:
    near = ask("list tag:animal")
    assert near == NoMatch(
        "list tag:animal",
        "no published brief has the tag “animal”",
        (Suggestion("tag:animals", ListBriefs("animals")),),
    )
    far = ask("list tag:plants")
    assert isinstance(far, Disambiguation)
    assert far.title == "No published brief has the tag “plants”"
    assert [str(s.command) for s in far.suggestions] == ["list tag:animals"]


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("subscribe animals", ["subscribe tag:animals"]),
        ("subscribe animal", ["subscribe tag:animals"]),
        ("subscribe animals kind:new", ["subscribe tag:animals kind:new"]),
        ("subscribe plants", []),
    ],
)
def test_a_tag_is_suggested_to_follow_only_where_a_brief_has_it(typed: str, options: list[str]) -> None:
    unknown = ask(typed)
    assert isinstance(unknown, NoMatch)
    assert [str(each.command) for each in unknown.suggestions] == options


def test_sources_are_numbered_in_the_order_of_first_citation() -> None:
    two = brief(
        "two",
        {"legal": [claim("a", evidence=(Evidence(source="later"), Evidence(source="gazette"))), claim("b")]},
        sources={"gazette": GAZETTE, "later": GAZETTE},
    )
    listed = ask("sources two", corpus(two))
    assert isinstance(listed, SourceList)
    assert [(c.n, c.source_id) for c in listed.sources] == [(1, "later"), (2, "gazette")]


def test_home_has_sections_briefs_and_the_latest_changes() -> None:
    home = ask("", corpus(brief("news", changes=(ChangeNote(date=TODAY, kind="update", note="New."),)), BETA))
    assert isinstance(home, HomePage)
    assert [str(s.command) for s in home.sections] == ["overview", "legal", "reactions"]
    assert [str(s.command) for s in home.briefs] == ["beta", "news"]
    assert [(b.slug, note) for b, _, note in home.latest] == [("news", "New.")]


def test_home_has_the_newest_change_of_each_brief() -> None:
    notes = [ChangeNote(date=date(2025, 1, n), kind="update", note=f"Of {n} January.") for n in (9, 8, 7, 5, 3)]
    editorial = replace(notes[0], kind="editorial")
    briefs = brief("one", changes=(editorial, *notes[1:3])), brief("two", changes=tuple(notes[3:])), BETA
    home = ask("", corpus(*briefs))
    assert isinstance(home, HomePage)
    assert [(b.slug, note) for b, _, note in home.latest] == [("one", "Of 8 January."), ("two", "Of 5 January.")]


def test_an_empty_store_says_so() -> None:
    for text in ("", "legal", "list", "sources", "what about guatemala?"):
        answer = ask(text, corpus())
        assert isinstance(answer, NoMatch)
        assert (answer.why, answer.suggestions) == (NOTHING_PUBLISHED, ())


def test_an_excerpt_cannot_be_built_without_citations() -> None:
    with pytest.raises(UncitedExcerptError):
        ask("legal bare", corpus(brief("bare", {"legal": [claim("x", evidence=())]})))


@pytest.mark.parametrize("standing", ["unverified", "partly", "opinion"])
def test_a_standing_and_a_note_stand_in_for_citations(standing: str) -> None:
    bare = brief("bare", {"legal": [claim("x", evidence=(), standing=standing, note="No source given.")]})
    answer = ask("legal bare", corpus(bare))
    assert isinstance(answer, Answer)
