"""Reloads the repository when files change under a running process.

The whole directory is looked at every few seconds. File events only make the next look come at once: a link that is
swapped, a network mount or a system without event handles left costs seconds, and no change.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch as watch_files

from bot.content.file_names import is_read, stem_of
from bot.content.repository import FileChanges, Repository

logger = logging.getLogger(__name__)

EVENTS_STEP_MS = 50
"""A burst of events ends when none came for this long."""

Stamp = tuple[int, ...] | None
"""What changes when a file does: inode of the name and of what it links to, mode, size, mtime; None for no file."""

UNREAD: Stamp = (0,)
MISSING: Stamp = ()
"""Stamps that no file has: of files that the first load read, and of those that it missed."""


@dataclass(frozen=True, slots=True)
class WatchCadence:
    """How often the directory is looked at, and when a change counts."""

    look: timedelta
    """Between two looks while nothing changes."""
    settle: timedelta
    """Files count as saved when none has changed for so long: an editor may write one in parts."""
    grace: timedelta
    """Files are gone when no other has gone away, or come back, for so long: a checkout, a sync or a mount takes files
    away for moments, and who removes a directory removes one after the other."""

    @property
    def settle_max(self) -> timedelta:
        """After this those that stand still are read, although others go on changing."""
        return 10 * self.settle


@dataclass(frozen=True, slots=True)
class ReloadResult:
    """What a reload changed in content. `is_news`: whether the repository's `broken` or `held` are not as before;
    `was_missing`: whether some of the files that are gone were missing from the start."""

    changes: FileChanges
    is_news: bool
    was_missing: bool = False


def watch(
    repository: Repository,
    stop: Event,
    report: Callable[[ReloadResult], None],
    cadence: WatchCadence,
    before_look: Callable[[], None] = lambda: None,
) -> None:
    """Reloads changed files until `stop` is set, and reports every result that brings something. The repository must
    be loaded, with its `missing` files as absent. What fails is logged, and tried again with the next look."""
    watcher = _Watcher(repository, report, cadence)
    signals = FileSignals(repository.directory, stop, watcher.cadence.look)
    signals.start()
    while not stop.is_set():
        try:
            before_look()
            watcher.look(time.monotonic())
        except Exception:
            logger.exception("could not look at %s; trying again", repository.directory)
        signals.wait(watcher.pause)


class _Watcher:
    """Compares looks at the directory with what was read. Instants are of the monotonic clock, in seconds."""

    def __init__(self, repository: Repository, report: Callable[[ReloadResult], None], cadence: WatchCadence) -> None:
        self.cadence = cadence
        self._repository, self._report = repository, report
        missing = {f"{stem}.yaml" for stem in repository.missing()}
        # Files that were loaded may have changed since, and are read once more.
        self._read: dict[str, Stamp] = {**dict.fromkeys(repository.present, UNREAD), **dict.fromkeys(missing, MISSING)}
        """The stamp of each file when it was read, by name."""
        self._differing: dict[str, tuple[Stamp, float]] = {}
        """The stamps of files that differ from `_read`, and since when each has it."""
        self._moving_since: float | None = None
        """Since when, without a break, some file has not stood still."""
        self._absent = frozenset[str]()
        """The stems that were absent at the last reload."""
        self._missing = frozenset[str]()
        """The names of the files that were missing at the last look."""
        self._missing_since = 0.0
        """When the last of them went away, or another one came back."""
        self._unreported: deque[ReloadResult] = deque()

    @property
    def pause(self) -> timedelta:
        """Until the next look."""
        if self._moving_since is not None:
            return self.cadence.settle / 4
        return min(self.cadence.look, self.cadence.grace / 3) if self._differing else self.cadence.look

    def look(self, now: float) -> None:
        """Reads what has changed and stands still, and what has been away for a while. What `report` raises is raised,
        and reported again with the next look."""
        self._report_all()
        listing = stamps(self._repository.directory)
        self._compare(listing, now)
        ready = self._ready(now)
        waiting = self._differing.keys() - ready
        if self._is_burst(any(listing.get(name) is not None for name in waiting), now):
            return
        absent = frozenset(stem_of(name) for name in waiting if name not in listing)
        if ready or self._absent - absent or self._repository.waits_for_force:
            result = self._reload(ready, absent)
            self._absent = absent
            self._mark_read(ready, listing)
            if result.changes or self._has_moved(result.changes) or result.is_news:
                self._unreported.append(result)
                self._report_all()

    def _report_all(self) -> None:
        while self._unreported:
            self._report(self._unreported[0])
            self._unreported.popleft()

    def _has_moved(self, changes: FileChanges) -> bool:
        """Whether parts of what readers see may begin on other lines, though they see no difference."""
        published, versions = self._repository.briefs, (changes.files[key] for key in changes.lines)
        return any(slug in published and published[slug].revision == revision for slug, revision in versions)

    def _reload(self, names: Set[str], absent: frozenset[str]) -> ReloadResult:
        before = dict(self._repository.broken), self._repository.held
        gone = set(map(stem_of, names & self._missing))
        changes = self._repository.reload((self._repository.directory / name for name in names), absent, gone)
        is_news = before != (dict(self._repository.broken), self._repository.held)
        return ReloadResult(changes, is_news, any(self._read.get(name) == MISSING for name in names))

    def _compare(self, listing: Mapping[str, Stamp], now: float) -> None:
        names = () if listing == self._read else listing.keys() | self._read.keys()
        differing = ((name, listing.get(name)) for name in names if listing.get(name) != self._read.get(name))
        self._differing = {name: self._since(name, stamp, now) for name, stamp in differing}
        missing = frozenset(name for name, (stamp, _) in self._differing.items() if stamp is None)
        if missing != self._missing:
            self._missing, self._missing_since = missing, now

    def _since(self, name: str, stamp: Stamp, now: float) -> tuple[Stamp, float]:
        last = self._differing.get(name)
        return last if last is not None and last[0] == stamp else (stamp, now)

    def _ready(self, now: float) -> set[str]:
        """The files that have stood still, or been away, for long enough."""
        # Who removes a directory, or puts it back, does so file by file: none is gone before that rests.
        gone = self._missing if now - self._missing_since >= self.cadence.grace.total_seconds() else frozenset[str]()
        settled = now - self.cadence.settle.total_seconds()
        saved = (name for name, (stamp, since) in self._differing.items() if stamp is not None and since <= settled)
        return {*gone, *saved}

    def _is_burst(self, moving: bool, now: float) -> bool:
        """Whether to wait until all files stand still: half a checkout is a state that nobody made."""
        if not moving:
            self._moving_since = None
            return False
        self._moving_since = now if self._moving_since is None else self._moving_since
        return now - self._moving_since < self.cadence.settle_max.total_seconds()

    def _mark_read(self, names: Iterable[str], listing: Mapping[str, Stamp]) -> None:
        for name in names:
            if name in listing:
                self._read[name] = listing[name]
            elif self._repository.held:
                self._read[name] = MISSING
            else:
                self._read.pop(name, None)


def stamps(directory: Path) -> dict[str, Stamp]:
    """The stamps of the files that the repository reads, by name. Empty where the directory cannot be listed."""
    try:
        with os.scandir(directory) as entries:
            return {each.name: _stamp(each) for each in entries if is_read(each.name)}
    except OSError:
        return {}


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        status = entry.stat()
    except OSError:  # a link to nothing
        status = entry.stat(follow_symlinks=False)
    return entry.inode(), status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns


class FileSignals(Thread):
    """Wakes who waits when files of a directory change. Watches anew where the path leads to another directory."""

    def __init__(self, directory: Path, stop: Event, look: timedelta) -> None:
        super().__init__(name="file events", daemon=True)
        self._directory, self._stop, self._look = directory, stop, look
        self._wake = Event()

    def wait(self, pause: timedelta) -> None:
        """Returns after a pause, or as soon as a file changes or the watch ends."""
        if self._wake.wait(pause.total_seconds()):
            self._wake.clear()

    def run(self) -> None:
        last = ""
        while not self._stop.is_set():
            try:
                self._follow()
            except Exception as error:
                if str(error) != last:
                    last = str(error)
                    logger.warning("no events of files (%s); %s is looked at every few seconds", last, self._directory)
                self._stop.wait(self._look.total_seconds())
        self._wake.set()

    def _follow(self) -> None:
        """Returns when the path leads elsewhere, or at the end of the watch."""
        watched = _identity(self._directory)
        for events in watch_files(
            self._directory,
            watch_filter=None,
            step=EVENTS_STEP_MS,
            debounce=EVENTS_STEP_MS,
            stop_event=self._stop,
            recursive=False,
            raise_interrupt=False,
            rust_timeout=int(self._look.total_seconds() * 1000),
            yield_on_timeout=True,
        ):
            if events:
                self._wake.set()
            if _identity(self._directory) != watched:
                return


def _identity(directory: Path) -> tuple[str, int, int]:
    status = directory.stat()
    return os.path.realpath(directory), status.st_dev, status.st_ino
