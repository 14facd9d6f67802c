"""The layout of the list of changes: each says in words what changed."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from bot.core.changes.history import ChangeEntry, ChangeList, Tally
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Range, ShowChanges
from bot.render.document.block_kit import OPTIONS_MAX
from bot.render.document.document import (
    Button,
    Context,
    Heading,
    Item,
    Layout,
    Line,
    Menu,
    Option,
    Passage,
    Text,
    line,
)
from bot.render.document.phrases import count, day, kind_word, sentence

ENTRY_LABEL = "Show one in full"

OP_WORDS = {"edited": "changed", "moved": "moved", "reinstated": "published again"}
"""What else happened is a word for itself."""

ASPECT_WORDS = {
    "text": "reworded",
    "standing": "with another standing",
    "note": "with another note",
    "evidence": "with other evidence",
}

FIELD_WORDS = {"as_of": "as-of day", "review_by": "review day", "continued_in": "newer brief"}
"""Of fields that are not called by their names."""


def changes_layout(reply: ChangeList, command: str) -> Layout:
    """The list, and a menu that shows one entry in full. `command` is the slash command's name."""
    if not reply.entries:
        return Layout((Heading("What changed"),), (Item(Passage((_no_changes(reply, command),))),))
    numbered = list(enumerate(reply.entries, reply.skip + 1))
    items = tuple(Item(Passage(_entry(number, each))) for number, each in numbered)
    menu = Menu(ENTRY_LABEL, "open:change", tuple(_option(number, each) for number, each in numbered[:OPTIONS_MAX]))
    skipped = f"without the first {reply.skip}" if reply.skip else ""
    scope = " · ".join(filter(None, ("Newest first", skipped, reply.brief, _window(reply.since))))
    head = (Heading("What changed"), Context(scope))
    query = ShowChanges(reply.brief, reply.since, None, reply.skip or None)
    if not reply.more:
        return Layout(head, items, controls=(menu,), command=query)
    earlier = ShowChanges(reply.brief, reply.since, None, reply.skip + len(reply.entries))
    button = Button("Show earlier changes", "open:earlier", encode_command(earlier))
    footer = (Context(f"There was more before that: {command} {earlier}"),)
    return Layout(head, items, footer=footer, controls=(menu, button), command=query)


def _no_changes(reply: ChangeList, command: str) -> Line:
    of = f" of {reply.brief}" if reply.brief else ""
    window = _window(reply.since)
    if window:
        all_changes = " ".join(filter(None, (command, "changes", reply.brief)))
        return line(f"Nothing{of} was announced {window}. Everything so far: ", Text(all_changes, code=True))
    return line(f"Nothing{of} was announced yet. All briefs: ", Text(f"{command} list", code=True))


def _window(since: timedelta | date | None) -> str:
    """`in the last 7 days` or `since 1 May 2025`; empty for None."""
    match since:
        case timedelta():
            hours = since // timedelta(hours=1)
            return _last(hours // 24, "day") if hours % 24 == 0 else _last(hours, "hour")
        case date():
            return f"since {day(since)}"
        case _:
            return ""


def _last(number: int, unit: str) -> str:
    return f"in the last {unit if number == 1 else f'{number} {unit}s'}"


# Entries


def _entry(number: int, entry: ChangeEntry) -> tuple[Line, ...]:
    words = _entry_words(entry)
    kind = kind_word(entry.kind, reinstated=entry.reinstated)
    # What is counted says how many there are.
    changes = f" · {entry.changes} changes" if entry.note and entry.changes > 1 else ""
    head = line(f"{number}. ", Text(entry.title, bold=True), f" · {kind} · {day(entry.on)}{changes}")
    return (head, line(words)) if words else (head,)


def _option(number: int, entry: ChangeEntry) -> Option:
    query = ShowChanges(entry.slug, None, Range(entry.before, entry.after))
    # The number, as two entries of a day may say the same.
    return Option(f"{number}. {day(entry.on)} · {_entry_words(entry) or entry.title}", encode_command(query))


def _entry_words(entry: ChangeEntry) -> str:
    """What changed: the note, else what was counted; empty where the kind says all."""
    if entry.note:
        return sentence(entry.note)
    by_section = groupby(entry.tallies, key=lambda tally: tally.section)
    words = "; ".join(_section_words(section, each) for section, each in by_section)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _section_words(section: str | None, tallies: Iterable[Tally]) -> str:
    words = ", ".join(map(_tally_words, tallies))
    return f"{section}: {words}" if section else words


def _tally_words(tally: Tally) -> str:
    happened = ASPECT_WORDS[tally.aspect] if tally.aspect else OP_WORDS.get(tally.op, tally.op)
    if tally.name:
        return f"{FIELD_WORDS.get(tally.name, tally.name)} changed"
    return f"{count(tally.number, tally.what)} {happened}" if tally.what != "section" else f"section {happened}"
