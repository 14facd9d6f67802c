"""Search by meaning beside words, with vectors that stand for a model's."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.answer import NoMatch, SearchResults
from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.answers.lookup import reply
from bot.core.answers.meaning import fuse
from bot.core.briefs.brief import Brief
from bot.core.commands.command import Search
from bot.render.document import terminal
from bot.render.document.paging import single_page
from bot.render.reply_layout import layout
from tests.make import VOCABULARY, brief, claim
from tests.word_vectors import WordVectors

TODAY = date(2025, 6, 1)
CELLS = brief("cells", {"legal": [claim("treaty", "Courts read the treaty."), claim("lease", "The jail was leased.")]})
PLANES = brief("air", {"legal": [claim("noise", "Courts heard neighbours."), claim("fleet", "Planes took off.")]})

TWO = ("penitentiary", "jail leased lately in Ruritania")


def corpus(*briefs: Brief, embedded: bool = True) -> Corpus:
    meaning = WordVectors()
    shelf = CurrentCorpus(meaning)
    for each in briefs if embedded else ():
        meaning.add({each.revision: meaning.embed(each)})
    return shelf.put({each.slug: each for each in briefs}, VOCABULARY)


def answers(words: str, store: Corpus, slug: str | None = None) -> list[str]:
    """The ids of the claims that answer, best first."""
    results = reply(Search(words, brief=slug), store, default=None, today=TODAY)
    if isinstance(results, NoMatch):
        return []
    assert isinstance(results, SearchResults)
    return [] if results.only_related else [each.claim.id for each in results.excerpts]


def test_a_claim_that_means_the_same_answers_although_it_shares_no_word() -> None:
    assert answers("penitentiary", corpus(CELLS, PLANES)) == ["lease"]
    assert answers("penitentiary", corpus(CELLS, PLANES, embedded=False)) == []


def test_the_reply_says_that_claims_may_hold_none_of_the_words() -> None:
    words = "No claim holds all of these words; these hold some of them"
    near, literal = (reply(Search(text), corpus(CELLS, PLANES), default=None, today=TODAY) for text in TWO)
    assert f"{words} or something near in meaning." in terminal.text(single_page(layout(near, "/brief")))
    assert f"{words}." in terminal.text(single_page(layout(literal, "/brief")))


def test_a_claim_that_is_far_answers_nothing_although_it_shares_words() -> None:
    question = "which neighbours heard planeloads of money"
    assert answers(question, corpus(CELLS, PLANES, embedded=False)) == ["noise"]
    assert answers(question, corpus(CELLS, PLANES)) == ["fleet"]


def test_a_claim_that_holds_all_words_answers_however_far_it_is() -> None:
    assert answers("neighbours heard", corpus(CELLS, PLANES)) == ["noise"]


def test_until_a_brief_is_embedded_its_words_decide() -> None:
    store = corpus(CELLS, PLANES)
    ferries = brief("ferries", {"legal": [claim("cranes", "Jail cranes lift boats.")]})
    both = CurrentCorpus(WordVectors()).put({"ferries": ferries, **store.briefs}, VOCABULARY)
    assert answers("cranes", both) == ["cranes"]


def test_what_is_near_by_words_and_by_meaning_comes_first() -> None:
    store = corpus(
        brief("a", {"legal": [claim("words", "Warders watch."), claim("both", "Warders watch the jail.")]}),
        brief("b", {"legal": [claim("sense", "A penitentiary.")]}),
    )
    assert answers("do warders watch a prison", store)[0] == "both"


def test_a_brief_that_is_named_alone_is_searched() -> None:
    store = corpus(CELLS, brief("harbour", {"legal": [claim("hulk", "A jail afloat.")]}))
    assert answers("prison", store, "harbour") == ["hulk"]
    assert answers("harbour prison", store, "harbour") == ["hulk"]


def test_of_briefs_with_equal_claims_each_is_searched() -> None:
    twin = brief("twin", {"legal": list(CELLS.sections["legal"].claims)}, title="Cells")
    assert twin.revision == CELLS.revision
    store = corpus(CELLS, twin)
    assert answers("penitentiary", store) == ["lease", "lease"]
    assert answers("penitentiary", store, "twin") == ["lease"]


def test_a_brief_that_was_replaced_is_not_found_by_its_old_meaning() -> None:
    meaning = WordVectors()
    shelf = CurrentCorpus(meaning)
    shelf.put({"cells": CELLS}, VOCABULARY)
    now = brief("cells", {"legal": [claim("lease", "The hall was leased.")]})
    store = shelf.put({"cells": now}, VOCABULARY)
    meaning.add({each.revision: meaning.embed(each) for each in (CELLS, now)})
    assert answers("penitentiary", store) == []


@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=3))
def test_a_fused_ranking_has_each_key_once(rankings: list[list[int]]) -> None:
    keys = fuse(rankings)
    assert sorted(keys) == sorted({key for ranking in rankings for key in ranking})
    if len(rankings) == 1:
        assert keys == rankings[0]


def test_what_several_rankings_have_comes_first() -> None:
    assert fuse(["abc", "dca"]) == ["a", "c", "d", "b"]
