"""Problems in brief files: found in the data, reported at a line and column."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]


class Key(str):
    """The last step of a `Path` to a mapping's key itself rather than to its value."""

    __slots__ = ()


Path = tuple[str | int, ...]
"""The way from the top of a file to a value: mapping keys and list indices (from 0); empty for the whole file. The last
step may be a `Key`."""


class FilePosition(NamedTuple):
    """A position in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


START = FilePosition(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """A violation of the rule `code`. `at` is a path in the data or, where the text could not be read as data, a
    position that counts from 1. `message` says what is wrong, `hint` how to fix it."""

    code: str
    severity: Severity
    at: Path | FilePosition
    message: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A problem with its file and position, which count from 1. Ordered by path, line and column."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str


def is_error(diagnostic: Diagnostic | Problem) -> bool:
    return diagnostic.severity == "error"
