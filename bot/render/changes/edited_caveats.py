"""The lines of caveats that came, went or were edited."""

from collections.abc import Iterator, Sequence

from bot.render.changes.edited_claim import old_and_new_lines
from bot.render.changes.evidence_changes import Lines
from bot.render.changes.views import View
from bot.render.changes.word_diff import common_letters, compare
from bot.render.document.document import Line, Text, line

COMPARED_MAX = 10
"""Caveats on either side of which each is compared with each."""


def caveat_lines(added: Sequence[str], removed: Sequence[str], view: View) -> Lines:
    """Old and new words of edited caveats, then those that came and went. None of either: they stand in another
    order."""
    pairs = list(_pairs(removed[:COMPARED_MAX], added[:COMPARED_MAX]))
    edited = [part for pair in pairs for part in (line(Text("Caveat", bold=True)), *old_and_new_lines(*pair, view))]
    lines = (
        *edited,
        *_rest("added", added, [new for _, new in pairs]),
        *_rest("removed", removed, [old for old, _ in pairs]),
    )
    return lines or (line("The caveats stand in another order."),)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(old, new) caveats with much in common, those with the most first, each caveat once."""
    left, right = list(old), list(new)
    candidates = ((each, other) for each in old for other in new if compare(each, other).alike)
    for pair in sorted(candidates, key=_common, reverse=True):
        if pair[0] in left and pair[1] in right:
            left.remove(pair[0])
            right.remove(pair[1])
            yield pair


def _common(pair: tuple[str, str]) -> int:
    return common_letters(compare(*pair))


def _rest(what: str, caveats: Sequence[str], edited: Sequence[str]) -> list[Line]:
    return [line(f"Caveat {what}: {each}") for each in caveats if each not in edited]
