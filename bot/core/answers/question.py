"""Questions as terms to look for. Words that mean the same in a store are one term: each finds the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.stemmer import STEMMER, Stems, stems_of
from bot.core.terms import STOP_WORDS, WEAK_WORDS, forms, words_of

PHRASE_WORDS_MAX = 4
"""Words in an equivalent that are looked for side by side."""
QUESTION_WORDS_MAX = 64


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question. `forms` are FTS5 strings of which any will do, that of the word itself first; `tells`:
    whether it tells what the question is about."""

    word: str
    forms: tuple[str, ...]
    tells: bool = True

    @property
    def query(self) -> str:
        """The FTS5 query."""
        return f"({' OR '.join(self.forms)})"


class Equivalents:
    """Sets of words and phrases; each stands for the others of its set, in any inflection."""

    def __init__(self, sets: Sequence[Sequence[str]] = ()) -> None:
        self._sets: dict[Stems, list[str]] = {}
        for words in sets:
            for word in words:
                self._sets.setdefault(stems_of(word), []).extend(words)

    def terms(self, question: str, names: Collection[str] = ()) -> list[Term]:
        """The terms of a question, in the order typed and each once: without stop words, unless there is nothing else.
        Words that are an equivalent side by side are one term. `names` are words that name what is searched."""
        words = words_of(question)[:QUESTION_WORDS_MAX]
        terms: dict[tuple[str, ...], Term] = {}
        searched: set[tuple[str, ...]] = set()
        at = 0
        while at < len(words):
            size, members = self._longest(words[at:])
            word = " ".join(words[at : at + size])
            tells = word not in names and (bool(members) or word not in WEAK_WORDS)
            term = Term(word, _forms(word, members), tells)
            terms.setdefault(term.forms, term)
            if members or word not in STOP_WORDS:
                searched.add(term.forms)
            at += size
        return [term for key, term in terms.items() if key in searched] or list(terms.values())

    def _longest(self, words: list[str]) -> tuple[int, list[str]]:
        """The number of words with which an equivalent begins, and its set; 1 and nothing where none does."""
        for size in range(min(PHRASE_WORDS_MAX, len(words)) if self._sets else 0, 0, -1):
            if members := self._sets.get(STEMMER.stems(" ".join(words[:size]))):
                return size, members
        return 1, []


def _forms(word: str, members: Sequence[str]) -> tuple[str, ...]:
    # Quoted, so that FTS5 takes no word for an operator (AND, NEAR).
    texts = dict.fromkeys(form for each in (word, *members) for form in forms(each.casefold()))
    return tuple(f'"{text}"' for text in texts)
