"""The order of a section's claims in an answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.briefs.arrangement import OPEN_WORDS_MAX, Place, arranged, open_words
from bot.core.briefs.brief import Claim, Group, Section
from tests.make import claim


def section(claims: Sequence[Claim], *groups: Group) -> list[tuple[str, Place]]:
    return [(each.claim.id, each.place) for each in arranged(Section(claims=tuple(claims), groups=groups))]


A, B, C = claim("a"), claim("b"), claim("c")
LEADING = replace(C, lead=True)


def test_the_first_claim_leads_where_none_is_marked() -> None:
    assert section([A, B]) == [("a", Place(lead=True)), ("b", Place())]


def test_leads_come_first_and_stand_in_no_group_again() -> None:
    group = Group(title="Both", claims=("c", "b"))
    assert section([A, B, LEADING], group) == [("c", Place(lead=True)), ("a", Place()), ("b", Place(group="Both"))]


def test_claims_of_no_group_stand_before_the_groups_which_are_in_their_order() -> None:
    groups = Group(title="Two", claims=("c",)), Group(title="One", claims=("a",))
    claims = [replace(B, lead=True), A, C, claim("d")]
    assert section(claims, *groups) == [
        ("b", Place(lead=True)),
        ("d", Place()),
        ("c", Place(group="Two")),
        ("a", Place(group="One")),
    ]


def test_a_group_that_says_so_is_folded_but_a_lead_never_is() -> None:
    folded = Group(title="Rest", claims=("b", "c"), folded=True)
    assert section([A, B, LEADING], folded)[1:] == [("a", Place()), ("b", Place(False, "Rest", True))]


LONG = "word " * (OPEN_WORDS_MAX // 2)


@pytest.mark.parametrize(("last", "folded"), [("word", False), (LONG, True)])
def test_the_last_group_is_folded_where_all_together_is_too_long(last: str, folded: bool) -> None:
    claims = [replace(A, text=LONG), replace(B, text="word"), replace(C, text=last)]
    groups = Group(title="First", claims=("b",)), Group(title="Last", claims=("c",))
    assert section(claims, *groups)[-1] == ("c", Place(False, "Last", folded))
    assert section(claims, *groups)[-2] == ("b", Place(False, "First", False))


def test_without_groups_nothing_is_folded() -> None:
    assert not any(place.folded for _, place in section([replace(A, text=LONG), replace(B, text=LONG)]))


def test_words_are_those_of_claim_standing_and_note() -> None:
    assert open_words([claim("a", "Two words.", standing="reading", note="And three more.")]) == 2 + 2 + 3
