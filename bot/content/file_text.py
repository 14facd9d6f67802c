"""From a path to the text of a brief file, or to the problem with its bytes."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.core import rules
from bot.core.diagnostic import START, Mark, Problem

MAX_KIB = 256

# Control characters but line ends, line separators that YAML 1.1 would break at, bidirectional marks, byte order mark.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
    "|\r(?!\n)"
)


def read(path: Path) -> bytes | Problem:
    """The bytes of a file of at most 256 KiB; more is not read."""
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for somebody to write into it
            return rules.unreadable(START, "is a directory" if path.is_dir() else "is not a plain file")
        with path.open("rb") as file:
            data = file.read(MAX_KIB * 1024 + 1)
    except OSError as error:
        return rules.unreadable(START, (error.strerror or str(error)).lower())
    return rules.too_large(START, MAX_KIB) if len(data) > MAX_KIB * 1024 else data


def decode(data: bytes) -> str | Problem:
    """Text from UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        return rules.not_utf8(mark_at(before, len(before)), data[error.start])


def forbidden(text: str) -> Iterator[Problem]:
    """Every tab, control character and bidirectional mark, one after the other."""
    if text.startswith("\ufeff"):
        yield rules.not_utf8(START, 0xEF)
        return
    if text.replace("\n", "").isprintable():  # a tenth of the search's time, and so for nearly every file
        return
    for found in _FORBIDDEN.finditer(text):
        yield rules.forbidden_character(mark_at(text, found.start()), ord(found.group()))


def mark_at(text: str, index: int) -> Mark:
    """The line and column of a character."""
    return Mark(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
