"""Opens a database that is there, to read: nothing is created or migrated."""

from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.database import connect


def connect_existing(url: str) -> Engine | None:
    """The engine for a database URL; None for a SQLite file that is not there. Raises: SettingsError as `connect`."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return connect(url)
    is_missing = parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file()
    return None if is_missing else connect(url)
