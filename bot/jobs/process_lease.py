"""Liveness of processes that run jobs: each holds a lock, which is released when the process dies.

Postgres: an advisory lock on a session of its own, one per process. SQLite: see bot/jobs/file_lease.py.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from secrets import token_hex
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.jobs.file_lease import FileLease
from bot.store.connection_limits import PEER, idle_limit, setting

logger = logging.getLogger(__name__)

LOCKS = 42
"""The first key of our advisory locks."""

IDLE = timedelta(seconds=15)
"""A process that has not verified its lease for so long counts as dead. It does so every second."""

_TRY = text("SELECT pg_try_advisory_lock(:ours, hashtext(:id))")
_UNLOCK = text("SELECT pg_advisory_unlock(:ours, hashtext(:id))")


class ProcessLease(Protocol):
    """The lock of one process. `id` is its name as an owner of jobs."""

    id: str

    def take(self) -> None:
        """Raises: SettingsError where another process has this database, and shares it with nobody (SQLite)."""
        ...

    def verify(self) -> bool:
        """Whether this process has its lock. Raises: LeaseLostError where it can never have it again."""
        ...

    def owner_is_dead(self, owner: str) -> AbstractContextManager[bool]:
        """Whether the owner of jobs, by the id of its lease, is dead; while inside nobody else finds the same."""
        ...

    def release(self) -> None:
        """Ends it."""
        ...


def lease_of(engine: Engine, idle: timedelta = IDLE) -> ProcessLease:
    """A lease, not yet taken. `idle`: what `SessionLease` gets."""
    return SessionLease(engine, idle) if engine.dialect.name == "postgresql" else FileLease(engine)


class SessionLease:
    """An advisory lock of Postgres. The server ends the session, and with it the lock, of a process that is dead, cut
    off or stopped for longer than `idle`; one that lives takes the lock again, under the same id."""

    def __init__(self, engine: Engine, idle: timedelta) -> None:
        self.id = token_hex(8)
        self._engine = engine
        self._limits = setting({**PEER, **idle_limit(idle)})
        self._session: Connection | None = None

    def take(self) -> None:
        """See `ProcessLease`. Raises: DBAPIError where the database is away."""
        # Autocommit: else the session would stay in a transaction for as long as the process lives.
        self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        holds = False
        try:
            self._session.exec_driver_sql(self._limits)
            holds = bool(self._session.execute(_TRY, {"ours": LOCKS, "id": self.id}).scalar())
        finally:
            if not holds:
                self.release()

    def verify(self) -> bool:
        """See `ProcessLease`. A lost lock is taken again; False while the session that was lost still has it. Raises:
        DBAPIError where the database is away."""
        if self._session is not None:
            try:
                self._session.execute(text("SELECT 1"))
            except DBAPIError as error:
                logger.warning("lost the database lock of this process, and takes it again (%s)", error.orig)
                self.release()
        if self._session is None:
            self.take()
        return self._session is not None

    @contextmanager
    def owner_is_dead(self, owner: str) -> Iterator[bool]:
        """See `ProcessLease`."""
        key = {"ours": LOCKS, "id": owner}
        dead = self._session is not None and bool(self._session.execute(_TRY, key).scalar())
        try:
            yield dead
        finally:
            if dead and self._session is not None:
                self._session.execute(_UNLOCK, key)

    def release(self) -> None:
        """See `ProcessLease`."""
        if self._session is not None:
            self._session.invalidate()  # the lock ends with the session; a pooled one would keep it
            self._session.close()
            self._session = None
