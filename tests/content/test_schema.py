"""The schemas for editors and the loader agree."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.content.loader import load_brief, load_vocabulary
from bot.content.schema import json_schema, store_schema
from bot.core.linting.diagnostic import is_error
from tests import core_yaml
from tests.conftest import ROOT

EXAMPLES = ROOT / "tests" / "examples"
BRIEF = jsonschema.Draft202012Validator(json_schema())
STORE = jsonschema.Draft202012Validator(store_schema())
FILES = [path for path in (*EXAMPLES.rglob("*.yaml"), *(ROOT / "briefs").glob("*.yaml")) if path.is_file()]
BRIEFS = [path for path in FILES if not path.name.startswith("_")]
STORES = [path for path in FILES if path.name == "_store.yaml"]

SEEN_BY_THE_SCHEMA = {"B120", "B121", "B122", "B123", "B124", "B126", "B128", "B132"}
BASE = (EXAMPLES / "valid/everything.yaml").read_text(encoding="utf-8")
ARRANGED = (EXAMPLES / "valid/arrangement.yaml").read_text(encoding="utf-8")


def accepts(schema: jsonschema.Draft202012Validator, text: str) -> bool:
    return schema.is_valid(core_yaml.load(text))


def readable(path: Path) -> str | None:
    """The text of a file that an editor can read as YAML; None for others."""
    try:
        text = path.read_text(encoding="utf-8")
        core_yaml.load(text)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, TypeError, ValueError):
        return None
    return text


@pytest.mark.parametrize("schema", [BRIEF, STORE], ids=["brief", "store"])
def test_a_schema_is_one(schema: jsonschema.Draft202012Validator) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_loader_refuses_what_the_schema_refuses_and_the_other_way_round(path: Path) -> None:
    text = readable(path)
    errors = {problem.code for problem in load_brief(path).problems if is_error(problem)}
    if text is None or errors & {"B102", "B107"}:
        assert errors
    elif accepts(BRIEF, text):
        assert not errors & SEEN_BY_THE_SCHEMA
    else:
        assert errors


@pytest.mark.parametrize("path", STORES, ids=lambda path: path.parent.name)
def test_the_examples_of_the_store_are_accepted(path: Path) -> None:
    assert accepts(STORE, path.read_text(encoding="utf-8"))
    assert load_vocabulary(path).value


SCALARS = [
    "2024",
    "2025-02-10",
    "202",
    "010",
    "1.5",
    "-1",
    "1e3",
    "true",
    "True",
    "NO",
    "12:30",
    "0x1F",
    ".inf",
    "null",
    "~",
    "Null",
    "'null'",
    "''",
]
PLACES = ["title: 0x1F", "id: no", "date: 1791", "tags: [examples]", "status: published", "aliases: [all keys]"]
PLACES += ["lead: true", "undated: true", "continued_in: everything"]
PLACES += ["owner: desk", "language: es", "text: NO", "as_of: 2024-02-29", "rule: B136", "until: 2098-12-31"]
# Numbers and dates that are valid as such, but not as written; and words that have a rule of their own.
ONLY_THE_LOADER_SEES = {
    ("id: no", "True"),
    ("tags: [examples]", "True"),
    ("language: es", "True"),
    ("continued_in: everything", "True"),
    ("continued_in: everything", "0x1F"),
    ("date: 1791", "202"),
}
ONLY_THE_LOADER_SEES |= {(place, "0x1F") for place in ("id: no", "tags: [examples]", "language: es", "date: 1791")}
ONLY_THE_LOADER_SEES |= {("date: 1791", "010"), ("date: 1791", "1e3")}
ONLY_THE_LOADER_SEES |= {("rule: B136", each) for each in SCALARS}


@pytest.mark.parametrize("scalar", SCALARS)
@pytest.mark.parametrize("place", PLACES)
def test_they_agree_on_numbers_booleans_dates_and_null(tmp_path: Path, place: str, scalar: str) -> None:
    base = next(text for text in (BASE, ARRANGED) if place in text)
    key, value = place.split(": ")
    text = base.replace(place, f"{key}: [{scalar}]" if value.startswith("[") else f"{key}: {scalar}", 1)
    path = tmp_path / "everything.yaml"
    path.write_text(text, encoding="utf-8")
    errors = {each.code for each in load_brief(path).problems if is_error(each)} - {"B203", "B208"}
    if (place, scalar) not in ONLY_THE_LOADER_SEES:
        assert accepts(BRIEF, text) == (not errors), errors
    else:
        assert errors
