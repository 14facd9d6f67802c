"""Where a problem stands: its section, and the lines around it."""

import pytest

from bot.core.linting.diagnostic import Diagnostic
from bot.preview.places import SourceLine, excerpt, section_at

TEXT = """\
title: Ferries
sections:
  overview:
    claims:
      - id: halved
        text: "Half: of them."
  legal:
    claims: [
sources:
  gazette:
    title: Board
"""


@pytest.mark.parametrize(
    ("line", "section"),
    [(1, None), (2, None), (3, "overview"), (6, "overview"), (7, "legal"), (8, "legal"), (9, None), (11, None)],
)
def test_a_line_belongs_to_the_section_above_it_also_in_a_broken_file(line: int, section: str | None) -> None:
    assert section_at(TEXT, line) == section


def problem(line: int, column: int = 1) -> Diagnostic:
    return Diagnostic("briefs/ferries.yaml", line, column, "B105", "error", "", "")


def test_the_line_of_a_problem_has_its_neighbours() -> None:
    assert excerpt(TEXT, problem(8, 13)) == [
        SourceLine(7, "  legal:"),
        SourceLine(8, "    claims: [", 13),
        SourceLine(9, "sources:"),
    ]
    assert [each.number for each in excerpt(TEXT, problem(1))] == [1, 2]


@pytest.mark.parametrize("text", ["", "title: x\n"])
def test_a_line_that_is_not_there_has_none(text: str) -> None:
    assert excerpt(text, problem(4)) == []
