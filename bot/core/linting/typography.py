"""Checks B139: straight marks in what we write. Quotes are verbatim, and keep those of their source."""

import re
from collections.abc import Iterator

from bot.core.briefs.brief import BriefContent
from bot.core.linting import value_rules
from bot.core.linting.diagnostic import Path, Problem

WORDS_NAMED_MAX = 3

# Behind a digit, and before no letter, it may be a foot, an inch or a minute: 5'10".
_STRAIGHT = re.compile(r"[\"'](?:(?<!\d[\"'])|(?=[A-Za-z]))")
_OPENING = re.compile(r"(?<![^\s(\[{/“‘—–-])([\"'])(?=\S)")
_SHORT_YEAR = re.compile(r"'(?<!\w')(?=\d\d(?:s\b|(?!\d)))")


def check_typography(brief: BriefContent) -> Iterator[Problem]:
    """The texts of a brief with straight quotation marks or apostrophes, each once."""
    texts = [*_texts(brief)]
    joined = "\n".join([text for _, text in texts])
    if "'" in joined or '"' in joined:
        for at, text in texts:
            if _STRAIGHT.search(text):
                yield value_rules.straight_marks(at, _curly_words(text))


def _texts(brief: BriefContent) -> Iterator[tuple[Path, str]]:
    if brief.summary:
        yield ("summary",), brief.summary
    for index, text in enumerate(brief.caveat_texts()):
        yield ("caveats", index), text
    for key, section in brief.sections.items():
        for index, claim in enumerate(section.claims):
            yield ("sections", key, "claims", index, "text"), claim.text
            if claim.note:
                yield ("sections", key, "claims", index, "note"), claim.note
    for index, change in enumerate(brief.changes):
        yield ("changes", index, "note"), change.note


def _curly_words(text: str) -> list[str]:
    """The first words with straight marks, as they should be."""
    pairs = zip(text.split(), with_curly_marks(text).split(), strict=True)
    return [*dict.fromkeys(curly.rstrip(",.;:") for straight, curly in pairs if straight != curly)][:WORDS_NAMED_MAX]


def with_curly_marks(text: str) -> str:
    """The text with curly marks for straight ones: “ and ‘ before a word, ” and ’ elsewhere."""
    text = _OPENING.sub(lambda match: "“" if match[1] == '"' else "‘", _SHORT_YEAR.sub("’", text))
    return text.replace('"', "”").replace("'", "’")
