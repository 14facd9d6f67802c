"""How much of edited texts is shown: all, or what stands around the changes; and their marks."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from bot.core.changes.normalization import normalize_text
from bot.render.changes.abridgement import QUOTE, WHOLE_MAX, abridged, around, opening
from bot.render.changes.word_diff import Comparison, WordRun, compare, runs_of
from bot.render.document.document import Line, Text


class View(NamedTuple):
    """`compare` takes the old and the new text, `compare_quotations` those of a quotation; `unchanged` a text that
    stayed; `quotation` a quotation that stands, and the normalized words that changed in the claim that it supports."""

    compare: Callable[[str, str], Comparison]
    compare_quotations: Callable[[str, str], Comparison]
    unchanged: Callable[[str], str]
    quotation: Callable[[str, frozenset[str]], str]


RECOGNIZED_MAX = 200
"""Characters shown of a long text that stayed: enough to recognise it."""


def _recognizable(text: str) -> str:
    return text if len(text) <= WHOLE_MAX else opening(text, RECOGNIZED_MAX)


WHOLE = View(compare, compare, lambda text: text, lambda quote, _: quote)
IN_PART = View(
    lambda old, new: abridged(compare(old, new)),
    lambda old, new: abridged(compare(old, new), QUOTE),
    _recognizable,
    around,
)


def old_words(comparison: Comparison) -> Line:
    """The old text, with what is gone struck through."""
    return _styled(runs_of(comparison)[0], strike=True)


def new_words(comparison: Comparison) -> Line:
    """The new text, with what came in bold."""
    return _styled(runs_of(comparison)[1], bold=True)


def changed_words(comparison: Comparison) -> frozenset[str]:
    """The words that came or went, normalized; empty where nothing is marked."""
    changed = (each for each in comparison.stretches if each.changed and comparison.alike)
    words = (word for each in changed for word in (*each.old, *each.new) if word.kind != "mark")
    return frozenset(normalize_text(word.text) for word in words)


def _styled(runs: Iterable[WordRun], *, bold: bool = False, strike: bool = False) -> Line:
    return tuple(Text(words, bold=bold and changed, strike=strike and changed) for words, changed in runs)
