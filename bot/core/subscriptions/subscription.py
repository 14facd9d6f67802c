"""A subscription of a channel (target, filters, way of delivery), and which changes match it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.core.briefs.brief import Brief, ChangeNote
from bot.core.briefs.vocabulary import Vocabulary
from bot.core.changes.change_set import Change, ChangeSet

Field = Literal["kind", "section", "tag"]
Deliver = Literal["channel", "thread", "digest"]
DATES = frozenset({"as_of", "review_by"})
"""Fields of a brief that are days, not content."""

DELIVERS: tuple[Deliver, ...] = ("channel", "thread", "digest")


@dataclass(frozen=True, slots=True)
class Target:
    """All briefs, one brief (by slug), one section (by key) of all briefs or of one, or the briefs with one of the tags
    in `tag`, which have commas between them. With all None it is all briefs. The text form is what people type: `all`,
    `<slug>`, `<slug>/<section>`, `tag:<tag>`."""

    brief: str | None = None
    section: str | None = None
    tag: str | None = None

    def __str__(self) -> str:
        if self.tag:
            return f"tag:{self.tag}"
        return "/".join(filter(None, (self.brief or "all", self.section)))

    @property
    def tags(self) -> frozenset[str]:
        """The tags of which a brief has to have one; empty where any brief will do."""
        return frozenset(self.tag.split(",")) if self.tag else frozenset()

    @classmethod
    def parse(cls, text: str) -> "Target":
        """A target from its text form, of which any is one: slug, section and tag are not looked up."""
        if text.startswith("tag:"):
            return cls(tag=text.removeprefix("tag:"))
        brief, _, section = text.partition("/")
        return cls(None if brief == "all" else brief, section or None)

    def current(self, vocabulary: Vocabulary) -> "Target":
        """The target with the current key of its section, which may have been renamed since it was stored."""
        return replace(self, section=vocabulary.section_key(self.section)) if self.section else self


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a change: `kind:correction`, or, with `exclude`, `-kind:evidence`."""

    field: Field
    value: str
    exclude: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.exclude else ''}{self.field}:{self.value}"

    @classmethod
    def parse_all(cls, text: str) -> "tuple[Filter, ...]":
        """Filters from their text forms, separated by blanks, in their order; empty for an empty text."""
        parts = (term.partition(":") for term in text.split())
        # Not checked: such texts come from `str` of filters, which were checked when they were typed.
        return tuple(cls(name.lstrip("-"), value, name.startswith("-")) for name, _, value in parts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SubscriptionSpec:
    """What to subscribe to, and how to deliver it. The text form is what people type after `subscribe`:
    `<target> <filters> deliver:<way>`, without the way if that is the channel."""

    target: Target
    filters: tuple[Filter, ...] = ()
    deliver: Deliver = "channel"

    @property
    def names_sections(self) -> bool:
        """Whether it follows a section, or has conditions on sections."""
        return self.target.section is not None or any(each.field == "section" for each in self.filters)

    def __str__(self) -> str:
        way = f"deliver:{self.deliver}" if self.deliver != "channel" else ""
        return " ".join(filter(None, (str(self.target), *map(str, self.filters), way)))


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription of a channel. `id` is what people type as `#id`; `team`, `enterprise`, `channel` and `created_by`
    (a user) are Slack's ids. `muted_until`: nothing is posted before that instant (UTC), None if it is not muted.
    `paused` is the code of a pause reason, None unless posts to the channel are paused. `version` counts what people
    changed, from 1; `changed_by` is the user who did it last, None where nobody did since `created_by`."""

    id: int
    team: str
    channel: str
    spec: SubscriptionSpec
    created_by: str
    created_at: datetime
    muted_until: datetime | None = None
    paused: str | None = None
    enterprise: str | None = None
    version: int = 1
    changed_by: str | None = None

    def muted(self, now: datetime) -> bool:
        """Whether it is muted at an instant; at `muted_until` it no longer is."""
        return self.muted_until is not None and now < self.muted_until


def matching_changes(spec: SubscriptionSpec, change_set: ChangeSet) -> tuple[Change, ...]:
    """The announced changes that match, in the order of the change set; never an editorial one.

    Filters on the same field are alternatives, filters on different fields must all hold, and excluding ones win.
    """
    spec = with_current_sections(spec, change_set.vocabulary)
    if not _matches_either_version(spec, change_set):
        return ()
    changes = tuple(change for change in change_set.announced if _matches_change(spec, change, change_set))
    if spec.names_sections and all(_is_date(change) for change in changes) and not _are_told(spec, change_set):
        return ()
    return changes


def _is_date(change: Change) -> bool:
    """Whether it says no more than that somebody has looked: the dates belong to every section, and tell nothing of
    any."""
    return change.what == "field" and change.id in DATES


def _are_told(spec: SubscriptionSpec, change_set: ChangeSet) -> bool:
    """Whether nothing but dates has changed, and a note that matches says why."""
    only_dates = all(_is_date(change) for change in change_set.announced)
    return only_dates and any(matches_note(spec, note, change_set) for note in change_set.announced_notes)


def matches(spec: SubscriptionSpec, change_set: ChangeSet) -> bool:
    """Whether a change set is to be announced: a change matches or, if there are only notes, one of them."""
    if change_set.announced:
        return bool(matching_changes(spec, change_set))
    note_matches = any(matches_note(spec, note, change_set) for note in change_set.announced_notes)
    return note_matches and _matches_either_version(spec, change_set)


def matches_note(spec: SubscriptionSpec, note: ChangeNote, change_set: ChangeSet) -> bool:
    """Whether a new note matches: its kind and, if it names claims or sources, a section that contains one of them."""
    spec = with_current_sections(spec, change_set.vocabulary)
    sections = _sections_with(change_set, note.claims, note.sources)
    section_matches = not sections or any(_matches_section(spec, section) for section in sections)
    return section_matches and passes(spec.filters, "kind", {note.kind})


def with_current_sections(spec: SubscriptionSpec, vocabulary: Vocabulary) -> SubscriptionSpec:
    """The specification with the current keys of sections that were renamed since it was stored."""
    filters = (replace(f, value=vocabulary.section_key(f.value)) if f.field == "section" else f for f in spec.filters)
    return replace(spec, target=spec.target.current(vocabulary), filters=tuple(filters))


def _matches_section(spec: SubscriptionSpec, section: str) -> bool:
    return spec.target.section in (None, section) and passes(spec.filters, "section", {section})


def _matches_either_version(spec: SubscriptionSpec, change_set: ChangeSet) -> bool:
    # Either version: who follows a tag also gets the change that takes it off a brief.
    return any(matches_brief(spec, brief) for brief in _versions(change_set))


def _versions(change_set: ChangeSet) -> list[Brief]:
    return [brief for brief in (change_set.before, change_set.after) if brief is not None]


def matches_brief(spec: SubscriptionSpec, brief: Brief) -> bool:
    """Whether changes of a brief can match at all, by its slug and tags."""
    target, tags = spec.target, set(brief.tags)
    is_target = target.brief in (None, brief.slug) and (not target.tags or bool(target.tags & tags))
    return is_target and passes(spec.filters, "tag", tags)


def _matches_change(spec: SubscriptionSpec, change: Change, change_set: ChangeSet) -> bool:
    """A change of several sections is excluded only if all of them are."""
    sections = _sections_of(change, change_set)
    if sections and not any(passes(spec.filters, "section", {section}) for section in sections):
        return False
    in_target = spec.target.section is None or spec.target.section in sections
    return in_target and passes(spec.filters, "kind", {change.kind})


def passes(filters: Iterable[Filter], field: Field, values: set[str]) -> bool:
    """Whether no filter on the field excludes one of the values, and, if any include values, one of these is among
    them."""
    own = [each for each in filters if each.field == field]
    included = {each.value for each in own if not each.exclude}
    excluded = {each.value for each in own if each.exclude}
    return not values & excluded and (not included or bool(values & included))


def _sections_of(change: Change, change_set: ChangeSet) -> set[str]:
    """The keys of the sections that a change belongs to: of a claim its own, of a move both, of a source those that
    cite it in either version, of a field or the whole brief all."""
    if change.what in ("claim", "section"):
        return set(change.sections)
    if change.what == "source":
        return _sections_with(change_set, (), change.ids)
    return {key for brief in _versions(change_set) for key in brief.sections}


def _sections_with(change_set: ChangeSet, claims: Collection[str], sources: Collection[str]) -> set[str]:
    """The keys of the sections with one of these claims, or a claim that cites one of these sources, in either
    version."""
    return {
        key
        for brief in _versions(change_set)
        for key, claim in brief.claims()
        if claim.id in claims or any(item.source in sources for item in claim.evidence)
    }
