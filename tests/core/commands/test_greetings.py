"""Courtesies are told from questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands.command import Courtesy, Greet, Show
from bot.core.commands.greetings import FILLERS, PHRASES, greeting
from bot.core.commands.parser import parse
from tests.make import brief, corpus

NAMES = corpus(brief("guatemala"), brief("x", aliases=("hello",))).names
HELLO = Show(None, "x", name="hello")

SAID: list[tuple[str, Courtesy]] = [
    *((text, "hello") for text in ("hi", "Hi!", "HELLO", "hey there", "hallo", "good morning", "Hi, good morning! ☀️")),
    *((text, "hello") for text in ("hello briefbot", "¡Hola!", "hi :wave:", "“hi”", "hi…", "*hi*", "hey 👋🏽")),
    *((text, "thanks") for text in ("thanks", "Thank you!", "thank you so much :pray:", "cheers 🍻", "ok thanks")),
    *((text, "thanks") for text in ("thanks a lot, bot", "Hi! Thanks for that.", "Schön, danke")),
    *((text, "ok") for text in ("ok", "OK.", "okay!", "k", "👍", ":+1:", "got it", "it's good", "👍🏽👍🏽", "great!!")),
]

ASKED = [
    *("", "?", "!", "…", "legal", "hi legal", "thanks for the legal answer", "ok legal", "good grounds", "his", "this"),
    *("thanksgiving", "what is good", "hi 12", "there", "please", "all", "bot", "the morning flight", "ok " * 50),
    *("hi" * 100, "h i", ":scales: legal", "is it fine"),
]


@pytest.mark.parametrize(("text", "courtesy"), SAID)
def test_a_courtesy_is_one_whatever_stands_with_it(text: str, courtesy: Courtesy) -> None:
    assert greeting(text) == Greet(courtesy)
    assert parse(text, NAMES) == (HELLO if text == "HELLO" else Greet(courtesy))


@pytest.mark.parametrize("text", ASKED)
def test_anything_else_is_none(text: str) -> None:
    assert greeting(text) is None


@given(st.sampled_from([phrase.strip() for text in PHRASES.values() for phrase in text.split("|")]), st.data())
def test_every_phrase_of_the_table_is_a_courtesy_with_any_filler_and_mark(phrase: str, data: st.DataObject) -> None:
    filler = data.draw(st.sampled_from(["", *(each.strip() for each in FILLERS.split("|"))]))
    mark = data.draw(st.sampled_from(["", "!", "…", " :wave:", " 🙏", "?", ".", ' "']))
    assert greeting(f"{phrase.title()} {filler}{mark}") is not None


def test_a_name_is_answered_even_if_it_is_a_greeting() -> None:
    assert parse("hello", NAMES) == HELLO
