"""Renamed briefs are told from withdrawn and new ones by what they say."""

from dataclasses import replace

from bot.core.briefs.brief import Brief
from bot.core.changes.rename import renames
from tests.make import brief, claim

TEA = brief("tea", {"legal": [claim("duty", "The duty is threepence.")]})


def named(slug: str, **fields: object) -> Brief:
    return replace(TEA, slug=slug, **fields)  # type: ignore[arg-type]


def test_a_brief_that_says_the_same_under_another_name_is_renamed() -> None:
    assert renames({"tea": TEA}, {"tea-duty": named("tea-duty", aliases=("tea",))}) == {"tea": "tea-duty"}


def test_a_copy_is_no_rename() -> None:
    assert renames({"tea": TEA}, {"tea": TEA, "tea-duty": named("tea-duty")}) == {}


def test_a_new_brief_that_says_something_else_is_no_rename() -> None:
    assert renames({"tea": TEA}, {"tea-duty": named("tea-duty", summary="Something else.")}) == {}


def test_of_two_copies_only_one_is_the_renamed_brief() -> None:
    assert renames({"tea": TEA}, {"b": named("b"), "a": named("a")}) == {"tea": "a"}


def test_two_equal_briefs_are_renamed_one_by_one() -> None:
    assert renames({"x": named("x"), "y": named("y")}, {"b": named("b"), "a": named("a")}) == {"x": "a", "y": "b"}
