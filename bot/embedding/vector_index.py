"""The vectors of all claims in one int8 matrix, and the claims that are nearest to a question."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence, Set
from hashlib import sha256
from threading import Lock
from typing import Any, Protocol

import numpy

from bot.core.answers.meaning import ClaimPlace
from bot.core.briefs.brief import Brief
from bot.embedding.claim_texts import RECIPE, TITLE_WEIGHT, claim_texts
from bot.embedding.model_files import model_files
from bot.embedding.sentence_model import SentenceModel

GROWTH = 1.25
ROWS_MIN = 1024
ROWS_AT_ONCE = 256
"""Rows that are made float32 and multiplied at once: as many as the processor's cache holds. BLAS has no int8."""


class Embedder(Protocol):
    """A model: texts in, a float32 matrix of unit rows out."""

    identity: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> Any: ...


class ClaimSimilarities:
    """The cosine of each row with one question. `blocks` are (first row, end) by revision, `names` the revisions in the
    order of their `starts`."""

    def __init__(
        self, cosines: Any, blocks: Mapping[str, tuple[int, int]], starts: Sequence[int], names: Sequence[str]
    ) -> None:
        self._cosines, self._blocks, self._starts, self._names = cosines, blocks, starts, names

    def of(self, place: ClaimPlace) -> float | None:
        """None for a claim that is not embedded yet."""
        start, end = self._blocks.get(place.revision, (0, 0))
        row = start + place.ordinal
        return float(self._cosines[row]) if row < end else None

    def nearest(self, limit: int, revision: str | None = None) -> list[ClaimPlace]:
        """Best first; equal ones in the order in which they were added."""
        start, end = (0, len(self._cosines)) if revision is None else self._blocks.get(revision, (0, 0))
        cosines = self._cosines[start:end]
        rows = numpy.argpartition(-cosines, limit)[:limit] if len(cosines) > limit else numpy.arange(len(cosines))
        ordered = sorted((-float(cosines[row]), int(row) + start) for row in rows)
        places = (self._place(row) for _, row in ordered)
        return [place for place in places if place.revision in self._blocks]

    def _place(self, row: int) -> ClaimPlace:
        number = bisect_right(self._starts, row) - 1
        return ClaimPlace(self._names[number], row - self._starts[number])


class MatrixIndex:
    """A `VectorIndex`. A row is a claim's vector times what makes its largest value 127; its length is kept beside it.
    Rows of what was removed stay, with the scale 0, until they are as many as the others."""

    def __init__(self, model: Embedder) -> None:
        self._model, self._lock = model, Lock()
        self.fingerprint = sha256(f"{model.identity} {RECIPE}".encode()).hexdigest()[:16]
        self._clear(ROWS_MIN)

    def _clear(self, rows: int) -> None:
        self._rows: Any = numpy.zeros((rows, self._model.dimensions), numpy.int8)
        self._scales: Any = numpy.zeros(rows, numpy.float32)
        self._used = self._removed = 0
        self._blocks: dict[str, tuple[int, int]] = {}
        self._starts: list[int] = []
        self._names: list[str] = []

    def embed(self, brief: Brief) -> bytes:
        """A byte for each dimension of each claim."""
        title, *claims = self._model.embed([brief.title, *claim_texts(brief)])
        if not claims:
            return b""
        vectors = numpy.stack(claims) + TITLE_WEIGHT * title
        largest = numpy.maximum(numpy.abs(vectors).max(axis=1, keepdims=True), 1e-9)
        return bytes(numpy.rint(vectors * (127 / largest)).astype(numpy.int8).tobytes())

    def revisions(self) -> Set[str]:
        """A copy."""
        with self._lock:
            return set(self._blocks)

    def add(self, vectors: Mapping[str, bytes]) -> None:
        """One that is held already stays as it is."""
        with self._lock:
            for revision, content in vectors.items():
                if revision not in self._blocks:
                    self._append(revision, numpy.frombuffer(content, numpy.int8).reshape(-1, self._model.dimensions))

    def remove(self, revisions: Collection[str]) -> None:
        """Those that are not held are ignored."""
        with self._lock:
            for revision in revisions:
                start, end = self._blocks.pop(revision, (0, 0))
                self._scales[start:end] = 0
                self._removed += end - start
            if self._removed > self._used // 2:
                self._compact()

    def similarities(self, question: str) -> ClaimSimilarities:
        """Takes some milliseconds for the question, and one for each 10,000 claims."""
        vector = self._model.embed([question])[0]
        with self._lock:
            rows, scales = self._rows[: self._used], self._scales[: self._used]
            held = dict(self._blocks), list(self._starts), list(self._names)
        return ClaimSimilarities(_products(rows, vector) * scales, *held)

    def _append(self, revision: str, rows: Any) -> None:
        end = self._used + len(rows)
        if end > len(self._rows):
            self._grow(int(end * GROWTH))
        self._rows[self._used : end] = rows
        lengths = numpy.linalg.norm(rows.astype(numpy.float32), axis=1)
        self._scales[self._used : end] = 1 / numpy.maximum(lengths, 1e-9)
        self._blocks[revision] = (self._used, end)
        if len(rows):
            self._starts.append(self._used)
            self._names.append(revision)
        self._used = end

    def _grow(self, size: int) -> None:
        # New arrays: who searches meanwhile goes on with the old ones.
        rows, scales, used = self._rows, self._scales, self._used
        self._rows = numpy.zeros((size, rows.shape[1]), numpy.int8)
        self._scales = numpy.zeros(size, numpy.float32)
        self._rows[:used], self._scales[:used] = rows[:used], scales[:used]

    def _compact(self) -> None:
        rows, blocks = self._rows, self._blocks
        self._clear(max(ROWS_MIN, int((self._used - self._removed) * GROWTH)))
        for revision, (start, end) in blocks.items():
            self._append(revision, rows[start:end])


def open_index(places: str) -> MatrixIndex:
    """An empty index with the model of these directories or packages. Raises: SettingsError."""
    return MatrixIndex(SentenceModel(*model_files(places)))


def _products(rows: Any, vector: Any) -> Any:
    """The product of each row with a vector."""
    products = numpy.empty(len(rows), numpy.float32)
    buffer = numpy.empty((ROWS_AT_ONCE, rows.shape[1]), numpy.float32)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        floats = buffer[: len(part)]
        numpy.copyto(floats, part, casting="unsafe")
        numpy.dot(floats, vector, out=products[start : start + len(part)])
    return products
