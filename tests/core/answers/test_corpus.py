"""The corpus that readers are answered from is swapped as a whole."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.answers.question import Equivalents
from bot.core.answers.search import Hit
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, SectionMeta, Vocabulary
from tests.make import VOCABULARY, brief, claim, corpus

QUAGGAS = brief("other", {"legal": [claim("no", "Quaggas.")]}, aliases=("another",))
ZEBRAS = brief("other", {"legal": [claim("no", "Zebras.")]}, aliases=("another",))
EVERYTHING = brief("everything", {"legal": [claim("no", "No.")]})


def shelf(*briefs: Brief, vocabulary: Vocabulary = VOCABULARY) -> CurrentCorpus:
    found = CurrentCorpus()
    found.put({each.slug: each for each in briefs}, vocabulary)
    return found


def hits(corpus: Corpus, words: str) -> list[tuple[str, str]]:
    """What readers of this corpus find: its own briefs, whatever else the index holds."""

    def wanted(hit: Hit) -> bool:
        return corpus.briefs.get(hit.brief.slug) is hit.brief

    return [(hit.brief.slug, hit.claim.text) for hit in corpus.index.search(Equivalents().terms(words), wanted, 100)]


def test_it_is_empty_at_first() -> None:
    assert CurrentCorpus().corpus == corpus(vocabulary=NO_VOCABULARY)


def test_what_did_not_change_is_shared_with_the_corpus_before() -> None:
    found = shelf(QUAGGAS, EVERYTHING)
    old = found.corpus
    new = found.put({"other": ZEBRAS}, VOCABULARY)
    assert new is found.corpus
    assert new.briefs["everything"] is old.briefs["everything"]
    assert new.names is old.names
    assert old.briefs["other"] is QUAGGAS
    assert new.fingerprint != old.fingerprint


def test_nothing_new_keeps_the_corpus() -> None:
    found = shelf(QUAGGAS)
    before = found.corpus
    assert found.put({}, VOCABULARY) is before


def test_search_finds_the_new_words_and_no_old_ones() -> None:
    found = shelf(QUAGGAS)
    new = found.put({"other": ZEBRAS}, VOCABULARY)
    assert hits(new, "zebras") == [("other", "Zebras.")]
    assert hits(new, "quaggas") == []


def test_a_brief_that_is_gone_is_not_found_and_has_no_name() -> None:
    new = shelf(QUAGGAS, EVERYTHING).put({"other": None}, VOCABULARY)
    assert set(new.briefs) == {"everything"}
    assert hits(new, "quaggas") == []
    assert new.names.exact("another") == ()


def test_the_same_brief_again_is_still_found() -> None:
    assert hits(shelf(QUAGGAS).put({"other": QUAGGAS}, VOCABULARY), "quaggas") == [("other", "Quaggas.")]


def test_drafts_and_withdrawn_briefs_are_not_found() -> None:
    draft = replace(QUAGGAS, slug="draft", status="draft")
    gone = replace(QUAGGAS, slug="gone", status="withdrawn")
    assert hits(shelf(draft, gone).corpus, "quaggas") == []


def test_a_brief_that_is_withdrawn_is_out_of_search_from_then_on() -> None:
    new = shelf(QUAGGAS).put({"other": replace(QUAGGAS, status="withdrawn")}, VOCABULARY)
    assert hits(new, "quaggas") == []


def test_a_changed_alias_is_understood_at_once() -> None:
    new = shelf(QUAGGAS).put({"other": replace(QUAGGAS, aliases=("quagga brief",))}, VOCABULARY)
    assert [name.id for name in new.names.exact("quagga brief")] == ["other"]
    assert new.names.exact("another") == ()


def test_another_vocabulary_alone_makes_another_corpus_of_the_same_briefs() -> None:
    found = shelf(QUAGGAS)
    new = found.put({}, Vocabulary(sections={"legal": SectionMeta(title="Law")}))
    assert new.section_title("legal") == "Law"
    assert new.briefs["other"] is QUAGGAS
    assert hits(new, "quaggas") == [("other", "Quaggas.")]


STATES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["one", "two", "draft", None]), max_size=3)


def made(state: Iterable[tuple[str, str | None]]) -> dict[str, Brief | None]:
    return {slug: _made(slug, words) if words else None for slug, words in state}


def _made(slug: str, words: str) -> Brief:
    claims = {"legal": [claim("x", f"{words} words.")]}
    return brief(slug, claims, status="draft" if words == "draft" else "published")


@given(st.lists(STATES, max_size=6))
def test_whatever_was_put_the_corpus_is_that_of_the_last_states(puts: list[dict[str, str | None]]) -> None:
    found, last = CurrentCorpus(), dict[str, str | None]()
    for state in puts:
        found.put(made(state.items()), VOCABULARY)
        last |= state
    present = [each for each in made(last.items()).values() if each is not None]
    fresh = shelf(*present, vocabulary=VOCABULARY if puts else NO_VOCABULARY).corpus
    assert found.corpus == fresh
    assert found.corpus.names == fresh.names
    assert sorted(hits(found.corpus, "words")) == sorted(hits(fresh, "words"))


# Renamed briefs

FORMER = {"quaggas": "other", "gone": "nowhere", "everything": "other"}


def renamed() -> CurrentCorpus:
    found = CurrentCorpus()
    found.put({each.slug: each for each in (QUAGGAS, EVERYTHING)}, VOCABULARY, FORMER)
    return found


def test_the_slug_that_a_brief_had_is_a_name_of_it_unless_another_has_it_now() -> None:
    names = renamed().corpus.names
    ids = {phrase: [name.id for name in names.exact(phrase)] for phrase in (*FORMER, "another")}
    assert ids == {"quaggas": ["other"], "gone": [], "everything": ["everything"], "another": ["other"]}


def test_the_slug_of_now_is_found_by_an_older_one_and_by_an_alias() -> None:
    found = renamed().corpus
    slugs = ("other", "quaggas", "another", "everything", "gone", "legal")
    assert [found.current_slug(slug) for slug in slugs] == ["other", "other", "other", "everything", "gone", "legal"]


def test_names_are_made_anew_when_a_brief_is_renamed_and_nothing_else_changes() -> None:
    found = shelf(QUAGGAS, EVERYTHING)
    assert found.put({"other": ZEBRAS}, VOCABULARY, FORMER).current_slug("quaggas") == "other"
