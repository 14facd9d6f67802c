"""Full-text search over claims."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.question import Equivalents
from bot.core.answers.search import WHOLE, Hit, Index
from tests.make import brief, claim

FLIGHTS = brief(
    "flights",
    {"legal": [claim("treaty", "A treaty governs deportation flights."), claim("cost", "Each flight is expensive.")]},
    title="Deportation flights",
    aliases=("planes",),
    tags=("aviation",),
)
PRISONS = brief("prisons", {"rights": [claim("crowding", "Cells are crowded; a citizen complained.")]})


def anything(hit: Hit) -> bool:
    return True


def found(index: Index, words: str, limit: int = 10) -> list[str]:
    return [hit.claim.id for hit in hits(index, words, limit)]


def hits(index: Index, words: str, limit: int = 10, *sets: tuple[str, ...]) -> list[Hit]:
    return index.search(Equivalents(sets).terms(words), anything, limit)


def filled() -> Index:
    index = Index()
    index.add(FLIGHTS)
    index.add(PRISONS)
    return index


def test_words_are_stemmed() -> None:
    assert found(filled(), "treaties deported", limit=1) == ["treaty"]


def test_a_word_is_never_taken_for_one_that_says_nothing() -> None:
    index = Index()
    index.add(brief("screening", {"rights": [claim("screened", "They asked whether refugees are screened.")]}))
    assert found(index, "refugee weather") == found(index, "refugee")
    assert found(index, "weather") == []
    assert found(index, "screenned") == ["screened"]


def test_titles_aliases_and_tags_count() -> None:
    assert set(found(filled(), "planes")) == set(found(filled(), "aviation")) == {"treaty", "cost"}


def test_claims_with_all_words_come_first() -> None:
    first, second = hits(filled(), "expensive flight")
    assert (first.claim.id, second.claim.id) == ("cost", "treaty")
    assert second.share < WHOLE <= first.share


def test_claims_with_some_words_come_where_none_has_all() -> None:
    assert {(hit.claim.id, hit.share < WHOLE) for hit in hits(filled(), "expensive cells")} == {
        ("cost", True),
        ("crowding", True),
    }


def test_words_that_say_nothing_are_left_out_of_a_question() -> None:
    assert found(filled(), "is a citizen what would this be?") == ["crowding"]
    assert [term.word for term in Equivalents().terms("what is that")] == ["what", "is", "that"]


def test_a_removed_brief_is_not_found() -> None:
    index = filled()
    index.remove(FLIGHTS)
    index.remove(FLIGHTS)
    assert found(index, "flights") == []
    assert found(index, "crowded") == ["crowding"]


def test_adding_twice_changes_nothing() -> None:
    index = filled()
    index.add(FLIGHTS)
    assert found(index, "treaty") == ["treaty"]


def test_the_caller_says_which_hits_count() -> None:
    rights = filled().search(Equivalents().terms("flight cells"), lambda hit: hit.section == "rights", 10)
    assert [hit.claim.id for hit in rights] == ["crowding"]


def test_no_more_than_the_limit() -> None:
    assert len(found(filled(), "flights", limit=1)) == 1


@given(st.text(max_size=80))
def test_no_text_is_a_syntax_error(text: str) -> None:
    hits(filled(), text, 3, ("cost", "price"), ("el salvador", "salvadoran"))


def test_many_threads_may_search_while_briefs_come_and_go() -> None:
    index = filled()

    def work(number: int) -> list[str]:
        other = brief(f"other-{number}", {"legal": [claim("x", "A treaty of another kind.")]})
        index.add(other)
        ids = found(index, "treaty governs", limit=1)
        index.remove(other)
        return ids

    with ThreadPoolExecutor(8) as pool:
        assert all(ids == ["treaty"] for ids in pool.map(work, range(200)))
