"""Prints what commands say, so that neither a terminal nor a CI runner takes any of it for an order."""

import json
import re
import sys
from typing import Any

from bot.core.linting.diagnostic import Diagnostic

# Controls but the line feed, line separators, bidirectional marks, the byte order mark, halves of a pair.
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# GitHub's runner obeys `::` at the beginning of a line, after white space too, and `##[` anywhere in one; Azure's obeys
# `##vso[`. Source: actions/runner, ActionCommand.cs.
_COMMAND = re.compile(r"(?m)^[^\S\n]*:(?=:)|(?<=#)#(?=\w*\[)")


def print_text(text: str, *, to_stderr: bool = False) -> None:
    """Prints text of any origin; its line ends stay. An empty text prints nothing."""
    if text:
        print(inert(text), file=sys.stderr if to_stderr else sys.stdout)


def print_commands(lines: str) -> None:
    """Prints lines of which some are commands for a CI runner; the caller has made each of them `inert`."""
    if lines:
        print(lines)


def inert(text: str) -> str:
    """The text with control characters, and the beginnings of a runner's commands, as escapes; line ends stay."""
    return _COMMAND.sub(_escape_last, _CONTROL.sub(_escape_last, text))


def inert_line(text: str) -> str:
    """As `inert`, on one line. It may stand behind the beginning of a command."""
    return inert(text.replace("\n", r"\n"))


def _escape_last(match: re.Match[str]) -> str:
    """The match with its last character as an escape."""
    before, point = match[0][:-1], ord(match[0][-1])
    return before + (f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}")


def to_json(value: Any) -> str:
    """Indented JSON with non-ASCII characters as they are, but for those that `inert` would escape; no line end after
    it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Outside of strings JSON has neither, and in them any character may stand as its code.
    return re.sub(rf"{_CONTROL.pattern}|#(?=#\w*\[)", lambda match: f"\\u{ord(match[0]):04x}", text)


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """A problem as one line for people, e.g. `briefs/ferries.yaml:3:1: error B105 this is not YAML: …; …`."""
    d = diagnostic
    return inert_line(f"{d.path}:{d.line}:{d.column}: {d.severity} {d.code} {d.message}; {d.hint}")


def count(number: int, noun: str) -> str:
    """A number with its noun, e.g. `1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
