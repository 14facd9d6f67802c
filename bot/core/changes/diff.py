"""What differs between two states of the briefs, claim by claim."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.changes.brief_diff import diff_versions
from bot.core.changes.change_notes import is_general, names
from bot.core.changes.change_set import Change, ChangeSet, most_severe


def diff_corpora(old: Mapping[str, Brief], new: Mapping[str, Brief]) -> tuple[ChangeSet, ...]:
    """The change sets between two states of the briefs, by slug: none for drafts, nor for white space and typography
    alone."""
    found = (diff_brief(old.get(slug), new.get(slug)) for slug in sorted({*old, *new}))
    return tuple(each for each in found if each is not None)


def diff_brief(before: Brief | None, after: Brief | None) -> ChangeSet | None:
    """The changes of one brief. Drafts count as nothing; a brief that first appears is *new*, one that disappears a
    *withdrawal*."""
    before, after = _visible(before), _visible(after)
    if before is not None and after is not None:
        return None if before is after else diff_versions(before, after)
    if after is not None and after.status == "published":
        return ChangeSet(after.slug, None, after, (Change("added", "brief", "new", after.slug, after=after),))
    if before is not None and before.status == "published":
        whole = Change("removed", "brief", "withdrawal", before.slug, before=before)
        return ChangeSet(before.slug, before, None, (whole,))
    return None


def _visible(brief: Brief | None) -> Brief | None:
    return None if brief is None or brief.status == "draft" else brief


def squash(versions: Sequence[Brief | None]) -> ChangeSet | None:
    """The difference between the first and the last of some consecutive versions. A change is of the gravest kind that
    it had on the way, so that a later note neither plays down nor lifts an earlier one. Raises: IndexError if empty."""
    whole = diff_brief(versions[0], versions[-1])
    if whole is None or len(versions) <= 2:
        return whole
    steps = [step for pair in pairwise(versions) if (step := diff_brief(*pair))]
    return replace(whole, changes=tuple(replace(c, kind=_most_severe_of(c, steps)) for c in whole.changes))


def _most_severe_of(change: Change, steps: Sequence[ChangeSet]) -> ChangeKind:
    """From its own changes on the way, and from notes that only came after them."""
    ids = _all_ids(change, steps)
    kinds: list[ChangeKind] = []
    for step in steps:
        kinds += [c.kind for c in step.changes if c.what == change.what and c.ids & ids]
        kinds += [n.kind for n in step.notes if names(n, change.what, ids) or (is_general(n) and not step.changes)]
    return most_severe(kinds or [change.kind])


def _all_ids(change: Change, steps: Sequence[ChangeSet]) -> frozenset[str]:
    """The ids that it had on the way, whichever of them it has in the end."""
    ids = change.ids
    for step in (*reversed(steps), *steps):
        ids = ids.union(*(c.ids for c in step.changes if c.what == change.what and c.ids & ids))
    return ids
