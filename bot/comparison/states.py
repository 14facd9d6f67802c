"""The two states of the briefs that are compared: directories, files, or revisions in git."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.git_revision import extract
from bot.content.unread_files import holds_briefs, why_no_brief
from bot.core.linting.diagnostic import Diagnostic
from bot.errors import SettingsError

WORKING_TREE_STATE = Path("HEAD")
"""What the files are compared with where nothing is named."""

NO_BRIEFS = "holds neither a brief nor _store.yaml; name a directory of briefs, or a brief file"


@dataclass(frozen=True, slots=True)
class State:
    """A directory of briefs, or one file. `path` is read; problems stand at `origin`, its path in the working tree."""

    path: Path
    origin: Path

    @property
    def directory(self) -> Path:
        return self.path if self.path.is_dir() else self.path.parent

    def located(self, problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The problems of files of this state, at their paths in the working tree."""
        for problem in problems:
            if self.path == self.origin:
                yield problem
            else:
                yield replace(problem, path=str(self.origin / Path(problem.path).relative_to(self.path)))


def states(old: Path | None, new: Path | None, briefs: Path, scratch: Path) -> tuple[State, State]:
    """The two states that are named: by paths or, for what is no path, by revisions, whose files are written into the
    directory `scratch`. `briefs` is the directory of briefs in the working tree: the newer state if none is named, and
    compared with HEAD if it alone is named. Raises: SettingsError for what is neither a path nor a revision, for paths
    without briefs, and for states that cannot be compared."""
    old = old or WORKING_TREE_STATE
    _require_briefs(each for each in (old, new) if each and each.exists())
    if new is None:
        old, new = _beside_working_tree(old, briefs)
    # Paths win: a revision with the name of a file can be written as heads/name.
    path = next((each for each in (new, old) if each.exists()), briefs)
    before, after = (_state(each, path, scratch / name) for each, name in ((old, "old"), (new, "new")))
    _require_same_kind(before, after, old, new)
    return before, after


def _require_briefs(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            if not holds_briefs(path):
                raise SettingsError(f"{path}: {NO_BRIEFS}")
        elif reason := why_no_brief(path):
            raise SettingsError(f"{path}: {reason}")


def _beside_working_tree(old: Path, briefs: Path) -> tuple[Path, Path]:
    if not briefs.is_dir():
        raise SettingsError(f"{briefs}: no such directory; name the directory of brief files (BRIEFBOT_BRIEFS)")
    if not old.exists():
        return old, briefs
    if old.resolve() == briefs.resolve() or old.resolve().parent == briefs.resolve():
        return WORKING_TREE_STATE, old
    return old, briefs if old.is_dir() else briefs / old.name


def _state(name: Path, beside: Path, scratch: Path) -> State:
    """The state of a path, or of the revision with this name, of the same directory or file as the path `beside`."""
    if name.exists():
        return State(name, name)
    is_file = beside.is_file()
    scratch.mkdir()
    extract(beside.parent if is_file else beside, str(name), scratch)
    return State(scratch / beside.name if is_file else scratch, beside)


def _require_same_kind(before: State, after: State, old: Path, new: Path) -> None:
    for state, name in ((before, old), (after, new)):
        if not state.path.exists():
            raise SettingsError(f"{state.origin}: is not a file at {name}; name two states that both have it")
    if before.path.is_dir() != after.path.is_dir():
        raise SettingsError(f"{old} and {new}: one is a directory and one is a file; name two directories or two files")
    if not before.path.is_dir() and before.path.stem != after.path.stem:
        raise SettingsError(f"{old} and {new} are files of different briefs; name two files with the same name")
