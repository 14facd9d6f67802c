"""Problems in brief files: found at a place in the data, reported at a line and column."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Key(str):
    """A step of a `Path` that means the key itself, not the value under it."""

    __slots__ = ()


Path = tuple[str | int, ...]
"""Steps from the top of a file to a value: mapping keys and list indices; the last may be a `Key`."""


class FilePosition(NamedTuple):
    """A place in a file; both count from 1, columns in characters."""

    line: int
    column: int


START = FilePosition(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, before the place has been looked up in the text."""

    code: str
    severity: Severity
    at: Path | FilePosition
    message: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A problem at its place in a file. Ordered by path, line, column."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str


def is_error(diagnostic: Diagnostic | Problem) -> bool:
    return diagnostic.severity == "error"
