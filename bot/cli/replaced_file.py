"""A file that is written beside its place, and takes it once it is whole."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import SettingsError


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """What is written into the file that this gives stands at `path` at the end, on the disk and for its owner alone;
    if anything is raised, `path` stays as it is. Raises: SettingsError for a path that is no place for a file,
    OSError."""
    place = path.resolve()  # a link stays one
    if place.exists() and not place.is_file():
        raise SettingsError(f"{path} is no file; name a file, or - for the standard output")
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    finally:
        Path(name).unlink(missing_ok=True)
    _sync(place.parent)


def _sync(directory: Path) -> None:
    """The name is on the disk, too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
