"""The content of a post that announces a change set: which changes, in which order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote, Claim
from bot.core.briefs.file_place import edit_address
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_set import READING_ORDER, Change, ChangeSet, most_severe
from bot.core.changes.claim_parts import origin_of
from bot.core.changes.reordering import reorderings


@dataclass(frozen=True, slots=True)
class Announcement:
    """A change set as it is announced.

    `changes` are those to show, the gravest kind first, without editorial ones and those that readers cannot see.
    `notes` are the maintainer's new notes, newest first. `titles` are the section titles by key, in display order. `on`
    is the day of the publication. `reverted_to` is the earlier day on which the same content was published, None unless
    this is a revert. `reason` is a sentence that names the subscriptions behind the post, `history_url` the web page
    with the file's history; None leaves either out. `collapsed`: only the first changes are shown, the others behind a
    button.
    """

    change_set: ChangeSet
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]
    titles: Mapping[str, str]
    on: date
    reverted_to: date | None = None
    reason: str | None = None
    history_url: str | None = None
    collapsed: bool = True

    @property
    def kind(self) -> ChangeKind:
        """The most severe kind of the changes and notes shown."""
        return most_severe([*(c.kind for c in self.changes), *(n.kind for n in self.notes)])

    def reinstates(self, kind: ChangeKind) -> bool:
        """Whether changes of a kind publish again what was withdrawn: the brief, or all of their claims."""
        changes = [change for change in self.changes if change.kind == kind]
        reinstated = [change for change in changes if change.is_reinstatement]
        return any(change.reinstates_brief for change in reinstated) or 0 < len(changes) == len(reinstated)

    @property
    def revisions(self) -> tuple[str | None, str | None]:
        """(before, after): the revisions of the two versions, None for a version that is missing."""
        before, after = self.change_set.before, self.change_set.after
        return before.revision if before else None, after.revision if after else None


def announce(
    change_set: ChangeSet,
    vocabulary: Vocabulary,
    *,
    on: date,
    reverted_to: date | None = None,
    reason: str | None = None,
    collapsed: bool = True,
) -> Announcement:
    """The announcement of a change set that was published on the day `on`. The other arguments are those of
    `Announcement`; None leaves them out."""
    titles = section_titles(vocabulary, change_set.before, change_set.after)
    return Announcement(
        change_set,
        _in_reading_order(_without_repetition(change_set.announced), change_set, titles),
        change_set.announced_notes,
        titles,
        on,
        reverted_to,
        reason,
        history_url(vocabulary.edit_url, change_set.slug),
        collapsed,
    )


def section_titles(vocabulary: Vocabulary, *briefs: Brief | None) -> dict[str, str]:
    """Section titles by key, in display order: the vocabulary's, then, by key, those that only the briefs have."""
    titles = {key: section.title for key, section in vocabulary.sections.items()}
    keys = sorted(key for brief in briefs if brief for key in brief.sections)
    return titles | {key: vocabulary.section_title(key) for key in keys if key not in titles}


def history_url(edit_url: str | None, slug: str) -> str | None:
    """The page with the history of a brief's file, made from the address for editing (`Vocabulary.edit_url`): on GitHub
    and GitLab that of its commits, elsewhere the file itself. None without an address."""
    if edit_url is None:
        return None
    address = edit_address(edit_url, f"{slug}.yaml", None)
    # GitHub: `/owner/repository/edit/…`; GitLab: `/group/project/-/edit/…`, with any number of groups.
    base = re.sub(r"^(https?://[^/]+/[^/]+/[^/]+)/edit/", r"\1/commits/", address, flags=re.IGNORECASE)
    return base.replace("/-/edit/", "/-/commits/", 1)


# Which changes, in which order


def _without_repetition(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Leaves out sources that were added or removed with the evidence of a claim, as the claim's change shows them."""
    cited = {e.source for c in changes if isinstance(c.after, Claim) for e in c.after.evidence}
    cited_before = {
        e.source for c in changes if c.op == "edited" and isinstance(c.before, Claim) for e in c.before.evidence
    }
    covered = {("added", source) for source in cited} | {("removed", source) for source in cited_before}
    return tuple(c for c in changes if c.what != "source" or (c.op, c.id) not in covered)


_FIRST_FIELDS = ("status", "title", "summary")
_LAST_FIELDS = ("caveats", "tags", "as_of", "review_by", "continued_in")


def _in_reading_order(
    changes: tuple[Change, ...], change_set: ChangeSet, titles: Mapping[str, str]
) -> tuple[Change, ...]:
    """By kind, the gravest first; those of a kind: the first fields, then claims by section, sources, the last fields,
    and what only stands in another order."""
    kinds, last = _kinds(changes), reorderings(changes, change_set.before, change_set.after)
    sections = {key: index for index, key in enumerate(titles)}
    old, new = _claim_indices(change_set.before), _claim_indices(change_set.after)

    def place(change: Change) -> tuple[int, int, int, int]:
        # What was split off stands with the claim that it was part of.
        if change.op == "added" and change.what == "claim" and (origin := origin_of(change.after, change_set.changes)):
            return (*place(origin)[:3], 1)
        match change.what:
            case "field" if change.id in _FIRST_FIELDS:
                return 0, _FIRST_FIELDS.index(change.id), 0, 0
            case "section" | "claim":
                # A section's own change stands above those of its claims, a removed claim below the one in its place.
                index = -1 if change.what == "section" else new.get(change.id, old.get(change.id, 0))
                return 1, sections.get(change.section or "", 0), index, 2 * (change.op == "removed")
            case "field":
                return 3, _LAST_FIELDS.index(change.id), 0, 0
            case _:
                return 2, 0, 0, 0

    return tuple(
        sorted(changes, key=lambda each: (kinds[each.what, each.id], (each.what, each.id) in last, *place(each)))
    )


def _kinds(changes: Iterable[Change]) -> dict[tuple[str, str], int]:
    """How grave the gravest change of each claim, source, section and field is, from 0: a claim that was edited and
    moved stays in one place."""
    kinds: dict[tuple[str, str], int] = {}
    for each in changes:
        subject, kind = (each.what, each.id), READING_ORDER.index(each.kind)
        kinds[subject] = min(kind, kinds.get(subject, kind))
    return kinds


def _claim_indices(brief: Brief | None) -> dict[str, int]:
    """Each claim's index within its section, from 0, by claim id."""
    sections = brief.sections.values() if brief else ()
    return {claim.id: index for section in sections for index, claim in enumerate(section.claims)}
