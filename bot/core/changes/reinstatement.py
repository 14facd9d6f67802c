"""What is published again after it was withdrawn: told from the earlier change sets of a brief."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from bot.core.briefs.brief import Brief, ChangeKind, Claim
from bot.core.changes.change_notes import new_notes
from bot.core.changes.change_set import CORRECTING, Change, ChangeSet, most_severe
from bot.core.changes.claim_matching import SIMILAR_MIN_RATIO


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What of a brief was withdrawn before a change set. `last` is its last version, None where none is known; `claims`
    gives (claim, kind of the change that removed it) by each id that the claim had; `names` the ids that the claims had
    which are there, by that of now."""

    last: Brief | None = None
    was_published: bool = False
    claims: Mapping[str, tuple[Claim, ChangeKind]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def brief(self) -> Brief | None:
        """The last version that readers saw, None where it was never published."""
        return self.last if self.was_published else None


NOTHING = Withdrawn()


def may_reinstate(change_set: ChangeSet) -> bool:
    """Whether the earlier change sets of the brief can make a difference to `reinstate`."""
    return any(change.op == "added" and change.what in ("brief", "claim") for change in change_set.changes)


def withdrawn(history: Iterable[ChangeSet], earlier: Withdrawn = NOTHING) -> Withdrawn:
    """What was withdrawn, and not published again, after all change sets of a brief, oldest first, that follow what is
    known already."""
    last, was_published = earlier.last, earlier.was_published
    claims, names = dict(earlier.claims), dict(earlier.names)
    for change_set in history:
        # Of the changes before it not all may be there.
        last = change_set.after or change_set.before or last
        was_published = was_published or change_set.brief.status == "published"
        for change in change_set.changes:
            if change.what == "claim":
                _follow(change, claims, names)
        if change_set.before is None and change_set.after is not None:
            # All of its claims are added with it.
            for _, claim in change_set.after.claims():
                claims.pop(claim.id, None)
    return Withdrawn(last, was_published, claims, names)


def _follow(change: Change, claims: dict[str, tuple[Claim, ChangeKind]], names: dict[str, frozenset[str]]) -> None:
    ids = names.pop(change.old_id or change.id, frozenset()) | change.ids
    if change.op != "removed":
        names[change.id] = ids
        claims.pop(change.id, None)
    elif change.kind in CORRECTING:
        claims |= dict.fromkeys(ids, (change.before, change.kind))


def reinstate(change_set: ChangeSet, earlier: Withdrawn) -> ChangeSet:
    """The change set with *reinstated* for *added*, of a claim or brief that was withdrawn before. Whoever heard the
    withdrawal hears of it, as it has the kind of the withdrawal."""
    if change_set.before is None and change_set.after is not None:
        return _reinstate_brief(change_set, earlier.brief) if earlier.brief else change_set
    changes = tuple(_reinstate_claim(change, earlier) for change in change_set.changes)
    return replace(change_set, changes=tuple(_with_kind_of_claims(change, changes) for change in changes))


def _reinstate_brief(change_set: ChangeSet, last: Brief) -> ChangeSet:
    changes = tuple(replace(change, op="reinstated", kind="withdrawal") for change in change_set.changes)
    return replace(change_set, changes=changes, notes=new_notes(last, change_set.brief))


def _reinstate_claim(change: Change, earlier: Withdrawn) -> Change:
    if (change.op, change.what) != ("added", "claim") or change.id not in earlier.claims:
        return change
    claim, kind = earlier.claims[change.id]
    if not is_same_claim(claim, change.after):
        return change
    return replace(change, op="reinstated", kind=most_severe((kind, change.kind)))


def _with_kind_of_claims(change: Change, changes: Iterable[Change]) -> Change:
    """A section that comes back with a claim has the kind of the claim's return."""
    if (change.op, change.what) != ("added", "section"):
        return change
    returns = (each.kind for each in changes if each.op == "reinstated" and each.section == change.id)
    return replace(change, kind=most_severe((change.kind, *returns)))


def is_same_claim(old: Claim, new: Claim) -> bool:
    """Whether a claim under an id that another had before says about the same: ids are sometimes given anew."""
    return fuzz.ratio(old.text, new.text) >= SIMILAR_MIN_RATIO
