"""What messages show of a file's words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.linting.brief_rules import unknown_name_in_note, unknown_section, unknown_source
from bot.core.linting.diagnostic import Problem
from bot.core.linting.echo import ECHO_MAX, echo, odd_character
from bot.core.linting.schema_rules import bad_file_name, bad_id, bad_word, unknown_key


@pytest.mark.parametrize(
    ("value", "visible"),
    [
        ("tea act", "tea act"),
        ("Köln 香港 🍵", "Köln 香港 🍵"),
        ("a\nb", "a\\nb"),
        ("\x1b[2J0 errors", "\\x1b[2J0 errors"),
        ("tea\u202eact", "tea\\u202eact"),
        ("\u200b\u3164\u2800\ufe0f", "\\u200b\\u3164\\u2800\\ufe0f"),
        ("published\xa0", "published\\xa0"),
        ("\U000e0041", "\\U000e0041"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
        ("\u202e" * 7, "\\u202e" * 6 + "…"),
    ],
)
def test_a_value_is_shown_on_one_line_with_nothing_hidden(value: str, visible: str) -> None:
    assert echo(value) == visible


@given(st.text(max_size=80))
def test_whatever_a_file_says_is_short_and_harmless(value: str) -> None:
    shown = echo(value)
    assert len(shown) <= ECHO_MAX
    assert shown.splitlines() in ([], [shown])
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not set("\u200b\u202e\u2066\ufeff\xa0") & set(shown)


LOOK_ALIKES = [
    (unknown_key((), "оwner", "owner", "owner"), "U+043E (cyrillic small letter o)"),
    (unknown_key((), "own\u200ber", "owner", "owner"), "U+200B (zero width space)"),
    (bad_word((), "published\xa0", "draft, published", "published"), "U+00A0 (no-break space)"),
    (bad_word((), "published ", "draft, published", "published"), "U+0020 (space)"),
    (bad_id((), "tea‑act"), "U+2011 (non-breaking hyphen)"),
    (bad_id((), "tea\u00adact"), "U+00AD (soft hyphen)"),
    (bad_file_name((), "te\u0301a"), "U+0301 (combining acute accent)"),
    (unknown_source((), "act", "act\u200b"), "U+200B (zero width space)"),
    (unknown_source((), "tеa", "tea"), "U+0435 (cyrillic small letter ie)"),
    (unknown_section((), "lеgal", "legal", "legal"), "U+0435 (cyrillic small letter ie)"),
    (unknown_name_in_note((), "claim", "оne", "one"), "U+043E (cyrillic small letter o)"),
]


@pytest.mark.parametrize(("problem", "character"), LOOK_ALIKES, ids=lambda value: getattr(value, "code", None))
def test_where_two_words_look_the_same_the_hint_says_what_differs(problem: Problem, character: str) -> None:
    assert f"holds {character}" in problem.hint


def test_a_plain_word_has_nothing_odd() -> None:
    assert odd_character("tea-act 1773") is None
    assert unknown_key((), "ownr", "owner", "").hint == 'did you mean "owner"?'
