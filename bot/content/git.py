"""What git knows of a directory of brief files."""

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


def top_level(directory: Path) -> Path | None:
    """The directory that holds the whole working tree, without links; None if the directory is not in one, or if git is
    not installed."""
    top = _git(directory, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def changed_files(directory: Path, since: str) -> frozenset[Path] | None:
    """The files of the working tree, without links, that differ from where `since` and HEAD parted, and those that git
    does not know yet. None if `since` is no commit here."""
    top = top_level(directory)
    commit = _git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if not top or not commit:
        return None
    # A shallow clone may lack the place where they parted.
    base = _git(top, "merge-base", commit, "HEAD") or commit
    changed = _git(top, "diff", "--name-only", "-z", base, "--") or ""
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return frozenset(top / name for name in f"{changed}{new}".split("\0") if name)


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
        process = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, errors="surrogateescape", timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return process.stdout.strip() if process.returncode == 0 else None
