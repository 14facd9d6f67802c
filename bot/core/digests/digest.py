"""A digest: what changed for a channel in a window, and what maintainers have to look after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from bot.core.briefs.brief import Brief, ChangeKind
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import SEVERITY
from bot.core.subscriptions.subscription import SubscriptionSpec, matches_brief

ORDER: tuple[ChangeKind, ...] = ("correction", *(kind for kind in SEVERITY if kind != "correction"))
"""Corrections first: who has told others what no longer holds must read that before anything else."""

REVIEW_NOTICE = timedelta(days=14)
"""Maintainers hear of a review this long before it is due."""


@dataclass(frozen=True, slots=True)
class Review:
    """A brief whose review is due on a day, or was."""

    slug: str
    title: str
    due: date
    owner: str


@dataclass(frozen=True, slots=True)
class Unverified:
    """A claim that nobody has verified yet, by its brief, section and id."""

    slug: str
    title: str
    section: str
    claim: str


@dataclass(frozen=True, slots=True)
class Report:
    """What maintainers have to look after: reviews, claims, what readers asked in vain and how often, and messages that
    Slack refused for good, by its word for it."""

    reviews: tuple[Review, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    questions: tuple[tuple[str, int], ...] = ()
    failed: tuple[tuple[str, int], ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether there is more than what was so all along."""
        return bool(self.reviews or self.questions or self.failed)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is needed to make a digest, then or later: what was published after the publication `base` up to
    `publication`, which is what was made in `[since, until)`, as far as any of the wishes asks for it. Instants are
    shown in `zone`; `overdue` are reviews of briefs that the channel follows; `because` says in plain words why the
    channel gets it."""

    since: datetime
    until: datetime
    base: int
    publication: int
    zone: str
    wishes: tuple[SubscriptionSpec, ...] = ()
    overdue: tuple[Review, ...] = ()
    report: Report | None = None
    because: str | None = None


PLAN = TypeAdapter(Plan)
"""A plan as JSON, and back."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed, in groups of one brief and one kind each."""

    plan: Plan
    groups: tuple[Announcement, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.groups or (self.plan.report and self.plan.report.has_content))


def group_by_kind(updates: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """What briefs changed, in groups of one brief and one kind: corrections first, then by gravity and title."""
    groups = [group for update in updates for group in _by_kind(update)]
    return tuple(sorted(groups, key=lambda g: (ORDER.index(g.kind), g.change_set.brief.title, g.change_set.slug)))


def _by_kind(update: Announcement) -> Iterator[Announcement]:
    for kind in dict.fromkeys([*(c.kind for c in update.changes), *(n.kind for n in update.notes)]):
        changes = tuple(change for change in update.changes if change.kind == kind)
        notes = tuple(note for note in update.notes if note.kind == kind)
        yield replace(update, changes=changes, notes=notes, collapsed=False)


def overdue(briefs: Iterable[Brief], wishes: Iterable[SubscriptionSpec], on: date) -> tuple[Review, ...]:
    """Followed briefs whose review is overdue on a day, longest first."""
    wanted = list(wishes)
    return _reviews((b for b in briefs if any(matches_brief(wish, b) for wish in wanted)), on)


def report(
    briefs: Mapping[str, Brief], on: date, questions: Iterable[tuple[str, int]], failed: Iterable[tuple[str, int]]
) -> Report:
    """What maintainers have to look after on a day: `questions` and `failed` with how often, most often first."""
    published = [brief for _, brief in sorted(briefs.items()) if brief.status == "published"]
    unverified = (
        Unverified(brief.slug, brief.title, key, claim.id)
        for brief in published
        for key, section in brief.sections.items()
        for claim in section.claims
        if claim.standing == "unverified"
    )
    return Report(_reviews(published, on + REVIEW_NOTICE), tuple(unverified), tuple(questions), tuple(failed))


def _reviews(briefs: Iterable[Brief], before: date) -> tuple[Review, ...]:
    found = [
        Review(b.slug, b.title, b.review_by, b.owner)
        for b in briefs
        if b.status == "published" and b.review_by is not None and b.review_by < before
    ]
    return tuple(sorted(found, key=lambda review: (review.due, review.slug)))
