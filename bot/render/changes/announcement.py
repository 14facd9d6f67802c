"""The layout of an announcement: a post about the changes of one brief."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement
from bot.core.commands.button_value import encode_command
from bot.core.commands.command import Command, Range, Show, ShowChanges
from bot.render.changes.announcement_head import COLLAPSED_NOTES_MAX, appears, head_items, headline, uncited_item
from bot.render.changes.change_items import IN_SHORT, WITHOUT_EVIDENCE, WITHOUT_REPETITION, change_items, sections_with
from bot.render.changes.views import IN_PART
from bot.render.document.document import Button, Context, Heading, Item, Layout, Link, Passage, line
from bot.render.document.open_buttons import OPEN_MAX, open_buttons
from bot.render.document.paging import fits_one_page
from bot.render.document.phrases import count

COLLAPSED_MAX = 5
"""Changes in a collapsed announcement."""

SHOW_WHOLE = "Show whole texts"
SHOW_QUOTATIONS = "Show with quotations"
"""Of the same button where all changes are shown."""

WITHOUT_QUOTATIONS = "Quotations are left out."
WITHOUT_UNCHANGED = "Quotations are left out; they did not change."


def announcement_layout(announcement: Announcement, command: str) -> Layout:
    """The post: of one page if collapsed, else of as many pages as it needs. `command` is the slash command's name."""
    items = change_items(announcement)
    if announcement.collapsed:
        return _collapsed_layout(announcement, items, command)
    return _layout(announcement, items, command)


def _layout(announcement: Announcement, items: Sequence[Item], command: str, show_all: str | None = None) -> Layout:
    """`show_all` is the label of a button for the whole announcement; None: no button."""
    history = line(Link(announcement.history_url, "History of this file")) if announcement.history_url else None
    sections, whole = _sections_to_open(announcement), _show_changes(announcement)
    show_all_button = (Button(show_all, "open:changes", encode_command(whole)),) if show_all else ()
    open_line = " · ".join(f"{command} {show}" for _, show in sections)
    typed = (f"{show_all}: {command} {whole}" if show_all else "", f"Open: {open_line}" if sections else "")
    return Layout(
        head=(Heading(announcement.change_set.brief.title), Context(headline(announcement))),
        items=(*head_items(announcement), *items),
        footer=(Passage((history,)),) if history else (),
        small_print=(_revisions(announcement), *((announcement.reason,) if announcement.reason else ())),
        controls=(*show_all_button, *open_buttons(sections)),
        typed=tuple(filter(None, typed)),
        command=whole,
    )


def _show_changes(announcement: Announcement) -> Command:
    return ShowChanges(announcement.change_set.slug, None, Range(*announcement.revisions))


def _revisions(announcement: Announcement) -> str:
    versions = (announcement.change_set.before, announcement.change_set.after)
    return " → ".join(f"{brief.slug}@{brief.revision}" for brief in versions if brief)


# Collapsed announcements


def _collapsed_layout(announcement: Announcement, items: Sequence[Item], command: str) -> Layout:
    """As many of the first changes as fit into one message, rather without quotations than without changes. If not even
    the first fits, all changes stand behind a button."""
    # Tried from the most: the length of a layout also depends on its sources and its line about the others.
    for number in range(min(len(items), COLLAPSED_MAX), 0, -1):
        for shown, left_out in _from_longest(announcement, items, number):
            if fits_one_page(layout := _layout_with(shown, announcement, items, command, left_out)):
                return layout
    layout = _layout_with([], announcement, items, command)
    return layout if fits_one_page(layout) else _in_one_item(layout)


def _from_longest(
    announcement: Announcement, items: Sequence[Item], number: int
) -> Iterator[tuple[Sequence[Item], str]]:
    """The first items, and what is said of what they lack: whole, without quotations that did not change, with evidence
    in short, and without any."""
    yield items[:number], ""
    yield change_items(announcement, WITHOUT_REPETITION, number), WITHOUT_UNCHANGED
    yield change_items(announcement, IN_SHORT._replace(fields=IN_PART), number), WITHOUT_QUOTATIONS
    yield change_items(announcement, WITHOUT_EVIDENCE, number), WITHOUT_QUOTATIONS


def _in_one_item(layout: Layout) -> Layout:
    """The layout without breaks between items. Notes full of control characters exceed a page once they are escaped;
    the text of the message is then cut, because a post has no further pages."""
    lines = tuple(part for each in layout.items for part in each.passage.parts)
    return replace(layout, items=(uncited_item(lines),), footer=())


def _layout_with(
    shown_items: Sequence[Item], announcement: Announcement, items: Sequence[Item], command: str, left_out: str = ""
) -> Layout:
    """A layout with some of the items; a line counts the others, or says what those that are shown lack (`left_out`),
    and a button shows all."""
    if tuple(shown_items) == tuple(items):
        return _layout(announcement, items, command, _label_of_the_whole(announcement, items))
    if len(shown_items) == len(items):
        return _layout(announcement, [*shown_items, uncited_item([line(left_out)])], command, SHOW_QUOTATIONS)
    hidden = count(len(items) - len(shown_items), "more change" if shown_items else "change")
    rest = f"{hidden}, too long for this message"
    if shown_items:
        is_short = tuple(shown_items) != tuple(items[: len(shown_items)])
        rest = f"and {hidden}{', and quotations' if is_short else ''}"
    label = f"Show all {len(items)} changes" if len(items) > 1 else "Show the whole change"
    return _layout(announcement, [*shown_items, uncited_item([line(rest)])], command, label)


def _label_of_the_whole(announcement: Announcement, items: Sequence[Item]) -> str | None:
    """The label of the button behind which nothing is cut; None where nothing is."""
    if len(announcement.notes) > COLLAPSED_NOTES_MAX:
        return "Show all notes"
    # The announcement in full is what the button opens.
    return SHOW_WHOLE if tuple(items) != change_items(replace(announcement, collapsed=False)) else None


# Sections to open


def _sections_to_open(announcement: Announcement) -> list[tuple[str, Command]]:
    """(title, command) of the first affected sections; empty for a brief that is withdrawn or no longer published."""
    after = announcement.change_set.after
    if after is None or after.status == "withdrawn":
        return []
    affected = _affected_sections(announcement, after)
    keys = [key for key in announcement.titles if key in after.sections and key in affected]
    return [(announcement.titles[key], Show(key, after.slug)) for key in keys[:OPEN_MAX]]


def _affected_sections(announcement: Announcement, after: Brief) -> set[str]:
    """The keys of sections with a change, or with a claim or source that a note or a change is about; all of a brief
    that is new or back."""
    if announcement.change_set.before is None or appears(announcement):
        return set(after.sections)
    claims = {name for note in announcement.notes for name in note.claims}
    sources = {change.id for change in announcement.changes if change.what == "source"}
    changed_sections = {key for change in announcement.changes for key in change.sections}
    return changed_sections | set(sections_with(after, claims, sources))
