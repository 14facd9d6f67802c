"""The items of an announcement: one for each claim, source, section and field that changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from typing import NamedTuple

from bot.core.answers.answer import Excerpt, excerpts
from bot.core.briefs.arrangement import UNPLACED, Place
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change
from bot.core.changes.claim_parts import origin_of, remains_of, split_off
from bot.render.changes.abridgement import opening
from bot.render.changes.announcement_head import kind_label
from bot.render.changes.edited_claim import edited_claim_lines, removed_claim_lines, short_edit_lines, wording_lines
from bot.render.changes.evidence_changes import Lines
from bot.render.changes.field_changes import field_lines, source_lines
from bot.render.changes.views import IN_PART, WHOLE, View
from bot.render.document.citations import claim_line, excerpt_lines
from bot.render.document.document import Item, Line, Passage, Text, line
from bot.render.document.phrases import REINSTATED, claim_text

MOVED_TEXT_MAX = 100
"""Characters shown of a claim that only changed its position within a section: enough to recognise it."""


CitedClaim = tuple[Brief, str, str, Claim, Place]
"""A claim with its brief, section and section's title."""


class Detail(NamedTuple):
    """The lines of a new claim; and of an edited one, from the old claim, the version that had it, and what was split
    off. `view` says how much of its texts is shown, `fields` how much of a brief's title and summary."""

    new: Callable[[Excerpt], Lines]
    edited: Callable[[Claim, Excerpt, Brief, View, Sequence[Claim]], Lines]
    view: View
    fields: View


WITH_QUOTES = Detail(excerpt_lines, edited_claim_lines, IN_PART, IN_PART)
IN_FULL = WITH_QUOTES._replace(view=WHOLE, fields=WHOLE)
WITHOUT_REPETITION = WITH_QUOTES._replace(edited=partial(edited_claim_lines, repeats_quotations=False))
"""Without the quotations of edited claims that did not change."""
IN_SHORT = Detail(partial(excerpt_lines, quotes=()), short_edit_lines, IN_PART, WHOLE)
"""Of a digest, where *Evidence* has the whole texts of claims, and nothing those of fields."""
WITHOUT_EVIDENCE = IN_SHORT._replace(edited=wording_lines, fields=IN_PART)


def change_items(
    announcement: Announcement, detail: Detail | None = None, at_most: int | None = None
) -> tuple[Item, ...]:
    """The items in the order of the changes, without those of the brief as a whole, or the first ones; without a
    `detail` long texts are only whole where the announcement is not collapsed."""
    detail = detail or (WITH_QUOTES if announcement.collapsed else IN_FULL)
    items = items_with_changes(announcement, excerpts(cited_claims(announcement)), detail)
    return tuple(item for item, _ in islice(items, at_most))


def items_with_changes(
    announcement: Announcement, cited: Iterable[Excerpt], detail: Detail = WITH_QUOTES
) -> Iterator[tuple[Item, Change]]:
    """The items, each with its first change; `cited` are the excerpts of the `cited_claims`."""
    by_id = {excerpt.claim.id: excerpt for excerpt in cited}
    changes = [change for change in announcement.changes if not _stands_in_head(change)]
    # A claim that was edited and moved has two changes, next to each other, and one item.
    for _, group in groupby(changes, key=lambda change: (change.what, change.id)):
        same_subject = list(group)
        yield _item(same_subject, by_id, announcement, detail), same_subject[0]


def count_items(announcement: Announcement) -> int:
    """How many `change_items` there are; none is made."""
    changes = (change for change in announcement.changes if not _stands_in_head(change))
    return sum(1 for _ in groupby(changes, key=lambda change: (change.what, change.id)))


def _stands_in_head(change: Change) -> bool:
    """Whether a change is of the brief as a whole; a draft counts as missing, so that each new status is one."""
    return change.what == "brief" or (change.what, change.id) == ("field", "status")


def cited_claims(announcement: Announcement) -> tuple[CitedClaim, ...]:
    """The claims that are shown with citations, in reading order: it determines the numbers of the sources."""
    after = announcement.change_set.after
    if after is None:
        return ()
    claims = {claim.id: claim for section in after.sections.values() for claim in section.claims}
    changes = [change for change in announcement.changes if change.what == "claim" and not _is_uncited(change)]
    sections = dict.fromkeys((change.id, change.section or "") for change in changes)
    return tuple((after, key, announcement.titles[key], claims[id_], UNPLACED) for id_, key in sections)


def excerpts_by_announcement(announcements: Sequence[Announcement]) -> list[list[Excerpt]]:
    """The excerpts of the `cited_claims` of each, with one numbering of the sources for the whole message."""
    remaining = iter(excerpts([claim for each in announcements for claim in cited_claims(each)]))
    return [list(islice(remaining, len(cited_claims(each)))) for each in announcements]


def sections_with(brief: Brief, claims: set[str], sources: set[str]) -> Iterator[str]:
    """The keys of sections, in the brief's order, with one of these claims or a claim that cites one of these sources;
    `claims` and `sources` are ids."""
    for key, section in brief.sections.items():
        if any(c.id in claims or sources & {item.source for item in c.evidence} for c in section.claims):
            yield key


def _is_uncited(change: Change) -> bool:
    # What no longer stands needs no sources, and a move within its section changes no words.
    return change.op == "removed" or (change.op == "moved" and len(change.sections) == 1)


def _item(changes: Sequence[Change], cited: dict[str, Excerpt], announcement: Announcement, detail: Detail) -> Item:
    change = changes[0]
    match change.what:
        case "claim":
            excerpt = cited.get(change.id)
            lines = _claim_lines(changes, excerpt, announcement, detail)
            return Item(Passage(lines), excerpt.citations if excerpt else ())
        case "section":
            label = "New section" if change.op == "added" else "Section removed"
            lines = (line(f"{label}: {announcement.titles[change.id]}"),)
        case "source":
            lines = source_lines(change)
        case _:
            lines = field_lines(change, detail.fields)
    return Item(Passage(lines))


def _claim_lines(
    changes: Sequence[Change], excerpt: Excerpt | None, announcement: Announcement, detail: Detail
) -> Lines:
    """A claim that was added, edited, moved, removed, or edited and moved."""
    before, (change, *_), all_changes = announcement.change_set.before, changes, announcement.change_set.changes
    move = next((c for c in changes if c.op == "moved"), None)
    label = _label(change, move, announcement)
    match change.before:
        case Claim() as old if excerpt and before:
            parts = split_off(old, excerpt.claim, all_changes)
            return (label, *detail.edited(old, excerpt, before, detail.view, parts))
        case Claim() as old:
            return (label, *removed_claim_lines(old, remains_of(old, all_changes).claims))
        case _ if excerpt and change.op in ("added", "reinstated"):
            return (label, *detail.new(excerpt))
        case _ if excerpt:
            return (label, claim_line(excerpt))
    return ((*label, Text(f": {_moved_text(change, announcement)}")),)


def _label(change: Change, move: Change | None, announcement: Announcement) -> Line:
    """The section, what happened to the claim, and the kind of the change where it differs from the announcement's."""
    title = announcement.titles[change.section or ""]
    operation = _operation(change, announcement.change_set.changes)
    if move is not None and len(move.sections) > 1:
        title = f"Moved from {announcement.titles[move.before.section]} to {title}"
    elif move is not None:
        operation = "Moved within the section"
    says_kind = change.kind == announcement.kind or change.op == "reinstated"
    kind = "" if says_kind else kind_label(change.kind, announcement)
    return line(Text(title, bold=True), *(f" · {word}" for word in (operation, kind) if word))


def _operation(change: Change, changes: Sequence[Change]) -> str:
    """What happened to a claim; empty for an edit, and for a move."""
    match change.op, change.before, change.after:
        case "added", _, Claim() as new:
            return "Split off" if origin_of(new, changes) else "Added"
        case "edited", Claim() as old, Claim() as new:
            parts = split_off(old, new, changes)
            return f"Now {len(parts) + 1} claims" if parts else ""
        case "removed", Claim() as old, _:
            claims = remains_of(old, changes).claims
            return (
                "Removed" if not claims else f"Now {len(claims)} claims" if claims[1:] else "Now part of another claim"
            )
        case "reinstated", _, _:
            return REINSTATED
    return ""


def _moved_text(change: Change, announcement: Announcement) -> str:
    after = announcement.change_set.after
    sections = after.sections.values() if after else ()
    text = next(claim_text(claim) for section in sections for claim in section.claims if claim.id == change.id)
    return f"“{opening(text, MOVED_TEXT_MAX)}”"
