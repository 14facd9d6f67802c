"""Runs a command whose temporary files are in memory, where there is room for them: tests write many small files.

`python -m tests.in_memory COMMAND…`, with the exit code of the command.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  made for it
ROOM = 4 * 2**30
"""Bytes that all tests at once do not need."""


def directory() -> str | None:
    """Where temporary files go; None: where they always do, as memory is short or runs no programs."""
    fits = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if fits and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC else None


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="briefbot-tests-", dir=directory(), ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o1777)  # programs of other users put theirs there, too
        return subprocess.run(command, env={**os.environ, "TMPDIR": place}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
