"""The text of a brief file, or the problem with its bytes."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import START, FilePosition, Problem

MAX_KIB = 256

# Control characters except line ends, line separators of YAML 1.1, bidirectional marks, the byte order mark.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
    "|\r(?!\n)"
)


def read(path: Path) -> bytes | Problem:
    """The bytes of a file, or why they cannot be read. At most 256 KiB and one byte are read."""
    try:
        if path.exists() and not path.is_file():  # opening a pipe would block until somebody writes into it
            return syntax_rules.unreadable(START, "is a directory" if path.is_dir() else "is not a plain file")
        with path.open("rb") as file:
            data = file.read(MAX_KIB * 1024 + 1)
    except OSError as error:
        return syntax_rules.unreadable(START, (error.strerror or str(error)).lower())
    return syntax_rules.too_large(START, MAX_KIB) if len(data) > MAX_KIB * 1024 else data


def decode(data: bytes) -> str | Problem:
    """The text of UTF-8 bytes, or the position of the first invalid byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        return syntax_rules.not_utf8(mark_at(before, len(before)), data[error.start])


def forbidden_characters(text: str) -> Iterator[Problem]:
    """One problem for each tab, control character and bidirectional mark, in the order of the text."""
    if text.startswith("\ufeff"):
        yield syntax_rules.not_utf8(START, 0xEF)
        return
    if text.replace("\n", "").isprintable():  # true of nearly every file, and ten times faster than the search
        return
    for match in _FORBIDDEN.finditer(text):
        yield syntax_rules.forbidden_character(mark_at(text, match.start()), ord(match.group()))


def mark_at(text: str, index: int) -> FilePosition:
    """The line and column of the character at an index; both count from 1."""
    # On the first line `rfind` gives -1, which makes its columns count from 1 as well.
    return FilePosition(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
