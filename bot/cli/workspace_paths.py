"""Paths of problems as a code host knows them: from the top of the repository."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.content import git
from bot.core.linting.diagnostic import Diagnostic


def from_workspace(problems: Iterable[Diagnostic], workspace: Path | None) -> list[Diagnostic]:
    """The problems with paths relative to the workspace or, where a file is outside of it or there is none, to the top
    of the file's git working tree; other paths stay as they are."""
    tops = cache(lambda directory: [each.resolve() for each in (workspace, git.top_level(directory)) if each])
    relative = cache(lambda path: _relative(Path(path), tops))
    return [replace(each, path=relative(each.path)) for each in problems]


def _relative(path: Path, tops: Callable[[Path], list[Path]]) -> str:
    # Where the file is comes first, as its changes are listed there. A link that leads out of the repository counts as
    # a file itself.
    directory = path.parent.resolve()
    places = (path.resolve(), directory / path.name, path.absolute())
    inside = (place.relative_to(top) for top in tops(directory) for place in places if place.is_relative_to(top))
    return next(inside, path).as_posix()
