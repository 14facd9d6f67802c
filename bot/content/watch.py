"""Files change under a running process: the repository is reloaded, and who cares is told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from watchfiles import watch as watch_files

from bot.content.repository import Reloaded, Repository
from bot.core.linting.diagnostic import Diagnostic

logger = logging.getLogger(__name__)

QUIET_MS = 50
FIRST_LOOK_MS = 1000
BURST_MS = 300
"""A burst of changes (a git checkout) is taken as one when 50 ms are quiet, and at the latest after 300 ms."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reload has newly found broken (with its problems) or found mended, and what is different now."""

    broken: dict[Path, list[Diagnostic]]
    mended: frozenset[Path]
    reloaded: Reloaded = field(default_factory=Reloaded)


def watch(repository: Repository, stop: Event, tell: Callable[[Outcome], None]) -> None:
    """Follows the directory until `stop` is set, and tells of every change within half a second. What changed between
    the first reading and the start of this is found a second later."""
    followed = False
    for changes in watch_files(
        repository.directory,
        watch_filter=None,
        debounce=BURST_MS,
        step=QUIET_MS,
        stop_event=stop,
        recursive=False,
        raise_interrupt=False,
        rust_timeout=FIRST_LOOK_MS,
        yield_on_timeout=True,
    ):
        if followed and not changes:
            continue
        outcome = reload(repository, {Path(path) for _, path in changes} if followed else None)
        followed = True
        if outcome.broken or outcome.mended or outcome.reloaded:
            tell(outcome)


def reload(repository: Repository, paths: set[Path] | None) -> Outcome:
    """One reload, of these files, or of all: for None, and where a whole directory was swapped (a mounted volume's
    `..data`)."""
    before = dict(repository.broken)
    if paths is None or any(path.name.startswith("..") for path in paths):
        reloaded = repository.load()
    else:
        reloaded = repository.reload(repository.directory / path.name for path in paths)
    after = repository.broken
    newly = {path: found for path, found in after.items() if before.get(path) != found}
    return Outcome(newly, frozenset(before.keys() - after.keys()), reloaded)
