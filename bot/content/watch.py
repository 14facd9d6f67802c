"""Files change under a running process: the repository is reloaded, and who cares is told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchfiles import watch as watch_files

from bot.content.repository import Repository
from bot.core.diagnostic import Diagnostic

logger = logging.getLogger(__name__)

QUIET_MS = 50
BURST_MS = 300
"""A burst of changes (a git checkout) is taken as one when 50 ms are quiet, and at the latest after 300 ms."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reload has newly found broken (with its problems) or found mended."""

    broken: dict[Path, list[Diagnostic]]
    mended: frozenset[Path]


def watch(repository: Repository, stop: Event, tell: Callable[[Outcome], None]) -> None:
    """Follows the directory until `stop` is set; every change is visible to the next reader within a second."""
    for changes in watch_files(
        repository.directory,
        watch_filter=None,
        debounce=BURST_MS,
        step=QUIET_MS,
        stop_event=stop,
        recursive=False,
        raise_interrupt=False,
    ):
        outcome = reload(repository, {Path(path) for _, path in changes})
        if outcome.broken or outcome.mended:
            tell(outcome)


def reload(repository: Repository, paths: set[Path]) -> Outcome:
    """One reload, of these files, or of all where a whole directory was swapped (a mounted volume's `..data`)."""
    before = dict(repository.broken)
    if any(path.name.startswith("..") for path in paths):
        repository.load()
    else:
        repository.reload(repository.directory / path.name for path in paths)
    after = repository.broken
    newly = {path: found for path, found in after.items() if before.get(path) != found}
    return Outcome(newly, frozenset(before.keys() - after.keys()))
