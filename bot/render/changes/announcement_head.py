"""What stands above the changes in a post: its headline, what happened to the brief as a whole, the notes."""

from collections.abc import Sequence

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.changes.announcement import Announcement
from bot.render.document.document import Item, Line, Passage, Quotation, Text, line
from bot.render.document.phrases import KIND_WORDS, count, day, sentence

FOLDED_NOTES_MAX = 3
"""Notes in a folded post; a delivery that waited for long may have many."""


def headline(update: Announcement) -> str:
    """`Correction · 12 May 2025`, in a revert with the day whose words stand again."""
    back = (f"back to the version of {day(update.reverted_to)}",) if update.reverted_to else ()
    return " · ".join((kind_word(update.kind, update), day(update.on), *back))


def kind_word(kind: ChangeKind, update: Announcement) -> str:
    """What a kind is called in this post: what is new in an older brief is no new brief."""
    return "New" if kind == "new" and update.change_set.before else KIND_WORDS[kind]


def preface(update: Announcement) -> tuple[Item, ...]:
    """What happened to the brief as a whole, and the maintainer's notes."""
    found, notes = update.change_set, _notes(update)
    if found.before is None and found.after is not None:
        return (item([line(found.after.summary)]), item(_contents(found.after, update)))
    if found.after is None:
        return (item([line(Text("This brief is no longer published.", bold=True))]),)
    if any(change.is_withdrawal for change in update.changes):
        return (item([line(Text("This brief was withdrawn.", bold=True)), *(notes or _reason(found.after))]),)
    return (item(notes),) if notes else ()


def item(lines: Sequence[Line | Quotation]) -> Item:
    """Lines that stand together and cite nothing."""
    return Item(Passage(tuple(lines)))


def _notes(update: Announcement) -> list[Line]:
    shown = update.notes[:FOLDED_NOTES_MAX] if update.collapsed else update.notes
    rest = count(len(update.notes) - len(shown), "more note")
    return [*(_note(note, update) for note in shown), *([line(f"and {rest}")] if rest else ())]


def _note(note: ChangeNote, update: Announcement) -> Line:
    """With its kind and its day where they are not those of the post."""
    kind = [kind_word(note.kind, update)] if note.kind != update.kind else []
    lead = " · ".join([*kind, *([day(note.date)] if note.date != update.on else [])])
    return line(*((Text(lead, bold=True), ": ") if lead else ()), sentence(note.note))


def _reason(brief: Brief) -> list[Line]:
    return [line(sentence(brief.changes[0].note))] if brief.changes else []


def _contents(brief: Brief, update: Announcement) -> list[Line]:
    counts = {key: len(brief.sections[key].claims) for key in update.titles if key in brief.sections}
    return [line(f"• {update.titles[key]}: {count(number, 'claim')}") for key, number in counts.items()]
