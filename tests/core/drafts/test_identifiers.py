"""Ids are made of words, and stay as they are."""

import pytest

from bot.core.drafts.identifiers import Ids, claim_id, slug_of, source_id


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "On Monday, February 3, 2025, U.S. Secretary Rubio met President Bukele.",
            "secretary-rubio-met-president-bukele",
        ),
        ("The café’s owner, M. André, said: “C’est fini…”", "cafes-owner-m-andre-cest"),
        ("It was so.", "it-was-so"),
        ("In 1773.", "in-1773"),
        ("第一句。", "claim-237c53"),
        ("A" * 300, "a" * 55),
    ],
)
def test_an_id_is_made_of_the_words_that_say_something(text: str, name: str) -> None:
    assert claim_id(text) == name
    assert claim_id(f"  {text}\n") == name


def test_an_id_that_is_taken_gets_a_number() -> None:
    ids = Ids(["tea-taxed-2"])
    assert [ids.free("tea-taxed") for _ in range(3)] == ["tea-taxed", "tea-taxed-3", "tea-taxed-4"]


def test_a_source_is_named_by_its_site_and_its_title() -> None:
    assert source_id("apnews", "Trump says he’s exploring an option") == "apnews-trump-hes-exploring-option"


def test_a_slug_is_the_title_or_the_first_words_of_the_text() -> None:
    assert slug_of("The Tea Act of 1773", "") == "the-tea-act-of-1773"
    assert slug_of("", "The duty on tea stayed in 1773.") == "duty-tea-stayed"
    assert slug_of("茶", "茶").startswith("brief-")
