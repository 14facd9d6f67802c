"""What readers are answered from: the latest publication in the database, in every replica."""

from collections.abc import Mapping
from threading import Lock

from bot.core.answers.corpus import Corpus, CurrentCorpus
from bot.core.briefs.brief import Brief
from bot.store.store import Store, Transaction


class PublishedCorpus:
    """Thread-safe. `refresh` is called about once a second, and after a change by whoever made it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._shelf = CurrentCorpus()
        self._defaults: dict[tuple[str, str], str | None] = {}
        self._stamp = 0
        self.number = 0
        """The publication that `corpus` is of."""

    @property
    def corpus(self) -> Corpus:
        return self._shelf.corpus

    @property
    def published(self) -> tuple[Corpus, int]:
        """The corpus with the number of its publication."""
        with self._lock:
            return self.corpus, self.number

    def default_brief(self, team: str, channel: str) -> str | None:
        """The brief that was chosen for a channel."""
        return self._defaults.get((team, channel))

    def refresh(self) -> bool:
        """Takes in what was published and chosen since the last time; whether there was anything."""
        with self._lock:
            return self._refresh()

    def _refresh(self) -> bool:
        with self._store.snapshot() as tx:
            choices = tx.subscriptions.default_briefs_since(self._stamp)
            number = tx.publications.newest_number()
            if number > self.number:
                briefs = self._published(tx)
                vocabulary = tx.publications.vocabulary()
        for stamp, team, channel, slug in choices:
            self._defaults[team, channel], self._stamp = slug, stamp
        if number > self.number:
            self._shelf.put(briefs, vocabulary)
            self.number = number
            return True
        return bool(choices)

    def _published(self, tx: Transaction) -> Mapping[str, Brief | None]:
        """The briefs that differ from what is on the shelf."""
        have = {slug: brief.revision for slug, brief in self.corpus.briefs.items()}
        want = tx.publications.revisions()
        changed = {slug: revision for slug, revision in want.items() if have.get(slug) != revision}
        gone: dict[str, Brief | None] = dict.fromkeys(have.keys() - want.keys())
        return gone | tx.publications.load_briefs(changed)
