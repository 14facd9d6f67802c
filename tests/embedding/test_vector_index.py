"""Indexes of vectors: the one over numpy, where it is installed, and the one of the tests keep one promise."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from bot.core.answers.meaning import ClaimPlace, VectorIndex
from tests.make import brief, claim
from tests.word_vectors import CONCEPTS, WordVectors, concepts

HAS_EXTRA = all(map(find_spec, ("numpy", "onnxruntime", "tokenizers")))
CLAIMS = [claim("a", "The jail."), claim("b", "Planes to a jail."), claim("c", "Planes.")]
JAIL = brief("one", {"legal": CLAIMS}, title="One")
FERRY = brief("two", {"legal": [claim("d", "A boat.")]}, title="Two")


class WordModel:
    """Texts by their concepts."""

    identity = "words"
    dimensions = len(CONCEPTS)

    def embed(self, texts: list[str]) -> Any:
        numpy = import_module("numpy")
        rows = numpy.array([concepts(text) for text in texts], dtype=numpy.float32).reshape(-1, self.dimensions)
        return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1)


def matrix_index() -> VectorIndex:
    index: VectorIndex = import_module("bot.embedding.vector_index").MatrixIndex(WordModel())
    return index


@pytest.fixture(params=["words", pytest.param("matrix", marks=pytest.mark.skipif(not HAS_EXTRA, reason="no numpy"))])
def index(request: pytest.FixtureRequest) -> VectorIndex:
    """An empty one of each kind."""
    kinds: dict[str, Callable[[], VectorIndex]] = {"words": WordVectors, "matrix": matrix_index}
    return kinds[request.param]()


def add(index: VectorIndex, *names: str) -> None:
    """Adds a brief under each name, as if it were a revision: the one about ferries if the name begins with f."""
    briefs = {name: FERRY if name.startswith("f") else JAIL for name in names}
    index.add({name: index.embed(each) for name, each in briefs.items()})


def test_the_nearest_come_first(index: VectorIndex) -> None:
    add(index, "jail", "ferry")
    near = index.similarities("prison")
    assert near.nearest(2) == [("jail", 0), ("jail", 1)]
    assert near.of(ClaimPlace("jail", 0)) == pytest.approx(1, abs=0.1)
    assert near.of(ClaimPlace("jail", 1)) == pytest.approx(0.7, abs=0.1)
    assert near.of(ClaimPlace("ferry", 0)) == pytest.approx(0)


def test_one_revision_may_be_asked_for(index: VectorIndex) -> None:
    add(index, "one", "other", "ferry")
    assert index.similarities("jails").nearest(1, "other") == [("other", 0)]
    assert index.similarities("jails").nearest(9, "unknown") == []


def test_what_is_not_held_has_no_similarity(index: VectorIndex) -> None:
    assert index.similarities("jail").nearest(3) == []
    add(index, "jail")
    index.remove(["jail", "unknown"])
    near = index.similarities("jail")
    assert (near.nearest(3), near.of(ClaimPlace("jail", 0)), index.revisions()) == ([], None, set())
    add(index, "jail")
    assert index.similarities("jail").of(ClaimPlace("jail", 3)) is None


def test_places_stay_true_when_many_come_and_go(index: VectorIndex) -> None:
    for number in range(900):
        add(index, f"jail-{number}", f"ferry-{number}")
        index.remove([f"jail-{number - 3}", *([f"ferry-{number}"] if number % 7 else [])])
    near = index.similarities("boats")
    kept = {f"ferry-{number}" for number in range(0, 900, 7)}
    assert index.revisions() == kept | {"jail-897", "jail-898", "jail-899"}
    assert {place.revision for place in near.nearest(len(kept))} == kept
    assert index.similarities("plane").nearest(1, "jail-899") == [("jail-899", 2)]


def test_a_search_goes_on_with_what_it_began_with(index: VectorIndex) -> None:
    add(index, "ferry", "jail")
    near = index.similarities("jail")
    index.remove(["ferry", "jail"])
    add(index, "f1", "f2")
    assert near.nearest(1) == [("jail", 0)]
