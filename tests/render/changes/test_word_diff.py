"""Which words of a text are others than before."""

from hypothesis import given
from hypothesis import strategies as st

from bot.render.changes.word_diff import WordRun, mark_changed_words

texts = st.lists(st.sampled_from(["the", "fee", "is", "low.", "high", "", "a\nline", "“so”"])).map(" ".join)


def changed(runs: tuple[WordRun, ...]) -> list[str]:
    return [words for words, is_changed in runs if is_changed]


def test_only_the_words_that_differ_are_marked() -> None:
    old, new = mark_changed_words("The fee is low, they say.", "The fee is rather high, they say.")
    assert (changed(old), changed(new)) == (["low,"], ["rather high,"])


def test_what_only_came_marks_nothing_in_the_old_text() -> None:
    old, new = mark_changed_words("The fee is low.", "The fee of 2025 is low.")
    assert (changed(old), changed(new)) == ([], ["of 2025"])


def test_another_sentence_is_not_marked() -> None:
    old, new = mark_changed_words("The fee is low.", "Nobody knows when the court will sit.")
    assert old == (WordRun("The fee is low.", False),)
    assert new == (WordRun("Nobody knows when the court will sit.", False),)


def test_long_texts_of_few_words_are_compared_word_by_word() -> None:
    text = "no yes " * 110
    assert [changed(runs) for runs in mark_changed_words(f"{text}never", f"{text}always")] == [["never"], ["always"]]


@given(texts, texts)
def test_the_runs_are_the_texts(before: str, after: str) -> None:
    old, new = mark_changed_words(before, after)
    assert "".join(run.words for run in old) == before
    assert "".join(run.words for run in new) == after
