"""The maintainer's change notes: which are new, and which changes they cover."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.core.briefs.brief import BriefContent, ChangeKind, ChangeNote
from bot.core.changes.change_set import Change, What, most_severe
from bot.core.changes.normalization import normalize_text

SAME_NOTE_MIN_RATIO = 85
"""Of 100. A note in place of another one is that note with a slip mended if they are at least as alike."""


def new_notes(before: BriefContent | None, after: BriefContent) -> tuple[ChangeNote, ...]:
    """The notes that the predecessor did not have, newest first. A mended slip in an old note makes no new one."""
    if before is None:
        return after.changes
    if before.changes == after.changes:
        return ()
    old, new = _by_words(before.changes), _by_words(after.changes)
    gone = [note for words, note in old.items() if words not in new]
    return tuple(note for words, note in new.items() if words not in old and not _is_mended(note, gone))


def _by_words(notes: Iterable[ChangeNote]) -> dict[object, ChangeNote]:
    return {normalize_text(note): note for note in notes}


def _is_mended(note: ChangeNote, gone: list[ChangeNote]) -> bool:
    """Takes the older form out of those that are gone: it is the older form of one note only."""
    for old in gone:
        about = (old.date, old.kind, old.claims, old.sources) == (note.date, note.kind, note.claims, note.sources)
        if about and fuzz.ratio(old.note, note.note) >= SAME_NOTE_MIN_RATIO:
            gone.remove(old)
            return True
    return False


def kind_of(change: Change, notes: Sequence[ChangeNote]) -> ChangeKind:
    """From the new notes that name it, else from those that name nothing; where there are several, the gravest."""
    naming = [note.kind for note in notes if names(note, change.what, change.ids)]
    return most_severe(naming or [note.kind for note in notes if is_general(note)])


def names(note: ChangeNote, what: What, ids: Iterable[str]) -> bool:
    """Whether a note names a claim or a source that has had one of these ids."""
    named = {"claim": note.claims, "source": note.sources}.get(what, ())
    return not set(named).isdisjoint(ids)


def is_general(note: ChangeNote) -> bool:
    """Whether a note covers all that no other new note names."""
    return not (note.claims or note.sources)
