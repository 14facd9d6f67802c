"""Corrections of claims that were posted: how each change set alters what a post has to say of a claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.change_set import CORRECTING, Change, ChangeSet
from bot.core.changes.claim_matching import match_claims, positioned_claims
from bot.core.changes.claim_parts import Remains, joined_claim, remains_of, split_off
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
    both are None for a withdrawal. A claim that was merged into another one is that one now, and one that was split is
    the first of its parts with the words and the evidence of all. `whole`: it was the brief that was withdrawn or
    published again. `is_merged`: the publication made it part of another claim.
    """

    publication: int
    on: date
    before: Claim
    after: Claim | None
    brief: Brief | None
    effect: Effect = "corrected"
    whole: bool = False
    is_merged: bool = False


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


def ids_of_now(change_set: ChangeSet) -> dict[str, str]:
    """The ids of claims in the newer version by those that they had, where these differ; a claim that was merged has
    that of the other one."""
    changes = [change for change in change_set.changes if change.what == "claim"]
    renamed = {change.old_id: change.id for change in changes if change.old_id}
    remains = {change.id: remains_of(change.before, changes).claims for change in changes if change.op == "removed"}
    return renamed | {id_: claims[0].id for id_, claims in remains.items() if claims}


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
        was_merged = state.is_merged
        state, effect = _next(state, each.change_set)
        if effect is not None:
            whole = _is_whole(each.change_set)
            now, brief = (state.words, each.change_set.after) if effect != "withdrawn" else (None, None)
            is_merged = state.is_merged and not was_merged
            corrections.append(ClaimCorrection(each.publication, each.on, claim, now, brief, effect, whole, is_merged))
            claim = state.words
    return corrections


@dataclass(frozen=True, slots=True)
class _ClaimState:
    """A claim in a post. `words` are those that readers saw last, in the version `words_in`; `is_shown`: they stand in
    the post, which does not call them withdrawn. `now` is the claim in the last published version of its brief, None
    where that lacks it. `ids` are all that it had; `last` is the version in which it stood last, `last_claim` how it
    read there. `own` is how it read last when it stood alone; `is_merged`: it is part of another claim. `parts` are the
    ids of claims that were split off. `is_followed`: a correction or withdrawal has
    concerned the post."""

    words: Claim
    words_in: Brief
    now: Claim | None
    ids: frozenset[str]
    last: Brief
    last_claim: Claim
    own: Claim
    is_merged: bool = False
    parts: tuple[str, ...] = ()
    is_shown: bool = True
    is_followed: bool = False


def _first(claim: Claim, change_set: ChangeSet) -> _ClaimState | None:
    """The claim as posted; None where its brief was not there."""
    brief = change_set.before
    return _ClaimState(claim, brief, claim, frozenset({claim.id}), brief, claim, claim) if brief else None


def _next(state: _ClaimState, change_set: ChangeSet) -> tuple[_ClaimState, Effect | None]:
    """The claim after one more change set, and what the post has to say of that; None for nothing."""
    now, must_reach, parts, is_merged = _claim_after(state, change_set)
    effect = _effect(state, now, change_set.after, must_reach)
    following = replace(state, now=now, parts=parts, is_merged=is_merged, is_followed=state.is_followed or must_reach)
    if now is not None and (after := _standing(change_set.after)):
        following = replace(following, ids=state.ids | {now.id}, last=after, last_claim=now)
        following = replace(following, own=state.own if is_merged else now)
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


class _Step(NamedTuple):
    """The claim after a change set, None where the brief lacks it; whether the change must reach earlier posts; the ids
    of claims that were split off; and whether it is part of another claim."""

    now: Claim | None
    must_reach: bool
    parts: tuple[str, ...] = ()
    is_merged: bool = False


def _claim_after(state: _ClaimState, change_set: ChangeSet) -> _Step:
    """The claim in the published brief after a change set, or before it was withdrawn."""
    before, after = _standing(change_set.before), _standing(change_set.after)
    if after is None:
        return _Step(state.now, before is not None, state.parts, state.is_merged)
    if before is None:
        return _Step(_partner(state, after), False)
    change = _concerning(change_set.changes, state)
    # A claim that only moved still reads as it was posted.
    if change is None or change.op == "moved":
        return _Step(state.now, False, state.parts, state.is_merged)
    must_reach = change.kind in CORRECTING
    if change.op == "removed":
        return _merged(state, remains_of(change.before, change_set.changes), must_reach)
    if _came(change):
        return _Step(change.after, must_reach)
    parts = (*state.parts, *(claim.id for claim in split_off(change.before, change.after, change_set.changes)))
    others = [claim for _, claim in after.claims() if claim.id in parts] if parts else []
    now = joined_claim(change.after, others, state.last_claim.text)
    return _Step(now, must_reach, parts, state.is_merged)


def _merged(state: _ClaimState, remains: Remains, must_reach: bool) -> _Step:
    if not remains.claims:
        return _Step(None, must_reach)
    first, *others = remains.claims
    now = joined_claim(first, others, state.last_claim.text)
    return _Step(now, must_reach and not remains.whole, tuple(claim.id for claim in others), True)


def _concerning(changes: Sequence[Change], state: _ClaimState) -> Change | None:
    """The change of a claim, or its return."""
    claims = [change for change in changes if change.what == "claim"]
    if state.now is None or state.is_merged:
        returned = next((change for change in claims if _came(change) and _is_back(change.after, state)), None)
        if state.now is None or returned:
            return returned
    return next((change for change in claims if _id_before(change) == state.now.id), None)


def _came(change: Change) -> bool:
    return change.op in ("added", "reinstated")


def _is_back(claim: Claim, state: _ClaimState) -> bool:
    """Whether the claim of a post, which was removed, or is part of another one, is this one."""
    return claim.id in state.ids and is_same_claim(state.own, claim)


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
