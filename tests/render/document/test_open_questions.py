"""Lines of YAML for questions that found nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import yaml_tree
from bot.core.delivery.words_to_add import WordsToAdd
from bot.core.terms import words_of
from bot.render.document.document import Passage
from bot.render.document.mrkdwn import text
from bot.render.document.open_questions import also_line, question_lines

TRICKY = "null ~ true No 12:30 010 1e3 0x1f 2.5 §4100 86,000 a/b c-d-2 café 法律 it's it’s [x] {y} #z & *a !b %c @d `e`"


@given(st.text(max_size=60) | st.sampled_from(TRICKY.split()))
def test_whatever_is_typed_the_line_is_yaml_that_holds_its_words_as_text(typed: str) -> None:
    words = words_of(typed)
    line = also_line(words)
    parsed = yaml_tree.parse(line)
    assert "\n" not in line
    assert (parsed.tree, list(parsed.problems), parsed.has_nulls) == ({"also": words}, [], False)


def lines(question: str, *additions: WordsToAdd, times: int = 2) -> str:
    return text((Passage(tuple(question_lines([(question, times)], additions))),))


PLACES = [
    (WordsToAdd("zebra", ("zebra", "null")), ' · also: [zebra, "null"] · which brief should answer it?'),
    (WordsToAdd("zebra", ("lock up",), "tea"), " · also: [lock up] at the claim that answers it, in tea"),
    (WordsToAdd("zebra", ("lock",), "tea", "duty"), " · also: [lock] at the claim duty, in tea"),
    (WordsToAdd("zebra"), ""),
    (WordsToAdd("lion", ("lion",)), ""),
]


@pytest.mark.parametrize(("addition", "rest"), PLACES)
def test_behind_a_question_stands_what_to_add_and_where(addition: WordsToAdd, rest: str) -> None:
    assert lines("zebra", addition) == f"• “zebra” · 2 times{rest}"


def test_a_question_is_quoted_as_text_in_at_most_100_characters() -> None:
    assert lines("<!channel> <@U1> & *bold*", times=1) == "• “&lt;!channel&gt; &lt;@U1&gt; &amp; *bold*” · once"
    assert lines("a\u202eb\x00c\nd") == "• “abcd” · 2 times"
    assert lines("z" * 101) == f"• “{'z' * 99}…” · 2 times"
    assert lines("z" * 100) == f"• “{'z' * 100}” · 2 times"
