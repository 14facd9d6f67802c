"""Full-text search over claims: SQLite's FTS5 in memory, BM25, Porter stemming."""

import re
import sqlite3
from collections.abc import Callable
from itertools import islice
from threading import Lock
from typing import NamedTuple

from bot.core.briefs.brief import Brief, Claim

TITLE_WEIGHT = 2.0
"""A word in the title, aliases or tags counts twice; measured on SciFact (make bench)."""

QUERY_WORDS_MAX = 64
RANKED_MAX = 10_000
"""Claims that are ranked when any word will do, beyond those of the rarest word."""

_COUNT = "SELECT count(*) FROM claim WHERE claim MATCH ?"
CLAIMS_MAX = 1 << 16
"""More claims than a file of 256 KiB can hold."""

# Words that say nothing about what a claim is about, and those with which questions begin.
STOP_WORDS = frozenset(
    """a an and are as at be by for in is it of on or that the this to was with
    can could did do does how what when where which who whose why would""".split()
)


class Hit(NamedTuple):
    """(brief, section, claim) of a claim that matches; `section` is the section's key."""

    brief: Brief
    section: str
    claim: Claim


class Index:
    """Claims by their words. Thread-safe. Holds briefs by identity, so that readers of different corpora can share it.

    The FTS5 table keeps no text of its own (the briefs have it), so a brief is taken out with the words it came with.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        # The brief itself is held, so that no other object can get its `id()` while its claims are in the table.
        self._briefs: dict[int, Brief] = {}
        self._numbers: dict[int, int] = {}
        self._next = 1
        # Shared by all threads under the lock; without isolation level, since `_write` begins and commits itself.
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("CREATE VIRTUAL TABLE claim USING fts5(title, text, content='', tokenize='porter unicode61')")
        self._db.execute("INSERT INTO claim(claim, rank) VALUES ('rank', ?)", (f"bm25({TITLE_WEIGHT}, 1.0)",))

    def add(self, brief: Brief) -> None:
        """Adds the claims of one brief; adding it again changes nothing."""
        with self._lock:
            if id(brief) in self._numbers:
                return
            number, self._next = self._next, self._next + 1
            self._numbers[id(brief)], self._briefs[number] = number, brief
            self._write("INSERT INTO claim(rowid, title, text) VALUES (?, ?, ?)", number, brief)

    def remove(self, brief: Brief) -> None:
        """Takes out the claims of this very brief; one that was never added is ignored."""
        with self._lock:
            number = self._numbers.pop(id(brief), None)
            if number is not None:
                self._write("INSERT INTO claim(claim, rowid, title, text) VALUES ('delete', ?, ?, ?)", number, brief)
                del self._briefs[number]

    def search(self, words: str, wanted: Callable[[Hit], bool], limit: int) -> tuple[list[Hit], int]:
        """At most `limit` hits, and how many of them hold all the words.

        First claims that hold all words themselves, then those that do with the title, aliases and tags of their
        brief, then those that hold any; each by BM25, best first.
        """
        terms = query_terms(words)
        if not terms:
            return [], 0
        every = " AND ".join(terms)
        hits = self._more([], f"text : ({every})", wanted, limit)
        hits = self._more(hits, every, wanted, limit)
        full = len(hits)
        # With a single term, OR finds the same claims as AND.
        if full == limit or len(terms) == 1:
            return hits, full
        return self._more(hits, " OR ".join(self._rarest(terms)), wanted, limit), full

    def _rarest(self, terms: list[str]) -> list[str]:
        """The terms that are worth looking for when any will do: the rarest, and others as long as the claims that hold
        one of them are few enough to be ranked within milliseconds. Ranking costs ten times as much as counting."""
        with self._lock:
            counts = {term: self._db.execute(_COUNT, (term,)).fetchone()[0] for term in terms}
        ranked: list[str] = []
        claims = 0
        for term in sorted(terms, key=lambda term: counts[term]):
            claims += counts[term]
            if ranked and claims > RANKED_MAX:
                break
            ranked.append(term)
        return ranked

    def _more(self, hits: list[Hit], query: str, wanted: Callable[[Hit], bool], limit: int) -> list[Hit]:
        if len(hits) == limit:
            return hits
        known = {id(hit.claim) for hit in hits}
        return hits + self._match(query, lambda h: wanted(h) and id(h.claim) not in known, limit - len(hits))

    def _match(self, query: str, wanted: Callable[[Hit], bool], limit: int) -> list[Hit]:
        if not query:
            return []
        with self._lock:
            rows = self._db.execute("SELECT rowid FROM claim WHERE claim MATCH ? ORDER BY rank", (query,))
            return list(islice(filter(wanted, map(self._hit, rows)), limit))

    def _hit(self, row: tuple[int]) -> Hit:
        # The row id is all that the table keeps: the brief's number, and the position of the claim in it.
        number, ordinal = divmod(row[0], CLAIMS_MAX)
        brief = self._briefs[number]
        return Hit(brief, *next(islice(brief.claims(), ordinal, None)))

    def _write(self, statement: str, number: int, brief: Brief) -> None:
        title = " ".join((brief.title, *brief.aliases, *brief.tags))
        rows = [(number * CLAIMS_MAX + ordinal, title, claim.text) for ordinal, (_, claim) in enumerate(brief.claims())]
        self._db.execute("BEGIN")
        self._db.executemany(statement, rows)
        self._db.execute("COMMIT")


def query_terms(words: str) -> list[str]:
    """The words that count, each once as an FTS5 string, in the order typed, at most `QUERY_WORDS_MAX`; all words where
    only stop words were typed."""
    distinct = list(dict.fromkeys(re.findall(r"\w+", words.casefold())))
    terms = [word for word in distinct if word not in STOP_WORDS] or distinct
    # Quoted, so that FTS5 takes no word for an operator (AND, NEAR).
    return [f'"{term}"' for term in terms[:QUERY_WORDS_MAX]]
