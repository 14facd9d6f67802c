"""The words of a post that tells what changed, from top to bottom."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement
from bot.render.changes.announcement_head import FOLDED_NOTES_MAX, headline, item, preface
from bot.render.changes.change_items import items, sections_with
from bot.render.document import mrkdwn
from bot.render.document.document import Button, Context, Heading, Item, Layout, Link, Passage, Quotation, line
from bot.render.document.paging import PAGE_TEXT_MAX, pages
from bot.render.document.phrases import count

FOLDED_MAX = 5
"""Changes in a folded post."""

OPEN_MAX = 3
"""Buttons that open a section."""


def announcement_layout(update: Announcement, command: str) -> Layout:
    """A post; unfolded, all of it on as many pages as it takes. `command` is the slash command's name."""
    return _folded(update, items(update), command) if update.collapsed else _layout(update, items(update), command)


def _layout(update: Announcement, shown: Sequence[Item], command: str, further: tuple[Button, ...] = ()) -> Layout:
    history = (Passage((line(Link(update.history_url, "History of this file")),)),) if update.history_url else ()
    opening = _open(update)
    return Layout(
        head=(Heading(update.change_set.brief.title), Context(headline(update))),
        items=(*preface(update), *shown),
        footer=history,
        small_print=(_revisions(update), *((update.reason,) if update.reason else ())),
        controls=(*further, *opening),
        typed=_typed(further, opening, command),
        command=update.command,
    )


def _revisions(update: Announcement) -> str:
    versions = (update.change_set.before, update.change_set.after)
    return " → ".join(f"{brief.slug}@{brief.revision}" for brief in versions if brief)


# Folding


def _folded(update: Announcement, all_: Sequence[Item], command: str) -> Layout:
    """As many of the first changes as one message holds; a single one that is too long loses its quotations, or stands
    behind the button with the others."""
    for number in range(min(len(all_), FOLDED_MAX), 0, -1):
        if _fits(found := _begun(update, all_, all_[:number], command)):
            return found
    if all_ and _fits(found := _begun(update, all_, [_unquoted(all_[0])], command)):
        return found
    rest = _begun(update, all_, [], command)
    return rest if _fits(rest) else _in_one_piece(rest)


def _in_one_piece(layout: Layout) -> Layout:
    """Notes that are all markup can be too long once they are escaped; they are then cut, not continued."""
    lines = tuple(part for each in layout.items for part in each.passage.parts)
    return replace(layout, items=(item(lines),), footer=())


def _begun(update: Announcement, all_: Sequence[Item], shown: Sequence[Item], command: str) -> Layout:
    """Some of the changes; where it is not all of them, a line says so and a button shows them."""
    if tuple(shown) == tuple(all_):
        button = _show_all(update, "Show all notes") if len(update.notes) > FOLDED_NOTES_MAX else ()
        return _layout(update, shown, command, button)
    hidden = count(len(all_) - len(shown), "more change" if shown else "change")
    rest = f"and {hidden}" if shown and hidden else f"{hidden or 'with quotations'}, too long for this message"
    label = f"Show all {len(all_)} changes" if len(all_) > 1 else "Show the whole change"
    return _layout(update, [*shown, item([line(rest)])], command, _show_all(update, label))


def _show_all(update: Announcement, label: str) -> tuple[Button, ...]:
    return (Button(label, "open:changes", update.command),)


def _fits(layout: Layout) -> bool:
    documents = pages(layout)
    return len(documents) == 1 and mrkdwn.length(mrkdwn.text(documents[0])) <= PAGE_TEXT_MAX


def _unquoted(whole: Item) -> Item:
    kept = tuple(part for part in whole.passage.parts if not isinstance(part, Quotation))
    return Item(Passage(kept), whole.citations)


# Where to go from here


def _open(update: Announcement) -> tuple[Button, ...]:
    after = update.change_set.after
    if after is None or after.status == "withdrawn":
        return ()
    keys = [key for key in update.titles if key in after.sections and key in _affected(update, after)]
    buttons = ((f"Open {update.titles[key]}", f"{key} {after.slug}") for key in keys[:OPEN_MAX])
    return tuple(Button(label, f"open:section-{n}", value) for n, (label, value) in enumerate(buttons, 1))


def _affected(update: Announcement, after: Brief) -> set[str]:
    """The sections in which something reads otherwise, or that notes are about; all of a new brief."""
    if update.change_set.before is None:
        return set(after.sections)
    claims = {name for note in update.notes for name in note.claims}
    sources = {change.id for change in update.changes if change.what == "source"}
    return {key for change in update.changes for key in change.sections} | set(sections_with(after, claims, sources))


def _typed(further: Sequence[Button], opening: Sequence[Button], command: str) -> tuple[str, ...]:
    sections = " · ".join(f"{command} {button.value}" for button in opening)
    shown = (f"{button.label}: {command} {button.value}" for button in further)
    return (*shown, *((f"Open: {sections}",) if sections else ()))
