"""The words of a text that say how much, how likely, which way and when."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.core.changes.figures import FIGURE, Fact
from bot.core.changes.meaning_words import MEANING_WORDS, SIGNS, WordKind

_CONTRACTIONS = {
    r"\bcan(?:'?t|not)\b": "can not",
    r"\bwon'?t\b": "will not",
    r"\bshan'?t\b": "shall not",
    r"\b(could|would|should|must|might|need)n'?t\b": r"\1 not",
    r"'ll\b": " will",
}
# `By` and `from` say which way only before a figure; figures are zeros here.
_MEANING = re.compile(rf"(?P<way>\b(?:by|from)\b(?= ?\W?0))|[^\W\d_]+|(?P<sign>[{re.escape(SIGNS)}])", re.IGNORECASE)


def meaning_facts(plain: str) -> Mapping[WordKind, Sequence[Fact]]:
    """The words of each kind in a text that is normalized and has no dates, in its order."""
    for pattern, words in _CONTRACTIONS.items():
        plain = re.sub(pattern, words, plain, flags=re.IGNORECASE)
    facts = defaultdict[WordKind, list[Fact]](list)
    for match in _MEANING.finditer(FIGURE.sub(lambda match: "0" * len(match[0]), plain)):
        kind, value = _kind_and_value(match)
        if kind:
            facts[kind].append(Fact(value, match[0]))
    return facts


def _kind_and_value(match: re.Match[str]) -> tuple[WordKind | None, str]:
    word = match[0].casefold()
    if match["sign"]:
        return "comparison", word
    return ("direction", word) if match["way"] else MEANING_WORDS.get(word, (None, word))
