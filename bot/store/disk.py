"""The disk that a database is on."""

import shutil
from pathlib import Path

from sqlalchemy import URL


def free_bytes(url: URL) -> int | None:
    """What is left on the disk of a SQLite file, or of the directory that it will be in; None for a server, or where
    nobody says."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    here = Path(url.database).absolute()
    try:
        return shutil.disk_usage(next(each for each in here.parents if each.is_dir())).free
    except (OSError, StopIteration):
        return None
