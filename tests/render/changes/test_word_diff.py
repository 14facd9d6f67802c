"""Which words of a text are others than before."""

import re
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.changes.normalization import normalize_text
from bot.render.changes.word_diff import WordRun, compare, mark_changed_words
from bot.render.changes.word_splitting import split_words
from tests.conftest import examples

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


LISTS = [
    ("1.0, 2.0.", "1.0, 2.0, 3.0.", [], [", 3.0"]),
    ("1.0, 3.0.", "1.0, 2.0, 3.0.", [], ["2.0,"]),
    ("2.0, 3.0.", "1.0, 2.0, 3.0.", [], ["1.0,"]),
    ("4.0.2, 5.0.0.", "4.0.2.", [", 5.0.0"], []),
    ("4.0.2, 4.1, 5.0.0.", "4.0.2, 5.0.0.", ["4.1,"], []),
    ("1.0, 2.0, 3.0.", "1.0, 3.0, 4.0.", ["2.0,"], [", 4.0"]),
    ("1.0, 2.0.", "0.9, 1.0, 1.5, 2.0, 2.5.", [], ["0.9,", "1.5,", ", 2.5"]),
    ("1.0 and 2.0.", "1.0, 2.0 and 3.0.", ["and"], [",", "and 3.0"]),
    ("1.0, 2.0 and 3.0.", "1.0 and 3.0.", [", 2.0"], []),
    ("1.0,2.0", "1.0,2.0,3.0", [], [",3.0"]),
    ('"1.0", "2.0"', '"1.0", "1.5", "2.0"', [], ['"1.5",']),
    ("They are “a” (one), “c” (three).", "They are “a” (one), “b” (two), “c” (three).", [], ["“b” (two),"]),
    ("影響 1.0、1.1。", "影響 1.0、1.1、1.2。", [], ["、1.2"]),
    ("- 1.0\n- 2.0", "- 1.0\n- 2.0\n- 3.0", [], ["- 3.0"]),
    ("a; b; c", "a; b; d; c", [], ["d;"]),
    ("The towns (A, B) sue.", "The towns (A, B, C) sue.", [], [", C"]),
]
WORDS = [
    ("It is low (in part).", "It is low (in full).", ["part"], ["full"]),
    ("It is low.", "It is low (in part).", [], ["(in part)"]),
    ("She said “so”.", "She said “no”.", ["so"], ["no"]),
    ("She said it is so.", "She said it is “so”.", ["so"], ["“so”"]),
    ("The fee is low!", "The fee is low?", ["low!"], ["low?"]),
    ("It forbids “cruel” acts", "It forbids, “cruel” acts", ["forbids"], ["forbids,"]),
    ("It forbids cruel acts; it is so", "It forbids cruel acts: it is so", ["acts;"], ["acts:"]),
    ("They get no visits and no time", "They get no visits, and no time", ["visits"], ["visits,"]),
    ("He said (so) it was", "He said so it was", ["(so)"], ["so"]),
    ("It can't be done.", "It can be done.", ["can't"], ["can"]),
    ("This went to US firms", "This went to us firms", ["US"], ["us"]),
    ("A well-known long-term plan failed", "A well-known short-term plan failed", ["long-term"], ["short-term"]),
    ("He stopped—then he left", "He paused—then he left", ["stopped"], ["paused"]),
    ("The person(s) were heard there", "The persons were heard there", ["person(s)"], ["persons"]),
    ("It worked, 5台 of them", "It worked, 5 台 of them", ["台"], ["台"]),
    ("He said -- so -- no...", "He said — so — no…", [], []),
    ("One two three four five", "One four two three five", ["four"], ["four"]),
    ("See https://a.example/x/1?b=c,d now", "See https://a.example/x/2?b=c,d now", None, None),
    ("As in CVE-2020-28493, which is fixed", "As in CVE-2020-28494, which is fixed", None, None),
]
NUMBERS = [
    ("It fell to −5 °C.", "It fell to 5 °C.", ["−5"], ["5"]),
    ("It costs €15 million a year", "It costs $15 million a year", ["€15"], ["$15"]),
    ("It costs (€15) a year", "It costs ($15) a year", ["€15"], ["$15"]),
    ("It costs €15 million a year", "It costs $16 million a year", ["€15"], ["$16"]),
    ("It rose 12.5% in May", "It rose 12.5‰ in May", ["12.5%"], ["12.5‰"]),
    ("It rose 40% in May, they say", "It rose 40 per cent in May, they say", ["40%"], ["40 per cent"]),
    ("It costs 15 € a year", "It costs 15 $ a year", ["15 €"], ["15 $"]),
    ("It costs $1,200,000 a year", "It costs $1,350,000 a year", ["1,200,000"], ["1,350,000"]),
    ("It costs 1.200,50 € a year", "It costs 1.300,50 € a year", ["1.200,50"], ["1.300,50"]),
    ("It has 12\u202f500 people now", "It has 13\u202f500 people now", ["12\u202f500"], ["13\u202f500"]),
    ("It is 5 km long", "It is 6 km long", ["5"], ["6"]),
    ("It is 5km long", "It is 6km long", ["5km"], ["6km"]),
    ("It rose 12.5% in May", "It rose 13.5% in May", ["12.5"], ["13.5"]),
    ("From 2020–2024 it grew", "From 2020–2025 it grew", ["2024"], ["2025"]),
    ("It needs foo >=1.0,<2.0 to run", "It needs foo >=1.0,<2.1 to run", ["2.0"], ["2.1"]),
    ("On 2 March 2025 it met.", "On 3 March 2025 it met.", ["2"], ["3"]),
    ("It met on 2025-03-02, they say", "It met on 2025-03-03, they say", ["2025-03-02"], ["2025-03-03"]),
    ("From twelve to six ferries", "From eleven to four ferries", ["twelve", "six"], ["eleven", "four"]),
]
SCRIPTS = [
    ("香港立法會在二零二四年三月十九日通過", "香港立法會在二零二四年三月二十日通過", ["三月十九日"], ["三月二十日"]),
    ("會議在十九日舉行，他們說", "會議在二十日舉行，他們說", ["十九日"], ["二十日"]),
    ("條例列明五類罪行，他們說", "條例列明六類罪行，他們說", ["五類"], ["六類"]),
    ("委員会は四月一日に会議を開いた", "委員会は五月一日に会議を開いた", ["四月一日"], ["五月一日"]),
    ("根據第二十三條，他們提出訴訟", "根據第二十四條，他們提出訴訟", ["第二十三條"], ["第二十四條"]),
    ("他們支付三分之一的費用", "他們支付三分之二的費用", ["三分之一"], ["三分之二"]),
    ("二〇二四年の予算は大きい", "二〇二五年の予算は大きい", ["二〇二四年"], ["二〇二五年"]),
    ("彼は三か\u3099見た人と話した", "彼は四か\u3099見た人と話した", ["三"], ["四"]),
    ("條例列明五類罪行，最高刑罰是終身監禁。", "條例列明五類罪行。", ["，最高刑罰是終身監禁"], []),
    ("東京都は三月に会議を開いた。", "東京都は五月に会議を開いた。", ["三月"], ["五月"]),
    ("ประชุมเมื่อวันที่สองมีนาคม", "ประชุมเมื่อวันที่สามมีนาคม", ["อง"], ["าม"]),
    ("ກອງປະຊຸມມື້ນີ້ດີ", "ກອງປະຊຸມມື້ນີ້ບໍ່ດີ", [], ["ບໍ່"]),
    ("The iPhone版 sold 5台.", "The iPhone版 sold 6台.", ["5"], ["6"]),
    ("הוועדה החליטה ביום שני, כך נמסר.", "הוועדה החליטה ביום שלישי, כך נמסר.", ["שני"], ["שלישי"]),
    ("قال الوزير، يوم الاثنين، إنه سيرحل", "قال الوزير، يوم الثلاثاء، إنه سيرحل", ["الاثنين"], ["الثلاثاء"]),
    ("मंत्री ने सोमवार को कहा", "मंत्री ने मंगलवार को कहा", ["सोमवार"], ["मंगलवार"]),
    ("They came: 👨‍👩‍👧 and 🇺🇸🇬🇧 both.", "They came: 👨‍👩‍👦 and 🇺🇸🇫🇷 both.", ["👨‍👩‍👧", "🇬🇧"], ["👨‍👩‍👦", "🇫🇷"]),
    ("It was 👍🏽 then, all said", "It was 👍🏿 then, all said", ["👍🏽"], ["👍🏿"]),
    ("In the cafe\u0301 there was a fee.", "In the cafe there was a fee.", ["cafe\u0301"], ["cafe"]),
    ("In the cafe\u0301 there was a fee.", "In the café there was a fee.", [], []),
]
REPORT = "puts overcrowding at 350 per cent, a figure that it takes from organizations."
ALTERNATING = [
    (
        f"Amnesty International’s 2025 report {REPORT}",
        f"A report of Amnesty International, by news of 29 April 2025, {REPORT}",
        ["Amnesty International’s 2025 report"],
        ["A report of Amnesty International, by news of 29 April 2025,"],
    ),
    (
        "In 2024 the towns paid 5 of 9 ferries, as they said.",
        "In 2025 the towns paid 6 of 8 ferries, as they said.",
        ["2024", "5", "9"],
        ["2025", "6", "8"],
    ),
    (
        "In May some 5 of 9 ferries ran on time, as they said.",
        "In June some 6 of 8 ferries ran on time, as they said.",
        ["May some 5 of 9"],
        ["June some 6 of 8"],
    ),
    ("Ferries A, B, C and D sail.", "Ferries A, X, C and Y sail.", ["B", "D"], ["X", "Y"]),
    ("It fell by 4, 6, 8, 9 per cent.", "It fell by 5, 6, 7, 9 per cent.", ["4", "8"], ["5", "7"]),
    ("- a\n- b\n- c\n- d\n- e", "- x\n- b\n- y\n- d\n- z", ["a", "c", "e"], ["x", "y", "z"]),
    ("The fee is low they say.", "The new fee now is very low they say.", [], ["new", "now", "very"]),
]
PARAGRAPH = (
    "The court held in March that the rules were made without the public. The ministry had argued that its notice was"
    " enough, since nobody objected in time. The judge did not follow it. Costs went to the three petitioners."
)


@pytest.mark.parametrize(("before", "after", "struck", "bold"), [*LISTS, *WORDS, *NUMBERS, *SCRIPTS, *ALTERNATING])
def test_only_what_differs_is_marked(before: str, after: str, struck: list[str] | None, bold: list[str] | None) -> None:
    """None: the one word that contains what differs."""
    old, new = mark_changed_words(before, after)
    if struck is None or bold is None:
        struck, bold = (
            [next(w for w in text.replace(", ", " ").split() if w not in other)] for text, other in both(before, after)
        )
    assert (changed(old), changed(new)) == (struck, bold)


def both(before: str, after: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (before, after), (after, before)


VERSIONS = st.sets(st.tuples(*[st.integers(0, 20)] * 3), min_size=3, max_size=12)
SEPARATORS = st.sampled_from([", ", ",", "; ", "\n", "、", '", "', "\n- "])


@given(VERSIONS, VERSIONS, SEPARATORS)
@examples(100, gate=25)
def test_of_a_list_that_lost_and_won_entries_those_are_marked(
    stay: set[tuple[int, ...]], others: set[tuple[int, ...]], separator: str
) -> None:
    came, went = (set(sorted(others - stay)[start::2][:2]) for start in (0, 1))
    before, after = (separator.join(".".join(map(str, each)) for each in sorted(stay | more)) for more in (went, came))
    old, new = mark_changed_words(f"Affected: {before}.", f"Affected: {after}.")
    for runs, versions in ((old, went), (new, came)):
        marked = re.findall(r"\d+\.\d+\.\d+", " ".join(changed(runs)))
        assert marked == [".".join(map(str, each)) for each in sorted(versions)]


def test_one_word_of_a_long_paragraph_is_marked() -> None:
    old, new = mark_changed_words(PARAGRAPH * 4, PARAGRAPH * 3 + PARAGRAPH.replace("three", "four"))
    assert (changed(old), changed(new)) == (["three"], ["four"])


def test_a_rewritten_sentence_is_one_mark_and_no_confetti() -> None:
    middle = "Counsel for the state said that the notice had been published in time, and nobody was surprised."
    first, second, *rest = PARAGRAPH.split(". ")
    old, new = mark_changed_words(PARAGRAPH, ". ".join([first, middle[:-1], *rest]))
    assert len(changed(old)) == len(changed(new)) == 1
    assert changed(old)[0] in second


def test_a_long_addition_to_a_short_list_is_marked() -> None:
    old, new = mark_changed_words("1.0, 1.1.", f"1.0, 1.1, {', '.join(f'2.{n}' for n in range(90))}.")
    assert changed(old) == []
    assert len(changed(new)) == 1


@pytest.mark.parametrize("letters", ["的一", "的一是不了人我在有他", "ab ", "a, "])
def test_hostile_texts_are_compared_in_bounded_time(letters: str) -> None:
    drawn = Random(17)  # noqa: S311  # the same texts each time, and no secret
    one, other = ("".join(drawn.choice(letters) for _ in range(1200)) for _ in "12")
    start = process_time()
    mark_changed_words(one, other)
    assert process_time() - start < 1.5


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


@given(anything, anything)
def test_unmarked_words_are_equal_on_both_sides(before: str, after: str) -> None:
    comparison = compare(before, after)
    for stretch in comparison.stretches:
        if not stretch.changed:
            old, new = ([normalize_text(word.text) for word in words] for words in (stretch.old, stretch.new))
            assert old == new


@given(anything, anything)
def test_marks_begin_and_end_with_a_character(before: str, after: str) -> None:
    """Slack recognises a mark only beside what is not blank."""
    for words in (*changed(mark_changed_words(before, after)[0]), *changed(mark_changed_words(before, after)[1])):
        assert words == words.strip() or not words.strip()
