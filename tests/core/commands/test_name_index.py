"""What phrases mean, and what words are nearly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.name_index import Name, build_name_index, normalize
from bot.core.linting.checks import check_names
from bot.core.spelling import closest_match
from tests.make import VOCABULARY, brief

FOUND = build_name_index(
    [
        ("legal", Name("section", "legal")),
        ("law", Name("section", "legal")),
        ("list", Name("verb", "list")),
        ("uk-rwanda", Name("brief", "uk-rwanda")),
        ("Rwanda Plan", Name("brief", "uk-rwanda")),
    ]
)


def test_case_hyphens_and_spaces_do_not_matter() -> None:
    assert FOUND.exact("UK  Rwanda") == FOUND.exact("uk_rwanda") == (Name("brief", "uk-rwanda"),)


def test_a_prefix_gives_each_name_once_sections_first() -> None:
    assert FOUND.prefixed("l") == (Name("section", "legal"), Name("verb", "list"))


def test_a_word_of_a_slug_is_near_but_not_exact() -> None:
    assert FOUND.exact("rwanda") == ()
    assert [near.name for near in FOUND.similar("rwnda")] == [Name("brief", "uk-rwanda")]


def test_ratio_80_is_near_enough_and_less_is_not() -> None:
    assert [near.ratio for near in FOUND.similar("leagl")] == [80]
    assert FOUND.similar("lgal-ish") == []


def test_unrelated_words_are_not_near() -> None:
    assert FOUND.similar("zebra") == []
    assert closest_match("zebra", ["legal", "list"]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9 tax", "cafe\u0301 tax"),
        ("CAF\u00c9 TAX", "cafe\u0301-tax"),
        ("\u00c5ngstr\u00f6m", "\u212bngstro\u0308m"),
        ("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("\u1fb3", "\u03b1\u0345"),
        ("stra\u00dfe", "STRASSE"),
    ],
)
def test_one_name_in_two_encodings_is_one_name(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)
    briefs = {"a": brief("a", aliases=(one,)), "b": brief("b", aliases=(other,))}
    assert [(slug, problem.code) for slug, problem in check_names(VOCABULARY, briefs)] == [("b", "B204")]


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(phrase: str) -> None:
    assert normalize(normalize(phrase)) == normalize(phrase)
