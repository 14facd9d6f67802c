"""Who is told of a publication: its announcements and corrections as deliveries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.core.changes.change_set import ChangeSet
from bot.core.delivery.content import (
    ChangePost,
    ChangeSummary,
    DeliveryContent,
    ThreadParent,
    ThreadParentEdit,
)
from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.core.subscriptions.subscription import Subscription, matches
from bot.handlers.delivery import correct_posts
from bot.handlers.delivery.wake_workers import Worker, workers_of
from bot.store.outbox import NewDelivery, State
from bot.store.publications import Publication
from bot.store.store import Transaction

Destination = tuple[str, str]
"""A workspace and a channel, by their ids."""


@dataclass(frozen=True, slots=True)
class _Announcement:
    """A brief, by its slug, whose changes after a publication (not included) are to be told in the channel of these
    subscriptions, of which there is at least one."""

    slug: str
    after: int
    subscriptions: tuple[Subscription, ...]

    @property
    def in_thread(self) -> bool:
        """Whether all of the subscriptions ask for a live thread."""
        return not any(each.spec.deliver == "channel" for each in self.subscriptions)

    @property
    def may_thread(self) -> bool:
        """Whether one of the subscriptions asks for a live thread."""
        return any(each.spec.deliver == "thread" for each in self.subscriptions)


@dataclass(frozen=True, slots=True)
class Announced:
    """The workers that have to send what announces and corrects, and the ids of the subscriptions that are told."""

    workers: set[Worker]
    subscriptions: frozenset[int]


def announce_changes(
    tx: Transaction,
    change_sets: Sequence[ChangeSet],
    publication: Publication,
    now: datetime,
    posts_max: int = POSTS_PER_PUBLICATION,
) -> Announced:
    """Adds the deliveries that announce the changes of a publication, and those that correct earlier posts; who sends
    them, and for whom. A channel gets at most `posts_max` posts of changes, or else one summary. Call it in the
    transaction of the publication."""
    announced = [each for each in change_sets if not each.is_silent]
    subscriptions = _followers(tx, announced, now)
    # Asked once: a publication may have thousands of change sets, and most often nothing waits.
    waiting = tx.outbox.waiting_briefs([each.slug for each in announced])
    by_destination: dict[Destination, list[_Announcement]] = {}
    for change_set in announced:
        starts = tx.outbox.supersede(change_set.slug) if change_set.slug in waiting else {}
        for destination, announcement in _announcements(change_set, publication, subscriptions, starts):
            by_destination.setdefault(destination, []).append(announcement)
    deliveries = [
        delivery
        for destination, announcements in by_destination.items()
        for delivery in _deliveries(tx, destination, announcements, publication, posts_max)
    ]
    tx.outbox.add(deliveries)
    shown = tx.posted_messages.shown_briefs([each.slug for each in change_sets])
    concerned = [each for each in change_sets if each.slug in shown]
    workers = workers_of(deliveries) | correct_posts.enqueue_corrections(tx, concerned, publication)
    asking = (each for announcements in by_destination.values() for each in announcements)
    return Announced(workers, frozenset(each.id for one in asking for each in one.subscriptions))


def _followers(tx: Transaction, change_sets: Sequence[ChangeSet], now: datetime) -> list[Subscription]:
    """The subscriptions that change sets can match, and that are not muted; none of workspaces that nothing is owed
    to."""
    versions = [brief for each in change_sets for brief in (each.before, each.after) if brief is not None]
    if not versions:
        return []
    tags = {tag for brief in versions for tag in brief.tags}
    found = tx.subscriptions.of_briefs([each.slug for each in change_sets], sorted(tags))
    foreign = tx.foreign_teams.foreign() if found else ()
    return [each for each in found if not each.muted(now) and each.team not in foreign]


def _announcements(
    change_set: ChangeSet,
    publication: Publication,
    subscriptions: Iterable[Subscription],
    starts: Mapping[Destination, int],
) -> Iterator[tuple[Destination, _Announcement]]:
    """The announcement of a change set for each channel that follows it. `starts` gives the publication after which it
    begins where an earlier change becomes part of it."""
    interested = sorted(filter(lambda each: _is_interested(each, change_set, starts), subscriptions), key=_destination)
    for destination, group in groupby(interested, key=_destination):
        after = starts.get(destination, publication.number - 1)
        yield destination, _Announcement(change_set.slug, after, tuple(group))


def _is_interested(subscription: Subscription, change_set: ChangeSet, starts: Mapping[Destination, int]) -> bool:
    """Whether it asks for the change, or for an earlier one that was not posted yet and now goes out with this."""
    asks = matches(subscription.spec, change_set) or _destination(subscription) in starts
    return asks and subscription.spec.deliver != "digest"


def _destination(subscription: Subscription) -> Destination:
    return subscription.team, subscription.channel


# Deliveries


def _deliveries(
    tx: Transaction,
    destination: Destination,
    announcements: Sequence[_Announcement],
    publication: Publication,
    posts_max: int,
) -> list[NewDelivery]:
    """What tells these announcements in one channel, in the order in which it is to be sent."""
    if len(announcements) > posts_max:
        subscriptions = [each for announcement in announcements for each in announcement.subscriptions]
        contents = _summary(tx, destination, announcements, publication.number)
        return _new_deliveries(contents, subscriptions, publication)
    return [
        delivery
        for each in announcements
        for delivery in _new_deliveries(_posts(each, publication.number), each.subscriptions, publication)
    ]


def _new_deliveries(
    contents: Iterable[DeliveryContent], subscriptions: Sequence[Subscription], publication: Publication
) -> list[NewDelivery]:
    first, at = subscriptions[0], publication.published_at
    # Added although paused: what changed meanwhile is posted when the channel can be reached again.
    state: State = "paused" if all(each.paused for each in subscriptions) else "pending"
    return [NewDelivery(first.team, first.enterprise, first.channel, each, at, state) for each in contents]


def _posts(announcement: _Announcement, publication: int) -> list[DeliveryContent]:
    """One message, whichever of the channel's subscriptions asked for it; with a live thread three."""
    slug = announcement.slug
    post = ChangePost(slug, announcement.after, publication)
    if not announcement.in_thread:
        # Together with what waited it may go into the thread all the same.
        has_waited = announcement.after < publication - 1 and announcement.may_thread
        return [post, *([ThreadParentEdit(slug, publication)] if has_waited else [])]
    # The parent comes first, and is void where the thread exists; the edit brings it up to date. Who asks is looked up
    # again when the change is composed: it then gets its parent late, or goes into the channel.
    return [ThreadParent(slug, publication), post, ThreadParentEdit(slug, publication)]


def _summary(
    tx: Transaction, destination: Destination, announcements: Sequence[_Announcement], publication: int
) -> list[DeliveryContent]:
    """One message instead of many, with all that still waits in the channel; live threads that are there already are
    brought up to date."""
    waiting = tx.outbox.supersede_channel(*destination)
    starts = {tx.renames.current_slug(slug, after): after for slug, after in waiting.items()}
    for each in announcements:
        starts[each.slug] = min(each.after, starts.get(each.slug, each.after))
    threads = tx.posted_messages.threads(*destination)
    edits = [
        ThreadParentEdit(each.slug, publication) for each in announcements if each.in_thread and each.slug in threads
    ]
    return [ChangeSummary(tuple(sorted(starts.items())), publication), *edits]
