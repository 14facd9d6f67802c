"""The head of an announcement: its headline, what happened to the brief as a whole, and the change notes."""

from collections.abc import Sequence

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_notes import withdrawal_note
from bot.render.document.document import Item, Line, Passage, PassagePart, Text, line
from bot.render.document.phrases import count, day, kind_word, sentence

COLLAPSED_NOTES_MAX = 3
"""Notes in a collapsed announcement; one that waited for long may have many."""


def headline(announcement: Announcement) -> str:
    """`Correction · 12 May 2025`; of a revert also the day of the version that is published again."""
    back = (f"back to the version of {day(announcement.reverted_to)}",) if announcement.reverted_to else ()
    return " · ".join((kind_label(announcement.kind, announcement), day(announcement.on), *back))


def kind_label(kind: ChangeKind, announcement: Announcement) -> str:
    """The label of a kind of change: `New brief` only if the announced brief is new, `Reinstated` if what was withdrawn
    is published again."""
    change_set = announcement.change_set
    is_new = change_set.before is None and not any(change.reinstates_brief for change in change_set.changes)
    return kind_word(kind, new_brief=is_new, reinstated=announcement.reinstates(kind))


def brief_heading(announcement: Announcement) -> Line:
    """`Correction · The ferry timetable · ferry-timetable@9b1c22aa → ferry-timetable@3fa9c1d0`, above what is told of
    one brief among others."""
    change_set = announcement.change_set
    versions = " → ".join(f"{brief.slug}@{brief.revision}" for brief in (change_set.before, change_set.after) if brief)
    return (*short_heading(announcement), Text(f" · {versions}"))


def short_heading(announcement: Announcement) -> Line:
    """`Correction · The ferry timetable`."""
    label = kind_label(announcement.kind, announcement)
    return line(Text(f"{label} · {announcement.change_set.brief.title}", bold=True))


def head_items(announcement: Announcement) -> tuple[Item, ...]:
    """What happened to the brief as a whole, and the new change notes; empty if there is neither."""
    change_set, notes = announcement.change_set, _notes(announcement)
    introduction = _introduction(change_set.after, announcement) if appears(announcement) and change_set.after else ()
    if any(change.reinstates_brief for change in announcement.changes):
        return (_bold_item("This brief is published again.", notes), *introduction)
    if introduction:
        return introduction
    if change_set.after is None:
        return (_bold_item("This brief is no longer published.", ()),)
    if any(change.is_withdrawal for change in announcement.changes):
        # A withdrawn brief answers with the note of its withdrawal, so the post shows it even if it is not a new one.
        return (_bold_item("This brief was withdrawn.", notes or _withdrawal_note(change_set.after)),)
    return (uncited_item(notes),) if notes else ()


def appears(announcement: Announcement) -> bool:
    """Whether readers did not have the brief before, and the announcement says so: a digest says it once."""
    return any(change.what == "brief" or change.reinstates_brief for change in announcement.changes)


def _introduction(brief: Brief, announcement: Announcement) -> tuple[Item, ...]:
    # A new brief is introduced, not repeated: its claims are one button away.
    return (uncited_item([line(brief.summary)]), uncited_item(_claim_counts(brief, announcement)))


def _bold_item(text: str, lines: Sequence[Line]) -> Item:
    return uncited_item([line(Text(text, bold=True)), *lines])


def uncited_item(lines: Sequence[PassagePart]) -> Item:
    """An item without citations."""
    return Item(Passage(tuple(lines)))


def _notes(announcement: Announcement) -> list[Line]:
    notes = announcement.notes[:COLLAPSED_NOTES_MAX] if announcement.collapsed else announcement.notes
    rest = count(len(announcement.notes) - len(notes), "more note")
    return [*(_note(note, announcement) for note in notes), *([line(f"and {rest}")] if rest else ())]


def _note(note: ChangeNote, announcement: Announcement) -> Line:
    """The note, behind its kind and day where they differ from those of the announcement."""
    kind = [kind_label(note.kind, announcement)] if note.kind != announcement.kind else []
    lead = " · ".join([*kind, *([day(note.date)] if note.date != announcement.on else [])])
    return line(*((Text(lead, bold=True), ": ") if lead else ()), sentence(note.note))


def _withdrawal_note(brief: Brief) -> list[Line]:
    note = withdrawal_note(brief) or next(iter(brief.changes), None)
    return [line(sentence(note.note))] if note else []


def _claim_counts(brief: Brief, announcement: Announcement) -> list[Line]:
    titles = announcement.titles
    counts = {key: len(brief.sections[key].claims) for key in titles if key in brief.sections}
    return [line(f"• {titles[key]}: {count(number, 'claim')}") for key, number in counts.items()]
