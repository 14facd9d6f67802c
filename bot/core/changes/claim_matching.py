"""Matches the claims of two versions of a brief, and tells which of them moved."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.fact_words import FUNCTION_WORDS

SIMILAR_MIN_RATIO = 60
"""In percent, included: a claim under a new id whose text is this similar is the old one, reworded. Of 2,500 pairs of
different claims of one brief half are below 40, and 7 above 60."""

CANDIDATES_MAX = 10
"""Most similar old claims to consider for a new one, so that thousands of new ids do not take minutes."""

SAME_WORDS_MIN_RATIO = 85
"""In percent, included: two texts this similar are the same words, with a small edit."""

SHARED_WORDS_MIN = 0.35
"""The share of the shorter text's words that recur in a rewording, included. Of 2,500 pairs of different claims of one
brief 6 in 100 share as many."""

STEM_CHARS = 5


@dataclass(frozen=True, slots=True)
class PositionedClaim:
    """A claim with its section's key and its index there, which counts from 0."""

    section: str
    index: int
    claim: Claim


Pair = tuple[PositionedClaim | None, PositionedClaim | None]
"""A claim in the older and in the newer version; None where a version lacks it."""


def positioned_claims(brief: Brief) -> list[PositionedClaim]:
    """All claims of a brief: sections by key, claims of a section in reading order."""
    return [
        PositionedClaim(key, index, claim)
        for key, section in brief.sections.items()
        for index, claim in enumerate(section.claims)
    ]


def match_claims(old: Iterable[PositionedClaim], new: Sequence[PositionedClaim]) -> list[Pair]:
    """Pairs claims by id, else by the most similar text. Each claim is in one pair: those of the newer version come
    first, in the order of `new`, then those that it lacks, in the order of `old`."""
    unmatched_old = {each.claim.id: each for each in old}
    partners: dict[PositionedClaim, PositionedClaim] = {}
    unmatched_new = []
    for claim in new:
        if (partner := unmatched_old.pop(claim.claim.id, None)) is not None:
            partners[claim] = partner
        else:
            unmatched_new.append(claim)
    for claim, partner in _most_similar(unmatched_old.values(), unmatched_new):
        partners[claim] = unmatched_old.pop(partner.claim.id)
    return [*((partners.get(claim), claim) for claim in new), *((claim, None) for claim in unmatched_old.values())]


def _most_similar(
    old: Iterable[PositionedClaim], new: Iterable[PositionedClaim]
) -> Iterator[tuple[PositionedClaim, PositionedClaim]]:
    """(new, old) pairs, the most similar first, each claim at most once.

    Of equally similar pairs the one with the smallest difference in order comes first, so that the pairs are the same
    with the versions exchanged.
    """
    old_claims, new_claims = list(old), list(new)
    texts = [each.claim.text for each in old_claims]
    candidates = (
        (-ratio, abs(n - m), n + m, new_claims[n], old_claims[m])
        for n in range(len(new_claims))
        for _, ratio, m in process.extract(
            new_claims[n].claim.text, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR_MIN_RATIO, limit=CANDIDATES_MAX
        )
    )
    matched: set[PositionedClaim] = set()
    # Sorted by the numbers alone: claims themselves have no order.
    for *_, claim, partner in sorted(candidates, key=lambda each: each[:3]):
        if matched.isdisjoint({claim, partner}):
            matched |= {claim, partner}
            yield claim, partner


def has_same_words(old: Claim, new: Claim) -> bool:
    """Whether a claim reads as another does, but for a small edit."""
    return fuzz.ratio(old.text, new.text) >= SAME_WORDS_MIN_RATIO


def is_same_statement(old: Claim, new: Claim) -> bool:
    """Whether two claims state the same matter, which may have been corrected."""
    shared = {item.quote for item in old.evidence} & {item.quote for item in new.evidence}
    is_similar = fuzz.ratio(old.text, new.text) >= SIMILAR_MIN_RATIO
    return bool(shared - {None}) or is_similar or _shared_words(old.text, new.text) >= SHARED_WORDS_MIN


def _shared_words(one: str, other: str) -> float:
    words = [_stems(text) for text in (one, other)]
    return len(words[0] & words[1]) / max(1, min(map(len, words)))


def _stems(text: str) -> set[str]:
    """The beginnings of the words that say what a text is about, which endings do not change."""
    words = (word.casefold() for word in re.findall(r"\w+", text))
    return {word[:STEM_CHARS] for word in words if word not in FUNCTION_WORDS}


def moved_claims(pairs: Iterable[Pair]) -> set[PositionedClaim]:
    """The claims of the newer version that moved, to another section or within theirs; within a section as few as
    explain its new order. `pairs` are those of `match_claims`."""
    by_section: dict[str, list[tuple[int, PositionedClaim]]] = defaultdict(list)
    moved: set[PositionedClaim] = set()
    for old, new in pairs:
        if old is None or new is None:
            continue
        if old.section != new.section:
            moved.add(new)
        else:
            by_section[new.section].append((old.index, new))
    for claims in by_section.values():
        in_order = _longest_increasing([index for index, _ in claims])
        moved |= {claim for n, (_, claim) in enumerate(claims) if n not in in_order}
    return moved


def _longest_increasing(numbers: list[int]) -> set[int]:
    """The positions of a longest increasing subsequence of different numbers (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    predecessors: list[int | None] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        predecessors.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1], piles[pile : pile + 1] = [number], [position]
    positions: set[int] = set()
    last = piles[-1] if piles else None
    while last is not None:
        positions.add(last)
        last = predecessors[last]
    return positions
