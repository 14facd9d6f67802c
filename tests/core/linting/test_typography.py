"""Straight marks in what we write."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import BriefContent, Caveat, ChangeNote, Evidence, day
from bot.core.linting.diagnostic import Path
from bot.core.linting.typography import check_typography, with_curly_marks
from tests.make import brief, claim

STRAIGHT = 'It\'s "so".'
PLAIN = brief("tea", {"legal": [claim("one")]})
CLAIM: Path = ("sections", "legal", "claims", 0)


def with_claim(**fields: object) -> BriefContent:
    return brief("tea", {"legal": [claim("one", **fields)]})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (replace(PLAIN, summary=STRAIGHT), ("summary",)),
        (replace(PLAIN, caveats=(Caveat(text="So."), Caveat(text=STRAIGHT))), ("caveats", 1)),
        (with_claim(text=STRAIGHT), (*CLAIM, "text")),
        (with_claim(note=STRAIGHT), (*CLAIM, "note")),
        (
            replace(PLAIN, changes=(ChangeNote(date=day("2025-02-10"), kind="new", note=STRAIGHT),)),
            ("changes", 0, "note"),
        ),
    ],
)
def test_a_text_of_ours_with_straight_marks_is_one_warning(content: BriefContent, at: Path) -> None:
    assert [(each.code, each.severity, each.at) for each in check_typography(content)] == [("B139", "warning", at)]


def test_the_hint_has_the_first_words_with_their_right_marks() -> None:
    (problem,) = check_typography(with_claim(text="It's \"so\", it's said, in 'two' or 'three' ways."))
    assert problem.hint == "type It’s, “so”, it’s"


@pytest.mark.parametrize(
    "content",
    [
        with_claim(text="It’s “so”, and ‘so’."),
        with_claim(text="A beam of 5'10\" was lost."),
        with_claim(evidence=(Evidence(source="gazette", quote='it\'s "so" to us'),)),
        replace(PLAIN, title="The governor's tea"),
    ],
)
def test_curly_marks_measures_and_quotes_are_left_alone(content: BriefContent) -> None:
    assert list(check_typography(content)) == []


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ("Trump's", "Trump’s"),
        ("the states' view", "the states’ view"),
        ('He said "no".', "He said “no”."),
        ("He said 'no'.", "He said ‘no’."),
        ("\"It's 'so',\" he said", "“It’s ‘so’,” he said"),
        ('("so")', "(“so”)"),
        ("of the '90s and of '25", "of the ’90s and of ’25"),
        ('no—"yes"', "no—“yes”"),
    ],
)
def test_marks_open_before_a_word_and_close_behind_it(straight: str, curly: str) -> None:
    assert with_curly_marks(straight) == curly
