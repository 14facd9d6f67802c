"""Causes of syntax errors that lie in colons, and in texts that go on where a key should begin."""

import re

from bot.content.keys import ANY_KEY, KEYS
from bot.content.parser_failure import Failure, Line
from bot.content.stranded_lines import comment_above
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import FilePosition, Problem
from bot.core.linting.echo import echo

_NO_BLANK = re.compile(r"([\w-]+):(\S.*)")
_NO_COLON = re.compile(rf"({ANY_KEY})(?=$|\W)")
_COMMENT = re.compile(r"\S( +)#")


def _content(failure: Failure) -> Line | None:
    """The line on which the parser began a key, if nothing but blanks and dashes stands before it."""
    line = failure.line(failure.start.line)
    return line if line and line.content_column == failure.start.column else None


def missing_blank(failure: Failure) -> Problem | None:
    """`owner:desk`: a text for YAML, and no key. None for other lines."""
    match = _NO_BLANK.match(failure.rest(failure.start)) if _content(failure) else None
    if not match or match[1] not in KEYS:
        return None
    at = FilePosition(failure.start.line, failure.start.column + match.start(2))
    return syntax_rules.not_yaml(
        at, f'a blank is missing behind the colon of "{match[1]}"', f"write `{match[1]}: {echo(match[2])}`"
    )


def missing_colon(failure: Failure) -> Problem | None:
    """`claims` alone on its line, or `owner desk`. None for other lines."""
    line = _content(failure)
    match = _NO_COLON.match(failure.rest(failure.start)) if line and not line.key else None
    if not line or not (match or _opens_a_block(failure, line)):
        return None
    word, rest = (match[0], failure.rest(failure.start)[match.end() :]) if match else (line.value, "")
    if rest and not _has_sibling(failure, line):
        return None
    at = FilePosition(line.number, line.content_column + len(word))
    value = re.sub(r"^\W+", " ", rest)
    return syntax_rules.not_yaml(at, f'"{echo(word)}" needs a colon behind it', f"write `{echo(word)}:{echo(value)}`")


def _opens_a_block(failure: Failure, line: Line) -> bool:
    """Whether a line is a single word, and what follows is indented further, as below a source's or section's name."""
    below = next(failure.below(line.number), None)
    return (
        bool(re.fullmatch(r"[\w-]+", line.value))
        and below is not None
        and bool(below.key)
        and below.column > line.column
    )


def _has_sibling(failure: Failure, line: Line) -> bool:
    """Whether the next key above or below stands in the column of a line."""
    neighbours = (failure.above(line.number), failure.below(line.number))
    keys = (next((other for other in lines if other.key), None) for lines in neighbours)
    return any(other is not None and other.content_column == line.content_column for other in keys)


def text_at_the_margin(failure: Failure) -> Problem | None:
    """A text that goes on in the next line, but not further in than its key: a key without colon for the parser. None
    for other lines."""
    line = _content(failure)
    return _unfinished_text(failure, line) if line else None


def stray_text(failure: Failure) -> Problem | None:
    """The same where the parser expected a key or an entry. None for other lines."""
    line = failure.line(failure.at.line)
    is_text = line and not line.key and re.match(r"[^\W_]|[“‘(]", line.value)
    return _unfinished_text(failure, line) if line and is_text else None


def _unfinished_text(failure: Failure, line: Line) -> Problem | None:
    above = next(failure.above(line.number), None)
    if not above or not above.value or line.has_dash:
        return None
    comment = _COMMENT.search(failure.text[above.number - 1])
    if comment and above.value[0] not in "'\"":
        return syntax_rules.comment_in_text(FilePosition(above.number, comment.end()))
    if failure.text[line.number - 2].lstrip().startswith("#") and line.column > above.content_column:
        return comment_above(failure, line)
    keys = (other for other in (above, *failure.above(above.number)) if other.key or other.has_dash)
    owner = next((other for other in keys if other.content_column >= line.column), None)
    name = f'the text of "{owner.key}"' if owner and owner.key else "the text above"
    column = (owner.content_column if owner and owner.key else above.column) + 1
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        f"this line seems to go on with {name}, but is not indented enough for it",
        f"begin it in column {column} or further right, or in the line above",
    )


def line_without_key(failure: Failure) -> Problem | None:
    """A line that is neither a key nor an entry, nor indented as a part of the text above. None for other lines."""
    line, below = _content(failure), failure.line(failure.at.line)
    if not line or line.key or not below or (below.number != line.number and not below.key):
        return None
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.content_column),
        "this line has no `key: ` and is not part of the text above",
        "add the key, or indent the line further than the key of its text; a comment begins with `#`",
    )
