"""The text of a brief file, or the problem with its bytes."""

import codecs
import os
import re
from pathlib import Path

from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import START, FilePosition, Problem

MAX_KIB = 256


def read(path: Path) -> bytes | Problem:
    """The bytes of a file, or why they cannot be read. At most 256 KiB and one byte are read. A link is followed within
    its directory alone: what lies elsewhere is nobody's brief, and messages would quote it."""
    try:
        if reason := refusal(path):
            return syntax_rules.unreadable(START, reason)
        with Path(os.path.realpath(path)).open("rb") as file:
            data = file.read(MAX_KIB * 1024 + 1)
    except OSError as error:
        return syntax_rules.unreadable(START, (error.strerror or str(error)).lower())
    return syntax_rules.too_large(START, MAX_KIB) if len(data) > MAX_KIB * 1024 else data


def refusal(path: Path) -> str | None:
    """Why a file is not opened: what lies elsewhere is quoted by messages, and a pipe would block until somebody writes
    into it. None where it may be opened. Raises: OSError."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent)):
        return "it is a link to a file outside of its directory"
    if path.exists() and not path.is_file():
        return "it is a directory" if path.is_dir() else "it is not a plain file"
    return None


def decode(data: bytes) -> str | Problem:
    """The text of UTF-8 bytes without the byte order mark that some editors put first; or what the bytes are instead,
    at the first that is not UTF-8."""
    if wide := _wide_encoding(data):
        return syntax_rules.not_utf8(START, wide)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        return syntax_rules.not_utf8(mark_at(before, len(before)), _meaning(error))


_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "this is UTF-32",
    codecs.BOM_UTF32_BE: "this is UTF-32",
    codecs.BOM_UTF16_LE: "this is UTF-16",
    codecs.BOM_UTF16_BE: "this is UTF-16",
}
# By the places in each four bytes that often hold zero: of letters in ASCII, which every brief has.
_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "this is UTF-32",
    (True, True, True, False): "this is UTF-32",
    (False, True, False, True): "this is UTF-16",
    (True, False, True, False): "this is UTF-16",
    (True, True, True, True): "nearly all bytes are zero, as after a crash",
}


def _wide_encoding(data: bytes) -> str | None:
    """What a file is whose characters have two or four bytes each. None for all other files."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    if b"\0" not in data:
        return None
    places = (data[first::4] for first in range(4))
    return _ZEROS.get(tuple(place.count(0) > 0.3 * len(place) for place in places))


_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _meaning(error: UnicodeDecodeError) -> str:
    """What the first byte that is not UTF-8 may have been meant to be."""
    data, byte = error.object, error.object[error.start]
    if error.reason == "unexpected end of data":
        return f"the end of the file cuts off the character that begins with byte 0x{byte:02X}"
    is_broken = byte >= 0xC0 and b"\x80" <= data[error.start + 1 : error.start + 2] <= b"\xbf"
    char = bytes([byte]).decode("cp1252", "ignore")
    if char and not is_broken and not _CONTROL.search(data):
        return f'byte 0x{byte:02X} is "{char}" in Windows-1252 (Latin-1)'
    return f"byte 0x{byte:02X} is part of no character"


def mark_at(text: str, index: int) -> FilePosition:
    """The line and column of the character at an index; both count from 1."""
    # On the first line `rfind` gives -1, which makes its columns count from 1 as well.
    return FilePosition(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
