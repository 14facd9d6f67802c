"""Questions answered from the claims of all briefs, or of one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.core.answers import answer
from bot.core.answers.answer import NoMatch, SearchResults, Suggestion
from bot.core.answers.corpus import Corpus
from bot.core.answers.question import Term
from bot.core.answers.relevance import answers, is_far, is_related
from bot.core.answers.search import WHOLE, Hit
from bot.core.answers.suggestions import near_names, once_each, show_brief, suggest
from bot.core.briefs.arrangement import UNPLACED
from bot.core.briefs.brief import Brief
from bot.core.commands.command import Command, Search, Show
from bot.core.commands.name_index import normalize

RESULTS_MAX = 6
CANDIDATES = 20
"""Hits among which those of a section come first."""
RELATED_MAX = 2
"""Claims that are shown where nothing answers a question."""


def search_claims(query: Search, corpus: Corpus) -> SearchResults | NoMatch:
    """What answers a question, else what is related to it, else what is spelled like it."""

    def is_current(hit: Hit) -> bool:
        # The index is shared with other corpora and may hold other versions: only identity says which is this one's.
        return corpus.briefs.get(hit.brief.slug) is hit.brief and hit.brief.status == "published"

    brief = corpus.briefs.get(query.brief or "")
    names = _words_of_names(brief) if brief else frozenset()
    terms, question = corpus.equivalents.terms(query.words, names), _without(names, query.words)

    def search(attempt: Sequence[Term]) -> list[Hit]:
        candidates = corpus.index.search(attempt, is_current, CANDIDATES, brief, question)
        # What a question about one brief means without the brief's name may be little.
        return [hit for hit in candidates if brief or not is_far(hit)]

    hits = search(terms)
    # Misspelt words are looked for where nothing answers as it was typed: most unknown words are none.
    if not any(map(answers, hits)) and (corrected := corpus.index.corrected(terms)) != terms:
        hits = search(corrected)
    relevant = [hit for hit in hits if answers(hit)]
    if relevant:
        return _results(query, sorted(relevant, key=lambda hit: _rank(hit, query))[:RESULTS_MAX], corpus)
    related = [hit for hit in hits if is_related(hit)][:RELATED_MAX]
    near = once_each(*suggest(_named_in(query), corpus), *near_names(query.words, corpus))
    if not related:
        return NoMatch(query.words, "nothing in the briefs answers this", near)
    briefs = once_each(*near, *(Suggestion(hit.brief.title, Show(None, hit.brief.slug)) for hit in related))
    return replace(_results(query, related, corpus), only_related=True, briefs=briefs)


def _named_in(query: Search) -> tuple[Command, ...]:
    return (show_brief(query.brief),) if query.brief else ()


def _words_of_names(brief: Brief) -> frozenset[str]:
    return frozenset(word for name in (brief.title, brief.slug, *brief.aliases) for word in normalize(name).split())


def _rank(hit: Hit, query: Search) -> tuple[bool, bool]:
    """First the section that was named, then what holds all the words; other hits stay in their order."""
    return query.section not in (None, hit.section), hit.share < WHOLE


def _without(names: Collection[str], words: str) -> str:
    # Every claim of a brief is near to the brief's name: what tells them apart is the rest of the question.
    return " ".join(word for word in words.split() if normalize(word) not in names)


def _results(query: Search, hits: Sequence[Hit], corpus: Corpus) -> SearchResults:
    claims = [(hit.brief, hit.section, corpus.section_title(hit.section), hit.claim, UNPLACED) for hit in hits]
    title = corpus.section_title(query.section) if query.section else None
    with_all = sum(1 for _ in takewhile(lambda hit: hit.share >= WHOLE, hits))
    by_meaning = any(hit.share == 0 for hit in hits)
    return SearchResults(query.words, query.section, title, answer.excerpts(claims), with_all, by_meaning=by_meaning)
