"""A small file system that can be filled to the last byte."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

STEPS = (1 << 20, 1 << 16, 1 << 12)
"""Bytes."""


@dataclass(frozen=True)
class Disk:
    """Where it is."""

    path: Path

    def fill(self) -> None:
        """Takes all that is free."""
        with self._ballast.open("wb") as ballast:
            for step in STEPS:  # others may take some of it meanwhile
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(ballast.fileno(), ballast.seek(0, os.SEEK_END), step)

    def free(self) -> None:
        """Gives it back."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.path / "ballast"


@contextmanager
def small_disk(mib: int) -> Iterator[Disk]:
    """A file system of so many MiB, in memory. Raises: CalledProcessError where this user may not
    mount one, FileNotFoundError where there is no `mount`."""
    with tempfile.TemporaryDirectory(prefix="briefbot-disk-") as name:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=1777", "tmpfs", name], check=True, capture_output=True
        )
        try:
            yield Disk(Path(name))
        finally:
            subprocess.run(["umount", "-l", name], check=True)
