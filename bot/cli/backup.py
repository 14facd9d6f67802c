"""`briefbot backup`: writes all rows of the database into one file, while the bot runs."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from bot.cli.output import print_text
from bot.cli.replaced_file import replaced
from bot.errors import DatabaseFailureError, SettingsError
from bot.settings import Settings
from bot.store.backup import back_up

STREAM = "-"


def backup(file: str, settings: Settings) -> int:
    """Writes the file, or for `-` to the standard output; says on the standard error what it holds. Raises:
    SettingsError where the database cannot be read or the file not be written, which then stays as it was."""
    try:
        if file == STREAM:
            counts = _written(settings, _output())
            sys.stdout.buffer.flush()
        else:
            with replaced(Path(file)) as target:
                counts = _written(settings, target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SettingsError(f"{file}: {(error.strerror or str(error)).lower()}; no backup was written") from None
    print_text(f"{_name(file)}: {rows_of(counts)}", to_stderr=True)
    return 0


def _output() -> IO[bytes]:
    if sys.stdout.isatty():
        raise SettingsError("a backup is no text for a terminal; name a file, or send the output to one")
    return sys.stdout.buffer


def _written(settings: Settings, target: IO[bytes]) -> Mapping[str, int]:
    try:
        return back_up(settings.database_url, target)
    except DatabaseFailureError as error:
        raise SettingsError(f"the database cannot be read ({error}); {error.remedy}. No backup was written") from error


def _name(file: str) -> str:
    return "standard output" if file == STREAM else file


def rows_of(counts: Mapping[str, int]) -> str:
    """E.g. `1,204 rows of 25 tables`."""
    return f"{sum(counts.values()):,} rows of {len(counts)} tables"
