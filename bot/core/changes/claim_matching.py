"""Which claim of an older version is which of a newer one, and which of them have changed places."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.briefs.brief import Brief, Claim

SIMILAR_MIN_RATIO = 60
"""Of 100. A claim under a new id is the old one reworded if its text is at least as alike. Of 2,500 pairs of different
claims of one brief half are below 40, and 7 above 60."""

CANDIDATES_MAX = 10
"""Old claims that a new one is compared with in earnest; keeps a file of thousands of new ids from taking minutes."""


@dataclass(frozen=True, slots=True)
class PositionedClaim:
    """A claim where it stands; `index` counts from 0 within its section."""

    section: str
    index: int
    claim: Claim


Pair = tuple[PositionedClaim | None, PositionedClaim | None]
"""The older and the newer place of a claim; None where it has none."""


def positioned_claims(brief: Brief) -> list[PositionedClaim]:
    """All claims of a brief, section by section."""
    return [
        PositionedClaim(key, i, claim) for key, part in brief.sections.items() for i, claim in enumerate(part.claims)
    ]


def match_claims(old: Iterable[PositionedClaim], new: Sequence[PositionedClaim]) -> list[Pair]:
    """Each claim with its partner: by id, else by the most similar text. New places come first, in reading order."""
    waiting = {each.claim.id: each for each in old}
    partners: dict[PositionedClaim, PositionedClaim] = {}
    unpaired = []
    for here in new:
        if (there := waiting.pop(here.claim.id, None)) is not None:
            partners[here] = there
        else:
            unpaired.append(here)
    for here, there in _most_similar(waiting.values(), unpaired):
        partners[here] = waiting.pop(there.claim.id)
    return [*((partners.get(here), here) for here in new), *((there, None) for there in waiting.values())]


def _most_similar(
    old: Iterable[PositionedClaim], new: Iterable[PositionedClaim]
) -> Iterator[tuple[PositionedClaim, PositionedClaim]]:
    """The best pair first, each claim once. Of equally good pairs the one that changed its place least, so that the
    pairs are the same whichever of the two versions is the older."""
    there, here = list(old), list(new)
    texts = [each.claim.text for each in there]
    ratios = (
        (-ratio, abs(n - m), n + m, here[n], there[m])
        for n in range(len(here))
        for _, ratio, m in process.extract(
            here[n].claim.text, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR_MIN_RATIO, limit=CANDIDATES_MAX
        )
    )
    taken: set[PositionedClaim] = set()
    for *_, a, b in sorted(ratios, key=lambda each: each[:3]):
        if taken.isdisjoint({a, b}):
            taken |= {a, b}
            yield a, b


def moved_claims(partners: Iterable[Pair]) -> set[PositionedClaim]:
    """The new places of claims that changed their section or their order among those that stayed; as few as explain
    the new order."""
    stayed: dict[str, list[Pair]] = defaultdict(list)
    shifted: set[PositionedClaim] = set()
    for there, here in partners:
        if there is None or here is None:
            continue
        if there.section != here.section:
            shifted.add(here)
        else:
            stayed[here.section].append((there, here))
    for kept in stayed.values():
        order = [there.index for there, _ in kept if there]
        still = _longest_rise(order)
        shifted |= {here for n, (_, here) in enumerate(kept) if here and n not in still}
    return shifted


def _longest_rise(numbers: list[int]) -> set[int]:
    """The positions of a longest increasing subsequence of different numbers (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        below.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1], piles[pile : pile + 1] = [number], [position]
    found: set[int] = set()
    step = piles[-1] if piles else None
    while step is not None:
        found.add(step)
        step = below[step]
    return found
