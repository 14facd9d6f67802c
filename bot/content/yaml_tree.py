"""A strict reader over the events of PyYAML's C parser: mappings, lists and text, nothing else.

Every scalar stays text and is typed by the schema, so `NO`, `12:30` and `010` mean what they say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yaml import YAMLError

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

from bot.content import lost_words, syntax_errors
from bot.content.keys import KEYS
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import START, FilePosition, Key, Path, Problem
from bot.core.linting.echo import echo

MAX_DEPTH = 20
_BLOCK = ("|", ">")

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
    except YAMLError as error:
        problem = _syntax(text) or syntax_rules.not_yaml(START, " ".join(str(error).split()))
        # What a comment cut off cannot be read on.
        if not any(cut.code == "B114" and abs(_line(cut) - _line(problem)) <= 1 for cut in result.problems):
            result.problems.append(problem)
    return result


def _line(problem: Problem) -> int:
    return problem.at.line if isinstance(problem.at, FilePosition) else 0


def _syntax(text: str) -> Problem | None:
    try:
        return syntax_errors.explain(text)
    except YAMLError:
        return None


class _Reader:
    """The event source, its text, the list that collects problems, and whether there is a plain null."""

    __slots__ = ("comments", "has_nulls", "has_odd_texts", "next", "problems", "text")

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.comments = lost_words.comments_of(text)
        self.next: Callable[[], Any] = CParser(text).get_event
        self.problems = problems
        # Comments behind texts, or nulls: most files have neither, which is seen before looking at each value.
        self.has_odd_texts = bool(self.comments) or any(null in text for null in _NULLS)
        self.has_nulls = False


def _document(reader: _Reader) -> Tree:
    reader.next()  # the start of the stream
    start = reader.next()
    if not isinstance(start, DocumentStartEvent):
        reader.problems.append(syntax_rules.not_one_document(START, "an empty file"))
        return None
    first = reader.next()
    if not isinstance(first, MappingStartEvent):
        what = "a list" if isinstance(first, SequenceStartEvent) else "plain text"
        reader.problems.append(_syntax(reader.text) or syntax_rules.not_one_document(_mark(first), what))
        return None
    tree = _mapping(reader, first, 1)
    reader.next()  # the end of the document
    end = reader.next()
    if not isinstance(end, StreamEndEvent):
        reader.problems.append(syntax_rules.not_one_document(_mark(end), "several"))
        raise _StopError
    return tree


def _value(reader: _Reader, event: Any, depth: int, key: str) -> Tree:
    """`key` is the one that the value stands under, of an entry that of its list."""
    kind = type(event)
    if kind is ScalarEvent:
        if event.anchor or event.tag:
            _reject_properties(reader, event)
        if not event.style:
            return _plain(reader, event, key) if reader.has_odd_texts else str(event.value)
        if event.style in _BLOCK and ":" in event.value:
            reader.problems.extend(lost_words.joined_keys(reader.text, event))
        return str(event.value)
    if kind is AliasEvent:
        reader.problems.append(syntax_rules.anchor_or_alias(_mark(event), f"the alias *{echo(event.anchor)}"))
        raise _StopError
    if depth >= MAX_DEPTH:
        reader.problems.append(syntax_rules.too_deep(_mark(event), MAX_DEPTH))
        raise _StopError
    if kind is MappingStartEvent:
        return _mapping(reader, event, depth + 1)
    return _sequence(reader, event, depth + 1, key)


def _plain(reader: _Reader, event: Any, key: str) -> str | None:
    """A text without quotes; None for a null. A part of it that YAML takes for a comment is reported, and stays in the
    text so that nothing else is reported for want of it."""
    if event.value in _NULLS:
        reader.has_nulls = True
        return None
    comment = reader.comments.get(event.end_mark.index, "")
    if comment and (cut := lost_words.cut_text(key, event, comment)):
        reader.problems.append(cut)
        return f"{event.value}{comment}"
    return str(event.value)


def _mapping(reader: _Reader, start: Any, depth: int) -> dict[str, Tree]:
    if start.anchor or start.tag:
        _reject_properties(reader, start)
    mapping: dict[str, Tree] = {}
    in_braces, next_event, has_odd_texts = start.flow_style, reader.next, reader.has_odd_texts
    event = next_event()
    while type(event) is not MappingEndEvent:
        # Nearly all entries are a plain word and a plain text: a call for each takes a twentieth of the time of a file.
        # `implicit[0]`: neither quotes nor a tag.
        is_word = type(event) is ScalarEvent and event.implicit[0] and event.anchor is None
        key = event.value if is_word and event.value != "<<" else _key(reader, event)
        value = next_event()
        is_text = type(value) is ScalarEvent and value.implicit[0] and value.anchor is None
        if is_text and not (in_braces or has_odd_texts or key in mapping):
            mapping[key] = value.value
        elif in_braces and _is_rest_of_text(event, value):
            _rejoin(reader, mapping, event)
        elif key in mapping:
            reader.problems.append(syntax_rules.duplicate_key(_mark(event), key))
            # Read for its problems, and to come to the next key.
            _value(reader, value, depth, key)
        else:
            mapping[key] = _value(reader, value, depth, key)
        event = next_event()
    return mapping


def _is_rest_of_text(key: Any, value: Any) -> bool:
    """Whether a key in braces has neither a colon nor a value, as the words behind a comma in a text."""
    has_colon = key.end_mark.index != value.start_mark.index
    return not (key.style or has_colon or key.value in KEYS) and type(value) is ScalarEvent


def _rejoin(reader: _Reader, mapping: dict[str, Tree], rest: Any) -> None:
    """Reports a text in braces that a comma splits, and puts it together so that nothing else is reported of it."""
    key = next(reversed(mapping), "")
    text = mapping.get(key)
    if isinstance(text, str):
        reader.problems.append(syntax_rules.split_text(_mark(rest), echo(text), echo(rest.value)))
        mapping[key] = f"{text}, {rest.value}"


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


def _sequence(reader: _Reader, start: Any, depth: int, key: str) -> list[Tree]:
    if start.anchor or start.tag:
        _reject_properties(reader, start)
    items: list[Tree] = []
    texts = []
    event = reader.next()
    while type(event) is not SequenceEndEvent:
        if type(event) is ScalarEvent:
            texts.append(event)
        items.append(_value(reader, event, depth, key))
        event = reader.next()
    if texts and start.flow_style:
        reader.problems.extend(lost_words.split_entries(key, texts))
    elif texts:
        reader.problems.extend(lost_words.joined_entries(reader.text, texts))
    return items


def _reject_properties(reader: _Reader, event: Any) -> None:
    if event.anchor:
        reader.problems.append(syntax_rules.anchor_or_alias(_mark(event), f"the anchor &{echo(event.anchor)}"))
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
