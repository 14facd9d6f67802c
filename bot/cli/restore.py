"""`briefbot restore`: loads what `briefbot backup` has written into an empty database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.cli.backup import STREAM, rows_of
from bot.cli.output import print_text
from bot.errors import BackupError, DatabaseFailureError, SettingsError, UnconfirmedTransactionError
from bot.settings import Settings
from bot.store import restore as store
from bot.store.backup_file import BackupReader

NOTHING = "Nothing was restored"


def restore(file: str, settings: Settings) -> int:
    """Loads the file, or for `-` the standard input. Raises: SettingsError where the file is no whole backup, or the
    database not empty or not usable; nothing is changed then."""
    name = "the standard input" if file == STREAM else file
    try:
        with _source(file) as source:
            backup = BackupReader(source)
            counts = store.restore(settings.database_url, backup)
    except BackupError as error:
        raise SettingsError(f"{name} {error}. {NOTHING}") from None
    except UnconfirmedTransactionError as error:
        raise SettingsError(f"{error}, just when all was written: try again, which says whether it was kept") from error
    except DatabaseFailureError as error:
        raise SettingsError(f"the database takes no backup: {error}; {error.remedy}. {NOTHING}") from error
    except OSError as error:
        raise SettingsError(f"{file}: {(error.strerror or str(error)).lower()}. {NOTHING}") from None
    print_text(f"restored {rows_of(counts)}, as of {backup.header.made_at:%Y-%m-%d %H:%M} UTC; now start the bot")
    return 0


@contextmanager
def _source(file: str) -> Iterator[IO[bytes]]:
    if file == STREAM:
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as source:
        yield source
