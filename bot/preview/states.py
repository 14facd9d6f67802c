"""The two corpora that a preview answers from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.core.answers.corpus import Corpus
from bot.core.answers.search import Index
from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.evidence.lock import EvidenceLock
from bot.preview.reading import Preview

NEW_STATE = "Working tree"


@dataclass(frozen=True, slots=True)
class States:
    """`base` names the older state. Of both corpora only names are looked up: nothing is searched."""

    base: str
    old: Corpus
    new: Corpus
    on: date


class StateMaker:
    """Makes the corpora of one preview after the other; the index of names, which takes longest, only where something
    differs."""

    def __init__(self) -> None:
        self._last: list[Corpus] = []

    def states(self, preview: Preview) -> States:
        """The corpora of a preview."""
        versions = preview.versions
        briefs = versions.briefs_before, versions.briefs_after
        wanted = zip(briefs, versions.vocabularies, preview.evidence, strict=True)
        old, new = (self._corpus(*each) for each in wanted)
        self._last = [old, new]
        return States(preview.base, old, new, preview.on)

    def _corpus(self, briefs: Mapping[str, Brief], vocabulary: Vocabulary, evidence: EvidenceLock) -> Corpus:
        same = (each for each in self._last if each.briefs == briefs and each.vocabulary == vocabulary)
        return replace(next(same, None) or Corpus.of(briefs, vocabulary, Index(None)), evidence=evidence)
