"""Trigger: brief files have changed. Makes the next publication and its deliveries."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from bot.core.batches import batches
from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.briefs.commit import Commit
from bot.core.briefs.file_place import FileLines
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.delivery.post_limits import POSTS_PER_PUBLICATION
from bot.core.evidence.lock import EvidenceLock
from bot.errors import AlreadyPublishedError
from bot.handlers.briefs.announce_changes import announce_changes
from bot.handlers.briefs.follow_renames import change_sets_told, follow_renames
from bot.handlers.briefs.take_evidence import take_evidence
from bot.handlers.context import PRODUCTION_CADENCE
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.ports import Queue
from bot.store.publications import Publication
from bot.store.store import AT_ONCE, Store, Transaction

logger = logging.getLogger(__name__)

ChangeSets = dict[str, tuple[str | None, ChangeSet | None]]
"""By slug: the published revision, and the difference from it; None where readers see none."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What changed in the files since the process last read them. `briefs` by slug (None: the file is gone);
    `previous_revisions` are the revisions that they had; `vocabulary` and `evidence` are None where they have not
    changed; `files` gives (slug, revision) by the hash of a file's bytes, `lines` where its parts begin.
    `allow_revert`: content that readers saw before may be published again, as somebody has just changed the files."""

    briefs: Mapping[str, Brief | None] = field(default_factory=dict)
    previous_revisions: Mapping[str, str | None] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    commit: Commit | None = None
    allow_revert: bool = False
    lines: Mapping[str, FileLines] = field(default_factory=dict)
    evidence: EvidenceLock | None = None


@dataclass(frozen=True, slots=True)
class AlreadySuperseded:
    """Not published: the files equal an earlier publication; `number` is that of the newest, which readers see."""

    number: int


def publish(
    request: PublishRequest, store: Store, queue: Queue, now: datetime, posts_max: int = POSTS_PER_PUBLICATION
) -> Publication | AlreadySuperseded | None:
    """Makes the next publication with its change sets and deliveries in one transaction; None where nothing differs.
    A channel gets at most `posts_max` posts of changes, or else one summary. Two processes that publish the same files
    publish them once. Raises: DatabaseFailureError."""
    # Outside the transaction, whose lock other processes wait for: comparing many briefs takes long.
    with store.snapshot() as tx:
        vocabulary = _vocabulary(tx, request, tx.publications.latest(), ())
        ready = _change_sets(tx, tx.publications.revisions(), request.briefs, vocabulary)
    try:
        with store.transaction() as tx:
            return _publish(tx, request, queue, now, ready, posts_max)
    except AlreadyPublishedError:
        logger.info("another process published first; looking again")
        with store.transaction() as tx:
            return _publish(tx, request, queue, now, ready, posts_max)


class Publisher:
    """Publishes requests. One that the database does not take waits, and the next ones are merged into it.
    Thread-safe."""

    def __init__(
        self, store: Store, queue: Queue, now: Callable[[], datetime], posts_max: int = POSTS_PER_PUBLICATION
    ) -> None:
        self._store, self._queue, self._now, self._posts_max = store, queue, now, posts_max
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
        outcome = publish(self._waiting, self._store, self._queue, self._now(), self._posts_max)
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
        lines={**first.lines, **then.lines},
        evidence=first.evidence if then.evidence is None else then.evidence,
    )


def _publish(
    tx: Transaction, request: PublishRequest, queue: Queue, now: datetime, ready: ChangeSets, posts_max: int
) -> Publication | AlreadySuperseded | None:
    # First of all: what is read below must stay the latest publication until the commit.
    tx.publications.lock_publishing()
    if request.evidence is not None:
        take_evidence(tx, request.evidence, request.commit, now, allow_revert=request.allow_revert)
    latest, current = tx.publications.latest(), tx.publications.revisions()
    tx.publications.remember_parsed(request.files, request.lines)
    stale = _stale_briefs(tx, request, latest, current)
    if stale:
        logger.warning("older than what readers see, and left alone: %s", ", ".join(sorted(stale)))
    briefs = {slug: brief for slug, brief in _changed(request, current).items() if slug not in stale}
    vocabulary = _vocabulary(tx, request, latest, stale)
    fingerprint = canonical.fingerprint(_revisions_after(current, briefs), vocabulary)
    if latest is not None and fingerprint == latest.fingerprint:
        return AlreadySuperseded(latest.number) if stale else None
    if latest is not None and not _may_publish(tx, request, latest, current, fingerprint):
        return AlreadySuperseded(latest.number)
    renames = follow_renames(tx, current, briefs) if latest else ()
    publication = Publication((latest.number if latest else 0) + 1, fingerprint, now, request.commit, renames)
    # The first publication announces nothing: nobody can have read anything before it.
    change_sets = _change_sets(tx, current, briefs, vocabulary, ready) if latest else {}
    visible = change_sets_told(tx, (change_set for _, change_set in change_sets.values()), publication)
    announced = tuple(each for each in visible if not each.is_silent)
    kinds = {each.slug: each.kind for each in announced}
    tx.publications.add(publication, vocabulary, briefs, kinds)
    told = announce_changes(tx, visible, publication, now, posts_max)
    wake_workers(tx, queue, told.workers, now + PRODUCTION_CADENCE.stale_after)
    return replace(publication, announced=announced, audience=told.subscriptions)


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
    if not _is_older(request, latest):
        # What is not there is not undone by coming back; a renamed brief is there, under its new name.
        seen &= current.keys() | tx.renames.renamed_slugs()
    deleted = {slug for slug, brief in changed.items() if brief is None}
    if request.allow_revert:
        return {slug for slug in seen | deleted if request.previous_revisions.get(slug) != current.get(slug)}
    return seen | deleted if seen else set()


def _may_publish(
    tx: Transaction, request: PublishRequest, latest: Publication, current: Mapping[str, str], fingerprint: str
) -> bool:
    """Whether this may be published although readers may have seen just this before."""
    if request.allow_revert or _is_newer(request, latest):
        return True
    return _comes_back(tx, request, latest, current) or not tx.publications.was_published(fingerprint)


def _comes_back(tx: Transaction, request: PublishRequest, latest: Publication, current: Mapping[str, str]) -> bool:
    """Whether it only brings briefs that are not there now, under no name."""
    changed = _changed(request, current).keys()
    known = current.keys() | tx.renames.renamed_slugs()
    return bool(changed) and request.vocabulary is None and not changed & known and not _is_older(request, latest)


def _is_older(request: PublishRequest, latest: Publication) -> bool:
    ours, theirs = request.commit, latest.commit
    return ours is not None and theirs is not None and ours.at < theirs.at


def _is_newer(request: PublishRequest, latest: Publication) -> bool:
    ours, theirs = request.commit, latest.commit
    return ours is not None and theirs is not None and ours.at > theirs.at


def _change_sets(
    tx: Transaction,
    current: Mapping[str, str],
    briefs: Mapping[str, Brief | None],
    vocabulary: Vocabulary,
    ready: ChangeSets | None = None,
) -> ChangeSets:
    """The change sets of briefs against what readers see. Those in `ready` were computed before the transaction, which
    others wait for, and are taken where readers still see the same."""
    known = (ready or {}).items()
    change_sets = {slug: each for slug, each in known if slug in briefs and each[0] == current.get(slug)}
    others = sorted(briefs.keys() - change_sets.keys())
    for some in batches(others, AT_ONCE):
        tx.expect({(slug, current.get(slug)) for slug in some})
        for slug in some:
            before = current.get(slug)
            change_sets[slug] = before, diff_brief(tx.brief(slug, before), briefs[slug], vocabulary)
    return dict(sorted(change_sets.items()))
