"""The store: transactions over one database, and a cache of the versions of briefs that it holds."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Self

from sqlalchemy import Connection, Engine

from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.change_set import CORRECTING, ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.changes.reinstatement import NOTHING, Withdrawn, may_reinstate, reinstate
from bot.core.lru_cache import LruCache
from bot.store import database, patience
from bot.store.asks import Asks
from bot.store.brief_versions import BriefVersions
from bot.store.channel_changes import ChannelChanges
from bot.store.channel_moves import ChannelMoves
from bot.store.claim_posts import ClaimPosts
from bot.store.claim_vectors import ClaimVectors
from bot.store.delivery_counts import DeliveryCounts
from bot.store.delivery_workers import DeliveryWorkers
from bot.store.digests import Digests
from bot.store.disk import free_bytes
from bot.store.failures import translated
from bot.store.file_reports import FileReports
from bot.store.foreign_teams import ForeignTeams
from bot.store.history_walk import HistoryWalk
from bot.store.installations import Installations
from bot.store.oauth_states import OAuthStates
from bot.store.old_deliveries import OldDeliveries
from bot.store.outbox import Outbox
from bot.store.places import Places, too_long
from bot.store.posted_messages import PostedMessages
from bot.store.publications import Publications, RevisionChange
from bot.store.quote_checks import QuoteChecks
from bot.store.renames import Renames
from bot.store.reports import Reports
from bot.store.seen_events import SeenEvents
from bot.store.subscriptions import Subscriptions
from bot.store.unanswered_queries import UnansweredQueries
from bot.store.welcomes import Welcomes
from bot.store.workspace_data import WorkspaceData

IMPATIENT_MAX = 16
"""Transactions at once that have no time: fewer than the pool has connections beside those of all workers."""

VERSIONS_CACHED = 512
AT_ONCE = 100
"""Briefs whose versions are read together, by `expect`: several times as many are kept."""


class VersionCache:
    """Versions of briefs and the differences between them, which never change but with the names of sections."""

    def __init__(self) -> None:
        self.briefs = LruCache[Brief](VERSIONS_CACHED)
        self.change_sets = LruCache[ChangeSet | None](VERSIONS_CACHED)
        self.walks = LruCache[HistoryWalk](VERSIONS_CACHED)
        """By slug: what was withdrawn up to a publication."""
        self.looked_until = LruCache[int](VERSIONS_CACHED)
        """By slug: see `Transaction.looked_until`."""


class Transaction:
    """The subjects of the store, all in one transaction: it is kept whole or not at all."""

    def __init__(self, connection: Connection, versions: VersionCache) -> None:
        self.connection, self._versions = connection, versions
        self._together: frozenset[str] = frozenset()
        self._histories: defaultdict[str, list[RevisionChange]] | None = None
        self._walks: dict[str, HistoryWalk] = {}
        self.asks = Asks(connection)
        self.brief_versions = BriefVersions(connection)
        self.channel_changes = ChannelChanges(connection)
        self.channel_moves = ChannelMoves(connection)
        self.claim_posts = ClaimPosts(connection)
        self.claim_vectors = ClaimVectors(connection)
        self.delivery_counts = DeliveryCounts(connection)
        self.delivery_workers = DeliveryWorkers(connection)
        self.digests = Digests(connection)
        self.file_reports = FileReports(connection)
        self.foreign_teams = ForeignTeams(connection)
        self.installations = Installations(connection)
        self.oauth_states = OAuthStates(connection)
        self.old_deliveries = OldDeliveries(connection)
        self.outbox = Outbox(connection)
        self.posted_messages = PostedMessages(connection)
        self.publications = Publications(connection)
        self.quote_checks = QuoteChecks(connection)
        self.renames = Renames(connection)
        self.reports = Reports(connection)
        self.seen_events = SeenEvents(connection)
        self.subscriptions = Subscriptions(connection)
        self.unanswered_queries = UnansweredQueries(connection)
        self.workspace_data = WorkspaceData(connection)
        self.welcomes = Welcomes(connection)

    def brief(self, slug: str, revision: str | None) -> Brief | None:
        """A version of a brief; None for no revision. Raises: LookupError for one that was never published."""
        if revision is None:
            return None
        return self._versions.briefs.get((slug, revision), lambda: self.publications.version(slug, revision))

    def expect(self, versions: Collection[tuple[str, str | None]]) -> None:
        """Reads versions of briefs, by slug and revision, that `brief` is about to be asked for: at once, instead of
        one by one. More than some hundred are not kept until then. What was there before is read at once as well, if
        `reinstated` needs it."""
        self._together, self._histories = frozenset(slug for slug, _ in versions), None
        wanted = sorted((slug, revision) for slug, revision in versions if revision is not None)
        missing = [each for each in wanted if each not in self._versions.briefs]
        for brief in self.publications.versions(missing):
            self._versions.briefs.put((brief.slug, brief.revision), brief)

    def _history(self, slug: str, after: int, until: int) -> list[RevisionChange]:
        """The changes of a brief after one publication (not included) up to another, as far as its versions are
        kept."""
        if slug not in self._together:
            return self.publications.kept_changes(slug, after=after, until=until)
        if self._histories is None:
            self._histories = defaultdict(list)
            for step in self.publications.kept_changes(*self._together):
                self._histories[step.slug].append(step)
        return [step for step in self._histories[slug] if after < step.publication <= until]

    def change_set(
        self, slug: str, before: str | None, after: str | None, vocabulary: Vocabulary = NO_VOCABULARY
    ) -> ChangeSet | None:
        """The difference between two versions of a brief, None where readers see none; a revision of None means that
        the brief is not there. Raises: LookupError for a revision that was never published."""

        def compare() -> ChangeSet | None:
            return diff_brief(self.brief(slug, before), self.brief(slug, after), vocabulary)

        names = tuple((key, section.aliases) for key, section in vocabulary.sections.items())
        return self._versions.change_sets.get((slug, before, after, names), compare)

    def rename_brief(self, before: str, now: str) -> None:
        """Moves all that is stored of a brief to another slug, which it `Renames.may_take`."""
        self.renames.move_history(before, now)
        self.posted_messages.rename_brief(before, now)
        self.outbox.rename_brief(before, now)
        self.reports.rename_brief(before, now)
        self.subscriptions.rename_brief(before, now)

    def reinstated(self, change_set: ChangeSet, publication: int) -> ChangeSet:
        """A change set that begins with this publication, with what it publishes again after an earlier withdrawal."""
        if not may_reinstate(change_set):
            return change_set
        return reinstate(change_set, self._withdrawn(change_set, publication - 1))

    def _withdrawn(self, change_set: ChangeSet, until: int) -> Withdrawn:
        """What was withdrawn up to a publication of the brief of a change set, as far as that asks for it. It goes on
        from what is known of earlier publications: in this process, or, of a look at the past, in this transaction."""
        slug = change_set.slug
        newest = self._versions.walks.get(slug, HistoryWalk)
        known = newest if newest.until <= until else self._walks.get(slug, HistoryWalk())
        walk = known if known.until <= until else HistoryWalk()
        steps = self._history(slug, walk.until - 1, until)
        if walk.last is not None and walk.last not in steps:
            # Another brief has the slug by now.
            walk, steps = HistoryWalk(), self._history(slug, 0, until)
        if walk.last is None and change_set.before is not None and not any(map(self.corrects, steps)):
            return NOTHING
        walk = walk.after(steps, self.change_set)
        if newest.until <= until:
            self._versions.walks.put(slug, walk)
        else:
            self._walks[slug] = walk
        return walk.withdrawn

    def corrects(self, step: RevisionChange) -> bool:
        """Whether a change corrected or withdrew anything: by its kind, where readers were told of it."""
        if step.kind is not None or (step.before and step.after):
            # Whatever corrects has a note that is told.
            return step.kind in CORRECTING
        change_set = self.change_set(step.slug, step.before, step.after)
        return change_set is not None and change_set.kind in CORRECTING

    def looked_until(self, slug: str) -> int:
        """The number of the publication up to which a brief's returns were all told, as this process has seen; 0 before
        its first look."""
        return self._versions.looked_until.get(slug, lambda: 0)

    def set_looked_until(self, slug: str, number: int) -> None:
        """Every return of a brief up to a publication was told. Call it where nothing was changed by the look, as it
        stays so if the transaction is rolled back."""
        self._versions.looked_until.put(slug, number)


class Store:
    """Opens transactions. Thread-safe. `committed`: whether a transaction was committed through this object."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.committed = False
        self._wait: timedelta | None = None
        # SQLite has one writer, and lets others sleep and try again; those of this process wait in line instead.
        self._turns = BoundedSemaphore() if engine.dialect.name == "sqlite" else None
        self._places = Places(IMPATIENT_MAX)
        self._versions = VersionCache()

    def free_bytes(self) -> int | None:
        """What is left on the disk of a SQLite file; None for a server, or where nobody says."""
        return free_bytes(self.engine.url)

    def within(self, wait: timedelta) -> Self:
        """The same store for a caller that has no time: each transaction waits so long in all for locks, connections
        and answers, and then fails as a database that is away does."""
        other = copy(self)
        other._wait, other.committed = wait, False
        return other

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Reads and writes; committed as a whole, or not at all if anything is raised. Raises: AlreadyPublishedError
        where another process published first, UnconfirmedTransactionError where the database did not say whether it
        committed, DatabaseFailureError for whatever else the database refuses."""
        # The turn comes first: who waits for it holds no connection of the pool.
        with self._limited(), self._turn(), database.writing(self.engine) as connection:
            yield Transaction(connection, self._versions)
        self.committed = True

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """Reads one state of the database, whatever is written meanwhile. Raises: DatabaseFailureError."""
        with self._limited(), database.reading(self.engine) as connection:
            yield Transaction(connection, self._versions)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        # So few that they never wait for a connection of the pool, which has a patience of its own.
        place = self._places.one() if self._wait else nullcontext()
        with translated(), patience.within(self._wait), place:
            yield

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._turns is None:
            yield
            return
        if not self._turns.acquire(timeout=patience.remaining_s()):
            raise too_long()
        try:
            yield
        finally:
            self._turns.release()
