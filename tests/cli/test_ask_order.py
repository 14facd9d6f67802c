"""`briefbot ask` orders equal hits and equal suggestions in one way, whatever the order of sets in its process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROFILE, ROOT

SLUGS = [f"pysec-{number}" for number in range(1, 10)]
SEEDS = ("1", "2") if PROFILE == "gate" else ("1", "2", "3", "4")
HITS = "parser buffer"
SUGGESTIONS = ("pysex", "advisory", "list tag:tag-x")


Records = list[dict[str, Any]]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Records]:
    """By what is asked: the records of one process for each seed, over nine briefs that differ in nothing but the name
    and one word of an alias."""
    directory = tmp_path_factory.mktemp("alike")
    for slug in SLUGS:
        (directory / f"{slug}.yaml").write_text(like(slug), encoding="utf-8")
    store = "sections:\n  legal: {title: Legal considerations}\n"
    (directory / "_store.yaml").write_text(store, encoding="utf-8")
    each = [asked((HITS, *SUGGESTIONS), directory, seed) for seed in SEEDS]
    return {words: [of_seed[number] for of_seed in each] for number, words in enumerate((HITS, *SUGGESTIONS))}


def like(slug: str) -> str:
    return f"""\
title: A flaw in a package
summary: It is like the others.
aliases: [advisory {slug[-1]}00]
tags: [tag-{slug[-1]}]
status: published
as_of: 2025-02-10
owner: desk
sections:
  legal:
    claims:
      - id: one
        text: The parser reads beyond its buffer.
        evidence: [{{source: gazette, quote: reads beyond its buffer}}]
sources:
  gazette: {{publisher: Gazette, url: https://example.org/gazette, kind: news}}
changes:
  - {{date: 2025-02-10, kind: new, note: First version.}}
"""


ASK = """
import sys
from bot.__main__ import main
for words in sys.argv[1:]:
    assert main(["ask", words, "--format", "json"]) in (0, 1)
    print("---")
"""


def asked(questions: Sequence[str], directory: Path, seed: str) -> Records:
    """The records that a new process prints."""
    variables = os.environ | {"PYTHONHASHSEED": seed, "BRIEFBOT_BRIEFS": str(directory)}
    command = [sys.executable, "-c", ASK, *questions]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    return [json.loads(record) for record in done.stdout.split("---\n")[:-1]]


def test_equal_hits_come_by_slug(records: dict[str, Records]) -> None:
    hits = [[each["brief"] for each in record["excerpts"]] for record in records[HITS]]
    assert hits == [SLUGS[:6]] * len(SEEDS)


@pytest.mark.parametrize("words", SUGGESTIONS)
def test_equal_suggestions_come_in_one_order(records: dict[str, Records], words: str) -> None:
    first, *others = records[words]
    assert first["suggestions"]
    assert others == [first] * (len(SEEDS) - 1)
