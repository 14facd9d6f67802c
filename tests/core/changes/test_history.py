"""What is counted of a change set, and in which words."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.changes.history import ChangeEntry, ChangeList, tallies
from bot.render.changes.change_list import changes_layout
from bot.render.document import terminal
from bot.render.document.paging import single_page
from tests.ferries import UPDATES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("correction", "Overview: 1 claim reworded."),
        ("evidence-only", "Overview: 2 claims with other evidence."),
        ("standing", "Overview: 1 claim with another standing."),
        ("sources-only", "1 source changed."),
        ("moved-within", "Legal considerations: 1 claim moved."),
        (
            "retitled",
            "Title changed, summary changed, caveats changed, tags changed, as-of day changed, review day changed.",
        ),
    ],
)
def test_what_changed_is_said_in_words(name: str, words: str) -> None:
    counted = tallies(UPDATES[name]())
    entry = ChangeEntry(date(2025, 5, 12), "ferries", "Ferries", "1", "2", "update", None, 1, tallies=counted)
    text = terminal.text(single_page(changes_layout(ChangeList((entry,), None, None, False), "/brief")))
    assert words in text.splitlines()
    noted = replace(entry, note="The board met later")
    assert words not in terminal.text(single_page(changes_layout(ChangeList((noted,), None, None, False), "/brief")))


def test_a_new_brief_has_nothing_to_count() -> None:
    assert tallies(UPDATES["new"]()) == ()
