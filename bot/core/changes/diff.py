"""Change sets between two versions of a brief, of all briefs, or across several versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.brief_diff import diff_versions
from bot.core.changes.change_notes import is_general, names
from bot.core.changes.change_set import Change, ChangeSet, most_severe
from bot.core.changes.section_rename import with_current_keys


def diff_corpora(
    old: Mapping[str, Brief], new: Mapping[str, Brief], vocabulary: Vocabulary = NO_VOCABULARY
) -> tuple[ChangeSet, ...]:
    """The change sets between two corpora (briefs by slug), in order of slugs; for which briefs see `diff_brief`."""
    change_sets = (diff_brief(old.get(slug), new.get(slug), vocabulary) for slug in sorted({*old, *new}))
    return tuple(each for each in change_sets if each is not None)


def diff_brief(before: Brief | None, after: Brief | None, vocabulary: Vocabulary = NO_VOCABULARY) -> ChangeSet | None:
    """The changes of one brief, of which either version may be missing (None); a draft counts as missing.

    A published brief that appears gives one change of kind *new*, one that disappears one of kind *withdrawal*. None if
    both are missing, if one is missing and the other withdrawn, or if readers see no difference and no new note. A
    section whose old key is an alias of its new one in the vocabulary is the same section.
    """
    if before is after:
        return None
    in_use = after.sections if after else ()
    before, after = with_current_keys(_unless_draft(before), vocabulary, in_use), _unless_draft(after)
    change_set = _diff(before, after)
    return replace(change_set, vocabulary=vocabulary) if change_set is not None else None


def _diff(before: Brief | None, after: Brief | None) -> ChangeSet | None:
    if before is not None and after is not None:
        return diff_versions(before, after)
    if after is not None and after.status == "published":
        return ChangeSet(after.slug, None, after, (Change("added", "brief", "new", after.slug, after=after),))
    if before is not None and before.status == "published":
        removal = Change("removed", "brief", "withdrawal", before.slug, before=before)
        return ChangeSet(before.slug, before, None, (removal,))
    return None


def _unless_draft(brief: Brief | None) -> Brief | None:
    return None if brief is None or brief.status == "draft" else brief


def squash(versions: Sequence[Brief | None], vocabulary: Vocabulary = NO_VOCABULARY) -> ChangeSet | None:
    """One change set from the first to the last of consecutive versions, oldest first; None as in `diff_brief`.

    A change has the most severe kind that it has in any step between two of the versions, so that a later note neither
    plays down nor raises an earlier one. Raises: IndexError if there are no versions.
    """
    change_set = diff_brief(versions[0], versions[-1], vocabulary)
    if change_set is None or len(versions) <= 2:
        return change_set
    steps = [step for pair in pairwise(versions) if (step := diff_brief(*pair, vocabulary))]
    return replace(change_set, changes=tuple(replace(c, kind=_most_severe_of(c, steps)) for c in change_set.changes))


def _most_severe_of(change: Change, steps: Sequence[ChangeSet]) -> ChangeKind:
    """Over the same change in each step, and over notes that were added about it without a change."""
    ids = _all_ids(change, steps)
    kinds: list[ChangeKind] = []
    for step in steps:
        kinds += [c.kind for c in step.changes if c.what == change.what and c.ids & ids]
        kinds += [n.kind for n in step.notes if names(n, change.what, ids) or (is_general(n) and not step.changes)]
    return most_severe(kinds or [change.kind])


def _all_ids(change: Change, steps: Sequence[ChangeSet]) -> frozenset[str]:
    """All ids that the changed claim or source has in any of the versions."""
    ids = change.ids
    # Backward finds the older ids of the last one; forward, ids that these had in between.
    for step in (*reversed(steps), *steps):
        ids = ids.union(*(c.ids for c in step.changes if c.what == change.what and c.ids & ids))
    return ids
