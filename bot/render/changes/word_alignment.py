"""Which words of two texts stay, by difflib's longest common runs, within a bound of steps."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, takewhile

from bot.core.changes.normalization import normalize_text
from bot.render.changes.word_splitting import Word

STEPS_MAX = 500_000
"""Comparisons of two words for a pair of texts; beyond them what is left counts as changed. Prose needs hundredths."""

_CONJUNCTIONS = frozenset("and or und oder et ou y o e och eller og en of &".split())
"""They come and go with the entries of a list, as commas do. (`of` is Dutch for *or*.)"""

Pair = tuple[int, int]
"""The index of a word in the old text, and of the same one in the new text."""


def aligned(old: Sequence[Word], new: Sequence[Word]) -> list[Pair]:
    """The words that stay, in order. Words are aligned first, then what stands between them: a comma is never the
    reason why a word counts as another."""
    before, after = _comparable(old), _comparable(new)
    anchors = _of_words(before, after, _anchors(old, before), _anchors(new, after))
    pairs: list[Pair] = []
    start = (0, 0)
    for anchor in [*anchors, (len(before), len(after))]:
        pairs += _between(old, new, before, after, start, anchor)
        pairs.append(anchor)
        start = (anchor[0] + 1, anchor[1] + 1)
    return pairs[:-1]


def _comparable(words: Sequence[Word]) -> list[str]:
    return [normalize_text(word.text) for word in words]


def _anchors(words: Sequence[Word], comparable: Sequence[str]) -> list[int]:
    """The indices of words that are neither punctuation nor conjunctions."""
    pairs = enumerate(zip(words, comparable, strict=True))
    return [index for index, (word, text) in pairs if word.kind != "mark" and text.lower() not in _CONJUNCTIONS]


def _of_words(before: Sequence[str], after: Sequence[str], old: Sequence[int], new: Sequence[int]) -> list[Pair]:
    pairs = _pairs([before[index] for index in old], [after[index] for index in new])
    return [(old[i], new[j]) for i, j in pairs]


def _between(
    old: Sequence[Word], new: Sequence[Word], before: Sequence[str], after: Sequence[str], start: Pair, end: Pair
) -> Iterator[Pair]:
    """The pairs of what stands between two pairs of words."""
    one, other = before[start[0] : end[0]], after[start[1] : end[1]]
    if len(one) == len(other) or not one or not other:
        pairs = _pairs(one, other)
    elif len(one) < len(other):
        pairs = _settled(one, other, new[start[1] :]) or _pairs(one, other)
    else:
        pairs = [(i, j) for j, i in _settled(other, one, old[start[0] :])] or _pairs(one, other)
    yield from ((start[0] + i, start[1] + j) for i, j in pairs)


def _settled(shorter: Sequence[str], longer: Sequence[str], words: Sequence[Word]) -> list[Pair]:
    """The pairs where the longer has only grown: what came could stand at several places (`“a”, “b”, “c”`), and stands
    where it begins and ends at a blank. Empty where it has not only grown. `words` are those of the longer, and on."""
    head, tail = _head(shorter, longer), _head(shorter[::-1], longer[::-1])
    more = len(longer) - len(shorter)
    # The last one of those that are as good: punctuation belongs to the word before it.
    starts = range(min(head, len(shorter)), max(len(shorter) - tail, 0) - 1, -1)
    best = max(starts, key=lambda n: _begins(words, n) + _begins(words, n + more), default=None)
    if best is None:
        return []
    return [(n, n if n < best else n + more) for n in range(len(shorter))]


def _begins(words: Sequence[Word], index: int) -> bool:
    return index >= len(words) or bool(words[index].blanks)


def _head(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items at the beginning are equal."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The equal items in order: those at the beginning and at the end, and of the others the longest runs first."""
    head = _head(old, new)
    tail = _head(old[head:][::-1], new[head:][::-1])
    middle = _runs(old[head : len(old) - tail], new[head : len(new) - tail])
    ends = ((len(old) - n, len(new) - n) for n in range(tail, 0, -1))
    return [*((n, n) for n in range(head)), *((i + head, j + head) for i, j in sorted(middle)), *ends]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The pairs of the longest common runs, in no order."""
    if not old or not new:
        return
    # Without autojunk, which from 200 words on takes frequent words such as “the” for noise.
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    times = Counter(new)
    costs = [0, *accumulate(1 + times[word] for word in old)]
    ranges, steps = deque([(0, len(old), 0, len(new))]), 0
    while ranges:
        i, i_end, j, j_end = ranges.popleft()
        steps += costs[i_end] - costs[i]
        if steps > STEPS_MAX:
            return
        match = matcher.find_longest_match(i, i_end, j, j_end)
        if match.size:
            yield from ((match.a + n, match.b + n) for n in range(match.size))
            ranges += [(i, match.a, j, match.b), (match.a + match.size, i_end, match.b + match.size, j_end)]
