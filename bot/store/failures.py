"""What a failure of the database is: its cause without values, what an operator can do, and whether it may pass."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from bot.errors import AlreadyPublishedError, DatabaseFailureError

ONE_FOLLOWS_ANOTHER = (
    "uq_publication_predecessor",
    "pk_publication",
    "publication.predecessor",
    "publication.number",
)
"""How Postgres and SQLite name the constraints that let one publication follow another: either may be checked first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be done about a failure, and whether it passes by itself."""

    remedy: str
    passing: bool = False


CHECK_ADDRESS = "check BRIEFBOT_DATABASE_URL"
UNKNOWN = Kind(CHECK_ADDRESS)
AWAY = Kind("start the database, or check BRIEFBOT_DATABASE_URL and the network", passing=True)
LOCKED = Kind("end what holds a lock on the database, e.g. a backup or an open shell", passing=True)
ENCODING = Kind("create a database with ENCODING 'UTF8' and name that one in BRIEFBOT_DATABASE_URL")
DAMAGED = Kind("restore the file from a backup, or name another one in BRIEFBOT_DATABASE_URL")
NOT_WRITABLE = Kind(
    "let this user write to the file and to its directory, or name another file in BRIEFBOT_DATABASE_URL", passing=True
)
DISK = Kind("look at the disk: its space, its health, and the limits of this user", passing=True)
NO_RIGHTS = Kind("grant the role CREATE on the database and its schema, and all rights on their tables")
REFUSED = Kind("check user and password in BRIEFBOT_DATABASE_URL, and what pg_hba.conf lets in")

SQLITE_KINDS: Mapping[int, Kind] = {
    3: NOT_WRITABLE,
    5: LOCKED,
    6: LOCKED,
    8: NOT_WRITABLE,
    10: DISK,
    11: DAMAGED,
    13: DISK,
    14: NOT_WRITABLE,
    23: NOT_WRITABLE,
    26: DAMAGED,
}
"""By SQLite's primary result code. Source: sqlite.org, rescode.html."""

POSTGRES_KINDS: Mapping[str, Kind] = {
    "08": AWAY,
    "22021": ENCODING,
    "22P05": ENCODING,
    "25006": Kind("let the database take writes: it is read-only, as a standby is", passing=True),
    "28": REFUSED,
    "3D": Kind("create the database, or name another one in BRIEFBOT_DATABASE_URL"),
    "40": LOCKED,
    "42501": NO_RIGHTS,
    "53": Kind("give the database more room: disk, memory or connections", passing=True),
    "55P03": LOCKED,
    "57": AWAY,
    "58": Kind("look at the server's disk", passing=True),
}
"""By SQLSTATE, or its class. Source: postgresql.org, appendix A."""

REFUSALS: Mapping[str, Kind] = {
    r"authentication failed|no password supplied|no pg_hba\.conf entry|role .* does not exist": REFUSED,
    r"database .* does not exist": POSTGRES_KINDS["3D"],
    r"connection is bad: invalid|does not support SSL|certificate": UNKNOWN,
}
"""By what the text of a refused connection contains, as it has no code; another text may pass. *Is bad: invalid* is
said of an address."""


@contextmanager
def translated() -> Iterator[None]:
    """The errors of database and driver as ours. Raises: AlreadyPublishedError where another process published first,
    DatabaseFailureError for all else."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, IntegrityError) and any(name in str(error.orig) for name in ONE_FOLLOWS_ANOTHER):
            raise AlreadyPublishedError from error
        raise failure(error) from error
    except (UnicodeEncodeError, OverflowError) as error:  # what drivers refuse before they ask the database
        raise DatabaseFailureError(first_line(error)) from error
    except (NoConnectionError, PendingRollbackError) as error:
        raise DatabaseFailureError(first_line(error), AWAY.remedy, passing=True) from error


def failure(error: DBAPIError) -> DatabaseFailureError:
    """The failure that an error of the driver stands for."""
    kind = _kind(error)
    return DatabaseFailureError(first_line(error), kind.remedy, passing=kind.passing)


def _kind(error: DBAPIError) -> Kind:
    original = error.orig
    if (code := getattr(original, "sqlite_errorcode", None)) is not None:
        return SQLITE_KINDS.get(code & 0xFF, UNKNOWN)  # the higher bits say more than is needed
    if state := getattr(original, "sqlstate", None):
        return POSTGRES_KINDS.get(state) or POSTGRES_KINDS.get(state[:2], UNKNOWN)
    if type(original).__name__ not in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        return UNKNOWN
    return next((kind for words, kind in REFUSALS.items() if re.search(words, str(original))), AWAY)


def first_line(error: BaseException) -> str:
    """What an error says, without the details that may quote rows."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return next(iter(str(cause).strip().splitlines()), type(cause).__name__)


def hide_details(engine: Engine) -> None:
    """Cuts the messages of the driver's errors to their first line: in the others Postgres quotes rows and values."""

    @event.listens_for(engine, "handle_error")
    def cut(context: ExceptionContext) -> None:
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None and error.args and isinstance(error.args[0], str):
                error.args = (next(iter(error.args[0].strip().splitlines()), ""), *error.args[1:])
