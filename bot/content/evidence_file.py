"""Reads `evidence.lock` as briefs are read: what cannot be read is a problem at its line."""

from pathlib import Path

from bot.content.evidence_lock import LOCK_FILE, EvidenceLockError, read_evidence_lock
from bot.content.file_text import refusal
from bot.content.loader import LoadResult, diagnostics
from bot.core.evidence.lock import EvidenceLock
from bot.core.linting import directory_rules
from bot.core.linting.diagnostic import Diagnostic, FilePosition


def load_evidence(directory: Path) -> tuple[EvidenceLock | None, list[Diagnostic]]:
    """What is known of the quotes of a directory; None where its file cannot be read, with the reason."""
    path = directory / LOCK_FILE
    try:
        if reason := refusal(path):
            return None, _broken(path, 1, reason, "put the file itself there")
        return read_evidence_lock(directory), []
    except EvidenceLockError as error:
        return None, _broken(path, error.line, error.problem, error.remedy)
    except OSError as error:
        return None, _broken(path, 1, (error.strerror or str(error)).lower(), "let this user read it")


def _broken(path: Path, line: int, problem: str, remedy: str) -> list[Diagnostic]:
    return diagnostics(LoadResult(path, None, (directory_rules.broken_lock(FilePosition(line, 1), problem, remedy),)))
