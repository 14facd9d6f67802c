"""What a post tells readers of a change set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote, Claim, Vocabulary
from bot.core.changes.change_set import Change, ChangeSet, most_severe


@dataclass(frozen=True, slots=True)
class Announcement:
    """A change set as it is told on a day.

    `changes` are those to show, in reading order: never an editorial one, none that readers cannot see; `notes` the
    maintainer's new ones, newest first. `titles` are those of the sections, by key, in display order. `on` is the day
    of the publication; `restored`, in a revert, the earlier day on which the same words were published before.
    `because` says in plain words which subscription asked for the post. `folded`: few changes, the others behind a
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
        """The gravest of what is shown."""
        return most_severe([*(c.kind for c in self.changes), *(n.kind for n in self.notes)])

    @property
    def command(self) -> str:
        """The command that shows all of it: `changes <slug> @<before>..<after>`; a revision is empty where none is."""
        before, after = (b.revision if b else "" for b in (self.change_set.before, self.change_set.after))
        return f"changes {self.change_set.slug} @{before}..{after}"


def announce(
    change_set: ChangeSet,
    vocabulary: Vocabulary,
    *,
    on: date,
    reverted_to: date | None = None,
    reason: str | None = None,
    collapsed: bool = True,
) -> Announcement:
    """All that readers are told of a change set."""
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
    """Titles by key, in display order: the vocabulary's, then the spelled out keys that only the briefs have."""
    titles = {key: name.title for key, name in vocabulary.sections.items()}
    keys = sorted(key for brief in briefs if brief for key in brief.sections)
    return titles | {key: vocabulary.section_title(key) for key in keys if key not in titles}


def history_url(edit_url: str | None, slug: str) -> str | None:
    """Where a file's history is shown, from where files are edited: GitHub and GitLab by the shape of their addresses,
    elsewhere the file itself."""
    if edit_url is None:
        return None
    base = re.sub(r"^(https?://[^/]+/[^/]+/[^/]+)/edit/", r"\1/commits/", edit_url.rstrip("/"), flags=re.IGNORECASE)
    return f"{base.replace('/-/edit/', '/-/commits/', 1)}/{slug}.yaml"


# Which changes, in which order


def _without_repetition(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """A source that came or went with the evidence of a claim is shown there."""
    new = {e.source for c in changes if isinstance(c.after, Claim) for e in c.after.evidence}
    old = {e.source for c in changes if c.op == "edited" and isinstance(c.before, Claim) for e in c.before.evidence}
    told = {("added", id_) for id_ in new} | {("removed", id_) for id_ in old}
    return tuple(c for c in changes if c.what != "source" or (c.op, c.id) not in told)


_BEFORE = ("status", "title", "summary")
_BEHIND = ("caveats", "tags", "as_of", "review_by")


def _in_reading_order(changes: tuple[Change, ...], found: ChangeSet, titles: Mapping[str, str]) -> tuple[Change, ...]:
    sections = {key: place for place, key in enumerate(titles)}
    old, new = _places(found.before), _places(found.after)

    def rank(change: Change) -> tuple[int, int, int, int]:
        match change.what:
            case "field" if change.id in _BEFORE:
                return 0, _BEFORE.index(change.id), 0, 0
            case "section" | "claim":
                at = -1 if change.what == "section" else new.get(change.id, old.get(change.id, 0))
                return 1, sections.get(change.section or "", 0), at, change.op == "removed"
            case "field":
                return 3, _BEHIND.index(change.id), 0, 0
            case _:
                return 2, 0, 0, 0

    return tuple(sorted(changes, key=rank))


def _places(brief: Brief | None) -> dict[str, int]:
    """Each claim's index within its section."""
    parts = brief.sections.values() if brief else ()
    return {claim.id: index for part in parts for index, claim in enumerate(part.claims)}
