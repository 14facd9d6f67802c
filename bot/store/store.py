"""The store: transactions over one database, and the versions of briefs that it holds."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.briefs import canonical
from bot.core.briefs.brief import Brief
from bot.core.changes.change_set import ChangeSet
from bot.core.changes.diff import diff_brief
from bot.core.lru_cache import LruCache
from bot.store import database
from bot.store.schema import brief_version

VERSIONS_KEPT = 512


class Store:
    """Thread-safe. Functions of this package take the connection of a transaction that was begun here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite has one writer, and lets others sleep and try again; those of this process wait in line instead.
        self._turn: AbstractContextManager[object] = Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._versions = LruCache[Brief](VERSIONS_KEPT)
        self._sets = LruCache[ChangeSet | None](VERSIONS_KEPT)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with database.reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all."""
        with self._turn, database.writing(self.engine) as connection:
            yield connection

    def brief(self, connection: Connection, slug: str, revision: str | None) -> Brief | None:
        """A version of a brief; None for no revision. Raises: LookupError for one that was never published."""
        if revision is None:
            return None
        return self._versions.get((slug, revision), lambda: _version(connection, slug, revision))

    def change_set(self, connection: Connection, slug: str, before: str | None, after: str | None) -> ChangeSet | None:
        """The difference between two versions of a brief; None for no revision means that it is not there. Raises:
        LookupError for a revision that was never published."""

        def made() -> ChangeSet | None:
            return diff_brief(self.brief(connection, slug, before), self.brief(connection, slug, after))

        return self._sets.get((slug, before, after), made)


def _version(connection: Connection, slug: str, revision: str) -> Brief:
    query = select(brief_version.c.content).where(brief_version.c.slug == slug, brief_version.c.revision == revision)
    content = connection.execute(query).scalar()
    if content is None:
        raise LookupError(f"{slug}@{revision} was never published")
    return canonical.load(slug, revision, content)


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, in either dialect."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
