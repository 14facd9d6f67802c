"""Changes of one brief between two of its versions: the values that `changes` finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.changes.visibility import reads_differently, renamed_sources

Op = Literal["added", "edited", "moved", "removed"]
What = Literal["claim", "source", "section", "brief", "field"]

SEVERITY: tuple[ChangeKind, ...] = (
    *("withdrawal", "correction", "new", "update", "clarification", "evidence", "editorial"),
)
"""The gravest first."""

DEFAULT_KIND: ChangeKind = "update"
"""The kind of changes that no new note covers."""

INTERNAL = frozenset({"owner", "aliases", "changes"})
"""Fields that readers are not told of. Their new notes they see, what is made of old ones they do not."""


@dataclass(frozen=True, slots=True)
class ClaimPosition:
    """Where a claim stands: `index` counts from 0 within its section."""

    section: str
    index: int


@dataclass(frozen=True, slots=True)
class Change:
    """One claim, source, section, field or brief added, edited, moved or removed.

    `id` is the claim's, the source's, the section's key, the field's name or the slug, as it is now; `old_id` is the
    one that a claim had before, where that was another. `before` and `after` are the values (Claim, Source, Brief, a
    section's key, the field's; Place of a move); None where there was or is none. `place` is where a claim that was
    added or moved stands now.
    """

    op: Op
    what: What
    kind: ChangeKind
    id: str
    section: str | None = None
    before: Any = None
    after: Any = None
    position: ClaimPosition | None = None
    old_id: str | None = None

    @property
    def ids(self) -> frozenset[str]:
        """Its id, and the one that it had before."""
        return frozenset(filter(None, (self.id, self.old_id)))

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes the whole brief from readers, who then only see its note."""
        return (self.what, self.id, self.after) == ("field", "status", "withdrawn")

    @property
    def sections(self) -> frozenset[str]:
        """The keys of the sections that it touches: two where a claim went from one to another."""
        left = self.before.section if isinstance(self.before, ClaimPosition) else None
        return frozenset(filter(None, (self.section, left)))


@dataclass(frozen=True)
class ChangeSet:
    """All changes of one brief between two of its versions; `notes` are the maintainer's new ones, newest first."""

    slug: str
    before: Brief | None
    after: Brief | None
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...] = ()

    @cached_property
    def kind(self) -> ChangeKind:
        """The gravest of its changes and of its notes, which may be about an earlier publication."""
        return most_severe([*(c.kind for c in self.changes), *(n.kind for n in self.notes)])

    @property
    def brief(self) -> Brief:
        """The newer version; the older where it is gone."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  a set is never made of nothing
        return found

    @cached_property
    def announced(self) -> tuple[Change, ...]:
        """The changes that readers are told: no editorial ones, and none in what they cannot see anyway."""
        told = tuple(change for change in self.changes if change.kind != "editorial")
        if self.before is None or self.after is None:
            return told
        if self.after.status == "withdrawn":
            return tuple(change for change in told if change.is_withdrawal)
        new_ids = renamed_sources(self.before, self.after)
        return tuple(change for change in told if _is_seen(change, new_ids))

    @property
    def announced_notes(self) -> tuple[ChangeNote, ...]:
        """The new notes that readers are told."""
        return tuple(note for note in self.notes if note.kind != "editorial")

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell readers."""
        return not (self.announced or self.announced_notes)


def _is_seen(change: Change, new_ids: Mapping[str, str]) -> bool:
    match change.what, change.op:
        case "field", _:
            return change.id not in INTERNAL
        case "source", ("added" | "removed"):
            return change.id not in {*new_ids, *new_ids.values()}
        case "claim", "edited":
            return reads_differently(change.before, change.after, new_ids)
        case _:
            return True


def most_severe(kinds: Iterable[ChangeKind]) -> ChangeKind:
    """The gravest of some kinds; an update where there are none."""
    return min(kinds, key=SEVERITY.index, default=DEFAULT_KIND)
