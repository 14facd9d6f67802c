"""Stems of words, one text at a time and many at once."""

import pytest

from bot.core.stemmer import Stemmer

STEMS = {"deported": ("deport",), "Removal-orders élus": ("remov", "order", "elu"), "§ 2_2": ("§", "2_2"), "…": ()}


@pytest.mark.parametrize("together", [True, False])
def test_texts_have_the_same_stems_alone_and_with_others(together: bool) -> None:
    stemmer = Stemmer()
    if together:
        stemmer.learn(STEMS)
    assert {text: stemmer.stems(text) for text in STEMS} == STEMS


def test_a_text_that_cannot_be_read_spoils_no_other() -> None:
    stemmer = Stemmer()
    with pytest.raises(UnicodeEncodeError):
        stemmer.learn(["order", "\ud800"])
    assert stemmer.stems("deported orders") == ("deport", "order")
