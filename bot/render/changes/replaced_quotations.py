"""Which quotation of a claim took the place of which."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.briefs.brief import Brief, Claim, Evidence
from bot.core.changes.normalization import equal_when_normalized, normalize_text
from bot.render.changes.word_diff import compare


class Replacement(NamedTuple):
    """Evidence with a quotation, and the former one in whose place it stands."""

    was: Evidence
    now: Evidence

    @property
    def same_words(self) -> bool:
        """Whether only the source is another."""
        return equal_when_normalized(self.was.quote, self.now.quote)

    @property
    def alike(self) -> bool:
        """Whether marks help to see what differs."""
        return compare(self.was.quote or "", self.now.quote or "").alike


def replacements(old: Claim, new: Claim) -> list[Replacement]:
    """The pairs of quotations that went and came, the likeliest first. Both claims cite sources by the same ids."""
    went, came = _gone(old, new), _gone(new, old)
    pairs: list[Replacement] = []
    for is_likely in _LIKELY:
        for now in list(came):
            pair = next((each for was in went if is_likely(each := Replacement(was, now))), None)
            if pair:
                pairs.append(pair)
                went.remove(pair.was)
                came.remove(now)
    return pairs


def _of_same_source(pair: Replacement) -> bool:
    return pair.was.source == pair.now.source


_LIKELY: Sequence[Callable[[Replacement], bool]] = (
    lambda pair: _of_same_source(pair) and pair.alike,
    lambda pair: pair.same_words,
    lambda pair: pair.alike,
    _of_same_source,
)


def _gone(some: Claim, others: Claim) -> list[Evidence]:
    """The evidence with quotations that the others lack, wherever in its source these stand."""
    known = {(item.source, normalize_text(item.quote)) for item in others.evidence}
    return [item for item in some.evidence if item.quote and (item.source, normalize_text(item.quote)) not in known]


def without(some: Sequence[Evidence], others: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in `some` that reads differently from all in `others`."""
    known = [normalize_text(item) for item in others]
    return [item for item in some if normalize_text(item) not in known]


def moved_to_others(old: Claim, new: Claim, before: Brief, after: Brief) -> list[Evidence]:
    """The evidence that the claim lacks now, and that another claim of the brief has now which lacked it."""
    gone = without(old.evidence, new.evidence)
    places = {(item.source, item.quote) for item in gone}
    cited = {
        (claim.id, place)
        for _, claim in (after.claims() if places else ())
        if claim.id != new.id
        for item in claim.evidence
        if (place := (item.source, item.quote)) in places
    }
    ids = {id_ for id_, _ in cited}
    known = {
        (claim.id, (item.source, item.quote))
        for _, claim in (before.claims() if ids else ())
        if claim.id in ids
        for item in claim.evidence
    }
    won = {place for _, place in cited - known}
    return [item for item in gone if (item.source, item.quote) in won]
