"""Which words differ between two texts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.render.changes.lone_signs import with_words_of_signs
from bot.render.changes.stretches import Stretch, both_sides, joined, merged
from bot.render.changes.word_alignment import Pair, aligned
from bot.render.changes.word_splitting import Word, split_words

MARKED_MIN_RATIO = 0.4
"""Share of common letters or words, from 0 to 1, below which nothing is marked: marks on nearly all do not help."""

GROWN_MIN_SHARE = 0.6
"""Share of the shorter text in the longer one from which on it has only grown or shrunk, and is marked all the same."""

SCATTERED_MAX = 8
"""Changes of a text that has grown or shrunk that much; more of them would be scattered over another text."""

BESIDE_MIN = 20
"""Letters, or words, that stay beside a single change from which on it is marked, however long it is."""

SCATTERED_MIN = 3
"""Changes close to each other that are shown as one where little stays between them."""

ALTERNATING_MAX = 2
"""Words that stay between two such changes, without punctuation, which are too few to be read apart from them."""


class WordRun(NamedTuple):
    """(words, changed): consecutive words, with the blanks between them, that all changed or all stayed the same."""

    words: str
    changed: bool


class Comparison(NamedTuple):
    """The stretches of two texts in order, changed and unchanged ones in turn. `alike`: whether the texts have enough
    in common for marks to help."""

    stretches: tuple[Stretch, ...]
    alike: bool


@lru_cache(maxsize=64)
def compare(before: str, after: str) -> Comparison:
    """What stayed and what changed. Words and the punctuation around them are compared apart; where a script has no
    blanks, each character is a word."""
    old, new = tuple(split_words(before)), tuple(split_words(after))
    stretches = _without_scatter(merged(_pieces(old, new, aligned(old, new))))
    return Comparison(with_words_of_signs(_without_alternation(stretches)), _are_alike(stretches))


def mark_changed_words(before: str, after: str) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """(runs of `before`, runs of `after`), each in order: joined they give the text again. Nothing is marked where the
    texts have too little in common."""
    return runs_of(compare(before, after))


def runs_of(comparison: Comparison) -> tuple[tuple[WordRun, ...], tuple[WordRun, ...]]:
    """(runs of the old text, runs of the new one), each in order."""
    stretches, alike = comparison
    return (
        _join(run for each in stretches for run in _runs(each.old, each.changed and alike)),
        _join(run for each in stretches for run in _runs(each.new, each.changed and alike)),
    )


def common_letters(comparison: Comparison) -> int:
    """The letters that stayed."""
    return sum(_weight(each.new) for each in comparison.stretches if not each.changed)


def text_of(words: Iterable[Word]) -> str:
    """Words with the blanks before them."""
    return "".join(word.blanks + word.text for word in words)


def _runs(words: Sequence[Word], changed: bool) -> Iterator[WordRun]:
    """The words with the blanks before them; those before the first are not marked."""
    if words:
        yield WordRun(words[0].blanks, False)
        yield WordRun(text_of(words)[len(words[0].blanks) :], changed)


def _join(runs: Iterator[WordRun]) -> tuple[WordRun, ...]:
    """Neighbours with the same mark as one run, without empty ones."""
    filled = (run for run in runs if run.words)
    return tuple(WordRun("".join(run.words for run in group), mark) for mark, group in groupby(filled, itemgetter(1)))


# Stretches


def _pieces(old: Sequence[Word], new: Sequence[Word], pairs: Sequence[Pair]) -> Iterator[Stretch]:
    i = j = 0
    for pair_old, pair_new in [*pairs, (len(old), len(new))]:
        follows = (i, j) == (pair_old, pair_new) and i > 0 and j > 0
        yield Stretch(tuple(old[i:pair_old]), tuple(new[j:pair_new]), True)
        i, j = pair_old + 1, pair_new + 1
        one, other = old[pair_old:i], new[pair_new:j]
        # Blanks that came or went between two words that stay: the second one is marked.
        respaced = follows and bool(one and one[0].blanks) != bool(other and other[0].blanks)
        yield Stretch(tuple(one), tuple(other), respaced)


# Clean-up


def _weight(words: Iterable[Word]) -> int:
    """The letters of the words, without punctuation."""
    return sum(len(word.text) for word in words if word.kind != "mark")


def _size(stretch: Stretch) -> int:
    return max(_weight(stretch.old), _weight(stretch.new))


def _without_scatter(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As one change what would be many: a rewritten sentence of which only a few words stayed by chance."""
    return merged(piece for cluster in _clusters(stretches, _is_short) for piece in _settled(cluster))


def _without_alternation(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As one change several that alternate with one or two words that stayed."""
    return merged(piece for cluster in _clusters(stretches, _is_step) for piece in _crossed(cluster))


def _clusters(
    stretches: Sequence[Stretch], joins: Callable[[Stretch, Stretch, Stretch], bool]
) -> Iterator[list[Stretch]]:
    """Changes with the unchanged stretches between them that join them, and the other unchanged stretches alone.
    `joins` takes a change, what follows it, and the next change."""
    cluster: list[Stretch] = []
    for index, stretch in enumerate(stretches):
        between = stretches[max(0, index - 1) : index + 2]
        if stretch.changed or (0 < index < len(stretches) - 1 and joins(*between)):
            cluster.append(stretch)
        else:
            yield cluster
            yield [stretch]
            cluster = []
    yield cluster


def _is_short(left: Stretch, stretch: Stretch, right: Stretch) -> bool:
    # A figure or an identifier does not stay by chance.
    has_figures = any(char.isdigit() for word in stretch.new for char in word.text)
    return not has_figures and _size(stretch) < max(_size(left), _size(right))


def _is_step(_left: Stretch, stretch: Stretch, _right: Stretch) -> bool:
    # Punctuation and line breaks divide sentences, and the entries of a list.
    divided = any(word.kind == "mark" or "\n" in word.blanks for word in (*stretch.old, *stretch.new))
    return not divided and len(stretch.new) <= ALTERNATING_MAX


def _crossed(cluster: list[Stretch]) -> list[Stretch]:
    return [joined(cluster, True)] if _are_many(cluster) else cluster


def _settled(cluster: list[Stretch]) -> list[Stretch]:
    if not _are_many(cluster):
        return cluster
    common = sum(_size(each) for each in cluster if not each.changed)
    changed = sum(_size(each) for each in cluster if each.changed)
    return [joined(cluster, True)] if common < MARKED_MIN_RATIO * (common + changed) else cluster


def _are_many(cluster: Sequence[Stretch]) -> bool:
    changes = [each for each in cluster if each.changed]
    # Where words only came, or only went, what stays between them is the old text and no chance.
    one_sided = not any(_weight(each.old) for each in changes) or not any(_weight(each.new) for each in changes)
    return len(changes) >= SCATTERED_MIN and not one_sided


def _are_alike(stretches: Sequence[Stretch]) -> bool:
    """By letters or by words, whichever have more in common: an address is one word, and long."""
    return _are_alike_by(_weight, stretches) or _are_alike_by(_number, stretches)


def _are_alike_by(measure: Callable[[Iterable[Word]], int], stretches: Sequence[Stretch]) -> bool:
    common = sum(measure(each.new) for each in stretches if not each.changed)
    old, new = map(measure, both_sides(stretches))
    changes = sum(each.changed for each in stretches)
    return (
        2 * common >= MARKED_MIN_RATIO * (old + new)
        or (changes <= SCATTERED_MAX and common >= GROWN_MIN_SHARE * min(old, new) > 0)
        or (changes == 1 and common >= BESIDE_MIN)
    )


def _number(words: Iterable[Word]) -> int:
    return sum(word.kind != "mark" for word in words)
