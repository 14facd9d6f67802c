"""Which section of a brief a line of its file belongs to, and the lines around a problem."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.linting.diagnostic import Diagnostic

BEFORE, AFTER = 1, 1
"""Lines around that of a problem."""
SHOWN_MAX = 240
"""Characters of a line that are shown."""

_TOP_KEY = re.compile(r"[\w-]+\s*:")
_SECTION = re.compile(r"(\s+)([\w-]+)\s*:")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file; `number` counts from 1. `column` is that of the problem in it, from 1; None in other lines."""

    number: int
    text: str
    column: int | None = None


def excerpt(text: str, problem: Diagnostic) -> list[SourceLine]:
    """The line of a problem with those around it; empty where the file has no such line."""
    lines = text.splitlines()
    if not 0 < problem.line <= len(lines):
        return []
    first, last = max(1, problem.line - BEFORE), min(len(lines), problem.line + AFTER)
    return [
        SourceLine(n, lines[n - 1][:SHOWN_MAX], problem.column if n == problem.line else None)
        for n in range(first, last + 1)
    ]


def section_at(text: str, line: int) -> str | None:
    """The key of the section that a line stands in; None outside of all. By the columns alone, which a broken
    file has too."""
    lines = text.splitlines()[:line]
    top = next((n for n in range(len(lines) - 1, -1, -1) if _TOP_KEY.match(lines[n])), None)
    if top is None or not lines[top].startswith("sections"):
        return None
    return _last_key(lines[top + 1 :])


def _last_key(lines: Sequence[str]) -> str | None:
    """The last key of the first level."""
    keys = [match for line in lines if (match := _SECTION.match(line))]
    level = min((len(match[1]) for match in keys), default=0)
    return next((match[2] for match in reversed(keys) if len(match[1]) == level), None)
