"""Questions that found nothing, or little, with the line of YAML that would add their words."""

import json
import re
from collections.abc import Sequence

from bot.core.delivery.words_to_add import WordsToAdd
from bot.render.document.document import Line, Text, line
from bot.render.document.phrases import shortened

_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_VALUES = frozenset("null true false yes no on off y n".split())
"""Words that YAML, or one of its readers, does not take for text."""


def question_lines(questions: Sequence[tuple[str, int]], additions: Sequence[WordsToAdd]) -> list[Line]:
    """A line for each (question, number of times), in the order given."""
    by_question = {each.question: each for each in additions}
    return [
        line(f"• “{_visible(question)}” · {_times(number)}", *_addition(by_question.get(question)))
        for question, number in questions
    ]


def _visible(question: str) -> str:
    """Without control characters, and marks that turn the direction of what follows."""
    return shortened("".join(filter(str.isprintable, question)))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _addition(addition: WordsToAdd | None) -> Line:
    if addition is None or not addition.words:
        return ()
    return line(" · ", Text(also_line(addition.words), code=True), _place(addition))


def also_line(words: Sequence[str]) -> str:
    """`also: [whisked, planes]`: YAML on one line, in which every word is text."""
    return f"also: [{', '.join(map(_scalar, words))}]"


def _scalar(word: str) -> str:
    return word if _PLAIN.fullmatch(word) and word not in _VALUES else json.dumps(word, ensure_ascii=False)


def _place(addition: WordsToAdd) -> str:
    if addition.brief is None:
        return " · which brief should answer it?"
    claim = f"the claim {addition.claim}" if addition.claim else "the claim that answers it"
    return f" at {claim}, in {addition.brief}"
