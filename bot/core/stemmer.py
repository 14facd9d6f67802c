"""Stems of words: what the inflections of a word have in common."""

import sqlite3
from functools import lru_cache
from threading import Lock

from bot.core.terms import TOKENIZER, indexed

Stems = tuple[str, ...]


class Stemmer:
    """The stems by which FTS5 compares words. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute(f'CREATE VIRTUAL TABLE words USING fts5(phrase, tokenize="{TOKENIZER}")')
        self._db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")
        self.stems = lru_cache(1 << 14)(self._stems)

    def _stems(self, text: str) -> Stems:
        """The stems of the words of a text, in order."""
        with self._lock:
            self._db.execute("DELETE FROM words")
            self._db.execute("INSERT INTO words VALUES (?)", (text,))
            return tuple(stem for (stem,) in self._db.execute("SELECT term FROM stems ORDER BY offset"))


STEMMER = Stemmer()


def stems_of(phrase: str) -> Stems:
    """The stems of a phrase as it is in the index; empty where it has no word."""
    return STEMMER.stems(indexed(phrase.casefold()))
