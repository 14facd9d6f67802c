"""Liveness of processes that run jobs: each holds a lock, which is released when the process dies.

Postgres: an advisory lock on a session of its own, one per process. SQLite: a lock on a file beside the database, and
only one process.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from bot.errors import BriefbotError, SettingsError

LOCKS = 42
"""The first key of our advisory locks."""

_TRY = text("SELECT pg_try_advisory_lock(:ours, hashtext(:id))")
_UNLOCK = text("SELECT pg_advisory_unlock(:ours, hashtext(:id))")


class LeaseLostError(BriefbotError):
    """This process has lost its database lock: others may have taken over its jobs, so it must end."""


class ProcessLease:
    """The database lock of one process. `id` is its name as an owner of jobs; `shared`: several processes may run."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.shared = engine.dialect.name == "postgresql"
        self.id = token_hex(8) if self.shared else "one"
        self._session: Connection | None = None
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises: SettingsError where another process has this SQLite database."""
        if self.shared:
            # Autocommit: else the session would stay in a transaction for as long as the process lives.
            self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._session.execute(_TRY, {"ours": LOCKS, "id": self.id})
            return
        path = Path(f"{self._engine.url.database}.lock")
        self._file = path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise SettingsError(
                f"{self._engine.url.database} is in use by another briefbot; stop that one, "
                "or give both a Postgres database (BRIEFBOT_DATABASE_URL)"
            ) from None

    def verify(self) -> None:
        """Raises: LeaseLostError where the database has closed the session that holds the lock."""
        if self._session is None:
            return
        try:
            self._session.execute(text("SELECT 1"))
        except DBAPIError:
            raise LeaseLostError("lost the database lock of this process; restart it") from None

    @contextmanager
    def owner_is_dead(self, owner: str) -> Iterator[bool]:
        """Whether the owner of jobs, by the id of its lease, is dead; while inside nobody else finds the same. On
        SQLite all others are."""
        if self._session is None:
            yield True
            return
        key = {"ours": LOCKS, "id": owner}
        dead = bool(self._session.execute(_TRY, key).scalar())
        try:
            yield dead
        finally:
            if dead:
                self._session.execute(_UNLOCK, key)

    def release(self) -> None:
        """Ends the claim."""
        if self._session is not None:
            self._session.invalidate()  # the lock ends with the session; a pooled one would keep it
            self._session.close()
            self._session = None
        if self._file is not None:
            self._file.close()
            self._file = None
