"""Every rule has a page, with an example of wrong and of right that are what they say."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.content.repository import check_directory
from bot.content.schema import json_schema
from bot.core.linting.catalogue import all_rules
from tests.core.linting.rule_examples import example_on, files_with

TODAY = date(2026, 11, 25)
RULES = all_rules()
BETWEEN_VERSIONS = {code for code in RULES if code in ("B402", "B406") or code.startswith("B5")}
OF_WHOLE_FILES = {
    "B101",
    "B102",
    "B103",
    "B106",
    "B112",
    "B116",
    "B127",
    "B140",
    "B141",
    "B142",
    "B143",
    "B145",
    "B216",
    "B228",
    "B306",
    "B311",
    "B312",
    "B313",
    "B314",
}
"""Rules whose examples cannot be shown as a piece of YAML; their pages say them in a sentence."""

EXAMPLES = {code: example_on(rule.page) for code, rule in RULES.items()}


def codes_of(directory: Path, place: str | None, piece: str) -> set[str]:
    for name, text in files_with(place, piece).items():
        (directory / name).write_text(text, encoding="utf-8")
    return {each.code for each in check_directory(directory, today=TODAY)}


def test_the_files_around_the_examples_have_no_problem(tmp_path: Path) -> None:
    assert codes_of(tmp_path, None, "") == set()


def test_every_rule_within_one_version_has_an_example() -> None:
    without = {code for code, example in EXAMPLES.items() if example is None}
    assert without - BETWEEN_VERSIONS == OF_WHOLE_FILES & RULES.keys()


@pytest.mark.parametrize("code", [code for code, example in EXAMPLES.items() if example])
def test_the_wrong_example_breaks_this_rule_alone_and_the_right_one_none(tmp_path: Path, code: str) -> None:
    example = EXAMPLES[code]
    assert example
    assert codes_of(tmp_path, example.place, example.wrong) == {code}
    assert codes_of(tmp_path, example.place, example.right) == set()


def test_the_page_of_lengths_names_every_limit() -> None:
    limits = set(_values(json_schema(), "maxLength"))
    named = {
        int(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", RULES["B128"].page.split("Wrong")[0])
    }
    assert named == limits | set(_values(json_schema(), "maxItems"))


def _values(schema: object, key: str) -> list[int]:
    if isinstance(schema, dict):
        own = [value for name, value in schema.items() if name == key and isinstance(value, int)]
        return own + [each for child in schema.values() for each in _values(child, key)]
    return [each for child in schema for each in _values(child, key)] if isinstance(schema, list) else []
