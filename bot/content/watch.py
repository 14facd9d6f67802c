"""Reloads the repository when files change under a running process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from watchfiles import watch as watch_files

from bot.content.repository import FileChanges, Repository
from bot.core.linting.diagnostic import Diagnostic

logger = logging.getLogger(__name__)

QUIET_MS = 50
"""A burst of changes, such as a git checkout, ends when nothing changed for this long."""

BURST_MS_MAX = 300
"""A burst that goes on for longer is reported in parts."""

FIRST_RELOAD_MS = 1000
"""When the whole directory is read again after the start."""


@dataclass(frozen=True, slots=True)
class ReloadResult:
    """What a reload changed: the problems of files that are newly broken or broken in another way, by path; files that
    are no longer broken; the differences in content."""

    broken: dict[Path, list[Diagnostic]]
    fixed: frozenset[Path]
    changes: FileChanges = field(default_factory=FileChanges)


def watch(repository: Repository, stop: Event, report: Callable[[ReloadResult], None]) -> None:
    """Reloads changed files until `stop` is set, and reports every result that is not empty, within half a second of
    the change. What changed between the first load and the start of the watch is reported a second after the start."""
    started = False
    for file_events in watch_files(
        repository.directory,
        watch_filter=None,
        debounce=BURST_MS_MAX,
        step=QUIET_MS,
        stop_event=stop,
        recursive=False,
        raise_interrupt=False,
        rust_timeout=FIRST_RELOAD_MS,
        yield_on_timeout=True,
    ):
        # `yield_on_timeout` is on for the first reload; later time-outs bring nothing.
        if started and not file_events:
            continue
        result = reload(repository, {Path(path) for _, path in file_events} if started else None)
        started = True
        if result.broken or result.fixed or result.changes:
            report(result)


def reload(repository: Repository, paths: set[Path] | None) -> ReloadResult:
    """Reloads these files, or the whole directory if `paths` is None or the directory was swapped (`..data` of a
    mounted volume). Raises: SettingsError if the directory cannot be listed."""
    before = dict(repository.broken)
    if paths is None or any(path.name.startswith("..") for path in paths):
        changes = repository.load()
    else:
        changes = repository.reload(repository.directory / path.name for path in paths)
    after = repository.broken
    newly_broken = {path: problems for path, problems in after.items() if before.get(path) != problems}
    return ReloadResult(newly_broken, frozenset(before.keys() - after.keys()), changes)
