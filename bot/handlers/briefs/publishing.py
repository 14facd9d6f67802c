"""Trigger: brief files are other than what is published. Makes the next publication, and what is owed because of it."""

import logging
from collections.abc import Callable, Iterable, Mapping
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
from bot.handlers.context import PRODUCTION_CADENCE
from bot.handlers.delivery import correct_posts
from bot.handlers.delivery.wake_workers import Worker, wake_workers, workers_of
from bot.handlers.ports import Queue
from bot.store.outbox import NewDelivery, State
from bot.store.publications import Publication
from bot.store.store import Store, Transaction

logger = logging.getLogger(__name__)

ChangeSets = dict[str, tuple[str | None, ChangeSet | None]]
"""By slug: the revision that a brief had, and what is different now, if readers are to hear of it at all."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """Briefs as files hold them now (None: gone), of those that differ from what the process knew before, whose
    revisions are in `was`, and the vocabulary where it differs. `files`: which versions files are, by the hash of their
    bytes. `again`: also what readers have seen before may be published, as somebody has just changed the files."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    previous_revisions: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    commit: Commit | None = None
    allow_revert: bool = False


@dataclass(frozen=True, slots=True)
class AlreadySuperseded:
    """Nothing was published, since readers have seen it before, and something newer after it."""

    number: int


def publish(
    request: PublishRequest, store: Store, queue: Queue, now: datetime
) -> Publication | AlreadySuperseded | None:
    """One transaction: the next publication with its change sets and deliveries; None where nothing is different. Two
    processes that propose the same publish it once."""
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
    """What files say on its way into the database. A request that the database does not take waits, and the next ones
    are added to it."""

    def __init__(self, store: Store, queue: Queue, now: Callable[[], datetime]) -> None:
        self._store, self._queue, self._now = store, queue, now
        self._lock = Lock()
        self._waiting: PublishRequest | None = None

    def publish(self, request: PublishRequest) -> Publication | AlreadySuperseded | None:
        """Publishes it now, or else with a later `retry`. Raises what the database raises."""
        with self._lock:
            self._waiting = _merged(self._waiting, request)
            return self._publish()

    def retry(self) -> Publication | AlreadySuperseded | None:
        """Publishes what is still waiting."""
        with self._lock:
            return self._publish()

    def _publish(self) -> Publication | AlreadySuperseded | None:
        if self._waiting is None:
            return None
        made = publish(self._waiting, self._store, self._queue, self._now())
        self._waiting = None
        return made


def _merged(first: PublishRequest | None, then: PublishRequest) -> PublishRequest:
    if first is None:
        return then
    return PublishRequest(
        briefs={**first.briefs, **then.briefs},
        previous_revisions={**then.previous_revisions, **first.previous_revisions},
        vocabulary=then.vocabulary or first.vocabulary,
        files={**first.files, **then.files},
        commit=then.commit,
        allow_revert=first.allow_revert and then.allow_revert,
    )


def _publish(
    tx: Transaction, request: PublishRequest, queue: Queue, now: datetime, ready: ChangeSets
) -> Publication | AlreadySuperseded | None:
    tx.publications.lock_publishing()
    latest = tx.publications.latest()
    current = tx.publications.revisions()
    words = request.vocabulary or (tx.publications.vocabulary() if latest else NO_VOCABULARY)
    changed = {s: b for s, b in request.briefs.items() if current.get(s) != (b.revision if b else None)}
    tx.publications.remember_parsed(request.files)
    backwards = _stale_briefs(tx, request, latest, changed, current)
    if backwards:
        logger.warning("older than what readers see, and left alone: %s", ", ".join(sorted(backwards)))
        changed = {slug: brief for slug, brief in changed.items() if slug not in backwards}
        words = words if request.allow_revert else tx.publications.vocabulary()
    fingerprint = canonical.fingerprint(_after(current, changed), words)
    if latest is not None and fingerprint == latest.fingerprint:
        return AlreadySuperseded(latest.number) if backwards else None
    if latest is not None and not _may_publish(tx, request, latest, fingerprint):
        return AlreadySuperseded(latest.number)
    made = Publication((latest.number if latest else 0) + 1, fingerprint, now, request.commit)
    sets = _change_sets(tx, current, changed, ready) if latest else {}
    told = {slug: each for slug, (_, each) in sets.items() if each is not None}
    tx.publications.add(made, words, changed, {slug: each.kind for slug, each in told.items() if not each.is_silent})
    following = [s for s in tx.subscriptions.all_subscriptions() if not s.muted(now)] if told else []
    workers = set()
    for found in told.values():
        workers |= _announce(tx, found, made, following)
        workers |= correct_posts.enqueue_corrections(tx, found, made)
    wake_workers(tx, queue, workers, now + PRODUCTION_CADENCE.stale_after)
    return made


def _after(current: Mapping[str, str], changed: Mapping[str, Brief | None]) -> dict[str, str]:
    """The revisions once these briefs are changed."""
    kept = {slug: revision for slug, revision in current.items() if slug not in changed}
    return kept | {slug: brief.revision for slug, brief in changed.items() if brief is not None}


# A process with older files must not publish backwards


def _stale_briefs(
    tx: Transaction,
    request: PublishRequest,
    latest: Publication | None,
    changed: Mapping[str, Brief | None],
    current: Mapping[str, str],
) -> set[str]:
    """The briefs of a request that are older than what readers see: a version that they saw before, unless it was put
    into the place of the one that they see now. Files of which some are older may also lack what is newer."""
    if latest is None or _is_newer(request, latest):
        return set()
    seen = {
        slug
        for slug, brief in changed.items()
        if brief and tx.publications.was_revision_published(slug, brief.revision)
    }
    gone = {slug for slug, brief in changed.items() if brief is None}
    if request.allow_revert:
        return {slug for slug in seen | gone if request.previous_revisions.get(slug) != current.get(slug)}
    return seen | gone if seen else set()


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
    changed: Mapping[str, Brief | None],
    ready: ChangeSets | None = None,
) -> ChangeSets:
    """The change sets of briefs against what readers see. Those that are `ready` were made before the transaction,
    which others wait for, and are taken where readers still see the same."""
    found: ChangeSets = {}
    for slug, brief in sorted(changed.items()):
        before = current.get(slug)
        if ready is not None and slug in ready and ready[slug][0] == before:
            found[slug] = ready[slug]
        else:
            found[slug] = before, diff_brief(tx.brief(slug, before), brief)
    return found


def _announce(tx: Transaction, found: ChangeSet, made: Publication, following: Iterable[Subscription]) -> set[Worker]:
    """What is owed to the channels that follow this; the workers that have work."""
    if found.is_silent:
        return set()
    before = tx.outbox.supersede(found.slug)
    hearing = sorted(filter(lambda s: _is_interested(s, found, before), following), key=_destination)
    owed = [
        each
        for (team, channel), group in groupby(hearing, key=_destination)
        for each in _deliveries(list(group), found.slug, made, before.get((team, channel), made.number - 1))
    ]
    tx.outbox.add(owed)
    return workers_of(owed)


def _is_interested(subscription: Subscription, found: ChangeSet, before: Mapping[tuple[str, str], int]) -> bool:
    """Whether it asks for the change, or for an earlier one that was not posted yet and now goes out with this."""
    asks = matches(subscription.spec, found) or _destination(subscription) in before
    return asks and subscription.spec.deliver != "digest"


def _destination(subscription: Subscription) -> tuple[str, str]:
    return subscription.team, subscription.channel


def _deliveries(group: list[Subscription], slug: str, publication: Publication, after: int) -> list[NewDelivery]:
    """One message for a channel, whichever of its subscriptions asked for it; with a live thread three."""
    first, number = group[0], publication.number
    contents: list[DeliveryContent] = [ChangePost(slug, after, number)]
    if not any(each.spec.deliver == "channel" for each in group):
        contents = [ThreadParent(slug, number), *contents, ThreadParentEdit(slug, number)]
    state: State = "paused" if all(each.paused for each in group) else "pending"
    at = publication.published_at
    return [NewDelivery(first.team, first.enterprise, first.channel, each, at, state) for each in contents]
