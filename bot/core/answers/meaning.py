"""Search by meaning beside words: what a model must give, and how two rankings become one."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol, TypeVar

from bot.core.briefs.brief import Brief

FUSION_OFFSET = 10
"""How little the first place of one ranking counts for more than the next; measured on SciFact and on own questions
(make bench)."""

K = TypeVar("K", bound=Hashable)


class ClaimPlace(NamedTuple):
    """A claim by its brief's revision and its place among all claims of the brief, from 0."""

    revision: str
    ordinal: int


class Similarities(Protocol):
    """How near all claims are to one question."""

    def of(self, place: ClaimPlace) -> float | None:
        """From -1 to 1, the more, the nearer; None for a claim that is not embedded yet."""
        ...

    def nearest(self, limit: int, revision: str | None = None) -> Sequence[ClaimPlace]:
        """The claims that are nearest, best first: of one revision or (None) of all."""
        ...


class Meaning(Protocol):
    """Claims by their meaning. Thread-safe."""

    def similarities(self, question: str) -> Similarities:
        """How near the claims are that are held at this moment."""
        ...


class VectorIndex(Meaning, Protocol):
    """Meaning by vectors, which may be stored. `fingerprint` (16 hex digits) names the model and what it is given: two
    indexes with the same one understand each other's vectors. Thread-safe."""

    fingerprint: str

    def embed(self, brief: Brief) -> bytes:
        """The vectors of the claims of a brief, in order; takes some ten milliseconds for each."""
        ...

    def revisions(self) -> Set[str]:
        """The revisions that are held."""
        ...

    def add(self, vectors: Mapping[str, bytes]) -> None:
        """Holds what `embed` gave, by revision."""
        ...

    def remove(self, revisions: Collection[str]) -> None:
        """Takes revisions out that are held."""
        ...


def fuse(rankings: Iterable[Sequence[K]]) -> list[K]:
    """Each key that any ranking has, once, by reciprocal rank: what is high in several comes first. Equal ones are in
    the order of the first ranking that has them."""
    scores: dict[K, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking):
            scores[key] = scores.get(key, 0.0) + 1 / (FUSION_OFFSET + place)
    return sorted(scores, key=lambda key: -scores[key])
