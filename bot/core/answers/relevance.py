"""Whether a claim answers a question, is only related to it, or has nothing to do with it.

The limits were measured on own questions, those of similarity with all-MiniLM-L6-v2 (make bench)."""

from bot.core.answers.search import WHOLE, Hit

ANSWER_MIN_WORDS, ANSWER_MIN_SHARE = 2, 0.4
"""Telling words that a claim must hold itself to answer a question, and the share of the question; all of it will do,
too."""
ANSWER_MIN_SIMILARITY = 0.48
"""Or how near it must be to the question, where a model says that."""
FAR_SIMILARITY = 0.2
"""What is farther than that shares nothing with the question but some words."""
SURE_SHARE = 0.8
"""Unless it holds nearly all of them, as what names a number or an identifier does."""
RELATED_MIN_WORDS, RELATED_MIN_SHARE = 2, 0.33


def answers(hit: Hit) -> bool:
    """By its words or by its meaning."""
    holds_most = hit.own >= ANSWER_MIN_WORDS and hit.share >= ANSWER_MIN_SHARE
    is_near = hit.similarity is not None and hit.similarity >= ANSWER_MIN_SIMILARITY
    return holds_most or is_near or hit.share >= WHOLE


def is_related(hit: Hit) -> bool:
    """Whether it may be shown where nothing answers."""
    return hit.own >= RELATED_MIN_WORDS and hit.share >= RELATED_MIN_SHARE


def is_far(hit: Hit) -> bool:
    """Whether it has nothing to do with the question; never without a model."""
    return hit.similarity is not None and hit.similarity < FAR_SIMILARITY and hit.share < SURE_SHARE
