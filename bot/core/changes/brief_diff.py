"""The changes between two versions of one brief."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.changes.change_notes import kind_of, new_notes
from bot.core.changes.change_set import DEFAULT_KIND, Change, ChangeSet, ClaimPosition, Op, most_severe
from bot.core.changes.claim_matching import PositionedClaim, match_claims, moved_claims, positioned_claims
from bot.core.changes.normalization import equal_when_normalized, normalize_text
from bot.core.changes.visibility import as_read

FIELDS = (
    *("title", "summary", "status", "as_of", "review_by", "owner", "aliases", "also", "tags", "caveats"),
    "continued_in",
)

UNORDERED = frozenset({"aliases", "also", "tags"})
"""Fields in which the order of the values has no meaning."""


def diff_versions(before: Brief, after: Brief) -> ChangeSet | None:
    """The changes from one version to the next; None if they read the same and there is no new note.

    Each change has the kind that the new notes give it. Order: claims in reading order of the newer version, removed
    claims, sources by id, fields, sections by key, edits of old notes.
    """
    notes = new_notes(before, after)
    edits = (*_claim_changes(before, after), *_source_changes(before, after), *_field_changes(before, after))
    edits = tuple(replace(change, kind=_kind(change, notes)) for change in edits)
    changes = (*edits, *_section_changes(before, after, edits), *_edits_of_old_notes(before, after, notes))
    return ChangeSet(after.slug, before, after, changes, notes) if changes or notes else None


def _kind(change: Change, notes: Sequence[ChangeNote]) -> ChangeKind:
    # Whatever the notes call it: a withdrawal has to reach all earlier posts, and its end whoever heard of it.
    return "withdrawal" if change.is_withdrawal or change.reinstates_brief else kind_of(change, notes)


def _claim_changes(before: Brief, after: Brief) -> Iterator[Change]:
    pairs = match_claims(positioned_claims(before), positioned_claims(after))
    moved = moved_claims(pairs)
    for old, new in pairs:
        if new is None and old is not None:
            yield Change("removed", "claim", DEFAULT_KIND, old.claim.id, old.section, before=old.claim)
        elif old is None and new is not None:
            yield Change(
                "added", "claim", DEFAULT_KIND, new.claim.id, new.section, after=new.claim, position=_position(new)
            )
        elif new is not None and old is not None:
            yield from _edited_or_moved(old, new, new in moved)


def _edited_or_moved(old: PositionedClaim, new: PositionedClaim, is_moved: bool) -> Iterator[Change]:
    old_id = old.claim.id if old.claim.id != new.claim.id else None
    # Most claims are the same, and this is asked of every one of thousands of briefs.
    if old.claim != new.claim and not equal_when_normalized(as_read(old.claim), as_read(new.claim)):
        yield Change("edited", "claim", DEFAULT_KIND, new.claim.id, new.section, old.claim, new.claim, old_id=old_id)
    if is_moved:
        position = _position(new)
        yield Change(
            "moved", "claim", DEFAULT_KIND, new.claim.id, new.section, _position(old), position, position, old_id
        )


def _position(claim: PositionedClaim) -> ClaimPosition:
    return ClaimPosition(claim.section, claim.index)


def _source_changes(before: Brief, after: Brief) -> Iterator[Change]:
    for key in sorted({*before.sources, *after.sources}):
        old, new = before.sources.get(key), after.sources.get(key)
        if not equal_when_normalized(old, new):
            yield Change(_op(old, new), "source", DEFAULT_KIND, key, before=old, after=new)


def _field_changes(before: Brief, after: Brief) -> Iterator[Change]:
    for name in FIELDS:
        old, new = _value(before, name), _value(after, name)
        if old != new and _comparable(name, old) != _comparable(name, new):
            yield Change(_op(old, new), "field", DEFAULT_KIND, name, before=old, after=new)


def _value(brief: Brief, name: str) -> Any:
    """The value as readers see it; None for an empty one."""
    return (brief.caveat_texts() if name == "caveats" else getattr(brief, name)) or None


def _comparable(name: str, value: Any) -> Any:
    return sorted(normalize_text(value)) if name in UNORDERED and value else normalize_text(value)


def _op(old: object, new: object) -> Op:
    return "added" if old is None else "removed" if new is None else "edited"


def _section_changes(before: Brief, after: Brief, changes: Sequence[Change]) -> Iterator[Change]:
    """Sections that were added or removed, each of the most severe kind of its claims' changes."""
    for key in sorted(before.sections.keys() ^ after.sections.keys()):
        kind = most_severe(change.kind for change in changes if key in change.sections)
        old, new = (key if key in brief.sections else None for brief in (before, after))
        yield Change(_op(old, new), "section", kind, key, key, old, new)


def _edits_of_old_notes(before: Brief, after: Brief, new: Sequence[ChangeNote]) -> Iterator[Change]:
    """One editorial change if the notes differ in more than the new ones on top."""
    if not equal_when_normalized(after.changes, (*new, *before.changes)):
        yield Change("edited", "field", "editorial", "changes", before=before.changes, after=after.changes)
