"""Which words of a text are others than before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.changes.word_diff import WordRun, mark_changed_words
from bot.render.changes.word_splitting import split_words

texts = st.lists(st.sampled_from(["the", "fee", "is", "low.", "high", "", "a\nline", "“so”"])).map(" ".join)


def changed(runs: tuple[WordRun, ...]) -> list[str]:
    return [words for words, is_changed in runs if is_changed]


def test_only_the_words_that_differ_are_marked() -> None:
    old, new = mark_changed_words("The fee is low, they say.", "The fee is rather high, they say.")
    assert (changed(old), changed(new)) == (["low"], ["rather high"])


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


@pytest.mark.parametrize(
    ("before", "after", "struck", "bold"),
    [
        ("1.0, 2.0.", "1.0, 2.0, 3.0.", [], [", 3.0"]),
        ("4.0.2, 5.0.0.", "4.0.2.", [", 5.0.0"], []),
        ("It is low (in part).", "It is low (in full).", ["part"], ["full"]),
        ("She said “so”.", "She said “no”.", ["so"], ["no"]),
        ("It can't be done.", "It can be done.", ["can't"], ["can"]),
        ("It fell to −5 °C.", "It fell to 5 °C.", ["−"], []),
        ("This went to US firms", "This went to us firms", ["US"], ["us"]),
        ("香港立法會在二零二四年三月十九日通過", "香港立法會在二零二四年三月二十日通過", ["九"], ["二"]),
        ("東京都は三月に会議を開いた。", "東京都は五月に会議を開いた。", ["三"], ["五"]),
        ("ประชุมเมื่อวันที่สองมีนาคม", "ประชุมเมื่อวันที่สามมีนาคม", ["อง"], ["าม"]),
        ("ກອງປະຊຸມມື້ນີ້ດີ", "ກອງປະຊຸມມື້ນີ້ບໍ່ດີ", [], ["ບໍ່"]),
        ("The iPhone版 sold 5台.", "The iPhone版 sold 6台.", ["5"], ["6"]),
        ("They came: 👨‍👩‍👧 and 🇺🇸🇬🇧 both.", "They came: 👨‍👩‍👦 and 🇺🇸🇫🇷 both.", ["👨‍👩‍👧", "🇬🇧"], ["👨‍👩‍👦", "🇫🇷"]),
        ("In the cafe\u0301 there was a fee.", "In the cafe there was a fee.", ["cafe\u0301"], ["cafe"]),
        ("In the cafe\u0301 there was a fee.", "In the café there was a fee.", [], []),
        ("He said -- so -- no...", "He said — so — no…", [], []),
    ],
)
def test_only_what_differs_is_marked(before: str, after: str, struck: list[str], bold: list[str]) -> None:
    old, new = mark_changed_words(before, after)
    assert (changed(old), changed(new)) == (struck, bold)


@pytest.mark.parametrize(
    "character",
    ["e\u0301", "น้ำ"[-2:], "กี่", "เก", "👨‍👩‍👧‍👦", "👍🏽", "🇺🇸", "❤️", "1️⃣", "က္က", "ខ្មែ"[:3], "か\u3099"],
)
def test_what_people_see_as_one_character_is_never_cut(character: str) -> None:
    for text in (character * 3, f"ก{character}", f"一{character}a"):
        cuts = {0}
        for word in split_words(text):
            cuts.add(max(cuts) + len(word.blanks + word.text))
        start = text.index(character)
        assert not cuts & set(range(start + 1, start + len(character))), split_words(text)


anything = st.text(st.characters(codec="utf-8")) | st.text("ab 1.,\u0301\u200d👩🇺🇸กเำ一。")


@given(anything)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(word.blanks + word.text for word in split_words(text)) == text


@given(anything, anything)
def test_runs_joined_are_the_texts_in_any_script(before: str, after: str) -> None:
    old, new = mark_changed_words(before, after)
    assert "".join(run.words for run in old) == before
    assert "".join(run.words for run in new) == after
