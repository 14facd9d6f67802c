"""Whether a claim answers a question, is only related to it, or has nothing to do with it.

The limits were measured on own questions, those of similarity with all-MiniLM-L6-v2 (make bench)."""

from bot.core.answers.search import WHOLE, Hit

ANSWER_MIN_SHARES = (WHOLE, 0.75, 0.4)
"""The share of a question that a claim must hold to answer it, by the number of telling words that it holds: one may be
there by chance."""
ANSWER_MIN_SIMILARITY = 0.48
"""Or how near it must be to the question, where a model says that."""
FAR_SIMILARITY = 0.2
"""What is farther than that shares nothing with the question but some words."""
SURE_SHARE = 0.8
"""Unless it holds nearly all of them, as what names a number or an identifier does."""
RELATED_MIN_WORDS, RELATED_MIN_SHARE = 2, 0.4


def answers(hit: Hit) -> bool:
    """By its words or by its meaning."""
    holds_most = hit.share >= ANSWER_MIN_SHARES[min(hit.own, len(ANSWER_MIN_SHARES) - 1)]
    return holds_most or (hit.similarity is not None and hit.similarity >= ANSWER_MIN_SIMILARITY)


def is_related(hit: Hit) -> bool:
    """Whether it may be shown where nothing answers."""
    return hit.own >= RELATED_MIN_WORDS and hit.share >= RELATED_MIN_SHARE


def is_far(hit: Hit) -> bool:
    """Whether it has nothing to do with the question; never without a model."""
    return hit.similarity is not None and hit.similarity < FAR_SIMILARITY and hit.share < SURE_SHARE
