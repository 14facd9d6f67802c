"""Slack's markup is read as the words that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.slack_markup import plain_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("subscribe <#C00000004|legal-desk> all", "subscribe #legal-desk all"),
        ("<#C00000004>", "#C00000004"),
        ("<#C00000004|>", "#C00000004"),
        ("mute <@U00000001|ben>", "mute ben"),
        ("<@U00000001>", "U00000001"),
        ("<!here>", "here"),
        ("<!subteam^S1|@desk>", "@desk"),
        ("search <https://a.example/b|the ruling>", "search the ruling"),
        ("search <https://a.example/b>", "search https://a.example/b"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("a < b and c > d", "a < b and c > d"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_markup_is_its_words(text: str, words: str) -> None:
    assert plain_text(text) == words


@given(st.text(st.characters(exclude_characters="<")))
def test_text_without_markup_stays_as_it_is(text: str) -> None:
    assert plain_text(text) == text
