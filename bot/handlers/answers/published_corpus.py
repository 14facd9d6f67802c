"""What readers are answered from: the latest publication in the database, in every replica."""

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock

from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.answers.meaning import Meaning
from bot.core.briefs.brief import Brief
from bot.store.file_reports import DIRECTORY
from bot.store.store import Store, Transaction


class PublishedCorpus:
    """Thread-safe. `refresh` is called about once a second, and after a change by whoever made it. `meaning` ranks
    claims beside their words; None where words alone do."""

    def __init__(self, store: Store, meaning: Meaning | None = None) -> None:
        self._store = store
        self._lock = Lock()
        self._shelf = CurrentCorpus(meaning)
        self._defaults: dict[tuple[str, str], str | None] = {}
        self._stamp = 0
        self._announced: set[str] = set()
        self.held = False
        """Whether a worker publishes nothing, as most briefs are gone from its files."""
        self._published = (self._shelf.corpus, 0)
        self.evidence_number = 0
        """That of the lock which the corpus has what is known of quotes from; 0 for none."""
        self.embedded = 0
        """How often vectors of claims came in since the start: answers from before are out of date."""

    @property
    def corpus(self) -> Corpus:
        return self._shelf.corpus

    @property
    def number(self) -> int:
        """The publication that `corpus` is of."""
        return self.published[1]

    @property
    def published(self) -> tuple[Corpus, int]:
        """(corpus, number) of the latest publication that was read; 0 before the first."""
        # Not under the lock, which `refresh` holds while it waits for the database.
        return self._published

    def default_brief(self, team: str, channel: str) -> str | None:
        """The slug of the brief that was chosen for a channel; None where none was, or the choice was ended."""
        return self._defaults.get((team, channel))

    def refresh(self) -> bool:
        """Reads what was published, what became known of quotes and which default briefs were chosen since the last
        call; whether there was anything. Raises: DatabaseFailureError."""
        with self._lock:
            return self._refresh()

    def _refresh(self) -> bool:
        with self._store.snapshot() as tx:
            choices = tx.subscriptions.default_briefs_since(self._stamp)
            number = tx.publications.newest_number()
            held = DIRECTORY in tx.file_reports.names()
            evidence_number = tx.quote_checks.newest_number()
            is_new_evidence = evidence_number > self.evidence_number
            if is_new_evidence:
                evidence = tx.quote_checks.lock(self.corpus.evidence, self.evidence_number)
            # Only changed versions are loaded, and in the same snapshot as the number that they belong to.
            if number > self.number:
                briefs = self._changed(tx)
                vocabulary, former_slugs = tx.publications.vocabulary(), tx.renames.former_slugs()
                announced = self._announced | tx.publications.announced_slugs(self.number)
        self.held = held
        for stamp, team, channel, slug in choices:
            self._defaults[team, channel], self._stamp = slug, stamp
        if is_new_evidence:
            self._shelf.put_evidence(evidence)
        is_newer = number > self.number
        if is_newer:
            self._shelf.put(briefs, vocabulary, former_slugs, announced)
            self._announced = announced
        self._published = self._shelf.corpus, number
        self.evidence_number = evidence_number
        return is_newer or is_new_evidence or bool(choices)

    def _changed(self, tx: Transaction) -> Mapping[str, Brief | None]:
        """The briefs that differ from the current corpus, by slug; None for one that is gone."""
        have = {slug: brief.revision for slug, brief in self.corpus.briefs.items()}
        want = tx.publications.revisions()
        changed = {slug: revision for slug, revision in want.items() if have.get(slug) != revision}
        gone: dict[str, Brief | None] = dict.fromkeys(have.keys() - want.keys())
        loaded = tx.publications.load_briefs(changed)
        withdrawn = [slug for slug, brief in loaded.items() if brief.status == "withdrawn"]
        # Readers never knew it, so it is none of theirs that it was withdrawn.
        unknown = {slug: replace(loaded[slug], status="draft") for slug in tx.publications.never_public(withdrawn)}
        return gone | loaded | unknown
