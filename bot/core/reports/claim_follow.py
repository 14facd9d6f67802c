"""What became of a claim that was reported."""

from collections.abc import Iterable

from bot.core.briefs.brief import Brief
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.visibility import reading
from bot.core.reports.report import ReportState


def follow_claim(claim: str, change_sets: Iterable[ChangeSet]) -> tuple[str, ReportState]:
    """(id of now, state) of a claim, by its id, after consecutive change sets of its brief, oldest first: up to the
    first that changes what readers see of it, its evidence included, or takes it from them. Editorial changes count as
    well: whoever reported a slip of the pen waits for them."""
    for each in change_sets:
        if each.after is None or each.after.status != "published":
            return claim, "gone"
        changes = [
            change for change in each.changes if change.what == "claim" and (change.old_id or change.id) == claim
        ]
        if any(change.op == "removed" for change in changes):
            return claim, "gone"
        now = next((change.id for change in changes if change.op in ("edited", "moved")), claim)
        if each.before is not None and _read(claim, each.before) != _read(now, each.after):
            return now, "changed"
        claim = now
    return claim, "open"


def _read(claim_id: str, brief: Brief) -> object:
    return next((reading(claim, brief) for _, claim in brief.claims() if claim.id == claim_id), None)
