"""What git knows of a directory of brief files."""

import os
from datetime import datetime
from pathlib import Path

from bot.content.git_command import output
from bot.core.briefs.commit import Commit


def commit_of(directory: Path) -> Commit | None:
    """The last commit that changed the directory. None if files differ from it, if the directory is not in a
    repository, or if git is not installed."""
    if not _may_be_in_repository(directory) or output(directory, "status", "--porcelain", "--", ".") != "":
        return None
    log = output(directory, "log", "-1", "--format=%H %cI", "--", ".")
    if not log:
        return None
    name, _, at = log.partition(" ")
    return Commit(name, datetime.fromisoformat(at))


def _may_be_in_repository(directory: Path) -> bool:
    """Costs no process, unlike asking git: most deployments have no repository."""
    absolute = directory.resolve()
    return "GIT_DIR" in os.environ or any((place / ".git").exists() for place in (absolute, *absolute.parents))


def top_level(directory: Path) -> Path | None:
    """The directory that holds the whole working tree, without links; None if the directory is not in one, or if git is
    not installed."""
    top = output(directory, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def changed_files(directory: Path, since: str) -> frozenset[Path]:
    """The files of the working tree, without links, that differ from where the commit `since` and HEAD parted, and
    those that git does not know yet. Empty if there is no such commit, or no git."""
    top = top_level(directory)
    commit = output(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if not top or not commit:
        return frozenset()
    # A shallow clone may lack the place where they parted.
    base = output(top, "merge-base", commit, "HEAD") or commit
    changed = output(top, "diff", "--name-only", "-z", base, "--") or ""
    new = output(top, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return frozenset(top / name for name in f"{changed}{new}".split("\0") if name)


def origin_of(path: Path) -> str | None:
    """Who last changed a file, and in which commit, as a sentence. None if that is not known."""
    directory, name = path.parent, path.name
    status = output(directory, "status", "--porcelain", "--", name)
    if status:
        return "The change is not committed."
    log = output(directory, "log", "-1", "--format=%h by %an", "--", name) if status == "" else None
    return f"Last changed in {log}." if log else None
