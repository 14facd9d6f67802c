"""How each change reads: the passages of a post between its notes and its sources."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.core.answers.answer import Excerpt, excerpts
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import Change
from bot.render.changes.announcement_head import kind_word
from bot.render.changes.edited_claim import Lines, edited, removed
from bot.render.changes.field_changes import field_lines, source_lines
from bot.render.document.citations import claim_line, excerpt_lines
from bot.render.document.document import Item, Line, Passage, Text, line

RECOGNISED_MAX = 100
"""Characters by which readers recognise a claim that only changed its place within a section."""


CitedClaim = tuple[Brief, str, str, Claim]
"""A claim with its brief, section and section's title."""


def items(update: Announcement) -> tuple[Item, ...]:
    """One for each claim, source, section and field that is told, in reading order. What happened to the brief as a
    whole is not among them."""
    return tuple(item for item, _ in item_lines(update, excerpts(cited_claims(update))))


def item_lines(update: Announcement, cited: Iterable[Excerpt]) -> Iterator[tuple[Item, Change]]:
    """The items, each with its change; `cited` are the excerpts of the `spots`."""
    by_id = {excerpt.claim.id: excerpt for excerpt in cited}
    shown = [change for change in update.changes if change.what != "brief" and not change.is_withdrawal]
    for _, group in groupby(shown, key=lambda change: (change.what, change.id)):
        changes = list(group)
        yield _item(changes, by_id, update), changes[0]


def cited_claims(update: Announcement) -> tuple[CitedClaim, ...]:
    """The claims that are shown with their citations; sources are numbered as these cite them."""
    after = update.change_set.after
    if after is None:
        return ()
    claims = {claim.id: claim for part in after.sections.values() for claim in part.claims}
    shown = dict.fromkeys((c.id, c.section or "") for c in update.changes if c.what == "claim" and not _is_plain(c))
    return tuple((after, key, update.titles[key], claims[id_]) for id_, key in shown)


def sections_with(brief: Brief, claims: set[str], sources: set[str]) -> Iterator[str]:
    """The sections with one of these claims, or with a claim that cites one of these sources."""
    for key, section in brief.sections.items():
        if any(c.id in claims or sources & {item.source for item in c.evidence} for c in section.claims):
            yield key


def _is_plain(change: Change) -> bool:
    return change.op == "removed" or (change.op == "moved" and len(change.sections) == 1)


def _item(changes: Sequence[Change], cited: dict[str, Excerpt], update: Announcement) -> Item:
    change = changes[0]
    match change.what:
        case "claim":
            excerpt = cited.get(change.id)
            lines = _claim(changes, excerpt, update)
            return Item(Passage(lines), excerpt.citations if excerpt else ())
        case "section":
            words = "New section" if change.op == "added" else "Section removed"
            lines = (line(f"{words}: {update.titles[change.id]}"),)
        case "source":
            lines = source_lines(change)
        case _:
            lines = field_lines(change)
    return Item(Passage(lines))


def _claim(changes: Sequence[Change], excerpt: Excerpt | None, update: Announcement) -> Lines:
    """A claim that was edited, moved, or both, that came or went."""
    before, (change, *_) = update.change_set.before, changes
    move = next((c for c in changes if c.op == "moved"), None)
    label = _label(change, move, update)
    match change.before:
        case Claim() as was if excerpt and before:
            return (label, *edited(was, excerpt, before))
        case Claim() as was:
            return (label, removed(was.text))
        case _ if excerpt and change.op == "added":
            return (label, *excerpt_lines(excerpt))
        case _ if excerpt:
            return (label, claim_line(excerpt))
    return ((*label, Text(f": {_recognised(change, update)}")),)


def _label(change: Change, move: Change | None, update: Announcement) -> Line:
    """The section, what happened to the claim, and the kind of the change where it is not that of the post."""
    title = update.titles[change.section or ""]
    done = {"added": "Added", "removed": "Removed"}.get(change.op, "")
    if move is not None and len(move.sections) > 1:
        title = f"Moved from {update.titles[move.before.section]} to {title}"
    elif move is not None:
        done = "Moved within the section"
    kind = kind_word(change.kind, update) if change.kind != update.kind else ""
    return line(Text(title, bold=True), *(f" · {word}" for word in (done, kind) if word))


def _recognised(change: Change, update: Announcement) -> str:
    after = update.change_set.after
    parts = after.sections.values() if after else ()
    text = next(claim.text for part in parts for claim in part.claims if claim.id == change.id)
    return f"“{text}”" if len(text) <= RECOGNISED_MAX else f"“{text[: RECOGNISED_MAX - 1]}…”"
