"""Reads and writes `evidence.lock`: one line a quote, sorted, so that git merges what two people checked."""

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.briefs.brief import ID_PATTERN
from bot.core.evidence.hashes import HASH_CHARS
from bot.core.evidence.lock import EvidenceLock, QuoteCheck, QuoteKey, QuoteState, UnreadReason
from bot.errors import BriefbotError

LOCK_FILE = "evidence.lock"
"""Its name; it stands beside the briefs."""

_HEADER = "# Quotes and their pages; written by briefbot verify. Last run: "
_NEVER = "never"
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_HASH = re.compile(f"[0-9a-f]{{{HASH_CHARS}}}")


class EvidenceLockError(BriefbotError):
    """A line of the lock cannot be read. `str(error)` is `path:line: what is wrong; what to do`."""

    def __init__(self, path: Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")
        self.path, self.line, self.problem, self.remedy = path, line, problem, remedy


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that stands as `name=value` in a line: how its text is read, and what stands for a check (empty: it is
    left out)."""

    read: Callable[[str], Any]
    text: Callable[[QuoteCheck], str]


def read_evidence_lock(directory: Path) -> EvidenceLock:
    """The lock of a directory of briefs; an empty one where the file is not there. Raises: EvidenceLockError for the
    first line that cannot be read, line 1 for a file that is no text or cannot be opened."""
    path = directory / LOCK_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return EvidenceLock()
    except (OSError, UnicodeDecodeError) as error:
        raise _remade(path, 1, f"cannot be read ({error})") from None
    last_run, checks = _last_run(path, lines), dict[QuoteKey, QuoteCheck]()
    for number, line in enumerate(lines[1:], 2):
        check = _parse(path, number, line)
        if check.key in checks:
            raise EvidenceLockError(path, number, "the same quote stands in two lines", "remove one of them")
        checks[check.key] = check
    return EvidenceLock(last_run, checks)


def write_evidence_lock(directory: Path, lock: EvidenceLock) -> None:
    """Replaces the lock of a directory in one step; a file that is as it should be is left alone. Raises: OSError."""
    path, text = directory / LOCK_FILE, lock_text(lock)
    if path.exists() and path.read_bytes() == text.encode():
        return
    replace_file(path, text)


def replace_file(path: Path, text: str) -> None:
    """Writes a file so that who reads it, after a crash too, sees all of the text or what was there before. Raises:
    OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def lock_text(lock: EvidenceLock) -> str:
    """The file's text: the header line with the day of the last run, then a line for each quote, by key."""
    header = f"{_HEADER}{lock.last_run or _NEVER}"
    return "\n".join([header, *map(_line, sorted(lock.checks.values(), key=lambda check: check.key)), ""])


def _line(check: QuoteCheck) -> str:
    key = check.key
    texts = ((name, each.text(check)) for name, each in _FIELDS.items())
    words = (key.brief, key.claim, key.source, key.quote, check.state, str(check.since))
    return " ".join((*words, *(f"{name}={text}" for name, text in texts if text)))


def _parse(path: Path, number: int, line: str) -> QuoteCheck:
    try:
        return _check(line)
    except ValueError as error:
        raise _broken(path, number, line, str(error)) from None


def _check(line: str) -> QuoteCheck:
    """Raises: ValueError, with what is wrong, for a line that `_line` does not write."""
    words = line.split(" ")
    if len(words) < 6:
        raise ValueError("it has fewer than six words")
    brief, claim, source, quote, state, since = words[:6]
    _require(all(re.match(ID_PATTERN, name) for name in (brief, claim, source)), "it does not begin with three names")
    pairs = dict(_pair(word) for word in words[6:])
    values = {name: each.read(pairs.pop(name, "")) for name, each in _FIELDS.items()}
    _require(not pairs, f"“{next(iter(pairs), '')}” is unknown")
    key = QuoteKey(brief, claim, source, _hash(quote))
    return QuoteCheck(key=key, state=QuoteState(state), since=date.fromisoformat(since), **values)


def _pair(word: str) -> tuple[str, str]:
    name, mark, value = word.partition("=")
    _require(bool(mark), f"“{word}” is no name=value")
    return name, value


def _hash(text: str) -> str:
    _require(_HASH.fullmatch(text) is not None, f"“{text}” is no hash")
    return text


def _flag(text: str) -> bool:
    _require(text in ("", "yes"), f"“{text}” is not yes")
    return bool(text)


_FIELDS = {
    "address": _Field(lambda text: text and _hash(text), lambda check: check.address),
    "page": _Field(lambda text: _hash(text) if text else None, lambda check: check.page or ""),
    "places": _Field(lambda text: int(text or 0), lambda check: str(check.places or "")),
    "archived": _Field(_flag, lambda check: "yes" if check.archived else ""),
    "reason": _Field(lambda text: UnreadReason(text) if text else None, lambda check: check.reason or ""),
    "before": _Field(lambda text: QuoteState(text) if text else None, lambda check: check.before or ""),
}
"""In the order in which they stand in a line."""


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise ValueError(problem)


def _last_run(path: Path, lines: Sequence[str]) -> date | None:
    header = lines[0] if lines else ""
    day = header.removeprefix(_HEADER)
    try:
        _require(day != header, "the header is not that of an evidence lock")
        return None if day == _NEVER else date.fromisoformat(day)
    except ValueError as error:
        raise _broken(path, 1, header, str(error)) from None


def _broken(path: Path, number: int, line: str, problem: str) -> EvidenceLockError:
    if _CONFLICT.match(line):
        remedy = "keep the lines of either side and remove the marks, then run briefbot verify"
        return EvidenceLockError(path, number, "a merge conflict was left here", remedy)
    return _remade(path, number, f"this line cannot be read ({problem})")


def _remade(path: Path, number: int, problem: str) -> EvidenceLockError:
    return EvidenceLockError(path, number, problem, "restore the file from git, or remove it and run briefbot verify")
