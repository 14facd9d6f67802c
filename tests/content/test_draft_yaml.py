"""Drafts as files: whatever a text holds, the file says the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.draft_yaml import scaffold
from bot.core.drafts.draft import Draft, DraftClaim, DraftSource, Remark
from tests.conftest import examples
from tests.pasted import TEXTS, TODAY, assert_file_holds, draft_of, loaded, written


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_draft_of_each_example(path: Path, golden: Callable[[str, str], None]) -> None:
    golden(f"drafts/{path.stem}.yaml", written(draft_of(path)))


TRICKY = [
    "null",
    "~",
    "- a dash",
    "note: as a key",
    "It ends with a colon:",
    "a # that is no comment",
    "# one that begins",
    "<<<<<<< HEAD",
    "word " * 22 + "======= and more",
    "word " * 21 + "standing: and more",
    '"all of it in marks"',
    "*a star",
    "&amp; @ % ! | > { [ ` ?",
    "back\\slash and \\u202e",
    "2025",
    "yes",
    "---",
    "... so",
    "x" * 300,
    "字" * 300,
]


@pytest.mark.parametrize("text", TRICKY)
def test_texts_that_yaml_would_read_in_another_way(text: str) -> None:
    source = DraftSource(1, "one", said=f"as {text} stands", publisher=text, title=text)
    text = text.strip()
    assert_file_holds(
        Draft(text[:150], (Remark(1, "legal", text, "mail"), DraftClaim(1, "legal", "a", text)), (), (source,))
    )


@given(st.text("aZ0é字 :#-'\"“\\&*!|>{}[],?%@`=<~.", min_size=1, max_size=200).map(lambda text: " ".join(text.split())))
@examples(500, gate=50)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    if text:
        assert_file_holds(Draft("", (DraftClaim(1, "legal", "a", text),)))


def test_a_scaffold_has_the_sections_and_passes_as_draft() -> None:
    brief = loaded(scaffold("", ["overview", "legal"], TODAY))
    assert (brief.status, list(brief.sections)) == ("draft", ["legal", "overview"])
    assert loaded(scaffold("Tea: a history", ["legal"], TODAY)).title == "Tea: a history"
