"""What readers may type for sections, verbs and briefs, and what each of these phrases means."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from bot.core.spelling import SUGGEST_MIN_RATIO

NameKind = Literal["section", "verb", "brief"]


class Name(NamedTuple):
    """What a phrase stands for; `id` is by kind a section key, a verb or a slug. `exact_only`: it must be typed in
    full."""

    kind: NameKind
    id: str
    exact_only: bool = False


class NameMatch(NamedTuple):
    """A name that is spelled almost like a word; `ratio` is their similarity in percent, at least 80."""

    ratio: float
    name: Name


def normalize(phrase: str) -> str:
    """The form in which phrases are compared: `El-Salvador  Offer` and `el_salvador offer` are `el salvador offer`, and
    `é` is one letter however it is encoded."""
    folded = phrase.casefold()
    if not folded.isascii():
        # Folding can undo the normal form, and needs it: both before and after, as Unicode defines caseless matching.
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", phrase).casefold())
    return " ".join(re.sub(r"[-_]", " ", folded).split())


@dataclass(frozen=True)
class NameIndex:
    """Phrases and their meanings. Immutable; built by `build_name_index`."""

    meanings: Mapping[str, tuple[Name, ...]]
    near: Mapping[str, tuple[Name, ...]]
    ordered: tuple[str, ...] = field(repr=False)

    def exact(self, phrase: str) -> tuple[Name, ...]:
        """All names that this phrase is, sections first."""
        return self.meanings.get(normalize(phrase), ())

    def prefixed(self, phrase: str) -> tuple[Name, ...]:
        """All names with a phrase that begins with this one, sections first, each once."""
        start = normalize(phrase)
        phrases = takewhile(lambda p: p.startswith(start), self.ordered[bisect_left(self.ordered, start) :])
        return tuple(sorted({name for p in phrases for name in self.meanings[p]}, key=_rank))

    def similar(self, word: str) -> list[NameMatch]:
        """The names within ratio 80 of a word, best first, each once."""
        matches = process.extract(
            normalize(word), self.near.keys(), scorer=fuzz.ratio, score_cutoff=SUGGEST_MIN_RATIO, limit=None
        )
        best: dict[Name, float] = {}
        for phrase, ratio, _ in matches:
            for name in self.near[phrase]:
                # Matches come best first: the first ratio of a name is its best.
                best.setdefault(name, ratio)
        return [NameMatch(ratio, name) for name, ratio in best.items()]


_ORDER: Mapping[NameKind, int] = {"section": 0, "verb": 1, "brief": 2}


def _rank(name: Name) -> tuple[int, str]:
    return _ORDER[name.kind], name.id


def build_name_index(phrases: Iterable[tuple[str, Name]]) -> NameIndex:
    """Names from (phrase, meaning) pairs; the words of slugs count as near, never as exact."""
    meanings: dict[str, set[Name]] = defaultdict(set)
    near: dict[str, set[Name]] = defaultdict(set)
    for phrase, name in phrases:
        meanings[normalize(phrase)].add(name)
        near[normalize(phrase)].add(name)
        if name.kind == "brief" and phrase == name.id:
            for word in name.id.split("-"):
                near[word].add(name)
    return NameIndex(_frozen(meanings), _frozen(near), tuple(sorted(meanings)))


def _frozen(sets: Mapping[str, set[Name]]) -> Mapping[str, tuple[Name, ...]]:
    return {phrase: tuple(sorted(names, key=_rank)) for phrase, names in sets.items()}
