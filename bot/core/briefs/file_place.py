"""Where a brief stands in its file, and the address at which the file is edited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

FILE, LINE = "{file}", "{line}"
"""What an address for editing names in the places of a file's name and of a line."""


@dataclass(frozen=True, slots=True)
class FileLines:
    """The lines, from 1, on which the sections of a brief (by key) and its claims (by id) begin in its file."""

    sections: Mapping[str, int]
    claims: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place in a brief's file. `file` is its name; `line` counts from 1, None where it is not known; `url` is where
    it is edited, None where the store names no address."""

    file: str
    line: int | None
    url: str | None


def file_place(edit_url: str | None, slug: str, line: int | None = None) -> FilePlace:
    """The place of a line in a brief's file. `edit_url` is `Vocabulary.edit_url`."""
    file = f"{slug}.yaml"
    return FilePlace(file, line, edit_address(edit_url, file, line) if edit_url else None)


def edit_address(edit_url: str, file: str, line: int | None) -> str:
    """The address of a file's line; without a line, of the file. An address without `{file}` is that of the
    directory, which has the file below it."""
    if FILE not in edit_url:
        return f"{edit_url.rstrip('/')}/{file}"
    if line is None:
        # Half an address is none: what names the line goes, with the sign before it.
        edit_url = re.sub(r"[#?&][^#?&]*\{line\}[^#?&]*", "", edit_url)
    return edit_url.replace(FILE, file).replace(LINE, str(line or 1))
