"""What became of a claim that was reported."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.claim_matching import is_same_statement
from bot.core.changes.visibility import reading
from bot.core.reports.report import ReportState


@dataclass(frozen=True, slots=True)
class Followed:
    """A claim after some change sets: `claim` is its id of now. `state`: open while it reads as it did. `last`: where
    it went from this brief, the version of the brief that had it last; None where it is there."""

    claim: str
    state: ReportState
    last: Brief | None = None


Step = tuple[int, ChangeSet]
"""What readers saw change in a brief, with the number of its publication."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A claim of another brief, since a publication. `state`: open if it reads as the one did that it follows."""

    slug: str
    claim: str
    publication: int
    state: ReportState


def follow_claim(claim: str, change_sets: Iterable[ChangeSet]) -> Followed:
    """What became of a claim, by its id, after consecutive change sets of its brief, oldest first: `changed` if one of
    them changes what readers see of it, its evidence included, else `gone` if one takes it from them; none counts that
    comes after that. Editorial changes count as well: whoever reported a slip of the pen waits for them."""
    state: ReportState = "open"
    for each in change_sets:
        now = _id_after(claim, each)
        if now is None or each.after is None:
            return Followed(claim, "changed" if state == "changed" else "gone", each.before)
        if each.before is not None and _read(claim, each.before) != _read(now, each.after):
            state = "changed"
        claim = now
    return Followed(claim, state)


def _id_after(claim: str, change_set: ChangeSet) -> str | None:
    """The id of a claim after a change set; None where readers do not see it any more."""
    if change_set.after is None or change_set.after.status != "published":
        return None
    of_claims = (change for change in change_set.changes if change.what == "claim")
    changes = [change for change in of_claims if (change.old_id or change.id) == claim]
    if any(change.op == "removed" for change in changes):
        return None
    return next((change.id for change in changes if change.op in ("edited", "moved")), claim)


def _read(claim_id: str, brief: Brief) -> object:
    claim = claim_in(brief, claim_id)
    return claim and reading(claim, brief)


def claim_in(brief: Brief, claim_id: str) -> Claim | None:
    """A claim of a brief, by its id."""
    return next((claim for _, claim in brief.claims() if claim.id == claim_id), None)


def heir_of(claim: str, brief: Brief, others: Iterable[Step]) -> Heir | None:
    """Where a claim that went from a brief stands now: it kept its words, or its id and its matter. None where none of
    the changes of other briefs brought it there."""
    was = claim_in(brief, claim)
    added = ((number, change_set, now) for number, change_set in others for now in _added(change_set))
    candidates = [each for each in added if was and _is_heir(was, each[2])]
    if was is None or not candidates:
        return None
    number, change_set, now = max(candidates, key=lambda each: fuzz.ratio(was.text, each[2].text))
    is_same = change_set.after is not None and reading(was, brief) == reading(now, change_set.after)
    return Heir(change_set.slug, now.id, number, "open" if is_same else "changed")


def _is_heir(was: Claim, now: Claim) -> bool:
    return now.text == was.text or (now.id == was.id and is_same_statement(was, now))


def _added(change_set: ChangeSet) -> list[Claim]:
    """The claims that readers see in a brief since a change set."""
    before, after = change_set.before, change_set.after
    if after is None or after.status != "published":
        return []
    seen = {claim.id for _, claim in before.claims()} if before and before.status == "published" else set()
    return [claim for _, claim in after.claims() if claim.id not in seen]
