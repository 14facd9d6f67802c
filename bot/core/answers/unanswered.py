"""What would make the store answer a question that found nothing, or little."""

from bot.core.answers.corpus import Corpus
from bot.core.answers.question import Term
from bot.core.answers.search import Hit
from bot.core.briefs.brief import ID_MAX
from bot.core.delivery.words_to_add import WordsToAdd
from bot.core.terms import WEAK_WORDS

LETTERS_MIN = 2
NEAR_MIN_SHARE = 0.4
"""The share of a question that a claim must hold to be the one that may answer it: less than what is shown to
readers, since a maintainer decides."""


def words_to_add(question: str, corpus: Corpus) -> WordsToAdd:
    """The telling words that no claim holds, nor one that is spelled nearly so; where all are held somewhere, those
    that the nearest claim lacks."""

    def is_current(hit: Hit) -> bool:
        return corpus.briefs.get(hit.brief.slug) is hit.brief

    terms = [term for term in corpus.equivalents.terms(question) if term.tells and _is_word(term)]
    hits = corpus.index.search(corpus.index.corrected(terms), is_current, 1) if terms else []
    missing = [term for term in terms if not corpus.index.holds(term)]
    if not hits:
        return WordsToAdd(question, _words(missing))
    nearest = hits[0]
    lacking = missing or [term for term in terms if not corpus.index.holds(term, nearest)]
    claim = nearest.claim.id if nearest.share >= NEAR_MIN_SHARE else None
    return WordsToAdd(question, _words(lacking), nearest.brief.slug, claim)


def _is_word(term: Term) -> bool:
    """Whether `also` takes it without a warning."""
    tells = not WEAK_WORDS.issuperset(term.word.split())
    return tells and len(term.word) <= ID_MAX and sum(map(str.isalnum, term.word)) >= LETTERS_MIN


def _words(terms: list[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.word for term in terms))
