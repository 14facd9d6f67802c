"""Stems of words: what the inflections of a word have in common."""

from collections.abc import Iterable, Sequence
from threading import Lock

from bot.core.memory_database import memory_database
from bot.core.terms import TOKENIZER, indexed

Stems = tuple[str, ...]

KNOWN_MAX = 1 << 14
"""Texts whose stems are kept; when there are more, all are forgotten."""


class Stemmer:
    """The stems by which FTS5 compares words. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, Stems] = {}
        self._db = memory_database(self)
        self._db.execute(f'CREATE VIRTUAL TABLE words USING fts5(phrase, content="", tokenize="{TOKENIZER}")')
        self._db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")

    def stems(self, text: str) -> Stems:
        """The stems of the words of a text, in order."""
        while (known := self._known.get(text)) is None:
            self.learn((text,))
        return known

    def learn(self, texts: Iterable[str]) -> None:
        """Keeps the stems of texts for `stems`. All in one look, as each look costs more than its words."""
        wanted = dict.fromkeys(texts)
        with self._lock:
            if len(self._known) > KNOWN_MAX:
                self._known.clear()
            if unknown := [text for text in wanted if text not in self._known]:
                self._known.update(zip(unknown, self._look(unknown), strict=True))

    def _look(self, texts: Sequence[str]) -> list[Stems]:
        stems: list[list[str]] = [[] for _ in texts]
        self._db.execute("BEGIN")
        try:
            self._db.executemany("INSERT INTO words(rowid, phrase) VALUES (?, ?)", enumerate(texts))
            for number, stem in self._db.execute("SELECT doc, term FROM stems ORDER BY doc, offset"):
                stems[number].append(stem)
        finally:
            self._db.execute("ROLLBACK")
        return [tuple(each) for each in stems]


STEMMER = Stemmer()


def stems_of(phrase: str) -> Stems:
    """The stems of a phrase as it is in the index; empty where it has no word."""
    return STEMMER.stems(indexed(phrase.casefold()))
