"""Full-text search over claims: SQLite's FTS5 in memory, BM25, Porter stemming."""

import math
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.core.answers.meaning import ClaimPlace, Meaning, Similarities, fuse
from bot.core.answers.question import Term
from bot.core.briefs.brief import Brief, Claim
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.memory_database import memory_database
from bot.core.stemmer import STEMMER
from bot.core.terms import TOKENIZER, WEAK_WORDS, indexed

COLUMNS: Mapping[str, float] = {"title": 1.5, "text": 1.0, "also": 1.0, "evidence": 0.5}
"""What is searched, and how much a word counts in it; measured on SciFact and on own questions (make bench)."""
OWN = f"{{{' '.join(name for name in COLUMNS if name != 'title')}}}"
"""The columns of a claim's own words; a title is that of all claims of its brief."""

RANKED_MAX = 10_000
"""Claims that are ranked when any word will do, beyond those of the rarest word."""
COUNTED_MAX = 5_000
"""Claims that are counted of those that hold any word of a set: a claim may hold several."""
CANDIDATES_MAX = 30
"""Claims of which it is counted which words they hold."""
TITLES_MAX = 1 << 12
"""Titles of which the words are kept."""
SETS_MAX = 1 << 10
"""Sets of words of which the count is kept until the table changes."""
CLAIMS_MAX = 1 << 16
"""More claims than a file of 256 KiB can hold."""

TITLE_PART = 0.3
"""What a word counts that stands only in the title."""
VERBATIM_PART = 0.5
"""What an equivalent counts beside the word itself, which counts one and this, in the order of hits."""
WEAK_WEIGHT = 0.05
"""What a word counts that does not tell what a question is about, beside any other."""
COMMON_PART = 1 / 5
COMMON_MIN = 2
"""A word that more of all claims hold, and more than so many, does not tell one from the other."""
WHOLE = 0.999
"""The share of a claim that holds all words: a sum of shares may miss 1 by a rounding."""

MISSPELT_MAX = 3
"""Words of a question that may be misspelt: of more it is no question about this store."""
MISSPELT_MIN_CHARS = 5
MISSPELT_MIN_RATIO = 85
WEAK_STEMS = frozenset(STEMMER.stems(" ".join(sorted(WEAK_WORDS))))
"""No word is taken for one of these: `weather` is not `whether`."""

_PART = " § "
"""A word that nobody asks for, between texts whose words are not to be found as one phrase."""
_NAMES = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO claim(rowid, {_NAMES}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608  names of columns
_DELETE = f"INSERT INTO claim(claim, rowid, {_NAMES}) VALUES ('delete', ?, ?, ?, ?, ?)"  # noqa: S608
_COUNT = "SELECT doc FROM stem WHERE term = ?"
_COUNT_SET = "SELECT count(*) FROM (SELECT 1 FROM claim WHERE claim MATCH ? LIMIT ?)"
_MATCHES = "SELECT rowid FROM claim WHERE claim MATCH ? AND rowid BETWEEN ? AND ?"
_RANKED = "SELECT rowid, rank FROM claim WHERE claim MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank"


class Hit(NamedTuple):
    """A claim that matches; `section` is its section's key. `share` is the part of the question that it holds, from 0
    to 1, in which rare words count for more, and `own` the number of telling words that it holds itself: of those that
    few claims hold, if the question has any. `verbatim` is the part that its text holds just as it was asked.
    `similarity` is how near it is to the question, from -1 to 1; None where no model says."""

    brief: Brief
    section: str
    claim: Claim
    share: float = 1.0
    own: int = 0
    verbatim: float = 0.0
    similarity: float | None = None


class Index:
    """Claims by their words, and by their meaning where there is a model. Thread-safe. Holds briefs by identity, so
    that readers of different corpora can share it.

    The FTS5 table keeps no text of its own (the briefs have it), so a brief is taken out with the words it came with.
    """

    def __init__(self, meaning: Meaning | None = None) -> None:
        self._lock, self._meaning = Lock(), meaning
        # The brief itself is held, so that no other object can get its `id()` while its claims are in the table.
        self._briefs: dict[int, tuple[Brief, Vocabulary]] = {}
        self._numbers: dict[int, int] = {}
        self._by_revision: dict[str, list[int]] = {}
        """The numbers of briefs by revision: briefs of equal content share one."""
        self._next = 1
        self._total = 0
        """The number of claims."""
        self._stems: list[str] | None = None
        """All words in the table, as stems; None: to be read again."""
        # Shared by all threads under the lock; `_write` begins and commits.
        self._db = memory_database(self)
        self._db.execute(f"CREATE VIRTUAL TABLE claim USING fts5({_NAMES}, content='', tokenize=\"{TOKENIZER}\")")
        self._db.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(claim, 'row')")
        weights = ", ".join(map(str, COLUMNS.values()))
        self._db.execute("INSERT INTO claim(claim, rank) VALUES ('rank', ?)", (f"bm25({weights})",))
        self._title_stems = lru_cache(TITLES_MAX)(self._stems_of_title)
        self._count_set = lru_cache(SETS_MAX)(self._counted)

    def add(self, brief: Brief, vocabulary: Vocabulary = NO_VOCABULARY) -> None:
        """Adds the claims of one brief; adding it again changes nothing. The vocabulary gives the sections' titles."""
        with self._lock:
            if id(brief) in self._numbers:
                return
            number, self._next = self._next, self._next + 1
            self._numbers[id(brief)], self._briefs[number] = number, (brief, vocabulary)
            self._by_revision.setdefault(brief.revision, []).append(number)
            self._total += self._write(_INSERT, number)

    def remove(self, brief: Brief) -> None:
        """Takes out the claims of this very brief; one that was never added is ignored."""
        with self._lock:
            number = self._numbers.pop(id(brief), None)
            if number is not None:
                self._total -= self._write(_DELETE, number)
                del self._briefs[number]
                self._forget_revision(brief.revision, number)

    def search(
        self,
        terms: Sequence[Term],
        wanted: Callable[[Hit], bool],
        limit: int,
        brief: Brief | None = None,
        question: str = "",
    ) -> list[Hit]:
        """At most `limit` hits, best first by BM25, of one brief or (None) of all. Equal hits are in the order of slugs
        and files. With a model, what the question means counts as much as its words; empty, it means nothing."""
        # Before the lock is taken: a model takes some milliseconds.
        similarities = self._meaning.similarities(question) if self._meaning and question else None
        with self._lock:
            counts = [self._count(term) for term in terms]
            ranks = self._candidates(" AND ".join(term.query for term in terms), brief, wanted) if terms[1:] else {}
            if len(ranks) < CANDIDATES_MAX:
                ranks |= self._candidates(" OR ".join(_rarest(terms, counts)), brief, wanted)
            near = self._nearest(similarities, brief, wanted) if similarities else []
            hits = dict(self._weighed(dict.fromkeys((*ranks, *near)), terms, counts))
        # BM25 counts each word of a set by itself, and the rare ones most; the share counts the set.
        has_sets = _have_sets(terms)
        by_words = sorted(ranks, key=lambda number: _order(ranks[number], hits[number], has_sets=has_sets))
        if similarities is None:
            return [hits[number] for number in by_words[:limit]]
        return [_with_similarity(hits[number], number, similarities) for number in fuse((by_words, near))[:limit]]

    def _nearest(self, similarities: Similarities, brief: Brief | None, wanted: Callable[[Hit], bool]) -> list[int]:
        """The numbers of the claims that are nearest, best first."""
        places = similarities.nearest(CANDIDATES_MAX, brief.revision if brief else None)
        numbers = [
            number * CLAIMS_MAX + ordinal
            for revision, ordinal in places
            for number in self._by_revision.get(revision, ())
            if brief is None or self._briefs[number][0] is brief
        ]
        return [number for number in numbers if wanted(self._hit(number))]

    def holds(self, term: Term, hit: Hit | None = None) -> bool:
        """Whether a claim holds the term, or a word that is spelled nearly so; of a hit whether its claim does."""
        with self._lock:
            (term,) = self._corrected([term])
            numbers = self._db.execute(_MATCHES, (term.query, *self._range(hit.brief if hit else None)))
            return any(hit is None or self._hit(number).claim is hit.claim for (number,) in numbers)

    def _count(self, term: Term) -> int:
        """How many claims hold a term: a word alone at the most, since the parts of a form may stand in different
        claims; a set exactly, unless it is common."""
        forms = sum(self._count_form(form) for form in term.forms)
        if len(term.forms) > 1 and forms:
            counted = self._count_set(term.query)
            forms = counted if counted < COUNTED_MAX else forms
        return min(self._total, forms)

    def _counted(self, query: str) -> int:
        return int(self._db.execute(_COUNT_SET, (query, COUNTED_MAX)).fetchone()[0])

    def _count_form(self, form: str) -> int:
        stems = STEMMER.stems(form)
        counts = [row[0] if (row := self._db.execute(_COUNT, (stem,)).fetchone()) else 0 for stem in stems]
        return min(counts, default=0)

    def _candidates(self, query: str, brief: Brief | None, wanted: Callable[[Hit], bool]) -> dict[int, float]:
        """The ranks of the first claims that match, by number: the less, the better."""
        if not query:
            return {}
        ranks = self._db.execute(_RANKED, (query, *self._range(brief)))
        return dict(islice((row for row in ranks if wanted(self._hit(row[0]))), CANDIDATES_MAX))

    def _range(self, brief: Brief | None) -> tuple[int, int]:
        """The first and the last number that claims of a brief can have; None: of all briefs."""
        first = self._numbers.get(id(brief), 0) * CLAIMS_MAX
        return (0, sys.maxsize) if brief is None else (first, first + CLAIMS_MAX - 1)

    def _weighed(
        self, numbers: Collection[int], terms: Sequence[Term], counts: Sequence[int]
    ) -> Iterator[tuple[int, Hit]]:
        """The claims of some numbers, with what they hold of the terms."""
        weights = [_weight(term, count, self._total) for term, count in zip(terms, counts, strict=True)]
        whole, has_sets = sum(weights), _have_sets(terms)
        few = max(COMMON_MIN, COMMON_PART * self._total)
        rare = [term.tells and count <= few for term, count in zip(terms, counts, strict=True)]
        telling = rare if any(rare) else [term.tells for term in terms]
        hits = {number: self._hit(number)._replace(share=0.0) for number in numbers}
        rows = f"SELECT rowid FROM claim WHERE claim MATCH ? AND rowid IN ({', '.join(map(str, numbers))})"  # noqa: S608
        for term, weight, tells in zip(terms, weights, telling, strict=True):
            part = weight / whole
            texts = self._numbers_of(rows, f"text : {term.forms[0]}") if has_sets else set()
            holders = self._numbers_of(rows, f"{OWN} : {term.query}")
            for number, hit in hits.items():
                if number in holders:
                    hits[number] = hit._replace(
                        share=hit.share + part,
                        own=hit.own + tells,
                        verbatim=hit.verbatim + (part if number in texts else 0),
                    )
                elif self._is_in_title(term, number, hit.section):
                    hits[number] = hit._replace(share=hit.share + TITLE_PART * part)
        yield from hits.items()

    def _numbers_of(self, rows: str, query: str) -> set[int]:
        return {number for (number,) in self._db.execute(rows, (query,))}

    def _is_in_title(self, term: Term, number: int, section: str) -> bool:
        stems = self._title_stems(number // CLAIMS_MAX, section)
        return any(f" {' '.join(STEMMER.stems(form))} " in stems for form in term.forms)

    def _forget_revision(self, revision: str, number: int) -> None:
        self._by_revision[revision].remove(number)
        if not self._by_revision[revision]:
            del self._by_revision[revision]

    def _hit(self, number: int) -> Hit:
        # The row id is all that the table keeps: the brief's number, and the position of the claim in it.
        brief_number, ordinal = divmod(number, CLAIMS_MAX)
        brief, _ = self._briefs[brief_number]
        return Hit(brief, *next(islice(brief.claims(), ordinal, None)))

    def _stems_of_title(self, brief_number: int, section: str) -> str:
        """The stems of the column `title`, with blanks around each."""
        brief, vocabulary = self._briefs[brief_number]
        return f" {' '.join(STEMMER.stems(indexed(_title(brief, section, vocabulary))))} "

    def corrected(self, terms: Sequence[Term]) -> Sequence[Term]:
        """The terms; a few that no claim holds together with the word that is spelled nearly so."""
        with self._lock:
            return self._corrected(terms)

    def _corrected(self, terms: Sequence[Term]) -> Sequence[Term]:
        unknown = [term for term in terms if len(term.word) >= MISSPELT_MIN_CHARS and not self._count(term)]
        if not 0 < len(unknown) <= MISSPELT_MAX:
            return terms
        if self._stems is None:
            stems = (stem for (stem,) in self._db.execute("SELECT term FROM stem"))
            self._stems = [stem for stem in stems if stem.isalpha() and stem not in WEAK_STEMS]
        return [_correct(term, self._stems) if term in unknown else term for term in terms]

    def _write(self, statement: str, number: int) -> int:
        """Runs the statement for each claim of a brief; for how many."""
        rows = [(row, *values) for row, values in enumerate(_rows(*self._briefs[number]), number * CLAIMS_MAX)]
        self._stems = None
        self._count_set.cache_clear()
        self._db.execute("BEGIN")
        self._db.executemany(statement, rows)
        self._db.execute("COMMIT")
        return len(rows)


def _title(brief: Brief, section: str, vocabulary: Vocabulary) -> str:
    return " ".join((brief.title, *brief.aliases, *brief.tags, *brief.also, vocabulary.section_title(section)))


def _rows(brief: Brief, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """The values of `COLUMNS` of each claim."""
    titles = {key: indexed(_title(brief, key, vocabulary)) for key in brief.sections}
    for key, claim in brief.claims():
        cited = [brief.sources[item.source] for item in claim.evidence if item.source in brief.sources]
        names = (name for source in cited for name in (source.publisher, source.author) if name)
        quotes = (item.quote for item in claim.evidence if item.quote)
        evidence = indexed(_PART.join((*names, *quotes, claim.note or "")))
        yield titles[key], indexed(claim.text), indexed(_PART.join(claim.also)), evidence


def _have_sets(terms: Sequence[Term]) -> bool:
    return any(len(term.forms) > 1 for term in terms)


def _rarest(terms: Sequence[Term], counts: Sequence[int]) -> Iterator[str]:
    """The queries that are worth looking for when any will do: the rarest, and others as long as the claims that match
    are few enough to be ranked within milliseconds. Ranking costs ten times as much as counting."""
    claims = 0
    for place, (count, query) in enumerate(sorted(zip(counts, (term.query for term in terms), strict=True))):
        claims += count
        if place and claims > RANKED_MAX:
            return
        yield query


def _weight(term: Term, count: int, total: int) -> float:
    """How much a word tells: the rarer, the more, by the inverse document frequency of BM25."""
    weight = math.log(1 + (total - max(count, 1) + 0.5) / (max(count, 1) + 0.5)) if total else 1.0
    return weight if term.tells else WEAK_WEIGHT * weight


def _correct(term: Term, stems: Sequence[str]) -> Term:
    stem = "".join(STEMMER.stems(term.word))
    near = process.extractOne(stem, stems, scorer=fuzz.ratio, score_cutoff=MISSPELT_MIN_RATIO)
    # A slip is seldom in the first letter.
    if near is None or near[0][0] != stem[0]:
        return term
    # What is stemmed again may become another stem; then the words that begin with this one will do.
    is_stable = STEMMER.stems(near[0]) == (near[0],)
    return replace(term, forms=(*term.forms, f'"{near[0]}"' if is_stable else f'"{near[0]}" *'))


def _with_similarity(hit: Hit, number: int, similarities: Similarities) -> Hit:
    return hit._replace(similarity=similarities.of(ClaimPlace(hit.brief.revision, number % CLAIMS_MAX)))


def _order(rank: float, hit: Hit, *, has_sets: bool) -> tuple[float, str]:
    # The sums of equal claims may differ by a rounding.
    return round(rank * hit.share * (VERBATIM_PART + hit.verbatim) if has_sets else rank, 9), hit.brief.slug
