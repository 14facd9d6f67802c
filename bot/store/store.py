"""The store: transactions over one database, and a cache of the versions of briefs that it holds."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from bot.core.briefs.brief import Brief
from bot.core.briefs.vocabulary import NO_VOCABULARY, Vocabulary
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.changes.reinstatement import may_reinstate, reinstate, withdrawn
from bot.core.lru_cache import LruCache
from bot.errors import AlreadyPublishedError, DatabaseFailureError
from bot.store import database
from bot.store.channel_moves import ChannelMoves
from bot.store.claim_vectors import ClaimVectors
from bot.store.delivery_workers import DeliveryWorkers
from bot.store.digests import Digests
from bot.store.file_reports import FileReports
from bot.store.outbox import Outbox
from bot.store.posted_messages import PostedMessages
from bot.store.publications import Publications
from bot.store.renames import Renames
from bot.store.seen_events import SeenEvents
from bot.store.subscriptions import Subscriptions
from bot.store.unanswered_queries import UnansweredQueries
from bot.store.welcomes import Welcomes

VERSIONS_CACHED = 512
ONE_FOLLOWS_ANOTHER = (
    "uq_publication_predecessor",
    "pk_publication",
    "publication.predecessor",
    "publication.number",
)
"""How Postgres and SQLite name the constraints that let one publication follow another: either may be checked first."""


class VersionCache:
    """Versions of briefs and the differences between them, which never change but with the names of sections."""

    def __init__(self) -> None:
        self.briefs = LruCache[Brief](VERSIONS_CACHED)
        self.change_sets = LruCache[ChangeSet | None](VERSIONS_CACHED)


class Transaction:
    """The subjects of the store, all in one transaction: it is kept whole or not at all."""

    def __init__(self, connection: Connection, versions: VersionCache) -> None:
        self.connection, self._versions = connection, versions
        self.channel_moves = ChannelMoves(connection)
        self.claim_vectors = ClaimVectors(connection)
        self.delivery_workers = DeliveryWorkers(connection)
        self.digests = Digests(connection)
        self.file_reports = FileReports(connection)
        self.outbox = Outbox(connection)
        self.posted_messages = PostedMessages(connection)
        self.publications = Publications(connection)
        self.renames = Renames(connection)
        self.seen_events = SeenEvents(connection)
        self.subscriptions = Subscriptions(connection)
        self.unanswered_queries = UnansweredQueries(connection)
        self.welcomes = Welcomes(connection)

    def brief(self, slug: str, revision: str | None) -> Brief | None:
        """A version of a brief; None for no revision. Raises: LookupError for one that was never published."""
        if revision is None:
            return None
        return self._versions.briefs.get((slug, revision), lambda: self.publications.version(slug, revision))

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
        self.subscriptions.rename_brief(before, now)

    def reinstated(self, change_set: ChangeSet, publication: int) -> ChangeSet:
        """A change set that begins with this publication, with what it publishes again after an earlier withdrawal."""
        if not may_reinstate(change_set):
            return change_set
        slug = change_set.slug
        steps = self.publications.revision_changes(slug=slug, until=publication - 1)
        history = (self.change_set(slug, step.before, step.after) for step in steps)
        return reinstate(change_set, withdrawn(each for each in history if each is not None))


class Store:
    """Opens transactions. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite has one writer, and lets others sleep and try again; those of this process wait in line instead.
        self._turn: AbstractContextManager[object] = Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._versions = VersionCache()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Reads and writes; committed as a whole, or not at all if anything is raised. Raises: AlreadyPublishedError
        where another process published first, DatabaseFailureError for whatever else the database refuses."""
        # The turn comes first: who waits for it holds no connection of the pool.
        with _translated(), self._turn, database.writing(self.engine) as connection:
            yield Transaction(connection, self._versions)

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """Reads one state of the database, whatever is written meanwhile. Raises: DatabaseFailureError."""
        with _translated(), database.reading(self.engine) as connection:
            yield Transaction(connection, self._versions)


@contextmanager
def _translated() -> Iterator[None]:
    """The database driver's errors as ours."""
    try:
        yield
    except IntegrityError as error:
        if any(name in str(error.orig) for name in ONE_FOLLOWS_ANOTHER):
            raise AlreadyPublishedError from error
        raise DatabaseFailureError(str(error.orig)) from error
    except DBAPIError as error:
        raise DatabaseFailureError(str(error.orig)) from error
    except UnicodeEncodeError as error:  # half a surrogate pair, which drivers refuse before they ask the database
        raise DatabaseFailureError(str(error)) from error
    except NoConnectionError as error:
        raise DatabaseFailureError(str(error)) from error
