"""A digest: what changed for one channel in a window, and the report for maintainers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from bot.core.briefs.brief import Brief
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_set import READING_ORDER
from bot.core.delivery.words_to_add import WordsToAdd
from bot.core.digests.outline import NO_OUTLINE, Outline
from bot.core.subscriptions.subscription import SubscriptionSpec, matches_brief

REVIEW_NOTICE = timedelta(days=14)
"""How long before its day a review is in the report for maintainers."""


@dataclass(frozen=True, slots=True)
class Review:
    """A brief, by its slug, with the day by which it is to be reviewed, which may be past."""

    slug: str
    title: str
    due: date
    owner: str


@dataclass(frozen=True, slots=True)
class Unverified:
    """A claim of standing *unverified*, by its id, with slug and title of its brief and the key of its section."""

    slug: str
    title: str
    section: str
    claim: str


@dataclass(frozen=True, slots=True)
class VanishedQuote:
    """A quote that its page does not have any more (*missing*), or whose page is *gone*, from the day `since` on (UTC);
    with slug and title of its brief, section key and claim id, and the publisher of its source. `is_new`: maintainers
    were not told so far. Then `posts` of this workspace show the claim, in `channels` by id, direct ones left out."""

    slug: str
    title: str
    section: str
    claim: str
    publisher: str
    quote: str
    state: Literal["missing", "gone"]
    since: date
    is_new: bool = False
    posts: int = 0
    channels: tuple[str, ...] = ()


def _is_empty(values: tuple[object, ...]) -> bool:
    return not values


@dataclass(frozen=True, slots=True)
class Report:
    """What maintainers have to do. `reviews` are those that are due soon or overdue, the most urgent first. `questions`
    are (query, number of times) that had no answer, `failed` (Slack's error code, number of deliveries that failed for
    good), both the most frequent first. `additions` are the words that would answer the first questions, `vanished` the
    quotes that are not on their pages, the new ones first; reports that earlier versions stored have neither."""

    reviews: tuple[Review, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    questions: tuple[tuple[str, int], ...] = ()
    failed: tuple[tuple[str, int], ...] = ()
    additions: Annotated[tuple[WordsToAdd, ...], Field(exclude_if=_is_empty)] = ()
    vanished: Annotated[tuple[VanishedQuote, ...], Field(exclude_if=_is_empty)] = ()

    @property
    def has_content(self) -> bool:
        """Whether there is something to do. Unverified claims alone do not count, nor do quotes that have vanished
        before: they are the same in each report."""
        return bool(self.reviews or self.questions or self.failed or any(each.is_new for each in self.vanished))


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a digest is made from, now or later. Stored as JSON, under the names of `alias` where there is one.

    The digest covers the publications after `after_publication` up to `publication`, which are those of the window
    `[since, until)` (UTC), as far as one of `specs` matches. `zone` is the IANA name of the time zone to show times in.
    `overdue` are the overdue reviews of briefs that the channel follows. `report` is for maintainers, None in other
    channels. `reason` is a sentence that names the subscriptions and schedules behind the digest, None if left out.
    """

    # The aliases are the names that plans of earlier versions are stored under.
    __pydantic_config__ = ConfigDict(serialize_by_alias=True)

    since: datetime
    until: datetime
    after_publication: Annotated[int, Field(alias="base")]
    publication: int
    zone: str
    specs: Annotated[tuple[SubscriptionSpec, ...], Field(alias="wishes")] = ()
    overdue: tuple[Review, ...] = ()
    report: Report | None = None
    reason: Annotated[str | None, Field(alias="because")] = None

    @property
    def has_tasks(self) -> bool:
        """Whether it has a report with something to do, which is reason enough for a digest."""
        return self.report is not None and self.report.has_content


PLAN = TypeAdapter(Plan)
"""Converts a plan to JSON and back."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it is read page by page: a plan, the `outline` of its changes, and those of them that the page from
    item `start` on may show, in `groups` of one brief and one kind each, ordered as by `group_by_kind`. The first
    `skipped` items of the groups stand on the page before. `number` is that of a digest that was posted, None for what
    the next one would say."""

    plan: Plan
    groups: tuple[Announcement, ...] = ()
    outline: Outline = NO_OUTLINE
    start: int = 0
    skipped: int = 0
    number: int | None = None

    @property
    def has_content(self) -> bool:
        """Whether the digest has changes, or a report with something to do."""
        return bool(self.outline.entries) or self.plan.has_tasks


def group_by_kind(announcements: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """Splits announcements into groups of one brief and one kind; ordered by kind (as in `READING_ORDER`), title and
    slug."""
    groups = [group for announcement in announcements for group in _by_kind(announcement)]
    return tuple(sorted(groups, key=rank))


def rank(group: Announcement) -> tuple[int, str, str]:
    """What the groups of a digest are ordered by."""
    return READING_ORDER.index(group.kind), group.change_set.brief.title, group.change_set.slug


def _by_kind(announcement: Announcement) -> Iterator[Announcement]:
    for kind in dict.fromkeys([*(c.kind for c in announcement.changes), *(n.kind for n in announcement.notes)]):
        changes = tuple(change for change in announcement.changes if change.kind == kind)
        notes = tuple(note for note in announcement.notes if note.kind == kind)
        # Shown in full: a digest has further messages, a single announcement has none.
        yield replace(announcement, changes=changes, notes=notes, collapsed=False)


def overdue(briefs: Iterable[Brief], specs: Sequence[SubscriptionSpec], on: date) -> tuple[Review, ...]:
    """Reviews that were due before the day `on`, of published briefs that one of `specs` matches; longest overdue
    first, then by slug."""
    return _reviews((brief for brief in briefs if any(matches_brief(spec, brief) for spec in specs)), on)


def report(
    briefs: Mapping[str, Brief], on: date, questions: Iterable[tuple[str, int]], failed: Iterable[tuple[str, int]]
) -> Report:
    """The report of the day `on` over published briefs (by slug); `questions` and `failed` are taken as they are."""
    published = [brief for _, brief in sorted(briefs.items()) if brief.status == "published"]
    unverified = (
        Unverified(brief.slug, brief.title, key, claim.id)
        for brief in published
        for key, claim in brief.claims()
        if claim.standing == "unverified"
    )
    return Report(_reviews(published, on + REVIEW_NOTICE), tuple(unverified), tuple(questions), tuple(failed))


def _reviews(briefs: Iterable[Brief], before: date) -> tuple[Review, ...]:
    """Reviews due before a day, longest overdue first."""
    reviews = [
        Review(b.slug, b.title, b.review_by, b.owner)
        for b in briefs
        if b.status == "published" and b.review_by is not None and b.review_by < before
    ]
    return tuple(sorted(reviews, key=lambda review: (review.due, review.slug)))
