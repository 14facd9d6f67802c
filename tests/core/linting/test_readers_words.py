"""Readers' words that add nothing, or too little, and words that mean the same twice."""

from dataclasses import replace

import pytest

from bot.core.briefs.vocabulary import Vocabulary
from bot.core.linting.readers_words import check_equivalents, check_words
from tests.make import VOCABULARY, brief, claim

TEXT = "The planes of the first flight returned to El Salvador in 2.5 hours."


def codes(*also: str, text: str = TEXT) -> list[str]:
    """Of each problem of a claim's readers' words its code and the word."""
    content = brief("ferries", {"legal": [claim("one", text, also=also)]})
    return [f"{each.code} {also[int(str(each.at[-1]))]}" for each in check_words(content)]


KNOWN = ["plane", "PLANES", "first flights", "the flight", "flight's", "el salvador", "returning", "2.5", "of hours"]
NEW = ["jet", "first jet", "return ticket", "salvadoran", "2.5 days", "25", "plane crash", "§ 4100", "法律"]
GENERAL = ["", "?", "x", "7", "the", "who", "How", "how many people", "has anyone done it before", "⚖️", "§", "法"]


@pytest.mark.parametrize("word", KNOWN)
def test_a_word_whose_telling_words_stand_in_the_claim_is_known(word: str) -> None:
    assert codes(word) == [f"B217 {word}"]


@pytest.mark.parametrize("word", NEW)
def test_a_word_that_is_new_or_a_phrase_with_one_that_is_has_no_problem(word: str) -> None:
    assert codes(word) == []


@pytest.mark.parametrize("word", GENERAL)
def test_a_word_that_tells_nothing_is_too_general(word: str) -> None:
    assert codes(word) == [f"B218 {word}"]


@pytest.mark.parametrize(
    ("first", "again"),
    [("jet", "jet"), ("jet", "jets"), ("jet", "Jet"), ("the jet", "jet"), ("non-citizen", "non citizens")],
)
def test_a_word_twice_in_a_list_is_known(first: str, again: str) -> None:
    assert codes(first, again) == [f"B217 {again}"]


@pytest.mark.parametrize(("first", "other"), [("jet", "jet fuel"), ("lock up", "lock out"), ("cat", "cattle")])
def test_other_words_are_not_the_same(first: str, other: str) -> None:
    assert codes(first, other) == []


def test_words_of_a_brief_are_known_by_its_title_aliases_and_tags_alone() -> None:
    content = brief(
        "tea-act", title="The tea act", aliases=("boston party",), tags=("colonial-law",), summary="Customs."
    )
    also = ("teas", "party in Boston", "colonial laws", "customs", "tea party", "ship", "desk")
    assert [each.at for each in check_words(replace(content, also=also))] == [
        ("also", 0), ("also", 1), ("also", 2), ("also", 4)
    ]  # fmt: skip


def test_a_word_of_the_brief_may_stand_at_a_claim() -> None:
    content = brief("tea-act", {"legal": [claim("one", also=("tea",))]}, title="The tea act")
    assert list(check_words(content)) == []


@pytest.mark.parametrize(
    ("claims", "holders", "is_common"), [(20, 5, False), (20, 6, True), (5, 3, False), (5, 4, True)]
)
def test_a_word_of_many_claims_belongs_to_the_brief(claims: int, holders: int, is_common: bool) -> None:
    def words(number: int) -> tuple[str, ...]:
        return ("jet", "jail" if number % 2 else "Jails") if number < holders else ("jet fuel",)

    each = [claim(f"c{number}", f"Number {number}.", also=words(number)[1:]) for number in range(claims)]
    problems = list(check_words(brief("jail", {"legal": each}, title="Ships")))
    places = [(problem.code, problem.at, problem.message.split(": ")[1]) for problem in problems]
    at = ("sections", "legal", "claims", 0, "also", 0)
    assert places == ([("B218", at, f"{holders} of {claims} claims have it")] if is_common else [])


def equivalents(*sets: tuple[str, ...]) -> list[tuple[object, str]]:
    vocabulary: Vocabulary = replace(VOCABULARY, equivalents=sets)
    return [(each.at, each.message) for each in check_equivalents(vocabulary)]


def test_a_word_stands_in_one_set_in_any_inflection() -> None:
    assert equivalents(("ship", "vessel"), ("boat", "ferry"), ("Ferries", "ships")) == [
        (("equivalents", 2, 0), '"Ferries" stands in set 2 too, as "ferry"'),
        (("equivalents", 2, 1), '"ships" stands in set 1 too, as "ship"'),
    ]
    assert equivalents(("ship", "cargo ship"), ("how much", "much"), ("UK", "U.K.")) == []


def test_a_set_has_two_words() -> None:
    assert equivalents(("pay", "pays", "Paying")) == [(("equivalents", 0, 0), '"pay" is the only word of this set')]
    assert equivalents(("pay", "paid"), ("⚖️", "⚖️ law"), ("mega-prison", "mega prison", "CECOT")) == []
