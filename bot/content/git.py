"""The git commit of a directory of brief files."""

import subprocess
from datetime import datetime
from pathlib import Path

from bot.core.briefs.commit import Commit

TIMEOUT_S = 5


def commit_of(directory: Path) -> Commit | None:
    """The last commit that changed the directory. None if files differ from it, if the directory is not in a
    repository, or if git is not installed."""
    if _git(directory, "status", "--porcelain", "--", ".") != "":
        return None
    log = _git(directory, "log", "-1", "--format=%H %cI", "--", ".")
    if not log:
        return None
    name, _, at = log.partition(" ")
    return Commit(name, datetime.fromisoformat(at))


def origin_of(path: Path) -> str | None:
    """Who last changed a file, and in which commit, as a sentence. None if that is not known."""
    directory, name = path.parent, path.name
    status = _git(directory, "status", "--porcelain", "--", name)
    if status:
        return "The change is not committed."
    log = _git(directory, "log", "-1", "--format=%h by %an", "--", name) if status == "" else None
    return f"Last changed in {log}." if log else None


def _git(directory: Path, *arguments: str) -> str | None:
    """The output of git without surrounding white space; None if it fails or takes too long."""
    command = ["git", "-C", str(directory), *arguments]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return process.stdout.strip() if process.returncode == 0 else None
