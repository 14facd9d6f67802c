"""Which claim of an older version is which of a newer one."""

import time

import pytest

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.claim_matching import match_claims, moved_claims, positioned_claims
from tests.make import brief, claim


def paired(old: Brief, new: Brief) -> list[tuple[str | None, str | None]]:
    pairs = match_claims(positioned_claims(old), positioned_claims(new))
    return [(older.claim.id if older else None, newer.claim.id if newer else None) for older, newer in pairs]


def shifted(old: Brief, new: Brief) -> set[str]:
    return {newer.claim.id for newer in moved_claims(match_claims(positioned_claims(old), positioned_claims(new)))}


def legal(*claims: Claim) -> Brief:
    return brief("x", {"legal": claims})


def named(*ids: str) -> Brief:
    return legal(*map(claim, ids))


FEE = "El Salvador would take the prisoners in exchange for a fee."
FEE_AGAIN = "El Salvador would take prisoners of the United States in exchange for a low fee."
TREATY = "A transfer of prisoners needs a treaty and the consent of everyone concerned."


def test_the_same_id_is_the_same_claim_whatever_it_says() -> None:
    assert paired(legal(claim("a", FEE)), legal(claim("a", TREATY))) == [("a", "a")]


def test_a_like_text_under_a_new_id_is_the_same_claim() -> None:
    assert paired(legal(claim("a", FEE)), legal(claim("b", FEE_AGAIN))) == [("a", "b")]


def test_another_text_under_a_new_id_is_another_claim() -> None:
    assert paired(legal(claim("a", FEE)), legal(claim("b", TREATY))) == [(None, "b"), ("a", None)]


def test_an_id_beats_a_like_text() -> None:
    old, new = legal(claim("a", FEE), claim("b", TREATY)), legal(claim("c", FEE), claim("a", TREATY))
    assert paired(old, new) == [(None, "c"), ("a", "a"), ("b", None)]


def test_of_several_like_texts_the_most_similar_is_the_same_claim() -> None:
    old = legal(claim("a", FEE), claim("b", FEE_AGAIN))
    new = legal(claim("c", FEE_AGAIN.replace("low", "small")), claim("d", FEE.replace("would", "will")))
    assert paired(old, new) == [("b", "c"), ("a", "d")]


def test_a_claim_is_nobodys_twice() -> None:
    assert paired(legal(claim("a", FEE)), legal(claim("b", FEE), claim("c", FEE))) == [("a", "b"), (None, "c")]


def test_of_equally_like_texts_the_one_in_the_same_place_is_the_same_claim() -> None:
    old, new = legal(claim("a", FEE), claim("b", FEE)), legal(claim("c", TREATY), claim("d", FEE))
    assert paired(old, new) == [(None, "c"), ("b", "d"), ("a", None)]


def test_like_texts_pair_across_sections() -> None:
    old, new = brief("x", {"legal": [claim("a", FEE)]}), brief("x", {"outlook": [claim("b", FEE_AGAIN)]})
    assert paired(old, new) == [("a", "b")]


def test_another_section_is_another_place() -> None:
    old = brief("x", {"legal": [claim("a"), claim("b")]})
    assert shifted(old, brief("x", {"legal": [claim("b")], "outlook": [claim("a")]})) == {"a"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a b c", set()),
        ("a b c d", "d a b c", {"d"}),
        ("a b c d", "b c d a", {"a"}),
        ("a b c d e", "a d c b e", {"b", "c"}),
        ("a b c", "a x b c", set()),
        ("a b c", "a c", set()),
        ("a b c d", "d x a c", {"d"}),
    ],
)
def test_only_as_many_move_as_explain_the_new_order(old: str, new: str, expected: set[str]) -> None:
    """Of `a d c b e` either two of the three in the middle would do."""
    moved = shifted(legal(*(claim(i, i * 9) for i in old.split())), legal(*(claim(i, i * 9) for i in new.split())))
    assert len(moved) == len(expected)
    assert moved == expected or old == "a b c d e"


def test_thousands_of_new_ids_take_no_minutes() -> None:
    old = legal(*(claim(f"a{n}", f"{n * 7919} ferries ran on day {n} of the {n * 31} strikes") for n in range(1000)))
    new = legal(*(claim(f"b{n}", f"{n * 7919} ferries ran on day {n} of the {n * 31} strike") for n in range(1000)))
    started = time.perf_counter()
    assert paired(old, new)[0] == ("a0", "b0")
    assert time.perf_counter() - started < 5
