"""Tells changes of which readers only see another order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.change_set import Change
from bot.core.changes.normalization import normalize_text
from bot.core.changes.visibility import reads_differently, renamed_sources, with_new_source_ids


def reorderings(changes: Iterable[Change], before: Brief | None, after: Brief | None) -> frozenset[tuple[str, str]]:
    """(what, id) of each claim and field that only stands in another order, or whose evidence or caveats do; none of a
    brief that is new or gone. `changes` are all those of the two versions that are shown."""
    if before is None or after is None:
        return frozenset()
    new_ids = renamed_sources(before, after)
    by_order = {True: set[tuple[str, str]](), False: set[tuple[str, str]]()}
    for change in changes:
        by_order[_only_reorders(change, new_ids)].add((change.what, change.id))
    # A claim that moved may be edited too.
    return frozenset(by_order[True] - by_order[False])


def _only_reorders(change: Change, new_ids: Mapping[str, str]) -> bool:
    match change.what, change.op:
        case "claim", "moved":
            return len(change.sections) == 1
        case "claim", "edited":
            old, new = with_new_source_ids(change.before, new_ids), change.after
            return not reads_differently(_with_sorted_evidence(old), _with_sorted_evidence(new), {})
        case "field", "edited" if change.id == "caveats":
            return sorted(map(normalize_text, change.before)) == sorted(map(normalize_text, change.after))
    return False


def _with_sorted_evidence(claim: Claim) -> Claim:
    # By their words: a locator may be None, which has no order.
    return replace(claim, evidence=tuple(sorted(claim.evidence, key=lambda item: repr(normalize_text(item)))))
