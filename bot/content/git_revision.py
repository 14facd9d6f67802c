"""The brief files of a git revision, read from git's objects: the working tree and the index are not touched."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.file_names import is_read
from bot.content.git_command import Answer, run
from bot.content.repository import is_brief_file
from bot.content.unread_files import nearest_file
from bot.core.spelling import closest_match
from bot.errors import SettingsError

BRANCHES_NAMED_MAX = 5
MERGE_BASE = "..."
"""Behind a revision: where the current branch left it."""


def extract(directory: Path, revision: str, target: Path) -> None:
    """Writes the brief files, `_store.yaml` and `evidence.lock` that `directory` has at a revision into the directory
    `target`. `main...` is the commit at which the current branch left `main`. Raises: SettingsError without git,
    outside a repository, for an unknown revision, and where there are no briefs at that revision."""
    prefix = _prefix(directory, revision)
    commit = _commit(directory, revision)
    names = [name for name in _names(directory, f"{commit}:{prefix}") if _is_read(name)]
    if not any(is_brief_file(Path(name)) for name in names):
        where = f"the directory {prefix.rstrip('/')}" if prefix else "its first level"
        raise SettingsError(f"{revision}: no briefs at that revision, which should be in {where}; name another one")
    for name, data in _files(directory, f"{commit}:{prefix}", names):
        (target / name).write_bytes(data)


def resolved(directory: Path, revision: str) -> str | None:
    """The hash of the commit that a revision is now; None where git does not know it. Raises: SettingsError without
    git."""
    try:
        return _commit(directory, revision)
    except SettingsError:
        return None


def _is_read(name: str) -> bool:
    # A line end would end the name in what git reads.
    return "\n" not in name and is_read(name)


def require_commit(directory: Path, name: str) -> None:
    """Raises: SettingsError for what is no commit of the repository of a directory, with the names that it has."""
    failure = run(directory, "rev-parse", "--git-dir")
    if failure.returncode:
        raise SettingsError(f"“{name}” is no commit, as git cannot read {directory}: {_reason(failure)}")
    if _hash(directory, name) is None:
        advice = f"fetch it (for actions/checkout: fetch-depth: 2); {_hint(directory, name)}"
        raise SettingsError(f"“{name}” is no commit here; {advice}")


def _prefix(directory: Path, revision: str) -> str:
    """The path of a directory within its repository, with a slash at its end; empty for the repository itself."""
    answer = run(directory, "rev-parse", "--show-prefix")
    if answer.returncode:
        why = f"no such file or directory, and no revision, as git cannot read {directory}: {_reason(answer)}"
        raise SettingsError(f"{revision}: {why}; name a directory of briefs to compare with")
    return os.fsdecode(answer.stdout).rstrip("\n")


def _reason(failure: Answer) -> str:
    return os.fsdecode(failure.stderr).removeprefix("fatal: ").partition("\n")[0]


def _commit(directory: Path, revision: str) -> str:
    name = revision.removesuffix(MERGE_BASE)
    commit = _hash(directory, name)
    if commit is None:
        why = "no such file or directory, and no revision of this repository"
        raise SettingsError(f"{revision}: {why}; {_hint(directory, name)}")
    if name == revision:
        return commit
    answer = run(directory, "merge-base", name, "HEAD")
    if answer.returncode:
        raise SettingsError(f"{revision}: {name} and HEAD have no commit in common here; fetch more, or name {name}")
    return answer.stdout.decode().strip()


def _hash(directory: Path, name: str) -> str | None:
    """The hash of a commit; None if there is none."""
    answer = run(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return None if answer.returncode else answer.stdout.decode().strip()


def _hint(directory: Path, name: str) -> str:
    """The brief file or the branches that may be meant."""
    if name == "HEAD":
        return "commit something first"
    if Path(name).parent != Path() and (file := nearest_file(Path(name))):
        return f"did you mean {file}?"
    listed = run(directory, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    branches = os.fsdecode(listed.stdout).split()
    same = [branch for branch in branches if branch.rpartition("/")[2] == name.rpartition("/")[2]]
    near = same or list(filter(None, [closest_match(name, branches)]))
    if near:
        return f"did you mean {' or '.join(near[:BRANCHES_NAMED_MAX])}?"
    return f"there are {', '.join(branches[:BRANCHES_NAMED_MAX])}" if branches else "commit something first"


def _names(directory: Path, tree: str) -> list[str]:
    """The names in a tree; empty where there is no such tree."""
    answer = run(directory, "ls-tree", "-z", "--full-tree", "--name-only", tree)
    return [] if answer.returncode else [os.fsdecode(name) for name in answer.stdout.split(b"\0") if name]


def _files(directory: Path, tree: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(name, content) of files and of what links point to; directories and links that lead nowhere are left out."""
    paths = "".join(f"{tree}{name}\n" for name in names)
    # Its answer for each: `<hash> blob <bytes>`, the content, a line end; or another line, with what else it holds.
    output = run(directory, "cat-file", "--batch", "--follow-symlinks", given=os.fsencode(paths)).stdout
    at = 0
    for name in names:
        head, _, _ = output[at:].partition(b"\n")
        at += len(head) + 1
        kind, size = head.split(b" ")[-2:]
        if size == b"missing":
            continue
        if kind == b"blob":
            yield name, output[at : at + int(size)]
        at += int(size) + 1
