"""Corrections of claims that were posted: which claims a change set corrects or withdraws, and to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.briefs.brief import Brief, ChangeKind, Claim
from bot.core.changes.change_set import Change, ChangeSet

CORRECTING: frozenset[ChangeKind] = frozenset({"correction", "withdrawal"})
"""The kinds of change that must reach earlier posts. After changes of other kinds a post is still right."""


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """The change set of one brief in one publication; `on` is the day of the publication, in UTC."""

    publication: int
    on: date
    change_set: ChangeSet


@dataclass(frozen=True, slots=True)
class ClaimCorrection:
    """A publication corrected or withdrew a claim that had been shown.

    `before` is the claim as readers last saw it, `after` the corrected one and `brief` the version that contains it;
    both are None for a withdrawal.
    """

    publication: int
    on: date
    before: Claim
    after: Claim | None
    brief: Brief | None


def corrected_claim_ids(change_set: ChangeSet) -> frozenset[str] | None:
    """The ids, in the older version, of the claims that a change set corrects or withdraws; None if it withdraws the
    brief, and so all of its claims."""
    if _withdraws_brief(change_set):
        return None
    return frozenset(_id_before(change) for change in change_set.changes if _is_correction(change))


def corrections_of(claim: Claim, published: Iterable[PublishedChange]) -> Sequence[ClaimCorrection]:
    """The corrections of a claim since it was shown, oldest first. `published` are all later changes of its brief,
    oldest first. `before` of a correction is what readers saw last, which changes of other kinds do not alter."""
    corrections: list[ClaimCorrection] = []
    claim_id, last_seen = claim.id, claim
    for each in published:
        if _withdraws_brief(each.change_set):
            return [*corrections, ClaimCorrection(each.publication, each.on, last_seen, None, None)]
        change = next((c for c in each.change_set.changes if c.what == "claim" and _id_before(c) == claim_id), None)
        # A claim that only moved still reads as it was posted.
        if change is None or change.op == "moved":
            continue
        if _is_correction(change):
            after = change.after if change.op == "edited" else None
            brief = each.change_set.after if after else None
            corrections.append(ClaimCorrection(each.publication, each.on, last_seen, after, brief))
            last_seen = after or last_seen
        if change.op == "removed":
            break
        # The next change knows the claim by the id that this one gave it.
        claim_id = change.id
    return corrections


def _is_correction(change: Change) -> bool:
    """Whether a claim was edited or removed by a change that must reach earlier posts."""
    return change.what == "claim" and change.op in ("edited", "removed") and change.kind in CORRECTING


def _id_before(change: Change) -> str:
    return change.old_id or change.id


def _withdraws_brief(change_set: ChangeSet) -> bool:
    before, after = change_set.before, change_set.after
    if after is None:
        return True
    return after.status == "withdrawn" and before is not None and before.status != "withdrawn"
