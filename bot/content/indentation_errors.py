"""Causes of syntax errors that lie in columns, dashes and colons: what stands where it does not belong."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.content.keys import ANY_KEY, KEYS
from bot.content.parser_failure import Failure, Line
from bot.core.linting import syntax_rules
from bot.core.linting.characters import echo
from bot.core.linting.diagnostic import FilePosition, Problem

NAMES = frozenset({"sources", "sections"})
"""Keys whose values are mappings by names that their author chooses."""

_NO_BLANK = re.compile(r"([\w-]+):(\S.*)")
_NO_COLON = re.compile(rf"({ANY_KEY})(?=$|\W)")
_BAD_DASH = re.compile(r"-(?=\w)|[–—•*·] *(?=\w)")
_COMMENT = re.compile(r"\S( +)#")


def _content(failure: Failure) -> Line | None:
    """The line on which the parser began a key, if nothing but blanks and dashes stands before it."""
    line = failure.line(failure.start.line)
    return line if line and line.content_column == failure.start.column else None


def missing_blank(failure: Failure) -> Problem | None:
    """`owner:desk`: a text for YAML, and no key."""
    match = _NO_BLANK.match(failure.rest(failure.start)) if _content(failure) else None
    if not match or match[1] not in KEYS:
        return None
    at = FilePosition(failure.start.line, failure.start.column + match.start(2))
    return syntax_rules.not_yaml(
        at, f'a blank is missing behind the colon of "{match[1]}"', f"write `{match[1]}: {echo(match[2])}`"
    )


def missing_colon(failure: Failure) -> Problem | None:
    """`claims` alone on its line, or `owner desk`."""
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
    """A text that goes on in the next line, but not further in than its key: a key without colon for the parser."""
    line = _content(failure)
    return _unfinished_text(failure, line) if line else None


def stray_text(failure: Failure) -> Problem | None:
    """The same where the parser expected a key or an entry."""
    line = failure.line(failure.at.line)
    is_text = line and not line.key and re.match(r"[^\W_]|[“‘(]", line.value)
    return _unfinished_text(failure, line) if line and is_text else None


def _unfinished_text(failure: Failure, line: Line) -> Problem | None:
    above = next(failure.above(line.number), None)
    if not above or not above.value or line.has_dash:
        return None
    if comment := _COMMENT.search(failure.text[above.number - 1]):
        return syntax_rules.comment_in_text(FilePosition(above.number, comment.end()))
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
    """A line that is neither a key nor an entry, nor indented as a part of the text above."""
    line, below = _content(failure), failure.line(failure.at.line)
    if not line or line.key or not below or (below.number != line.number and not below.key):
        return None
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.content_column),
        "this line has no `key: ` and is not part of the text above",
        "add the key, or indent the line further than the key of its text; a comment begins with `#`",
    )


def key_too_deep(failure: Failure) -> Problem | None:
    """A key further in than the one above it, which has a value already; or the one above is too far left."""
    line, above = failure.line(failure.at.line), failure.line(failure.start.line)
    if not line or not above or not line.key or not above.key or line.number == above.number:
        return None
    if line.key not in KEYS and line.value:
        return None
    if line.has_dash or above.content_column >= line.content_column:
        return None
    if _is_odd_entry(failure, above, line.content_column):
        return _moved(above, line)
    before = next((other for other in failure.above(above.number) if other.key), None)
    if before and before.content_column == line.content_column and before.value and not above.has_dash:
        return _moved(above, before)
    return _moved(line, above)


def _is_odd_entry(failure: Failure, entry: Line, column: int) -> bool:
    """Whether entries such as this one stand in another column elsewhere, the one that is given."""
    alike = (line for line in failure.below(0) if line.has_dash and line.key == entry.key)
    usual = Counter(line.content_column for line in alike).most_common(1)
    return entry.has_dash and entry.content_column != column and usual[0][0] == column


def _moved(line: Line, other: Line) -> Problem:
    """`line` does not stand in the column of `other`, beside which it belongs."""
    name, other_name = (f'"{echo(item.key)}"' if item.key else "this" for item in (line, other))
    where = "above" if other.number < line.number else "below"
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.content_column),
        f"{name} stands in column {line.content_column}, {other_name} {where} it in column {other.content_column}",
        f"begin both in the same column, {other.content_column}",
    )


def misplaced_dash(failure: Failure) -> Problem | None:
    """An entry of a list that is further in or out than the others; or a dash before a name."""
    line = failure.line(failure.at.line)
    if not line or not line.has_dash:
        return None
    entries = [other for other in failure.above(line.number) if other.has_dash and other.key == line.key]
    if line.key and entries and entries[0].column != line.column:
        return _moved_entry(failure, line, entries[0])
    owner = next((other for other in failure.above(line.number) if other.column <= line.column), None)
    if owner and owner.key and owner.content_column == line.column:
        return _needless_dash(line)
    entry = next((other for other in failure.above(line.number) if other.has_dash), None)
    if entry and not line.key and not entry.key and entry.column != line.column:
        return _moved_entry(failure, line, entry)
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        "a dash stands here where no list can be",
        "add the key of the list above it, or remove the dash",
    )


def _moved_entry(failure: Failure, line: Line, other: Line) -> Problem:
    """The one of two entries that has fewer companions in its column."""
    everywhere = (*failure.above(line.number), line, *failure.below(line.number))
    columns = Counter(entry.column for entry in everywhere if entry.has_dash and entry.key == line.key)
    odd, normal = (other, line) if columns[other.column] < columns[line.column] else (line, other)
    where = "above" if normal.number < odd.number else "below"
    return syntax_rules.not_yaml(
        FilePosition(odd.number, odd.column),
        f"this dash stands in column {odd.column}, the one of the entry {where} in column {normal.column}",
        f"begin both in the same column, {normal.column}, and move what belongs to the entry with it",
    )


def _needless_dash(line: Line) -> Problem:
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        f'a dash stands before "{echo(line.key or line.value)}", where no list is',
        "remove the dash; only the entries of lists have one",
    )


def key_in_list(failure: Failure) -> Problem | None:
    """A key where the next entry of a list should begin."""
    line, first = failure.line(failure.at.line), failure.line(failure.start.line)
    if not line or not first:
        return None
    if mark := _BAD_DASH.match(failure.rest(failure.at)):
        return _bad_dash(failure, mark[0].strip())
    parent = next((other for other in failure.above(first.number) if other.column <= first.column), None)
    if first.key and parent and parent.key in NAMES:
        return _needless_dash(first)
    if line.key and _is_odd_entry(failure, first, line.content_column):
        return _moved(first, line)
    return _moved(line, first) if line.key and first.key else None


def _bad_dash(failure: Failure, mark: str) -> Problem:
    if mark == "-":
        return syntax_rules.not_yaml(failure.at, "a blank is missing behind the dash", "write `- ` before the entry")
    return syntax_rules.not_yaml(failure.at, f'"{mark}" begins no entry of a list', "write `- ` before the entry")


def key_out_of_column(failure: Failure) -> Problem | None:
    """A key, or a line of text, between the columns of what stands above it."""
    line = failure.line(failure.at.line)
    if not line or line.content_column != failure.at.column:
        return None
    candidates = (other for other in failure.above(line.number) if other.key and other.content_column != line.column)
    above = _nearest(line, candidates)
    if not line.key or not above:
        return None
    return _moved(above, line) if _stands_alone(failure, above, line) else _moved(line, above)


def _stands_alone(failure: Failure, first: Line, second: Line) -> bool:
    """Whether the first of two keys has no other beside it in its column, and the second has."""
    before, after = next(failure.above(first.number), None), next(failure.below(second.number), None)
    is_first = before is not None and before.content_column < min(first.content_column, second.content_column)
    return is_first and after is not None and bool(after.key) and after.content_column == second.content_column


def _nearest(line: Line, others: Iterable[Line]) -> Line | None:
    """Of the keys above that are open at a line, the one whose column is nearest."""
    columns: dict[int, Line] = {}
    for other in others:
        columns.setdefault(other.content_column, other)
        if other.content_column < line.column:
            break
    return min(
        columns.values(),
        # A name, such as that of a source, belongs beside names.
        key=lambda other: ((other.key in KEYS) != (line.key in KEYS), abs(other.content_column - line.column)),
        default=None,
    )


def narrower_block(failure: Failure) -> Problem | None:
    """A line of a text behind `|` or `>` that is further left than its first."""
    line = failure.line(failure.at.line)
    if not line or not failure.scalar or failure.scalar.style not in ("|", ">"):
        return None
    first = next(failure.below(failure.last.start_mark.line + 1), line)
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        f"this line stands in column {line.column}, the first of the text above in column {first.column}",
        f"begin all lines of the text in the same column, {first.column}",
    )


def indented_top(failure: Failure) -> Problem | None:
    """The first key of the file is indented, others are not."""
    line = next(failure.below(0), None)
    if not line or line.column == 1 or failure.problem == "":
        return None
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        "the first key is indented, those below it are not",
        "begin it in column 1",
    )
