"""Causes of syntax errors that lie further up: a line that was taken out, or moved, above what belongs to it."""

import re

from bot.content.keys import KEYS, NAMES, TOP_KEYS
from bot.content.parser_failure import Failure, Line
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import FilePosition, Problem
from bot.core.linting.echo import echo

_COMMENTED_KEY = re.compile(r" *#[# ]*(?:- +)?[\w-]+:(?= |$)")


def commented_parent(failure: Failure) -> Problem | None:
    """A key or an entry that was made a comment, but not the lines below that belong to it. None if there is none."""
    for number in range(failure.at.line - 1, 0, -1):
        line = failure.line(number)
        if line and line.column < failure.at.column:
            return None
        if not line and _COMMENTED_KEY.match(failure.text[number - 1]):
            below = next(failure.below(number), None)
            is_next = below is not None and below.number == failure.at.line and failure.text[number - 1].endswith(":")
            return _commented(failure, number) if below and (is_next or below.column > failure.at.column) else None
    return None


def _commented(failure: Failure, number: int) -> Problem:
    column = failure.text[number - 1].index("#") + 1
    return syntax_rules.not_yaml(
        FilePosition(number, column),
        "this line is a comment, but the lines below that belong to it are not",
        "put `#` before those too, or take it away here",
    )


def comment_above(failure: Failure, line: Line) -> Problem:
    """The problem of a comment in the line above, within a text or in place of a key."""
    return _commented_above(failure, line) or syntax_rules.not_yaml(
        FilePosition(line.number - 1, 1),
        "a comment stands within a text, which ends before it",
        "put the comment above the key of the text",
    )


def no_list_key(failure: Failure, line: Line) -> Problem:
    """The problem of an entry for which there is no list."""
    return _commented_above(failure, line) or syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        "a dash stands here where no list can be",
        "add the key of the list above it, or remove the dash",
    )


def _commented_above(failure: Failure, line: Line) -> Problem | None:
    is_key = _COMMENTED_KEY.match(failure.text[line.number - 2])
    return _commented(failure, line.number - 1) if is_key else None


def stranded_key(failure: Failure) -> Problem | None:
    """A name, or a key of a claim, a source or a note, among the keys of the brief; or such a key among names. None if
    there is none."""
    line = failure.line(failure.at.line)
    low = next((other for other in failure.above(failure.at.line) if line and other.column < line.column), None)
    if not low or low.has_dash or not low.key:
        return None
    parent = next((other for other in failure.above(low.number) if other.column < low.column), None)
    is_among_names = parent is not None and parent.key in NAMES and low.key in KEYS
    return stranded(low) if is_among_names or (low.column == 1 and low.key not in TOP_KEYS) else None


def stranded(line: Line) -> Problem:
    """The problem of a key that stands too far left."""
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.content_column),
        f'"{echo(line.key)}" stands in column {line.content_column}, where it does not belong',
        "indent it as the keys beside which it belongs",
    )
