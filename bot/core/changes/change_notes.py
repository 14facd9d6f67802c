"""The maintainer's change notes: which of them are new, and of which kind they make changes."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.core.briefs.brief import BriefContent, ChangeKind, ChangeNote
from bot.core.changes.change_set import Change, What, most_severe
from bot.core.changes.normalization import normalize_text

SAME_NOTE_MIN_RATIO = 85
"""In percent, included. A new note that is this similar to one that is gone is taken for that note, corrected."""

Scope = tuple[frozenset[str], frozenset[str]]
"""The ids of claims and of sources."""


def new_notes(before: BriefContent | None, after: BriefContent) -> tuple[ChangeNote, ...]:
    """The notes that the version before lacks, newest first; all if it is None. An old note is not new because it was
    corrected, or because a claim or source that it names has come, gone or got another id."""
    if before is None:
        return after.changes
    if before.changes == after.changes:
        return ()
    old, new = _by_normalized_content(before.changes), _by_normalized_content(after.changes)
    # Compared by content: notes may change places, and their positions change with each new one.
    removed = [note for content, note in old.items() if content not in new]
    scopes = _ids(before), _ids(after)
    return tuple(note for content, note in new.items() if content not in old and not _replaces(note, removed, scopes))


def _ids(brief: BriefContent) -> Scope:
    return frozenset(claim.id for _, claim in brief.claims()), frozenset(brief.sources)


def _by_normalized_content(notes: Iterable[ChangeNote]) -> dict[object, ChangeNote]:
    return {normalize_text(note): note for note in notes}


def _replaces(note: ChangeNote, removed: list[ChangeNote], scopes: tuple[Scope, Scope]) -> bool:
    """Whether a note is the corrected form of a removed one. Takes that from the list, as it has one corrected form.
    `scopes` are all ids before and after."""
    for old in removed:
        same = (old.date, old.kind) == (note.date, note.kind) and _keeps_scope(old, note, scopes)
        if same and fuzz.ratio(old.note, note.note) >= SAME_NOTE_MIN_RATIO:
            removed.remove(old)
            return True
    return False


def _keeps_scope(old: ChangeNote, note: ChangeNote, scopes: tuple[Scope, Scope]) -> bool:
    """Whether two notes name the same, but for what the one or the other version lacks."""
    names = zip((old.claims, old.sources), (note.claims, note.sources), *scopes, strict=True)
    return all(after.intersection(was) == before.intersection(now) for was, now, before, after in names)


def kind_of(change: Change, notes: Sequence[ChangeNote]) -> ChangeKind:
    """The most severe kind of the new notes that name the change, else of the general ones, else `DEFAULT_KIND`."""
    naming = [note.kind for note in notes if names(note, change.what, change.ids)]
    return most_severe(naming or [note.kind for note in notes if is_general(note)])


def names(note: ChangeNote, what: What, ids: Iterable[str]) -> bool:
    """Whether a note names one of these ids of a claim or a source; of anything else a note names none."""
    named = {"claim": note.claims, "source": note.sources}.get(what, ())
    return not set(named).isdisjoint(ids)


def withdrawal_note(brief: BriefContent) -> ChangeNote | None:
    """The note that withdraws the brief: the newest of kind withdrawal, also below later notes of other kinds. None if
    there is none, or if a later note is of kind new, with which the brief begins again."""
    decisive = next((note for note in brief.changes if note.kind in ("withdrawal", "new")), None)
    return decisive if decisive is not None and decisive.kind == "withdrawal" else None


def is_general(note: ChangeNote) -> bool:
    """Whether a note names no claim and no source, and so covers all changes that no other new note names."""
    return not (note.claims or note.sources)
