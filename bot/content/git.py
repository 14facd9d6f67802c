"""Which commit a directory of brief files is of, as git says."""

import subprocess
from datetime import datetime
from pathlib import Path

from bot.core.briefs.commit import Commit

TIMEOUT_S = 5


def commit_of(directory: Path) -> Commit | None:
    """The commit that last changed the directory; None where files differ from it, where it is in no repository, and
    where there is no git."""
    if _git(directory, "status", "--porcelain", "--", ".") != "":
        return None
    found = _git(directory, "log", "-1", "--format=%H %cI", "--", ".")
    if not found:
        return None
    name, _, at = found.partition(" ")
    return Commit(name, datetime.fromisoformat(at))


def _git(directory: Path, *arguments: str) -> str | None:
    """What git prints; None where it fails."""
    command = ["git", "-C", str(directory), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
