"""`briefbot ask` orders equal hits and equal suggestions in one way, whatever the order of sets in its process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SLUGS = [f"pysec-{number}" for number in range(1, 10)]
SEEDS = ("1", "2", "3", "4")


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of nine briefs that differ in nothing but the name and one word of an alias."""
    directory = tmp_path_factory.mktemp("alike")
    for slug in SLUGS:
        (directory / f"{slug}.yaml").write_text(like(slug), encoding="utf-8")
    store = "sections:\n  legal: {title: Legal considerations}\n"
    (directory / "_store.yaml").write_text(store, encoding="utf-8")
    return directory


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


def asked(words: str, directory: Path, seed: str) -> dict[str, Any]:
    """The record that a new process prints."""
    command = [sys.executable, "-m", "bot", "ask", words, "--format", "json"]
    variables = os.environ | {"PYTHONHASHSEED": seed, "BRIEFBOT_BRIEFS": str(directory)}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_equal_hits_come_by_slug(alike: Path) -> None:
    hits = [[each["brief"] for each in asked("parser buffer", alike, seed)["excerpts"]] for seed in SEEDS]
    assert hits == [SLUGS[:6]] * len(SEEDS)


@pytest.mark.parametrize("words", ["pysex", "advisory", "list tag:tag-x"])
def test_equal_suggestions_come_in_one_order(alike: Path, words: str) -> None:
    records = [asked(words, alike, seed) for seed in SEEDS]
    assert records[0]["suggestions"]
    assert records[1:] == records[:1] * (len(SEEDS) - 1)
