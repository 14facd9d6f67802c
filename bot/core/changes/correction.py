"""What became of claims that were shown: which of them were corrected or withdrawn since, and how they read now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.briefs.brief import Brief, ChangeKind, Claim
from bot.core.changes.change_set import Change, ChangeSet

CORRECTING: frozenset[ChangeKind] = frozenset({"correction", "withdrawal"})
"""The kinds of change that must reach what was said before. Other edits do not make it wrong."""


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What one publication did to a brief, and on which day."""

    publication: int
    on: date
    change_set: ChangeSet


@dataclass(frozen=True, slots=True)
class ClaimCorrection:
    """A shown claim was corrected, or (now is None) withdrawn, by a publication. `brief` is the version in which it
    stands now."""

    publication: int
    on: date
    before: Claim
    after: Claim | None
    brief: Brief | None


def corrected_claim_ids(found: ChangeSet) -> frozenset[str] | None:
    """The claims that a change set corrects or withdraws, by their ids before; None for all of the brief."""
    if _is_withdrawn(found):
        return None
    return frozenset(_id_before(change) for change in _correcting(found))


def corrections_of(claim: Claim, steps: Iterable[PublishedChange]) -> Sequence[ClaimCorrection]:
    """What became of one claim since it was shown, oldest first. What it `was` is what the reader was shown before."""
    found: list[ClaimCorrection] = []
    known, read = claim.id, claim
    for step in steps:
        if _is_withdrawn(step.change_set):
            return [*found, ClaimCorrection(step.publication, step.on, read, None, None)]
        change = next((c for c in step.change_set.changes if c.what == "claim" and _id_before(c) == known), None)
        if change is None or change.op == "moved":
            continue
        if change.kind in CORRECTING and change.op in ("edited", "removed"):
            now = change.after if change.op == "edited" else None
            found.append(ClaimCorrection(step.publication, step.on, read, now, step.change_set.after if now else None))
            read = now or read
        if change.op == "removed":
            break
        known = change.id
    return found


def _correcting(found: ChangeSet) -> list[Change]:
    claims = [c for c in found.changes if c.what == "claim" and c.op in ("edited", "removed")]
    return [change for change in claims if change.kind in CORRECTING]


def _id_before(change: Change) -> str:
    return change.old_id or change.id


def _is_withdrawn(found: ChangeSet) -> bool:
    """Whether the brief as a whole is no more."""
    return found.after is None or (
        found.after.status == "withdrawn" and found.before is not None and found.before.status != "withdrawn"
    )
