"""Who runs jobs: a process proves that it lives by a lock that its death releases, so that nobody has to guess.

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
    """The session that proves that this process lives is gone: others may do its work by now, and it must end."""


class ProcessLease:
    """The claim of one process. `id` names it among the owners of jobs; `shared`: there may be others."""

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
        """Raises: LeaseLostError where the database has ended the session."""
        if self._session is None:
            return
        try:
            self._session.execute(text("SELECT 1"))
        except DBAPIError:
            raise LeaseLostError(
                "the database has ended the session that shows that this process lives; start it again"
            ) from None

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
