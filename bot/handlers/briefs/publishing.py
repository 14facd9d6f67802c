"""Trigger: brief files have changed. Makes the next publication and its deliveries."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from threading import Lock

from bot.core.briefs import canonical
from bot.core.briefs.brief import NO_VOCABULARY, Brief, Vocabulary
from bot.core.briefs.commit import Commit
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.delivery.content import ChangePost, DeliveryContent, ThreadParent, ThreadParentEdit
from bot.core.subscriptions.subscription import Subscription, matches
from bot.errors import AlreadyPublishedError
from bot.handlers.briefs.follow_renames import change_sets_told, follow_renames
from bot.handlers.context import PRODUCTION_CADENCE
from bot.handlers.delivery import correct_posts
from bot.handlers.delivery.wake_workers import Worker, wake_workers, workers_of
from bot.handlers.ports import Queue
from bot.store.outbox import NewDelivery, State
from bot.store.publications import Publication
from bot.store.store import Store, Transaction

logger = logging.getLogger(__name__)

ChangeSets = dict[str, tuple[str | None, ChangeSet | None]]
"""By slug: the published revision, and the difference from it; None where readers see none."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What changed in the files since the process last read them. `briefs` by slug (None: the file is gone);
    `previous_revisions` are the revisions that they had; `vocabulary` is None where it has not changed; `files` gives
    (slug, revision) by the hash of a file's bytes. `allow_revert`: content that readers saw before may be published
    again, as somebody has just changed the files."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    previous_revisions: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    commit: Commit | None = None
    allow_revert: bool = False


@dataclass(frozen=True, slots=True)
class AlreadySuperseded:
    """Not published: the files equal an earlier publication; `number` is that of the newest, which readers see."""

    number: int


def publish(
    request: PublishRequest, store: Store, queue: Queue, now: datetime
) -> Publication | AlreadySuperseded | None:
    """Makes the next publication with its change sets and deliveries in one transaction; None where nothing differs.
    Two processes that publish the same files publish them once. Raises: DatabaseFailureError."""
    # Outside the transaction, whose lock other processes wait for: comparing many briefs takes long.
    with store.snapshot() as tx:
        ready = _change_sets(tx, tx.publications.revisions(), request.briefs)
    try:
        with store.transaction() as tx:
            return _publish(tx, request, queue, now, ready)
    except AlreadyPublishedError:
        logger.info("another process published first; looking again")
        with store.transaction() as tx:
            return _publish(tx, request, queue, now, ready)


class Publisher:
    """Publishes requests. One that the database does not take waits, and the next ones are merged into it.
    Thread-safe."""

    def __init__(self, store: Store, queue: Queue, now: Callable[[], datetime]) -> None:
        self._store, self._queue, self._now = store, queue, now
        self._lock = Lock()
        self._waiting: PublishRequest | None = None

    def publish(self, request: PublishRequest) -> Publication | AlreadySuperseded | None:
        """Publishes a request now, or else with a later `retry`. Raises: DatabaseFailureError."""
        with self._lock:
            # Waiting before it is published: where the database fails, `retry` finds it.
            self._waiting = _merged(self._waiting, request)
            return self._publish()

    def retry(self) -> Publication | AlreadySuperseded | None:
        """Publishes the request that is waiting; None where there is none. Raises: DatabaseFailureError."""
        with self._lock:
            return self._publish()

    def _publish(self) -> Publication | AlreadySuperseded | None:
        if self._waiting is None:
            return None
        outcome = publish(self._waiting, self._store, self._queue, self._now())
        self._waiting = None
        return outcome


def _merged(first: PublishRequest | None, then: PublishRequest) -> PublishRequest:
    if first is None:
        return then
    return PublishRequest(
        briefs={**first.briefs, **then.briefs},
        # The first request's: the revisions that the files had before any of the merged changes.
        previous_revisions={**then.previous_revisions, **first.previous_revisions},
        vocabulary=then.vocabulary or first.vocabulary,
        files={**first.files, **then.files},
        commit=then.commit,
        # Both must allow it: merging must not let an older file through.
        allow_revert=first.allow_revert and then.allow_revert,
    )


def _publish(
    tx: Transaction, request: PublishRequest, queue: Queue, now: datetime, ready: ChangeSets
) -> Publication | AlreadySuperseded | None:
    # First of all: what is read below must stay the latest publication until the commit.
    tx.publications.lock_publishing()
    latest, current = tx.publications.latest(), tx.publications.revisions()
    tx.publications.remember_parsed(request.files)
    stale = _stale_briefs(tx, request, latest, current)
    if stale:
        logger.warning("older than what readers see, and left alone: %s", ", ".join(sorted(stale)))
    briefs = {slug: brief for slug, brief in _changed(request, current).items() if slug not in stale}
    vocabulary = _vocabulary(tx, request, latest, stale)
    fingerprint = canonical.fingerprint(_revisions_after(current, briefs), vocabulary)
    if latest is not None and fingerprint == latest.fingerprint:
        return AlreadySuperseded(latest.number) if stale else None
    if latest is not None and not _may_publish(tx, request, latest, fingerprint):
        return AlreadySuperseded(latest.number)
    renames = follow_renames(tx, current, briefs) if latest else ()
    publication = Publication((latest.number if latest else 0) + 1, fingerprint, now, request.commit, renames)
    # The first publication announces nothing: nobody can have read anything before it.
    change_sets = _change_sets(tx, current, briefs, ready) if latest else {}
    visible = change_sets_told(tx, (change_set for _, change_set in change_sets.values()), publication)
    kinds = {each.slug: each.kind for each in visible if not each.is_silent}
    tx.publications.add(publication, vocabulary, briefs, kinds)
    workers = _deliver(tx, visible, publication, now)
    wake_workers(tx, queue, workers, now + PRODUCTION_CADENCE.stale_after)
    return publication


def _changed(request: PublishRequest, current: Mapping[str, str]) -> dict[str, Brief | None]:
    """The briefs of a request that differ from what readers see."""
    return {
        slug: brief
        for slug, brief in request.briefs.items()
        if current.get(slug) != (brief.revision if brief else None)
    }


def _vocabulary(
    tx: Transaction, request: PublishRequest, latest: Publication | None, stale: Collection[str]
) -> Vocabulary:
    """The request's, unless it comes with stale files; else the published one."""
    if request.vocabulary is not None and (request.allow_revert or not stale):
        return request.vocabulary
    return tx.publications.vocabulary() if latest else NO_VOCABULARY


def _revisions_after(current: Mapping[str, str], briefs: Mapping[str, Brief | None]) -> dict[str, str]:
    """The revisions once these briefs are changed."""
    unchanged = {slug: revision for slug, revision in current.items() if slug not in briefs}
    return unchanged | {slug: brief.revision for slug, brief in briefs.items() if brief is not None}


# A process with older files must not publish backwards


def _stale_briefs(
    tx: Transaction, request: PublishRequest, latest: Publication | None, current: Mapping[str, str]
) -> set[str]:
    """Briefs in the request that would undo a newer publication. If some files are stale, deletions are treated as
    stale too."""
    # Whatever a newer commit brings back is a revert on purpose.
    if latest is None or _is_newer(request, latest):
        return set()
    changed = _changed(request, current)
    seen = {
        slug
        for slug, brief in changed.items()
        if brief and tx.publications.was_revision_published(slug, brief.revision)
    }
    deleted = {slug for slug, brief in changed.items() if brief is None}
    if request.allow_revert:
        return {slug for slug in seen | deleted if request.previous_revisions.get(slug) != current.get(slug)}
    return seen | deleted if seen else set()


def _may_publish(tx: Transaction, request: PublishRequest, latest: Publication, fingerprint: str) -> bool:
    """Whether this may be published although readers may have seen just this before."""
    if request.allow_revert or _is_newer(request, latest):
        return True
    return not tx.publications.was_published(fingerprint)


def _is_newer(request: PublishRequest, latest: Publication) -> bool:
    ours, theirs = request.commit, latest.commit
    return ours is not None and theirs is not None and ours.at > theirs.at


def _change_sets(
    tx: Transaction,
    current: Mapping[str, str],
    briefs: Mapping[str, Brief | None],
    ready: ChangeSets | None = None,
) -> ChangeSets:
    """The change sets of briefs against what readers see. Those in `ready` were computed before the transaction, which
    others wait for, and are taken where readers still see the same."""
    change_sets: ChangeSets = {}
    for slug, brief in sorted(briefs.items()):
        before = current.get(slug)
        if ready is not None and slug in ready and ready[slug][0] == before:
            change_sets[slug] = ready[slug]
        else:
            change_sets[slug] = before, diff_brief(tx.brief(slug, before), brief)
    return change_sets


# Deliveries


def _deliver(tx: Transaction, change_sets: Sequence[ChangeSet], publication: Publication, now: datetime) -> set[Worker]:
    """Adds the announcements and corrections of a publication; the workers that have to send them."""
    subscriptions = (
        [each for each in tx.subscriptions.all_subscriptions() if not each.muted(now)] if change_sets else []
    )
    workers: set[Worker] = set()
    for change_set in change_sets:
        workers |= _announce(tx, change_set, publication, subscriptions)
        workers |= correct_posts.enqueue_corrections(tx, change_set, publication)
    return workers


def _announce(
    tx: Transaction, change_set: ChangeSet, publication: Publication, subscriptions: Iterable[Subscription]
) -> set[Worker]:
    """Adds the announcements of a change set to the channels that follow it; the workers that have to send them."""
    if change_set.is_silent:
        return set()
    starts = tx.outbox.supersede(change_set.slug)
    interested = sorted(filter(lambda each: _is_interested(each, change_set, starts), subscriptions), key=_destination)
    deliveries = [
        each
        for (team, channel), group in groupby(interested, key=_destination)
        for each in _deliveries(
            list(group), change_set.slug, publication, starts.get((team, channel), publication.number - 1)
        )
    ]
    tx.outbox.add(deliveries)
    return workers_of(deliveries)


def _is_interested(subscription: Subscription, change_set: ChangeSet, starts: Mapping[tuple[str, str], int]) -> bool:
    """Whether it asks for the change, or for an earlier one that was not posted yet and now goes out with this."""
    asks = matches(subscription.spec, change_set) or _destination(subscription) in starts
    return asks and subscription.spec.deliver != "digest"


def _destination(subscription: Subscription) -> tuple[str, str]:
    return subscription.team, subscription.channel


def _deliveries(group: list[Subscription], slug: str, publication: Publication, after: int) -> list[NewDelivery]:
    """One message for a channel, whichever of its subscriptions asked for it; with a live thread three."""
    first, number = group[0], publication.number
    contents: list[DeliveryContent] = [ChangePost(slug, after, number)]
    if not any(each.spec.deliver == "channel" for each in group):
        # The parent comes first, and is void where the thread exists; the edit brings it up to date.
        contents = [ThreadParent(slug, number), *contents, ThreadParentEdit(slug, number)]
    # Added although paused: what changed meanwhile is posted when the channel can be reached again.
    state: State = "paused" if all(each.paused for each in group) else "pending"
    at = publication.published_at
    return [NewDelivery(first.team, first.enterprise, first.channel, each, at, state) for each in contents]
