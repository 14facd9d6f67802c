"""Problems that show in the text of a file before it is read as YAML: merge conflicts, invisible characters, and blanks
that are none for YAML."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.content.file_text import mark_at
from bot.content.keys import ANY_KEY
from bot.core.linting import syntax_rules
from bot.core.linting.characters import is_suspect, rare, refused
from bot.core.linting.diagnostic import Problem
from bot.core.linting.echo import echo


def problems(text: str) -> Iterator[Problem]:
    """Merge conflicts or, where there are none, characters and indentation; each kind in the order of the text."""
    conflicts = merge_conflicts(text)
    if first := next(conflicts, None):
        yield from chain((first,), conflicts)
        return
    unusual = rare(text)
    if any(map(is_suspect, unusual)) or not _ODD.isdisjoint(unusual):
        yield from chain(_line_ends(text), _characters(text), _odd_blanks(text))


# Git's marks, also as `git rebase` and editors indent them, with the name of a branch or commit.
_MARKER = re.compile(r"^[ \t]*([<|=>])\1{6}(?:[ \t]+(.*?))?[ \t]*\r?$", re.MULTILINE)


def merge_conflicts(text: str) -> Iterator[Problem]:
    """One problem for each conflict from its first mark to its last, and one for each mark that stands alone."""
    if not any(sign * 7 in text for sign in "<|=>"):
        return
    for markers in _conflicts(_MARKER.finditer(text)):
        lines = [mark_at(text, marker.start(1)).line for marker in (*markers[:5], *markers[5:][-1:])]
        names = [echo(marker[2]) for marker in (markers[0], markers[-1]) if marker[2] and marker[1] in "<>"]
        yield syntax_rules.merge_conflict(mark_at(text, markers[0].start(1)), lines, names)


def _conflicts(markers: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    conflict: list[re.Match[str]] = []
    for marker in markers:
        if conflict and marker[1] == "<":
            yield conflict
            conflict = []
        conflict.append(marker)
        if marker[1] == ">" or conflict[0][1] != "<":
            yield conflict
            conflict = []
    if conflict:
        yield conflict


def _line_ends(text: str) -> Iterator[Problem]:
    """The first carriage return without a line feed: where there is one there are many."""
    if "\r" in text and (match := re.search("\r(?!\n)", text)):
        yield syntax_rules.forbidden_character(mark_at(text, match.start()), "\r")


def _characters(text: str) -> Iterator[Problem]:
    """Tabs, controls, bidirectional marks and whatever else nobody sees."""
    for index in refused(text):
        if text[index] != "\r":
            yield syntax_rules.forbidden_character(mark_at(text, index), text[index])


_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = frozenset(chr(point) for point in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_ODD_BLANKS = {
    "indented with": re.compile(rf"^ *(?:- *)?([{_BLANKS}])", re.MULTILINE),
    "behind the colon stands": re.compile(rf"(?:^ *(?:- +)?|[{{,] *)(?:{ANY_KEY}):([{_BLANKS}])", re.MULTILINE),
}


def _odd_blanks(text: str) -> Iterator[Problem]:
    """One problem for each line that YAML takes for text because its blanks are no blanks."""
    matches = ((match.start(1), where) for where, pattern in _ODD_BLANKS.items() for match in pattern.finditer(text))
    for index, where in sorted(matches):
        yield syntax_rules.odd_blank(mark_at(text, index), where, text[index])
