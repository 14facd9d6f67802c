"""A strict reader over the events of PyYAML's C parser: mappings, lists and text, nothing else.

Every scalar stays text and is typed by the schema, so `NO`, `12:30` and `010` mean what they say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yaml import MarkedYAMLError, YAMLError

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not export it
except ImportError:
    raise SystemExit("briefbot: this PyYAML has no libyaml; install PyYAML from a wheel (make setup does)") from None
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import START, FilePosition, Key, Path, Problem

MAX_DEPTH = 20

Tree = str | list["Tree"] | dict[str, "Tree"] | None
"""None stands for a plain `null`, which the rules refuse."""

_NULLS = frozenset({"null", "Null", "NULL", "~"})


@dataclass(slots=True)
class ParseResult:
    """The tree of a text, and its problems. `tree` is None if the text could not be read to its end."""

    tree: Tree = None
    problems: list[Problem] = field(default_factory=list)
    has_nulls: bool = False


class _StopError(Exception):
    """The rest of the text cannot be read; the reason is already among the problems."""


def parse(text: str) -> ParseResult:
    """Reads one YAML document. Raises nothing, whatever the text."""
    result = ParseResult()
    try:
        reader = _Reader(text, result.problems)
        result.tree = _document(reader)
        result.has_nulls = reader.has_nulls
    except _StopError:
        pass
    except MarkedYAMLError as error:
        result.problems.append(_syntax(error))
    except YAMLError as error:
        result.problems.append(syntax_rules.not_yaml(START, " ".join(str(error).split())))
    return result


# Clearer words for messages of the parser, by its context or problem. True: place it where the context began.
_CLEARER = {
    "while scanning a quoted scalar": (True, "this quotation mark is never closed", "add the closing mark"),
    "while parsing a flow sequence": (True, "this bracket is never closed", "add the `]`, or put the text in quotes"),
    "while parsing a flow mapping": (True, "this brace is never closed", "add the `}`, or put the text in quotes"),
    "mapping values are not allowed in this context": (
        False,
        "unexpected `: ` here",
        "put the text in quotes, or add a colon that is missing on the line before",
    ),
    "found character that cannot start any token": (
        False,
        "a text cannot begin with this character",
        "put the text in quotes",
    ),
}


def _syntax(error: MarkedYAMLError) -> Problem:
    clearer = _CLEARER.get(error.context or "") or _CLEARER.get(error.problem or "")
    at = error.context_mark if clearer and clearer[0] else error.problem_mark or error.context_mark
    mark = FilePosition(at.line + 1, at.column + 1) if at else START
    if clearer:
        return syntax_rules.not_yaml(mark, *clearer[1:])
    return syntax_rules.not_yaml(mark, ", ".join(part for part in (error.problem, error.context) if part))


class _Reader:
    """The event source, the list that collects problems, and whether there is a plain null."""

    __slots__ = ("has_nulls", "next", "problems")

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.next: Callable[[], Any] = CParser(text).get_event
        self.problems = problems
        self.has_nulls = False


def _document(reader: _Reader) -> Tree:
    reader.next()  # the start of the stream
    start = reader.next()
    if not isinstance(start, DocumentStartEvent):
        reader.problems.append(syntax_rules.not_one_document(START, "an empty file"))
        return None
    first = reader.next()
    if not isinstance(first, MappingStartEvent):
        reader.problems.append(syntax_rules.not_one_document(_mark(first), "a list or plain text"))
        return None
    tree = _mapping(reader, first, 1)
    reader.next()  # the end of the document
    end = reader.next()
    if not isinstance(end, StreamEndEvent):
        reader.problems.append(syntax_rules.not_one_document(_mark(end), "several"))
        raise _StopError
    return tree


def _value(reader: _Reader, event: Any, depth: int) -> Tree:
    kind = type(event)
    if kind is ScalarEvent:
        if event.anchor or event.tag:
            _reject_properties(reader, event)
        # In quotes it is a text like any other.
        if event.value in _NULLS and not event.style:
            reader.has_nulls = True
            return None
        return str(event.value)
    if kind is AliasEvent:
        reader.problems.append(syntax_rules.anchor_or_alias(_mark(event), f"the alias *{event.anchor}"))
        raise _StopError
    if depth >= MAX_DEPTH:
        reader.problems.append(syntax_rules.too_deep(_mark(event), MAX_DEPTH))
        raise _StopError
    return _mapping(reader, event, depth + 1) if kind is MappingStartEvent else _sequence(reader, event, depth + 1)


def _mapping(reader: _Reader, start: Any, depth: int) -> dict[str, Tree]:
    if start.anchor or start.tag:
        _reject_properties(reader, start)
    mapping: dict[str, Tree] = {}
    event = reader.next()
    while type(event) is not MappingEndEvent:
        key = _key(reader, event)
        if key in mapping:
            reader.problems.append(syntax_rules.duplicate_key(_mark(event), key))
            # Read for its problems, and to come to the next key.
            _value(reader, reader.next(), depth)
        else:
            mapping[key] = _value(reader, reader.next(), depth)
        event = reader.next()
    return mapping


def _key(reader: _Reader, event: Any) -> str:
    if type(event) is not ScalarEvent:
        problem = syntax_rules.anchor_or_alias(_mark(event), "an alias") if type(event) is AliasEvent else None
        reader.problems.append(problem or syntax_rules.complex_key(_mark(event)))
        raise _StopError
    if event.anchor or event.tag:
        _reject_properties(reader, event)
    # In quotes it is a key like any other.
    if event.value == "<<" and not event.style:
        reader.problems.append(syntax_rules.anchor_or_alias(_mark(event), "the merge key <<"))
        raise _StopError
    return event.value


def _sequence(reader: _Reader, start: Any, depth: int) -> list[Tree]:
    if start.anchor or start.tag:
        _reject_properties(reader, start)
    items: list[Tree] = []
    event = reader.next()
    while type(event) is not SequenceEndEvent:
        items.append(_value(reader, event, depth))
        event = reader.next()
    return items


def _reject_properties(reader: _Reader, event: Any) -> None:
    if event.anchor:
        reader.problems.append(syntax_rules.anchor_or_alias(_mark(event), f"the anchor &{event.anchor}"))
    if event.tag:
        reader.problems.append(syntax_rules.tag(_mark(event), event.tag.replace("tag:yaml.org,2002:", "!!")))


def _mark(event: Any) -> FilePosition:
    return FilePosition(event.start_mark.line + 1, event.start_mark.column + 1)


@dataclass(slots=True)
class Positions:
    """The line and column of every value and every key of a text, by path."""

    values: dict[Path, FilePosition] = field(default_factory=dict)
    keys: dict[Path, FilePosition] = field(default_factory=dict)

    def find(self, path: Path) -> FilePosition:
        """The position of the value at a path, or of the key if the last step is a `Key`. If the path does not exist,
        the position of the closest container that does."""
        if path and isinstance(path[-1], Key) and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, START)


def positions_of(text: str) -> Positions:
    """The positions in a text for which `parse` gave a tree. Raises: YAMLError for any other text."""
    positions = Positions()
    next_event: Callable[[], Any] = CParser(text).get_event
    next_event(), next_event()  # the start of the stream and of the document
    _walk(next_event, next_event(), (), positions)
    return positions


def _walk(next_event: Callable[[], Any], event: Any, path: Path, positions: Positions) -> None:
    # Of duplicate keys `parse` keeps the first value, so its position counts.
    positions.values.setdefault(path, _mark(event))
    if type(event) is MappingStartEvent:
        while type(key := next_event()) is not MappingEndEvent:
            below = (*path, key.value)
            positions.keys.setdefault(below, _mark(key))
            _walk(next_event, next_event(), below, positions)
    elif type(event) is SequenceStartEvent:
        index = 0
        while type(item := next_event()) is not SequenceEndEvent:
            _walk(next_event, item, (*path, index), positions)
            index += 1
