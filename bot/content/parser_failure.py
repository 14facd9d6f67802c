"""Where the YAML parser gave up, and the lines around it as their author saw them, whatever YAML makes of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml import MarkedYAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not export it
from yaml.events import ScalarEvent

from bot.core.linting.diagnostic import START, FilePosition

_LINE = re.compile(
    r"""(?P<indent>[ ]*)(?P<dash>(?:-(?:[ ]+|$))*)
    (?:(?P<key>"[^"]*"|'[^']*'|[\w-]+)[ ]*:(?=[ ]|$)[ ]*)?(?P<value>.*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is neither blank nor a comment. `column` is that of its first character, `content_column` that of
    what follows its dash; both count from 1, as `number` does. `key` is empty if it has none, `value` is the rest."""

    number: int
    column: int
    has_dash: bool
    content_column: int
    key: str
    value: str


def _line(number: int, text: str) -> Line | None:
    match = _LINE.match(text)
    if not match or not text.strip() or text.lstrip().startswith("#"):
        return None
    indent, dash, key, value = match.group("indent", "dash", "key", "value")
    return Line(number, len(indent) + 1, bool(dash), len(indent + dash) + 1, (key or "").strip("\"'"), value.rstrip())


@dataclass(frozen=True, slots=True)
class Failure:
    """`at` is where the parser gave up, `start` where what it was reading began: a key, a list, a text. `problem` and
    `context` are its words. `scalar` is the text or key that it read last, if nothing came between."""

    text: tuple[str, ...]
    at: FilePosition
    start: FilePosition
    problem: str
    context: str
    last: Any

    @property
    def scalar(self) -> ScalarEvent | None:
        """The text or key that was read last, if nothing else has ended since."""
        return self.last if isinstance(self.last, ScalarEvent) else None

    def line(self, number: int) -> Line | None:
        """The line of a number that counts from 1. None for blank lines, comments, and beyond the end."""
        return _line(number, self.text[number - 1]) if 0 < number <= len(self.text) else None

    def above(self, number: int) -> Iterator[Line]:
        """The lines above one, the nearest first."""
        return filter(None, map(self.line, range(number - 1, 0, -1)))

    def below(self, number: int) -> Iterator[Line]:
        """The lines below one, the nearest first."""
        return filter(None, map(self.line, range(number + 1, len(self.text) + 1)))

    def rest(self, at: FilePosition) -> str:
        """What stands from a position to the end of its line; empty beyond the end of the text."""
        return self.text[at.line - 1][at.column - 1 :] if at.line <= len(self.text) else ""


def failure_of(text: str) -> Failure | None:
    """Reads a text until the parser gives up. None for YAML. Raises: YAMLError without marks."""
    parser, last = CParser(text), None
    try:
        while parser.check_event():
            last = parser.get_event()
    except MarkedYAMLError as error:
        at = position(error.problem_mark or error.context_mark)
        # Where the parser names no beginning, it was within the text that it read last.
        begin = error.context_mark or (last.start_mark if isinstance(last, ScalarEvent) else None)
        lines = tuple(line.rstrip("\r") for line in text.split("\n"))
        return Failure(lines, at, position(begin) if begin else at, error.problem or "", error.context or "", last)
    return None


def position(mark: Any) -> FilePosition:
    """A mark of the parser as ours, which counts from 1."""
    return FilePosition(mark.line + 1, mark.column + 1) if mark else START
