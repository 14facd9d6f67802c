"""Characters and nulls in values and keys, once escapes are read."""

from pathlib import Path

import pytest

from bot.content.file_text import mark_at
from bot.content.loader import diagnostics, load_brief
from tests.conftest import ROOT

BASE = (ROOT / "tests/examples/valid/everything.yaml").read_text(encoding="utf-8")
ESCAPES = (
    r"\0 \a \b \e \t \r \v \f \x1b[31m \x7f \x85 \x96 \N \L \P \u2028 \u2029 \u202e \u2066 \u200f \u061c \ufeff \ufffe "
    r"\uffff \U0010FFFF \u180e \u2060 \U000E0041 \u034f \u3164 \u2800 \u200b \u115f \u206a \ufff9 \ue000"
).split()
PLACES = [
    ("title: ", "'Everything: a brief with all keys'", '"Every{}thing"'),
    ("text: ", "NO", '"N{}O"'),
    ("quote: ", "12:30 was the time", '"12:30 was {}the time"'),
    ("url: ", "https://example.org:8080/path?a=b&c=%20#fragment", '"https://example.org/{}tca"'),
    ("note: ", "First version.", '"First{} version."'),
]


def problems_with(tmp_path: Path, key: str, value: str, other: str) -> list[tuple[str, bool]]:
    """The codes of the file with another value of a key, and whether they stand at the value."""
    assert key + value in BASE
    text = BASE.replace(key + value, key + other, 1)
    path = tmp_path / "everything.yaml"
    path.write_text(text, encoding="utf-8")
    at = mark_at(text, text.index(key + other) + len(key))
    return [(each.code, (each.line, each.column) == at) for each in diagnostics(load_brief(path))]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize(("key", "value", "template"), PLACES, ids=lambda text: text)
def test_an_escape_is_judged_by_its_character_at_the_place_of_its_value(
    tmp_path: Path, key: str, value: str, template: str, escape: str
) -> None:
    assert ("B104", True) in problems_with(tmp_path, key, value, template.format(escape))


@pytest.mark.parametrize("escape", [r"\"", r"\\", r"\u00e9", r"\u2014", r"\_", r"\U0001F375"])
def test_an_escape_of_a_visible_character_passes(tmp_path: Path, escape: str) -> None:
    key, value, template = PLACES[0]
    assert problems_with(tmp_path, key, value, template.format(escape)) == []


def test_keys_are_judged_too(tmp_path: Path) -> None:
    assert ("B104", True) in problems_with(tmp_path, "", "owner", '"own\\u200ber"')


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title: ", "'Everything: a brief with all keys'"),
        ("title: ", "0x1F"),
        ("as_of: ", "2024-02-29"),
        ("review_by: ", "2025-02-10"),
        ("status: ", "published"),
        ("tags: ", "[examples]"),
        ("aliases: [", "all keys"),
        ("locator: ", "paragraph 4"),
    ],
)
def test_a_plain_null_is_refused_once_and_a_quoted_one_is_text(tmp_path: Path, key: str, value: str, null: str) -> None:
    assert problems_with(tmp_path, key, value, null) == [("B132", True)]
    assert "B132" not in dict(problems_with(tmp_path, key, value, f'"{null}"'))
