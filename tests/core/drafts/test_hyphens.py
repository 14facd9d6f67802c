"""Words that a line's end breaks are whole again."""

import pytest

from bot.core.briefs.vocabulary import NO_VOCABULARY
from bot.core.drafts.compose import compose
from tests.pasted import assert_holds_every_word


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The ferry mar-\nket was shut.", "The ferry market was shut."),
        ("The ferry mar\xad\nket was shut.", "The ferry market was shut."),
        ("The ferry mar‐ \r\n  ket was shut.", "The ferry market was shut."),
        ("> The ferry mar-\n> ket was shut.", "The ferry market was shut."),
        ("1. The ferry mar-\n   ket was shut.", "The ferry market was shut."),
        ("A well-\nknown boat left.", "A well-known boat left."),
        ("A state-of-the-\nart boat left.", "A state-of-the-art boat left."),
        ("A sea-going boat is sea-\ngoing.", "A sea-going boat is sea-going."),
        ("A wellhead is a well-\nhead.", "A wellhead is a wellhead."),
        ("Either a sea wall or a dry dock is a sea-\ndock.", "Either a sea wall or a dry dock is a sea-dock."),
        ("The route is the Dover-\nCalais one.", "The route is the Dover-Calais one."),
        ("They are pre- and post-\nwar boats.", "They are pre- and post-war boats."),
        ("They are both pre-\nand post-war.", "They are both pre- and post-war."),
        ("It left –\nso they say.", "It left – so they say."),
        ("See https://example.org/a-\nso they say.", "See https://example.org/a- so they say."),
        ("Der Fährver-\nkehr ruht.", "Der Fährverkehr ruht."),
        ("Он вер-\nнулся.", "Он вернулся."),
    ],
)
def test_a_word_that_ends_a_line_is_read_whole(text: str, claim: str) -> None:
    draft = compose(text, NO_VOCABULARY)
    assert [each.text for each in draft.claims] == [claim]
    assert_holds_every_word(draft, text)


def test_each_word_that_lost_its_hyphen_is_told() -> None:
    draft = compose("One.\nThe ferry mar-\nket was shut by the har-\nbour board. It is so.", NO_VOCABULARY)
    assert [(notice.line, notice.text) for notice in draft.notices] == [
        (2, "“market” is broken at the end of the line"),
        (3, "“harbour” is broken at the end of the line"),
    ]
    assert [claim.line for claim in draft.claims] == [1, 2, 4]
