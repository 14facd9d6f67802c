"""Problems that show in a text before it is read as YAML."""

from collections.abc import Iterable

import pytest

from bot.content.raw_text import problems
from bot.core.linting.diagnostic import FilePosition, Problem


def places(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.at.line, p.at.column) for p in problems(text) if isinstance(p.at, FilePosition)]


def words(items: Iterable[Problem]) -> str:
    return "\n".join(f"{item.message}; {item.hint}" for item in items)


CONFLICT = ["<<<<<<< HEAD", "a: 1", "||||||| 1f2e3d", "a: 0", "=======", "a: 2", ">>>>>>> a/b"]


@pytest.mark.parametrize("indent", ["", "  ", "\t", "        "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", 'text: "a', "text: 'a", "text: >", "text: |", "text: a", "- x", "[a,"])
def test_a_conflict_is_one_error_wherever_it_stands(before: str, end: str, indent: str) -> None:
    text = end.join([before, *(indent + line for line in CONFLICT), "b: 1", ""])
    assert places(text) == [("B113", 2, len(indent) + 1)]
    assert words(problems(text)) == (
        'a merge conflict begins here, between "HEAD" and "a/b"; '
        "keep one of the two versions or join them, and delete the marks in lines 2, 4, 6 and 8"
    )


@pytest.mark.parametrize(
    "mark", ["<<<<<<<", "|||||||", "=======", ">>>>>>>", "<<<<<<< HEAD", ">>>>>>>  b", "=======  "]
)
def test_a_mark_that_was_left_behind_is_an_error_of_its_own(mark: str) -> None:
    assert places(f"a: 1\n{mark}\nb: 2\n  {mark}\n") == [("B113", 2, 1), ("B113", 4, 3)]
    assert "left of a merge conflict" in words(problems(f"a: 1\n{mark}"))


def test_two_conflicts_and_an_unfinished_one_are_three() -> None:
    text = "\n".join([*CONFLICT, "x: 1", *CONFLICT[:1], *CONFLICT, "<<<<<<< ours", "=======", "y: 2"])
    assert [line for _, line, _ in places(text)] == [1, 9, 10, 17]


@pytest.mark.parametrize(
    "line",
    ["======", "========", "a =======", "# =======", "=======x", "<<<<<<<HEAD", "||||||||", ">>>>>> b", "- ======="],
)
def test_what_is_no_mark_of_git_passes(line: str) -> None:
    assert places(f"a: >\n  {line}\n") == []


def test_the_name_of_a_branch_cannot_write_into_the_terminal_or_the_log() -> None:
    said = words(problems(f"<<<<<<< a\x1b[2J\u202e\n=======\n>>>>>>> ::error::{'b' * 90}"))
    assert said.isprintable()
    assert "a\\x1b[2J\\u202e" in said
    assert "b" * 30 + "…" in said


def test_the_rest_of_a_file_with_a_conflict_is_not_judged() -> None:
    assert places("a:\u00a0b\n\tc\n=======\n") == [("B113", 3, 1)]


def test_every_character_is_reported_where_it_stands() -> None:
    assert places("ab\n\tc\u202ed\n\x07") == [("B104", 2, 1), ("B104", 2, 3), ("B104", 3, 1)]


def test_windows_line_ends_are_allowed() -> None:
    assert places("a\r\nb\r\n") == []


@pytest.mark.parametrize("text", ["a\rb\rc\rd\r", "a\nb\rc\nd\re", "a\nb\r\r\n"])
def test_lone_carriage_returns_are_said_once(text: str) -> None:
    assert len(places(text)) == 1
    assert "U+000D" in words(problems(text))
    assert "old Mac line ends" in words(problems(text))


def test_a_byte_order_mark_within_the_file_is_named() -> None:
    assert places("a: 1\n\ufeffb: 2\n") == [("B104", 2, 1)]
    assert "byte order mark" in words(problems("a: 1\n\ufeffb: 2\n"))
    assert "two files were joined" in words(problems("a: 1\n\ufeffb: 2\n"))


ODD = [chr(point) for point in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)]


@pytest.mark.parametrize("blank", ODD, ids=ascii)
@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("{}owner: a", 1),
        ("  {}  owner: a", 3),
        ("{}{}- id: a", 1),
        ("-{}id: a", 2),
        ("  - {}id: a", 5),
        ("owner:{}a", 7),
        ("  - id:{}a", 8),
        ("e: [{{source:{}a}}]", 13),
        ("e: [{{source: a,quote:{} b}}]", 22),
    ],
)
def test_odd_blanks_that_break_a_line_are_one_error_for_it(blank: str, line: str, column: int) -> None:
    text = f"title: a\n{line.format(blank, blank)}\n"
    assert places(text) == [("B116", 2, column)]
    assert f"U+{ord(blank):04X}" in words(problems(text))


def test_odd_blanks_within_texts_pass() -> None:
    assert places("text: “\u00a010\u202f000\u2009km”\nnote: a:\u00a0b\ntitle: a\u3000\n") == []


def test_each_line_of_a_pasted_file_is_named() -> None:
    text = "sections:\n" + "\u00a0\u00a0legal:\n\u00a0 claims:\n" * 3
    assert [line for _, line, _ in places(text)] == [2, 3, 4, 5, 6, 7]
    assert words(problems(text)).splitlines()[0] == (
        "indented with a no-break blank (U+00A0); use plain blanks, as the space bar writes them"
    )
