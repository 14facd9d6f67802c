"""Keeps the vectors of published claims: in memory, and in the database for the next start and for other processes."""

import random
from collections.abc import Mapping
from threading import Event

from bot.core.answers.meaning import VectorIndex
from bot.core.briefs.brief import Brief
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.store.store import Store

BRIEFS_AT_ONCE = 20
"""Briefs that are embedded between two looks at what others have stored; answers that were cached live as long."""


class ClaimEmbedding:
    """`refresh` is called about once a second, by one thread. Until a brief is embedded, its words alone count."""

    def __init__(self, store: Store, corpus: PublishedCorpus, index: VectorIndex) -> None:
        self._store, self._corpus, self._index = store, corpus, index

    def refresh(self, stopping: Event) -> None:
        """Embeds some of the published briefs that have no vectors anywhere. Raises: DatabaseFailureError."""
        missing = self.load()
        # Replicas begin at different ones, so that they share the work.
        for revision in random.sample(sorted(missing), min(BRIEFS_AT_ONCE, len(missing))):
            if stopping.is_set():
                return
            self._embed(missing[revision])
        if missing:
            self._corpus.embedded += 1

    def load(self) -> Mapping[str, Brief]:
        """Holds what is stored of the published briefs, and nothing else; the briefs of which nothing is, by revision.
        Raises: DatabaseFailureError."""
        briefs = {brief.revision: brief for brief in self._corpus.corpus.published}
        held = self._index.revisions()
        self._index.remove(held - briefs.keys())
        missing = briefs.keys() - held
        if missing and self._load(missing):
            self._corpus.embedded += 1
        held = self._index.revisions()
        return {revision: brief for revision, brief in briefs.items() if revision not in held}

    def _load(self, revisions: set[str]) -> bool:
        """Whether anything was stored."""
        count = 0
        with self._store.snapshot() as tx:
            for vectors in tx.claim_vectors.load(self._index.fingerprint, revisions):
                self._index.add(vectors)
                count += len(vectors)
        return count > 0

    def _embed(self, brief: Brief) -> None:
        # Another process may have done it since.
        if self._load({brief.revision}):
            return
        vectors = {brief.revision: self._index.embed(brief)}
        with self._store.transaction() as tx:
            tx.claim_vectors.add(self._index.fingerprint, vectors)
        self._index.add(vectors)
