"""The lease on a SQLite file: the file belongs to one process, by whatever name it is reached."""

import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, event

from bot.errors import BriefbotError, SettingsError

OWNER = "one"
"""Whoever has the file has all of its jobs."""


class LeaseLostError(BriefbotError):
    """The database file of this process is no longer in its place: this process must end."""


class FileLease:
    """A lock on the database file itself, which links to it share, and one on a file beside it, for earlier versions
    and for systems where SQLite's own locks would be in its way."""

    def __init__(self, engine: Engine) -> None:
        self.id = OWNER
        self._engine = engine
        self._path = Path(str(engine.url.database))
        self._locks: list[int] = []

    def take(self) -> None:
        """See `ProcessLease`."""
        real = self._path.resolve()
        self._opened = self._path.stat()
        self._locks = [os.open(f"{real}.lock", os.O_RDWR | os.O_CREAT, 0o600)]
        if sys.platform == "linux":
            self._locks.append(os.open(real, os.O_RDONLY))
        # Not sooner: whoever closes any handle of a file gives up all of SQLite's own locks on it.
        event.listen(self._engine, "engine_disposed", _closing(self._locks))
        if not all(map(_locked, self._locks)):
            self.release()
            raise SettingsError(
                f"{self._path} is in use by another briefbot; stop that one, "
                "or give both a Postgres database (BRIEFBOT_DATABASE_URL)"
            )

    def verify(self) -> bool:
        """See `ProcessLease`. Raises: LeaseLostError where the file was replaced or deleted."""
        try:
            in_place = os.path.samestat(self._path.stat(), self._opened)
        except (FileNotFoundError, NotADirectoryError):
            in_place = False
        if not in_place:
            raise LeaseLostError(
                f"{self._path} was deleted, moved or replaced while the bot ran; what is written now is lost. Ending: "
                "the next start opens the file that is there then, or begins with an empty one. To keep what there "
                "was, put the file or a backup back before that, with the bot stopped"
            )
        return True

    @contextmanager
    def owner_is_dead(self, owner: str) -> Iterator[bool]:
        """See `ProcessLease`: all others are."""
        yield owner != self.id

    def release(self) -> None:
        """See `ProcessLease`."""
        for lock in self._locks:
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_UN)
        self._locks = []


def _locked(handle: int) -> bool:
    """False where somebody else has the lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # a network file system that cannot lock a file which is open for reading; the one beside it counts
    return True


def _closing(handles: list[int]) -> Callable[[Engine], None]:
    """Closes handles once, at its first call."""

    def close(_: Engine) -> None:
        while handles:
            os.close(handles.pop())

    return close
