"""Corrections of claims that were posted: how each change set alters what a post has to say of a claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.change_set import CORRECTING, Change, ChangeSet
from bot.core.changes.claim_matching import match_claims, positioned_claims
from bot.core.changes.reinstatement import is_same_claim
from bot.core.changes.visibility import reading

Effect = Literal["corrected", "withdrawn", "reinstated", "updated"]
"""What happened to a claim that was shown. `updated`: changed by a change of another kind, after an earlier correction
had reached the post."""


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """The change set of one brief in one publication; `on` is the day of the publication, in UTC."""

    publication: int
    on: date
    change_set: ChangeSet


@dataclass(frozen=True, slots=True)
class ClaimCorrection:
    """A publication corrected a claim that had been shown, withdrew it, or published it again.

    `before` is the claim as readers last saw it, `after` the claim of now and `brief` the version that contains it;
    both are None for a withdrawal. `whole`: it was the brief that was withdrawn or published again.
    """

    publication: int
    on: date
    before: Claim
    after: Claim | None
    brief: Brief | None
    effect: Effect = "corrected"
    whole: bool = False


def touched_claim_ids(change_set: ChangeSet) -> frozenset[str] | None:
    """The ids, in the older version, of the claims whose posts a change set may concern; None for all of the brief, as
    it is withdrawn or published again, or a claim is, which may have had other ids."""
    if _is_whole(change_set):
        return None
    if _standing(change_set.after) is None:
        return frozenset()
    changes = [change for change in change_set.changes if change.what == "claim"]
    if any(change.op in ("added", "reinstated") for change in changes):
        return None
    return frozenset(_id_before(change) for change in changes if change.op != "moved")


def corrections_of(claim: Claim, published: Iterable[PublishedChange]) -> Sequence[ClaimCorrection]:
    """The corrections of a claim since it was shown, oldest first. `published` are all later changes of its brief,
    oldest first. Changes of kinds that are not `CORRECTING` count from the first correction on: a post that was
    corrected once follows its claim. `before` of a correction is what readers saw last."""
    corrections: list[ClaimCorrection] = []
    state: _ClaimState | None = None
    for each in published:
        state = state or _first(claim, each.change_set)
        if state is None:
            return ()
        state, effect = _next(state, each.change_set)
        if effect is not None:
            whole = _is_whole(each.change_set)
            now, brief = (state.words, each.change_set.after) if effect != "withdrawn" else (None, None)
            corrections.append(ClaimCorrection(each.publication, each.on, claim, now, brief, effect, whole))
            claim = state.words
    return corrections


@dataclass(frozen=True, slots=True)
class _ClaimState:
    """A claim in a post. `words` are those that readers saw last, in the version `words_in`; `is_shown`: they stand in
    the post, which does not call them withdrawn. `now` is the claim in the last published version of its brief, None
    where that lacks it. `ids` are all that it had; `last` is the version in which it stood last, `last_claim` how it
    read there. `is_followed`: a correction or withdrawal has concerned the post."""

    words: Claim
    words_in: Brief
    now: Claim | None
    ids: frozenset[str]
    last: Brief
    last_claim: Claim
    is_shown: bool = True
    is_followed: bool = False


def _first(claim: Claim, change_set: ChangeSet) -> _ClaimState | None:
    """The claim as posted; None where its brief was not there."""
    brief = change_set.before
    return _ClaimState(claim, brief, claim, frozenset({claim.id}), brief, claim) if brief else None


def _next(state: _ClaimState, change_set: ChangeSet) -> tuple[_ClaimState, Effect | None]:
    """The claim after one more change set, and what the post has to say of that; None for nothing."""
    now, must_reach = _claim_after(state, change_set)
    effect = _effect(state, now, change_set.after, must_reach)
    following = replace(state, now=now, is_followed=state.is_followed or must_reach)
    if now is not None and (after := _standing(change_set.after)):
        following = replace(following, ids=state.ids | {now.id}, last=after, last_claim=now)
        if effect is not None:
            following = replace(following, words=now, words_in=after, is_shown=True)
    elif effect == "withdrawn":
        following = replace(following, is_shown=False)
    return following, effect


def _effect(state: _ClaimState, now: Claim | None, after: Brief | None, must_reach: bool) -> Effect | None:
    reaches = must_reach or state.is_followed
    if now is None or not (after := _standing(after)):
        return "withdrawn" if state.is_shown and reaches else None
    if not state.is_shown:
        return "reinstated"
    if not reaches or reading(now, after) == reading(state.words, state.words_in):
        return None
    return "corrected" if must_reach else "updated"


def _claim_after(state: _ClaimState, change_set: ChangeSet) -> tuple[Claim | None, bool]:
    """The claim in the published brief after a change set, or before it was withdrawn, None where that lacks it; and
    whether the change must reach earlier posts."""
    before, after = _standing(change_set.before), _standing(change_set.after)
    if after is None:
        return state.now, before is not None
    if before is None:
        return _partner(state, after), False
    change = next((each for each in change_set.changes if _concerns(each, state)), None)
    # A claim that only moved still reads as it was posted.
    if change is None or change.op == "moved":
        return state.now, False
    return (None if change.op == "removed" else change.after), change.kind in CORRECTING


def _concerns(change: Change, state: _ClaimState) -> bool:
    if change.what != "claim":
        return False
    if state.now is not None:
        return _id_before(change) == state.now.id
    return change.op in ("added", "reinstated") and _is_back(change.after, state)


def _is_back(claim: Claim, state: _ClaimState) -> bool:
    """Whether the claim of a post, which was removed, is this one."""
    return claim.id in state.ids and is_same_claim(state.last_claim, claim)


def _partner(state: _ClaimState, after: Brief) -> Claim | None:
    """The claim in a brief that is published again, as if that had replaced the last published version."""
    if state.now is None:
        return next((claim for _, claim in after.claims() if _is_back(claim, state)), None)
    pairs = match_claims(positioned_claims(state.last), positioned_claims(after))
    return next((new.claim for old, new in pairs if old and new and old.claim.id == state.last_claim.id), None)


def _id_before(change: Change) -> str:
    return change.old_id or change.id


def _standing(brief: Brief | None) -> Brief | None:
    """The brief, unless it is withdrawn."""
    return brief if brief is not None and brief.status == "published" else None


def _is_whole(change_set: ChangeSet) -> bool:
    return (_standing(change_set.before) is None) != (_standing(change_set.after) is None)
