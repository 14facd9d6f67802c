"""What differs between two versions of one brief."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.changes.change_notes import kind_of, new_notes
from bot.core.changes.change_set import DEFAULT_KIND, Change, ChangeSet, ClaimPosition, Op, most_severe
from bot.core.changes.claim_matching import PositionedClaim, match_claims, moved_claims, positioned_claims
from bot.core.changes.normalization import equal_when_normalized, normalize_text

FIELDS = ("title", "summary", "status", "as_of", "review_by", "owner", "aliases", "tags", "caveats")

UNORDERED = frozenset({"aliases", "tags"})
"""Fields in which the order says nothing."""


def diff_versions(before: Brief, after: Brief) -> ChangeSet | None:
    """The changes from one version to another, each of the kind that the new notes give it; None where readers of
    either would take in the same. Claims stand first in reading order, then those that are gone."""
    notes = new_notes(before, after)
    found = (*_claims(before, after), *_sources(before, after), *_fields(before, after))
    covered = tuple(replace(change, kind=_kind(change, notes)) for change in found)
    changes = (*covered, *_sections(before, after, covered), *_old_notes(before, after, notes))
    return ChangeSet(after.slug, before, after, changes, notes) if changes or notes else None


def _kind(change: Change, notes: Sequence[ChangeNote]) -> ChangeKind:
    return "withdrawal" if change.is_withdrawal else kind_of(change, notes)


def _claims(before: Brief, after: Brief) -> Iterator[Change]:
    partners = match_claims(positioned_claims(before), positioned_claims(after))
    shifted = moved_claims(partners)
    for there, here in partners:
        if here is None and there is not None:
            yield Change("removed", "claim", DEFAULT_KIND, there.claim.id, there.section, before=there.claim)
        elif there is None and here is not None:
            yield Change(
                "added", "claim", DEFAULT_KIND, here.claim.id, here.section, after=here.claim, position=_position(here)
            )
        elif here is not None and there is not None:
            yield from _edited_or_moved(there, here, here in shifted)


def _edited_or_moved(there: PositionedClaim, here: PositionedClaim, is_moved: bool) -> Iterator[Change]:
    old_id = there.claim.id if there.claim.id != here.claim.id else None
    if not equal_when_normalized(there.claim, here.claim):
        yield Change(
            "edited", "claim", DEFAULT_KIND, here.claim.id, here.section, there.claim, here.claim, old_id=old_id
        )
    if is_moved:
        at = _position(here)
        yield Change("moved", "claim", DEFAULT_KIND, here.claim.id, here.section, _position(there), at, at, old_id)


def _position(found: PositionedClaim) -> ClaimPosition:
    return ClaimPosition(found.section, found.index)


def _sources(before: Brief, after: Brief) -> Iterator[Change]:
    for key in sorted({*before.sources, *after.sources}):
        was, now = before.sources.get(key), after.sources.get(key)
        if not equal_when_normalized(was, now):
            yield Change(_op(was, now), "source", DEFAULT_KIND, key, before=was, after=now)


def _fields(before: Brief, after: Brief) -> Iterator[Change]:
    for name in FIELDS:
        was, now = getattr(before, name) or None, getattr(after, name) or None
        if was != now and _compared(name, was) != _compared(name, now):
            yield Change(_op(was, now), "field", DEFAULT_KIND, name, before=was, after=now)


def _compared(name: str, value: Any) -> Any:
    return sorted(normalize_text(value)) if name in UNORDERED and value else normalize_text(value)


def _op(was: object, now: object) -> Op:
    return "added" if was is None else "removed" if now is None else "edited"


def _sections(before: Brief, after: Brief, found: Sequence[Change]) -> Iterator[Change]:
    """A section comes and goes with its claims, and is of the gravest kind of theirs."""
    for key in sorted(before.sections.keys() ^ after.sections.keys()):
        kind = most_severe(change.kind for change in found if key in change.sections)
        was, now = (key if key in brief.sections else None for brief in (before, after))
        yield Change(_op(was, now), "section", kind, key, key, was, now)


def _old_notes(before: Brief, after: Brief, new: Sequence[ChangeNote]) -> Iterator[Change]:
    """What was made of the notes but putting new ones on top."""
    if not equal_when_normalized(after.changes, (*new, *before.changes)):
        yield Change("edited", "field", "editorial", "changes", before=before.changes, after=after.changes)
