"""Causes of syntax errors that lie in columns and dashes: lines that are further in or out than those beside them."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.content.keys import KEYS, NAMES
from bot.content.parser_failure import Failure, Line
from bot.content.stranded_lines import comment_above, no_list_key, stranded
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import FilePosition, Problem
from bot.core.linting.echo import echo

_BAD_DASH = re.compile(r"-(?=\w)|[–—•*·] *(?=\w)")


def key_too_deep(failure: Failure) -> Problem | None:
    """A key further in than the one above it, which has a value already; or the one above is too far left. None for
    other lines."""
    line, above = failure.line(failure.at.line), failure.line(failure.start.line)
    if not line or not above or not line.key or not above.key or line.number == above.number:
        return None
    if (line.key not in KEYS and line.value) or above.content_column >= line.content_column:
        return None
    if above.key.startswith("-"):
        return _bad_dash(FilePosition(above.number, above.column), "-")
    before = next((other for other in failure.above(above.number) if other.key), None)
    if line.has_dash:
        is_beside = before is not None and before.content_column == above.content_column
        return no_list_key(failure, line) if is_beside else stranded(above)
    if _is_odd_entry(failure, above, line.content_column) or _stands_alone(failure, above, line):
        return moved(above, line)
    if before and before.content_column == line.content_column and before.value and not above.has_dash:
        return moved(above, before)
    return moved(line, above)


def _is_odd_entry(failure: Failure, entry: Line, column: int) -> bool:
    """Whether entries such as this one stand in another column elsewhere, the one that is given."""
    alike = (line for line in failure.below(0) if line.has_dash and line.key == entry.key)
    columns = Counter(line.content_column for line in alike)
    return entry.has_dash and entry.content_column != column and columns[column] >= columns[entry.content_column]


def moved(line: Line, other: Line) -> Problem:
    """The problem that `line` does not stand in the column of `other`, beside which it belongs."""
    name, other_name = (f'"{echo(item.key)}"' if item.key else "this" for item in (line, other))
    where = "above" if other.number < line.number else "below"
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.content_column),
        f"{name} stands in column {line.content_column}, {other_name} {where} it in column {other.content_column}",
        f"begin both in the same column, {other.content_column}",
    )


def misplaced_dash(failure: Failure) -> Problem | None:
    """An entry of a list that is further in or out than the others; or a dash before a name. None for other lines."""
    line = failure.line(failure.at.line)
    if not line or not line.has_dash:
        return None
    entries = [other for other in failure.above(line.number) if other.has_dash and other.key == line.key]
    if line.key and entries and entries[0].column != line.column:
        return _moved_entry(failure, line, entries[0])
    if first := _first_without_dash(failure, line):
        return syntax_rules.not_yaml(
            FilePosition(first.number, first.column),
            f'a dash is missing before "{echo(first.key)}": the next entry of this list has one',
            "write `- ` before it",
        )
    owner = next((other for other in failure.above(line.number) if other.column <= line.column), None)
    if owner and owner.key and owner.content_column == line.column:
        return _needless_dash(line)
    entry = next((other for other in failure.above(line.number) if other.has_dash), None)
    if entry and not line.key and not entry.key and entry.column != line.column:
        return _moved_entry(failure, line, entry)
    return no_list_key(failure, line)


def _first_without_dash(failure: Failure, line: Line) -> Line | None:
    """The first entry of the list that an entry belongs to, if it has no dash."""
    parent = next((other for other in failure.above(line.number) if other.column < line.column), None)
    first = next(failure.below(parent.number), None) if parent and parent.key in KEYS - NAMES else None
    return first if first and first.key == line.key and not first.has_dash else None


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
    """A key where the next entry of a list should begin. None for other lines."""
    line, first = failure.line(failure.at.line), failure.line(failure.start.line)
    if not line or not first:
        return None
    if mark := _BAD_DASH.match(failure.rest(failure.at)):
        return _bad_dash(failure.at, mark[0].strip())
    parent = next((other for other in failure.above(first.number) if other.column <= first.column), None)
    if first.key and (parent is None or parent.key in NAMES or parent.key not in KEYS):
        return _needless_dash(first)
    if line.key and _is_odd_entry(failure, first, line.content_column):
        return moved(first, line)
    return moved(line, first) if line.key and first.key else None


def _bad_dash(at: FilePosition, mark: str) -> Problem:
    what = "a blank is missing behind the dash" if mark == "-" else f'"{mark}" begins no entry of a list'
    return syntax_rules.not_yaml(at, what, "write `- ` before the entry")


def first_name_out_of_column(failure: Failure) -> Problem | None:
    """The first of several names, as of sources, that is further in or out than the next. None for other lines."""
    line = failure.line(failure.at.line)
    # The first may be further out than the next by one, and stand between it and their parent.
    parents = (other for other in failure.above(failure.at.line) if line and other.column < line.column - 1)
    parent = next(parents, None)
    if not line or not parent or parent.key not in NAMES or line.has_dash or line.column != parent.column + 2:
        return None
    first = next(failure.below(parent.number), line)
    return moved(first, line) if first.key and first.column != line.column else None


def key_out_of_column(failure: Failure) -> Problem | None:
    """A key between the columns of those above it. None for other lines."""
    line = failure.line(failure.at.line)
    if not line or line.content_column != failure.at.column:
        return None
    candidates = (other for other in failure.above(line.number) if other.key and other.content_column != line.column)
    above = _nearest(line, candidates)
    if not line.key or not above:
        return None
    return moved(above, line) if _stands_alone(failure, above, line) else moved(line, above)


def _stands_alone(failure: Failure, first: Line, second: Line) -> bool:
    """Whether the first of two keys has no other beside it in its column, and the second has."""
    before, after = next(failure.above(first.number), None), next(failure.below(second.number), None)
    if not before or not after or not after.key or first.has_dash or before.value:
        return False
    is_first = before.column <= first.column and before.column < second.column
    return is_first and after.content_column == second.content_column


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
    """A line of a text behind `|` or `>` that is further left than its first. None for other lines."""
    line, start = failure.line(failure.at.line), failure.line(failure.start.line)
    if not line or not start or not failure.scalar or failure.scalar.style not in ("|", ">"):
        return None
    if failure.text[line.number - 2].lstrip().startswith("#"):
        return comment_above(failure, line)
    key = failure.line(failure.last.start_mark.line + 1) or start
    if line.key in KEYS and line.content_column != key.content_column:
        before = next(failure.above(key.number), None)
        return moved(key, line) if before and not before.value and not key.has_dash else moved(line, key)
    first = next(failure.below(key.number), line)
    odd, other = (first, line) if line.column == key.content_column + 2 else (line, first)
    return syntax_rules.not_yaml(
        FilePosition(odd.number, odd.column),
        f"this line stands in column {odd.column}, the {'next' if odd is first else 'first'} of the same text in column"
        f" {other.column}",
        f"begin all lines of the text in the same column, {other.column}",
    )


def indented_top(failure: Failure) -> Problem | None:
    """The first key of the file is indented, others are not. None for other files."""
    line = next(failure.below(0), None)
    if not line or line.column == 1 or failure.problem == "":
        return None
    return syntax_rules.not_yaml(
        FilePosition(line.number, line.column),
        "the first key is indented, those below it are not",
        "begin it in column 1",
    )
