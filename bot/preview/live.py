"""Follows the brief files, and keeps what a page shows of them up to date."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from markupsafe import Markup

from bot.content.watch import FileSignals, stamps
from bot.core.delivery.radius import Radius
from bot.errors import BriefbotError
from bot.preview.drawing import Drawer, Drawn
from bot.preview.reading import Preview, Reader
from bot.preview.summary_html import Heard
from bot.workspace.change_signal import ChangeSignal

logger = logging.getLogger(__name__)

LOOK = timedelta(seconds=1)
"""Between two looks where no file event comes: at files on a network mount, and at where the base is now."""

JOIN_S = 5

STALE = "Not up to date"
"""Instead of what changed, where the files cannot be read."""
FROM_BEFORE = "What is shown below is from before."

Measure = Callable[[Preview], Radius]


class Live:
    """What a page shows, from `start` on brought up to date after every save. `measure` gives who would hear; None
    where no database is named. Raises: SettingsError where the briefs or the base cannot be read."""

    def __init__(self, reader: Reader, drawer: Drawer, directory: Path, measure: Measure | None) -> None:
        self._reader, self._drawer, self._directory, self._measure = reader, drawer, directory, measure
        self.changes = ChangeSignal()
        self._lock, self._drawing = Lock(), Lock()
        self._stop, self._saved = Event(), Event()
        self._seen = self._look()
        self._preview, self._heard = reader.read(), self._unmeasured()
        self._trouble: str | None = None
        self._drawn = Drawn()
        self._draw()
        self._threads = [Thread(target=each, name=name, daemon=True) for name, each in self._tasks().items()]

    def _tasks(self) -> dict[str, Callable[[], None]]:
        tasks: dict[str, Callable[[], None]] = {"follow files": self._follow}
        return {**tasks, "count who hears": self._count} if self._measure else tasks

    def start(self) -> None:
        """Begins to follow the files."""
        self._saved.set()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends; open pages hear of it."""
        self._stop.set()
        self._saved.set()
        self.changes.announce()
        for thread in self._threads:
            thread.join(JOIN_S)

    @property
    def is_open(self) -> bool:
        return not self._stop.is_set()

    def view(self) -> dict[str, Any]:
        """All that a page shows, as JSON values."""
        drawn, trouble = self._drawn, self._trouble
        parts = {name: str(markup) for name, markup in drawn.parts.items()}
        words = STALE if trouble else drawn.words
        return {"version": self.changes.version, "parts": parts, "words": words, "trouble": trouble}

    def quiet(self, slug: str) -> Markup | None:
        """What is inside of an unchanged brief; None where there is none of this slug."""
        with self._drawing:
            return self._drawer.quiet(slug, self._drawn)

    # Files

    def _follow(self) -> None:
        signals = FileSignals(self._directory, self._stop, LOOK)
        signals.start()
        while not self._stop.is_set():
            seen = self._look()
            if seen != self._seen:
                self._seen = seen
                self._reload()
            signals.wait(LOOK)

    def _look(self) -> tuple[object, ...]:
        """What differs where something is to be read again."""
        return stamps(self._directory), self._reader.commit

    def _reload(self) -> None:
        try:
            preview, trouble = self._reader.read(), None
        except BriefbotError as error:
            preview, trouble = self._preview, f"{error}. {FROM_BEFORE}"
        except Exception:
            # A page that stands still in silence would be believed.
            logger.exception("could not read the briefs")
            preview, trouble = (
                self._preview,
                f"The briefs could not be read; the terminal says why. {FROM_BEFORE}",
            )
        with self._lock:
            self._preview, self._trouble, self._heard = preview, trouble, self._unmeasured()
        self._draw()
        self._saved.set()

    def _unmeasured(self) -> Heard:
        return "counting" if self._measure else None

    def _draw(self) -> None:
        with self._drawing:
            with self._lock:
                preview, heard = self._preview, self._heard
            self._drawn = self._drawer.draw(preview, heard)
        self.changes.announce()

    # Who hears

    def _counted(self, measure: Measure, preview: Preview) -> Radius:
        try:
            return measure(preview)
        except Exception:
            logger.exception("could not count who will hear")
            return Radius(unknown="it could not be counted; the terminal says why")

    def _count(self) -> None:
        """After each save, on a thread of its own: the page does not wait for a database."""
        while not self._stop.is_set():
            self._saved.wait()
            self._saved.clear()
            preview = self._preview
            if self._stop.is_set() or self._measure is None:
                return
            heard = self._counted(self._measure, preview)
            with self._lock:
                if preview is not self._preview:
                    continue
                self._heard = heard
            self._draw()
