"""The corpus that readers are answered from; swapped as a whole."""

from collections.abc import Mapping

from bot.core.brief import Brief, Vocabulary
from bot.core.corpus import Corpus
from bot.core.search import Index

NO_VOCABULARY = Vocabulary(sections={})
"""Stands in for a `_store.yaml` that is missing or broken: section keys are then their own titles."""


class Shelf:
    """One writer calls `put`; `corpus` may be read by all."""

    def __init__(self) -> None:
        self.corpus = Corpus.of({}, NO_VOCABULARY, Index())

    def put(self, briefs: Mapping[str, Brief | None], vocabulary: Vocabulary) -> Corpus:
        """Replaces, adds or (None) removes briefs. Readers of the old corpus go on with it; the index holds both
        versions until the new one is in place."""
        old = self.corpus
        if not briefs and vocabulary == old.vocabulary:
            return old
        new = old.changed(briefs, vocabulary)
        for brief in briefs.values():
            if brief is not None and brief.status == "published":
                new.index.add(brief)
        self.corpus = new
        for slug in briefs:
            if (gone := old.briefs.get(slug)) is not None and gone is not new.briefs.get(slug):
                new.index.remove(gone)
        return new
