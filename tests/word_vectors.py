"""A `VectorIndex` without a model: a claim's vector says which concepts its words are of."""

import math
import re
from collections.abc import Collection, Mapping, Sequence, Set

from bot.core.answers.meaning import ClaimPlace
from bot.core.briefs.brief import Brief

CONCEPTS = (
    {"prison", "jail", "penitentiary"},
    {"flight", "plane", "planeload"},
    {"cost", "price", "money"},
    {"ferry", "boat"},
    {"timetable", "itinerary"},
)
"""Words that mean the same; all others mean nothing."""


def concepts(text: str) -> tuple[int, ...]:
    """1 for each concept that the text has a word of, else 0."""
    words = {word.removesuffix("s") for word in re.findall("[a-z]+", text.casefold())}
    return tuple(int(bool(words & concept)) for concept in CONCEPTS)


class WordSimilarities:
    """The cosine of each claim with one question."""

    def __init__(self, question: Sequence[int], vectors: Mapping[str, bytes]) -> None:
        self._cosines = {
            ClaimPlace(revision, ordinal): cosine(question, content[start : start + len(CONCEPTS)])
            for revision, content in vectors.items()
            for ordinal, start in enumerate(range(0, len(content), len(CONCEPTS)))
        }

    def of(self, place: ClaimPlace) -> float | None:
        """None for a claim that is not embedded yet."""
        return self._cosines.get(place)

    def nearest(self, limit: int, revision: str | None = None) -> list[ClaimPlace]:
        """Best first."""
        places = [place for place in self._cosines if revision in (None, place.revision)]
        return sorted(places, key=lambda place: -self._cosines[place])[:limit]


class WordVectors:
    """`embedded` are the slugs of the briefs that were embedded, in order."""

    def __init__(self, fingerprint: str = "words") -> None:
        self.fingerprint = fingerprint
        self.embedded: list[str] = []
        self._vectors: dict[str, bytes] = {}

    def embed(self, brief: Brief) -> bytes:
        """A byte for each concept of each claim."""
        self.embedded.append(brief.slug)
        return b"".join(bytes(concepts(claim.text)) for _, claim in brief.claims())

    def revisions(self) -> Set[str]:
        """The revisions that are held."""
        return set(self._vectors)

    def add(self, vectors: Mapping[str, bytes]) -> None:
        """Holds what `embed` gave."""
        self._vectors |= vectors

    def remove(self, revisions: Collection[str]) -> None:
        """Those that are not held are ignored."""
        self._vectors = {key: each for key, each in self._vectors.items() if key not in revisions}

    def similarities(self, question: str) -> WordSimilarities:
        """How near the claims are that are held now."""
        return WordSimilarities(concepts(question), self._vectors)


def cosine(one: Sequence[int], other: Sequence[int]) -> float:
    """0 where one of them means nothing."""
    lengths = math.sqrt(sum(one) * sum(other))
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0
