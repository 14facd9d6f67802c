"""What readers may type for sections, verbs and briefs, and what each of these phrases means."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from bot.core.spelling import SUGGEST_MIN_RATIO

NameKind = Literal["section", "verb", "brief", "tag"]
NO_TITLES: Mapping[str, str] = {}
BEGINNINGS_MAX = 300
"""Phrases with one beginning."""
PHRASE_MAX = 500
"""Characters of a phrase that may be a name: titles have at most 150, and marks may stand around their words."""
NAMES_WORDS_MAX = 16
"""Words of a section and a brief by their longest names."""
TITLE_WORD_MIN_CHARS = 5
"""Shorter words of titles are spelled like too many others."""


class Name(NamedTuple):
    """What a phrase stands for; `id` is by kind a section key, a verb, a slug or a tag. `exact_only`: it must be typed
    in full."""

    kind: NameKind
    id: str
    exact_only: bool = False


class NameMatch(NamedTuple):
    """A name that is spelled almost like a word, and how it is written; `ratio` is their similarity in percent, at
    least 80."""

    ratio: float
    name: Name
    spelling: str


# Dashes of all kinds, and what joins or parts names in what the bot prints: `brief/section`.
_BLANK = re.compile(r"[-_/\u2010-\u2015\u2212\u2043]+")
_MARKS = "\"'`“”‘’„‚«»‹›*~()[]{}<>?!.,;:…·•|@"
"""Marks around words, which are no part of a name."""
_SHORTCODES = re.compile(r"(?<!\w)(?::[\w+'-]+:)+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\ufe0e": None, "\ufe0f": None})
_POSSESSIVE = re.compile(r"'s\b")
_YEAR = re.compile(r"^[^\W\d]+(?:[-_][^\W\d]+)*[-_](?:19|20)\d\d$")
_INVISIBLE = frozenset({"Cf", "So", "Sk"})
"""Unicode categories of format characters and emoji."""


def normalize(phrase: str) -> str:
    """The form in which phrases are compared: `El-Salvador  Offer`, `el_salvador offer` and `“El Salvador” offer?` are
    `el salvador offer`. Emoji and invisible characters fall away, and `é` is one letter however it is encoded."""
    folded = phrase.casefold()
    if not folded.isascii():
        folded = _fold(phrase)
    words = (word.strip(_MARKS) for word in _BLANK.sub(" ", _SHORTCODES.sub(" ", folded)).split())
    return " ".join(filter(None, words))


def _fold(phrase: str) -> str:
    """Compared as Unicode defines caseless matching of compatible characters, which needs several rounds."""
    for _ in range(2):
        phrase = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", phrase).casefold())
        phrase = "".join(c for c in phrase if c.isascii() or unicodedata.category(c) not in _INVISIBLE)
    return phrase.translate(_PLAIN)


@dataclass(frozen=True)
class NameIndex:
    """Phrases and their meanings. Immutable; built by `build_name_index`."""

    meanings: Mapping[str, tuple[Name, ...]]
    near: Mapping[str, tuple[Name, ...]]
    spellings: Mapping[str, str] = field(repr=False)
    """Each phrase as it was written, by its normal form."""
    titles: Mapping[str, str] = field(repr=False)
    """The title of each brief, by slug, in its normal form without possessives."""
    words: Mapping[str, tuple[Name, ...]] = field(repr=False)
    """Tags, and what the words of titles stand in."""
    ordered: tuple[str, ...] = field(repr=False)
    announced: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The slugs of briefs that readers were ever told of, by their normal form."""

    def exact(self, phrase: str) -> tuple[Name, ...]:
        """All names that this phrase is, sections first."""
        return self.meanings.get(normalize(phrase), ()) if len(phrase) <= PHRASE_MAX else ()

    def gone_slug(self, phrase: str) -> str | None:
        """The slug of a brief that readers were told of, and that is no longer there; None where the phrase is no such
        slug, or a name of something that is there."""
        return None if self.exact(phrase) else self.announced.get(normalize(phrase[:PHRASE_MAX]))

    def with_announced(self, slugs: Collection[str]) -> "NameIndex":
        """The same names, and the slugs of all briefs that readers were ever told of."""
        if set(slugs) == set(self.announced.values()):
            return self
        return replace(self, announced={normalize(slug): slug for slug in slugs})

    def prefixed(self, phrase: str) -> tuple[Name, ...]:
        """All names with a phrase that begins with this one, sections first, each once. Within an identifier or a
        number no beginning counts: another one may be meant."""
        if len(phrase) > PHRASE_MAX:
            return ()
        start = normalize(phrase)
        names = {name for p in self._beginning(start) if not self._cuts(p, len(start)) for name in self.meanings[p]}
        return tuple(sorted(names, key=_rank))

    def _beginning(self, start: str) -> Iterator[str]:
        """The first phrases that begin so, in alphabetical order: nobody looks at more."""
        at = bisect_left(self.ordered, start)
        return takewhile(lambda phrase: phrase.startswith(start), self.ordered[at : at + BEGINNINGS_MAX])

    def _cuts(self, phrase: str, end: int) -> bool:
        """Whether a beginning that ends there ends within an identifier."""
        return any(first < end < last for first, last in identifiers(self.spellings[phrase]))

    def hidden_name(self, phrase: str, slug: str) -> str | None:
        """The name by which a phrase means a brief, as it was written: an alias, or what the phrase begins. None where
        the phrase is the slug, or stands in the title: then readers see it anyway."""
        start, title = normalize(phrase), self.titles.get(slug, "")
        words = _POSSESSIVE.sub("", start)
        if start == normalize(slug) or (start in self.meanings and f" {words} " in f" {title} "):
            return None
        meant = (p for p in self._beginning(start) if any(name[:2] == ("brief", slug) for name in self.meanings[p]))
        return self.spellings.get(next(meant, ""))

    def similar(self, word: str) -> list[NameMatch]:
        """The names within ratio 80 of a word, best first, each once."""
        return self._similar(word, self.near)

    def suggestions(self, word: str) -> list[NameMatch]:
        """As `similar`, with tags and the words of titles, which nothing but a spelling suggestion looks up."""
        return self._similar(word, {**self.near, **self.words})

    def _similar(self, phrase: str, names: Mapping[str, tuple[Name, ...]]) -> list[NameMatch]:
        if len(phrase) > PHRASE_MAX:
            return []
        matches = process.extract(
            normalize(phrase), names.keys(), scorer=fuzz.ratio, score_cutoff=SUGGEST_MIN_RATIO, limit=None
        )
        best: dict[Name, NameMatch] = {}
        for near, ratio, _ in matches:
            for name in names[near]:
                # Matches come best first: the first ratio of a name is its best.
                best.setdefault(name, NameMatch(ratio, name, self.spellings.get(near, near)))
        return list(best.values())


_ORDER: Mapping[NameKind, int] = {"section": 0, "verb": 1, "brief": 2, "tag": 3}


def _rank(name: Name) -> tuple[int, str]:
    return _ORDER[name.kind], name.id


def build_name_index(
    phrases: Iterable[tuple[str, Name]], titles: Mapping[str, str] = NO_TITLES, tags: Iterable[str] = ()
) -> NameIndex:
    """Names from (phrase, meaning) pairs and titles by slug, which are names as well; the words of slugs count as near,
    never as exact."""
    meanings: dict[str, set[Name]] = defaultdict(set)
    near: dict[str, set[Name]] = defaultdict(set)
    spellings: dict[str, str] = {}
    for phrase, name in chain(phrases, ((title, Name("brief", slug)) for slug, title in titles.items())):
        normal = normalize(phrase)
        meanings[normal].add(name)
        near[normal].add(name)
        spellings.setdefault(normal, phrase)
        if name.kind == "brief" and phrase == name.id:
            for word in name.id.split("-"):
                near[word].add(name)
    normal_titles = {slug: _POSSESSIVE.sub("", normalize(title)) for slug, title in titles.items()}
    words = _words(normal_titles, tags)
    return NameIndex(_frozen(meanings), _frozen(near), spellings, normal_titles, words, tuple(sorted(meanings)))


def _words(titles: Mapping[str, str], tags: Iterable[str]) -> Mapping[str, tuple[Name, ...]]:
    words: dict[str, set[Name]] = defaultdict(set)
    for tag in tags:
        words[normalize(tag)].add(Name("tag", tag))
    for slug, title in titles.items():
        for word in title.split():
            if len(word) >= TITLE_WORD_MIN_CHARS:
                words[word].add(Name("brief", slug))
    return _frozen(words)


def identifiers(phrase: str) -> list[tuple[int, int]]:
    """Where identifiers and numbers begin and end in the normal form of a phrase: words with a digit, and what hyphens
    join to them. The year behind a name is one by itself: `budget-2024`."""
    spans, at = [], 0
    for word in phrase.split():
        normal = normalize(word)
        year = _YEAR.search(word)
        first = at + (len(normal) - 4 if year else 0)
        if any(map(str.isdigit, normal)):
            spans.append((first, at + len(normal)))
        at += len(normal) + bool(normal)
    return spans


def _frozen(sets: Mapping[str, set[Name]]) -> Mapping[str, tuple[Name, ...]]:
    return {phrase: tuple(sorted(names, key=_rank)) for phrase, names in sets.items()}
