"""Addresses at which files are edited."""

import pytest

from bot.core.briefs.file_place import FilePlace, edit_address, file_place

GITHUB = "https://github.com/o/r/edit/main/briefs"


@pytest.mark.parametrize(
    ("edit_url", "line", "expected"),
    [
        (GITHUB, 12, f"{GITHUB}/ferries.yaml"),
        (f"{GITHUB}/", None, f"{GITHUB}/ferries.yaml"),
        (f"{GITHUB}/{{file}}#L{{line}}", 12, f"{GITHUB}/ferries.yaml#L12"),
        (f"{GITHUB}/{{file}}#L{{line}}", None, f"{GITHUB}/ferries.yaml"),
        (
            "https://git.example.org/edit?path={file}&line={line}",
            3,
            "https://git.example.org/edit?path=ferries.yaml&line=3",
        ),
        (
            "https://git.example.org/edit?path={file}&line={line}",
            None,
            "https://git.example.org/edit?path=ferries.yaml",
        ),
        ("https://git.example.org/{line}/{file}", None, "https://git.example.org/1/ferries.yaml"),
    ],
)
def test_file_and_line_stand_where_the_address_names_them(edit_url: str, line: int | None, expected: str) -> None:
    assert edit_address(edit_url, "ferries.yaml", line) == expected


def test_a_store_without_an_address_has_places_without_one() -> None:
    assert file_place(None, "ferries", 3) == FilePlace("ferries.yaml", 3, None)
