"""Change and ChangeSet: what differs between two versions of one brief, and what of it is announced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from bot.core.briefs.brief import Brief, ChangeKind, ChangeNote
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.visibility import reads_differently, renamed_sources

Op = Literal["added", "edited", "moved", "removed", "reinstated"]
What = Literal["claim", "source", "section", "brief", "field"]

SEVERITY: tuple[ChangeKind, ...] = (
    *("withdrawal", "correction", "new", "update", "clarification", "evidence", "editorial"),
)
"""All kinds, the most severe first."""

READING_ORDER: tuple[ChangeKind, ...] = ("correction", *(kind for kind in SEVERITY if kind != "correction"))
"""The order of kinds in posts and digests. Corrections first: readers may have passed on what was wrong."""

CORRECTING: frozenset[ChangeKind] = frozenset({"correction", "withdrawal"})
"""The kinds of change that must reach earlier posts. After changes of other kinds a post is still right."""

DEFAULT_KIND: ChangeKind = "update"
"""The kind of a change that no new note covers."""

INTERNAL = frozenset({"owner", "aliases", "also", "changes"})
"""Fields whose changes are not announced. New change notes are (`announced_notes`); edits of old notes are not."""


@dataclass(frozen=True, slots=True)
class ClaimPosition:
    """A claim's position: section key, and index within the section, which counts from 0."""

    section: str
    index: int


@dataclass(frozen=True, slots=True)
class Change:
    """One claim, source, section, field or brief added, edited, moved or removed; or a claim or brief that is published
    again after it was withdrawn (`reinstated`, see `reinstate`).

    `id` is the id of the claim or source, the section's key, the field's name or the brief's slug, in the newer
    version. `old_id` is the claim's id in the older version, None if it is the same. `section` is the key of the
    claim's section (of a removed claim the older one), None for other changes than of claims and sections. `before` and
    `after` are the values: a Claim, a Source, a Brief, a section's key, a field's value, or, of a move, the two
    ClaimPositions; None where there is none. `position` is that of an added or moved claim in the newer version.
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
        """Its id and, if that changed, the older one: at most two."""
        return frozenset(filter(None, (self.id, self.old_id)))

    @property
    def is_withdrawal(self) -> bool:
        """Whether the change withdraws the brief, of which readers then only see the note."""
        return (self.what, self.id, self.after) == ("field", "status", "withdrawn")

    @property
    def is_reinstatement(self) -> bool:
        """Whether what was withdrawn is published again: the claim, or the brief as a whole."""
        return self.op == "reinstated" or self.reinstates_brief

    @property
    def reinstates_brief(self) -> bool:
        """Whether the brief as a whole is published again after a withdrawal, by its file or by its status."""
        if self.what == "brief":
            return self.op == "reinstated"
        return (self.what, self.id, self.before, self.after) == ("field", "status", "withdrawn", "published")

    @property
    def sections(self) -> frozenset[str]:
        """Keys of the sections that it touches: two for a claim moved between sections, empty if it touches none."""
        origin = self.before.section if isinstance(self.before, ClaimPosition) else None
        return frozenset(filter(None, (self.section, origin)))


# No slots here: `cached_property` stores its value in the instance's `__dict__`.
@dataclass(frozen=True)
class ChangeSet:
    """All changes of one brief between two versions. `before` is None for a new brief, `after` for one that is gone,
    never both. `changes` are in the order of `diff_versions`; `notes` are the new change notes, newest first. The
    sections of `before` have the keys that the `vocabulary` gives them now."""

    slug: str
    before: Brief | None
    after: Brief | None
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...] = ()
    vocabulary: Vocabulary = field(default=NO_VOCABULARY, compare=False, repr=False)

    @cached_property
    def kind(self) -> ChangeKind:
        """The most severe kind of its changes and notes."""
        return most_severe([*(c.kind for c in self.changes), *(n.kind for n in self.notes)])

    @property
    def brief(self) -> Brief:
        """The newer version; the older one of a brief that is gone."""
        brief = self.after or self.before
        assert brief is not None  # noqa: S101  at least one of the two versions is there
        return brief

    @cached_property
    def announced(self) -> tuple[Change, ...]:
        """The changes to announce, in the order of `changes`: none that is editorial or that readers cannot see."""
        candidates = tuple(change for change in self.changes if change.kind != "editorial")
        if self.before is None or self.after is None:
            return candidates
        if self.after.status == "withdrawn":
            return tuple(change for change in candidates if change.is_withdrawal)
        new_ids = renamed_sources(self.before, self.after)
        return tuple(change for change in candidates if _is_visible(change, new_ids))

    @property
    def silent(self) -> tuple[Change, ...]:
        """The changes that are not announced, in the order of `changes`."""
        # By identity: a comparison of two changes compares whole briefs.
        announced = set(map(id, self.announced))
        return tuple(change for change in self.changes if id(change) not in announced)

    @property
    def announced_notes(self) -> tuple[ChangeNote, ...]:
        """The new notes to announce, newest first: all but editorial ones."""
        return tuple(note for note in self.notes if note.kind != "editorial")

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to announce."""
        return not (self.announced or self.announced_notes)


def _is_visible(change: Change, new_ids: Mapping[str, str]) -> bool:
    match change.what, change.op:
        case "field", _:
            return change.id not in INTERNAL
        case "source", ("added" | "removed"):
            # A source that only has another id shows as removed and added, and reads the same.
            return change.id not in {*new_ids, *new_ids.values()}
        case "claim", "edited":
            return reads_differently(change.before, change.after, new_ids)
        case _:
            return True


def most_severe(kinds: Iterable[ChangeKind]) -> ChangeKind:
    """The first of `SEVERITY` among some kinds; `DEFAULT_KIND` if there are none."""
    return min(kinds, key=SEVERITY.index, default=DEFAULT_KIND)
