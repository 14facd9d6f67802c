"""What a channel follows: a target, filters, and how it wants to hear of changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.changes.change_set import Change, ChangeSet

Field = Literal["kind", "section", "tag"]
Deliver = Literal["channel", "thread", "digest"]
DELIVERS: tuple[Deliver, ...] = ("channel", "thread", "digest")


@dataclass(frozen=True, slots=True)
class Target:
    """All briefs, one brief, one section of it, or the briefs with a tag. Its text form is what people type."""

    brief: str | None = None
    section: str | None = None
    tag: str | None = None

    def __str__(self) -> str:
        if self.tag:
            return f"tag:{self.tag}"
        return "/".join(filter(None, (self.brief or "all", self.section)))

    @classmethod
    def parse(cls, text: str) -> "Target":
        """A target from its text form."""
        if text.startswith("tag:"):
            return cls(tag=text.removeprefix("tag:"))
        brief, _, section = text.partition("/")
        return cls(None if brief == "all" else brief, section or None)


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: `kind:correction`, or `-kind:evidence` to leave these out."""

    field: Field
    value: str
    exclude: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.exclude else ''}{self.field}:{self.value}"

    @classmethod
    def parse_all(cls, text: str) -> "tuple[Filter, ...]":
        """Filters from their text form, separated by spaces."""
        parts = (word.partition(":") for word in text.split())
        return tuple(cls(name.lstrip("-"), value, name.startswith("-")) for name, _, value in parts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SubscriptionSpec:
    """A target with its filters and its way: what somebody types behind `subscribe`."""

    target: Target
    filters: tuple[Filter, ...] = ()
    deliver: Deliver = "channel"

    def __str__(self) -> str:
        """What to type to get it again."""
        way = f"deliver:{self.deliver}" if self.deliver != "channel" else ""
        return " ".join(filter(None, (str(self.target), *map(str, self.filters), way)))


@dataclass(frozen=True, slots=True)
class Subscription:
    """A wish of a channel. `id` is what people type as `#id`; `made_by` is a user id; `paused` is the reason, if it is;
    a muted one is told nothing until then."""

    id: int
    team: str
    channel: str
    spec: SubscriptionSpec
    created_by: str
    created_at: datetime
    muted_until: datetime | None = None
    paused: str | None = None
    enterprise: str | None = None

    def muted(self, now: datetime) -> bool:
        return self.muted_until is not None and now < self.muted_until


def matching_changes(wish: SubscriptionSpec, found: ChangeSet) -> tuple[Change, ...]:
    """The changes of a set that a wish asks for; an editorial one is never asked for.

    Conditions on one field are alternatives, those on different fields must all hold, and what is excluded is out.
    """
    if not _covered(wish, found):
        return ()
    return tuple(change for change in found.announced if _passes(wish, change, found))


def matches(wish: SubscriptionSpec, found: ChangeSet) -> bool:
    """Whether a wish asks to hear of a set; a note alone, without a change, is news to whoever hears of its kind."""
    if found.announced:
        return bool(matching_changes(wish, found))
    return _covered(wish, found) and any(_allowed(wish.filters, "kind", {n.kind}) for n in found.announced_notes)


def matches_note(wish: SubscriptionSpec, note: ChangeNote, found: ChangeSet) -> bool:
    """Whether a wish asks for a maintainer's note: for its kind and, if it names anything, for a section with that."""
    sections = _holding(found, note.claims, note.sources)
    inside = not sections or any(_enters(wish, section) for section in sections)
    return inside and _allowed(wish.filters, "kind", {note.kind})


def _enters(wish: SubscriptionSpec, section: str) -> bool:
    return wish.target.section in (None, section) and _allowed(wish.filters, "section", {section})


def _covered(wish: SubscriptionSpec, found: ChangeSet) -> bool:
    return any(matches_brief(wish, brief) for brief in (found.before, found.after) if brief is not None)


def matches_brief(wish: SubscriptionSpec, brief: Brief) -> bool:
    """Whether a wish asks to hear of a brief at all."""
    target, tags = wish.target, set(brief.tags)
    named = target.brief in (None, brief.slug) and (target.tag is None or target.tag in tags)
    return named and _allowed(wish.filters, "tag", tags)


def _passes(wish: SubscriptionSpec, change: Change, found: ChangeSet) -> bool:
    """What belongs to several sections is out only where all of them are."""
    sections = _sections(change, found)
    if sections and not any(_allowed(wish.filters, "section", {section}) for section in sections):
        return False
    inside = wish.target.section is None or wish.target.section in sections
    return inside and _allowed(wish.filters, "kind", {change.kind})


def _allowed(conditions: Iterable[Filter], field: Field, values: set[str]) -> bool:
    """Whether none of these values of a field is excluded, and one of them is included if any is."""
    own = [condition for condition in conditions if condition.field == field]
    included = {condition.value for condition in own if not condition.exclude}
    excluded = {condition.value for condition in own if condition.exclude}
    return not values & excluded and (not included or bool(values & included))


def _sections(change: Change, found: ChangeSet) -> set[str]:
    """Where a change belongs: a claim's section, both of a move; a source's are those that cite it, now or before; what
    concerns the whole brief belongs everywhere."""
    if change.what in ("claim", "section"):
        return set(change.sections)
    if change.what == "source":
        return _holding(found, (), change.ids)
    return {key for brief in (found.before, found.after) if brief for key in brief.sections}


def _holding(found: ChangeSet, claims: Collection[str], sources: Collection[str]) -> set[str]:
    """The sections that hold one of these claims, or a claim that cites one of these sources, now or before."""
    return {
        key
        for brief in (found.before, found.after)
        if brief is not None
        for key, section in brief.sections.items()
        if any(c.id in claims or any(item.source in sources for item in c.evidence) for c in section.claims)
    }
