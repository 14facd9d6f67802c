"""Bytes and characters that no brief file may hold."""

import sys
from collections.abc import Iterable

from bot.content import file_text
from bot.core.linting.diagnostic import FilePosition, Problem

ALLOWED_INVISIBLE = {0x0A, 0xA0, 0xAD, 0x200B, 0x200C, 0x200D}


def code(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_every_control_and_bidirectional_character_is_found() -> None:
    """The quick look at a whole file must agree with the search for single characters."""
    for point in range(sys.maxunicode + 1):
        if 0xD800 <= point <= 0xDFFF:
            continue
        slow = bool(file_text._FORBIDDEN.search(f"a{chr(point)}b"))
        assert bool(list(file_text.forbidden_characters(f"a{chr(point)}b"))) == slow, hex(point)


def test_typographic_and_joining_characters_are_allowed() -> None:
    assert all(
        not list(file_text.forbidden_characters(f"a{chr(point)}b"))
        for point in ALLOWED_INVISIBLE | {0x201C, 0x2014, 0x1F600, 0x645}
    )


def test_windows_line_ends_are_allowed_and_lone_carriage_returns_are_not() -> None:
    assert list(file_text.forbidden_characters("a\r\nb\r\n")) == []
    assert code(file_text.forbidden_characters("a\rb")) == ["B104"]


def test_every_one_is_reported_where_it_stands() -> None:
    assert [problem.at for problem in file_text.forbidden_characters("ab\n\tc\u202ed\n\x07")] == [
        FilePosition(2, 1),
        FilePosition(2, 3),
        FilePosition(3, 1),
    ]


def test_the_place_of_a_bad_byte_counts_characters() -> None:
    problem = file_text.decode("zwölf\nßß".encode() + b"\xff")
    assert isinstance(problem, Problem)
    assert problem.at == FilePosition(2, 3)
