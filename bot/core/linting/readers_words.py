"""Checks B217 to B219: readers' words of briefs and claims, and the words that mean the same in a store."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.core.briefs.brief import BriefContent
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.linting import word_rules
from bot.core.linting.diagnostic import Path, Problem
from bot.core.linting.echo import quoted
from bot.core.stemmer import STEMMER, Stems, stems_of
from bot.core.terms import STOP_WORDS, WEAK_WORDS, forms, words_of

LETTERS_MIN = 2
COMMON_MIN_CLAIMS = 3
COMMON_PART = 1 / 4
"""A phrase that more claims have, and a larger part of a brief's, is one of the brief."""

_ONE = "remove one of the two"
_OTHER = "remove it, or write what people say instead"


def check_words(brief: BriefContent) -> Iterator[Problem]:
    """The problems of the readers' words of a brief and of its claims."""
    STEMMER.learn(form for text in _texts(brief) for word in _words(text) for form in forms(word))
    if brief.also:
        names = (brief.title, *brief.aliases, *brief.tags)
        yield from _phrases(("also",), brief.also, names, "the brief's title, aliases and tags")
    lists = [
        (("sections", key, "claims", index, "also"), claim)
        for key, section in brief.sections.items()
        for index, claim in enumerate(section.claims)
        if claim.also
    ]
    for at, claim in lists:
        yield from _phrases(at, claim.also, (claim.text,), "the claim's text")
    if len(lists) > COMMON_MIN_CLAIMS:
        yield from _common([(at, claim.also) for at, claim in lists], sum(1 for _ in brief.claims()))


def _texts(brief: BriefContent) -> Iterator[str]:
    """Those whose words are compared."""
    yield from (brief.title, *brief.aliases, *brief.tags, *brief.also)
    for _, claim in brief.claims():
        if claim.also:
            yield from (claim.text, *claim.also)


def _phrases(at: Path, phrases: Sequence[str], texts: Iterable[str], where: str) -> Iterator[Problem]:
    known = frozenset(stem for text in texts for stem in _key(_words(text)))
    first: dict[Stems, int] = {}
    for index, phrase in enumerate(phrases):
        words = _words(phrase)
        telling = _key(word for word in words if word not in WEAK_WORDS)
        same = first.setdefault(_key(words), index)
        if fault := _generality(phrase, telling):
            yield word_rules.too_general((*at, index), phrase, fault, "write a word for what it is about, or remove it")
        elif same < index:
            fault = f"is the same to the search as {quoted(phrases[same])}"
            yield word_rules.known_word((*at, index), phrase, fault, _ONE)
        elif known.issuperset(telling):
            yield word_rules.known_word((*at, index), phrase, f"adds no word to {where}", _OTHER)


def _generality(phrase: str, telling: Stems) -> str | None:
    """Why a phrase finds nothing, or anything; None where it tells what is asked for."""
    if sum(map(str.isalnum, phrase)) < LETTERS_MIN:
        return "it is one letter or digit, or none"
    return None if telling else "none of its words tells what is asked for"


def _common(lists: Sequence[tuple[Path, tuple[str, ...]]], claims: int) -> Iterator[Problem]:
    """The phrases that many claims have, each at the first of them."""
    owners: dict[Stems, dict[Path, Path]] = {}
    for at, phrases in lists:
        for index, phrase in enumerate(phrases):
            owners.setdefault(_key(_words(phrase)), {}).setdefault(at, (*at, index))
    texts = {(*at, index): phrase for at, phrases in lists for index, phrase in enumerate(phrases)}
    for key, places in owners.items():
        if key and len(places) > max(COMMON_MIN_CLAIMS, COMMON_PART * claims):
            first = next(iter(places.values()))
            fault = f"{len(places)} of {claims} claims have it"
            yield word_rules.too_general(first, texts[first], fault, "put it into `also` of the brief instead")


def check_equivalents(vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of the sets of words that mean the same."""
    owners: dict[Stems, tuple[int, str]] = {}
    for number, phrases in enumerate(vocabulary.equivalents):
        keys = [stems_of(phrase) for phrase in phrases]
        if len(set(keys)) == 1:
            fault = "is the only word of this set"
            hint = "add a word that means the same, or remove the set: any inflection finds the others"
            yield word_rules.not_one_set(("equivalents", number, 0), phrases[0], fault, hint)
        for index, (key, phrase) in enumerate(zip(keys, phrases, strict=True)):
            owner, other = owners.setdefault(key, (number, phrase)) if key else (number, phrase)
            if owner != number:
                fault = f"stands in set {owner + 1} too, as {quoted(other)}"
                hint = "keep it in one of them, or make one set of the two"
                yield word_rules.not_one_set(("equivalents", number, index), phrase, fault, hint)


@lru_cache(1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))


def _key(words: Iterable[str]) -> Stems:
    """What two phrases have in common that the search cannot tell apart."""
    return tuple(stem for word in words if word not in STOP_WORDS for stem in _stems(word))


@lru_cache(1 << 14)
def _stems(word: str) -> Stems:
    """The stems of a word, and of what an identifier consists of."""
    return tuple(stem for form in forms(word) for stem in STEMMER.stems(form))
