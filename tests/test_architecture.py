"""The pages for people who work on the code name files, functions and rooms that are there."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARCHITECTURE = ROOT / "docs" / "architecture.md"
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = [ARCHITECTURE, ROOT / "CONTRIBUTING.md", *RECORDS]

FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^):#]+)\)")
"""The target of a link to a file of this repository."""

PATH = re.compile(r"[\w.][\w.-]*(/[\w.-]+)+|[\w-]+\.(py|md|toml|yaml|txt)|Makefile|Dockerfile")
NAME = re.compile(r"([A-Za-z]\w*\.)?[a-z_]\w*\(\)|[A-Z]\w\w+")
"""`function()`, `Class.method()`, `Class` or `CONSTANT`."""

OUTSIDE = re.compile("BRIEFBOT_|HYPOTHESIS_|SLACK_")
"""How variables of the environment begin."""


def spans(text: str) -> list[str]:
    """What stands in backticks, in order, outside of fenced code."""
    return SPAN.findall(FENCED.sub("", text))


def problems(text: str) -> Iterator[str]:
    """Each path that does not exist, and each name that the Python file named last before it does not define."""
    file: Path | None = None
    for span in spans(text):
        if PATH.fullmatch(span):
            path = ROOT / span
            if not path.exists():
                yield f"{span} does not exist"
            elif path.suffix == ".py":
                file = path
        elif NAME.fullmatch(span) and not OUTSIDE.match(span):
            if file is None:
                yield f"{span} stands before any Python file"
            elif span.removesuffix("()") not in defined(file):
                yield f"{span} is not in {file.relative_to(ROOT)}"


def defined(path: Path) -> set[str]:
    """The names that a file defines at its top, and `Class.name` of what its classes define."""
    return {name for node in ast.parse(path.read_text(encoding="utf-8")).body for name in _names(node)}


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name, body=body):
            yield name
            yield from (f"{name}.{inner}" for each in body for inner in _names(each))
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    assert list(problems(page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "README.md", RECORDS[0].parent / "README.md"],
    ids=lambda page: f"{page.parent.name}/{page.name}",
)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    targets = LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("`bot/nowhere.py`", "bot/nowhere.py does not exist"),
        ("`bot/errors.py`: `SettingsError` and `raise_it()`", "raise_it() is not in bot/errors.py"),
        (
            "`bot/store/store.py`: `Store.transaction()`, `Store.commit()`",
            "Store.commit() is not in bot/store/store.py",
        ),
        ("`bot/errors.py`: `LIMIT`", "LIMIT is not in bot/errors.py"),
        ("`run()`", "run() stands before any Python file"),
    ],
)
def test_what_is_not_there_is_found(text: str, problem: str) -> None:
    assert list(problems(text)) == [problem]


def test_code_in_fences_and_other_words_are_left_alone() -> None:
    assert list(problems("```text\n`bot/nowhere.py`\n```\n`/brief legal`, `make test`, `resend`, `xoxb-…`")) == []


def test_the_table_of_rooms_has_the_order_that_import_linter_keeps() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [layer.split(" | ") for layer in pyproject["tool"]["importlinter"]["contracts"][0]["layers"]]
    rows = [line.split("|")[1:4] for line in _section("The rooms") if line.startswith("| `")]
    rooms = {_room(first): allowed for first, _, allowed in rows}
    assert sorted(layers, key=lambda layer: list(rooms).index(layer[0])) == layers
    assert list(rooms) == [room for layer in layers for room in sorted(layer, key=list(rooms).index)]
    for layer in layers:
        for room in layer:
            barred = (
                {_room(span) for span in spans(rooms[room].split("but not")[1])} if "but not" in rooms[room] else set()
            )
            assert barred == set(layer) - {room}


def _section(title: str) -> list[str]:
    return ARCHITECTURE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0].splitlines()


def _room(cell: str) -> str:
    return Path(cell.strip(" `")).stem


def test_every_subject_of_a_layer_is_named() -> None:
    named = set(re.findall(r"\*(\w+)\*", "\n".join(_section("The rooms")))) | {"linting", "document"}
    layers = [ROOT / "bot" / layer for layer in ("core", "render", "handlers")]
    assert {path.parent.name for layer in layers for path in layer.glob("*/__init__.py")} <= named


def test_the_list_of_decisions_has_every_record_with_its_number() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\| \[(\d{4})\]\(([\w.-]+)\)", index) == [(path.name[:4], path.name) for path in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_record_has_four_parts(record: Path) -> None:
    lines = record.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {record.name[:4]}: ")
    parts = [line for line in lines if line.startswith("## ")]
    assert parts == ["## Context", "## Decision", "## Consequences", "## What would change our mind"]
