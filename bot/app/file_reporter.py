"""Says which brief files are not published: in the log, in the store for `/brief status`, to maintainers."""

import logging
from collections import Counter
from itertools import chain
from pathlib import Path

from bot.content.evidence_lock import LOCK_FILE
from bot.content.git import origin_of
from bot.content.repository import Repository
from bot.core.linting.diagnostic import Diagnostic, is_error
from bot.handlers.briefs.report_files import FileReport, report_files
from bot.handlers.context import Services
from bot.handlers.measures import PROCESS
from bot.store.file_reports import DIRECTORY

logger = logging.getLogger(__name__)

ORIGINS_MAX = 8
"""Files of which git is asked who changed them: more do not fit into a message."""

HELD_REMEDY = (
    "Readers go on seeing what was published last. Put the files back; if it is meant: briefbot publish --force"
)
EMPTY_REMEDY = (
    "No briefs are published yet, which is what readers are told. Put brief files there, or set BRIEFBOT_BRIEFS"
)


class FileReporter:
    """Used by the thread that reads the files. What the database does not take is reported by a later `retry`."""

    def __init__(self, repository: Repository, services: Services) -> None:
        self._repository, self._services = repository, services
        self._is_due = False

    def report(self) -> None:
        """Reports the state of the repository; logs it as well."""
        if self._repository.held:
            logger.error("%s. %s", self._repository.held, self._remedy)
        elif not any(brief.status == "published" for brief in self._repository.briefs.values()):
            logger.warning("%s has no brief that is published. %s", self._repository.directory, EMPTY_REMEDY)
        for problems in self._repository.broken.values():
            for each in filter(is_error, problems):
                logger.error("%s:%d:%d: %s %s", each.path, each.line, each.column, each.code, each.message)
        PROCESS.set_problems(Counter(each.severity for each in chain.from_iterable(self._repository.broken.values())))
        self._is_due = True
        self.retry()

    def retry(self) -> None:
        """Reports what is due. Raises: DatabaseFailureError."""
        if self._is_due:
            report_files(self._reports(), self._repository.present, self._services)
            self._is_due = False

    def _reports(self) -> dict[str, FileReport]:
        broken = sorted(self._repository.broken.items())
        reports = {
            path.name: self._report(path, problems, with_origin=number < ORIGINS_MAX)
            for number, (path, problems) in enumerate(broken)
        }
        if self._repository.held:
            reports[DIRECTORY] = FileReport(f"Nothing is published: {self._repository.held}.", (self._remedy,))
        return reports

    @property
    def _remedy(self) -> str:
        """Of files of which nothing is published."""
        return HELD_REMEDY if self._repository.briefs else EMPTY_REMEDY

    def _report(self, path: Path, problems: list[Diagnostic], *, with_origin: bool) -> FileReport:
        is_published = path.name == LOCK_FILE or path.stem in self._repository.briefs or path.stem.startswith("_")
        trouble = "is broken" if path.name in self._repository.present else "is gone"
        head = f"{trouble}; readers go on seeing its last good version." if is_published else "is not published yet."
        errors = (
            f"{path.name}:{d.line}:{d.column}: {d.code} {d.message}; {d.hint}" for d in filter(is_error, problems)
        )
        return FileReport(f"{path.name} {head}", tuple(errors), origin_of(path) if with_origin else None)
