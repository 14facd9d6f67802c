"""Free questions: all that is neither a name nor a verb."""

from collections.abc import Iterator

from bot.core.commands.command import Search
from bot.core.commands.name_index import Name, NameIndex, normalize

NAME_WORDS_MAX = 6
"""Words in a name that is looked for in a question."""
WORDS_MAX = 64
"""Words of a question in which names are looked for: a pasted page must cost nothing."""


def read_question(text: str, names: NameIndex) -> Search:
    """The search for the words of a question. The section that its first or last words name comes first, and only the
    brief that it names is searched, if it names just one. Of several names the longest counts."""
    words = normalize(" ".join(text.split()[:WORDS_MAX])).split()[:WORDS_MAX]
    briefs = {name.id for name in _names(words, names) if name.kind == "brief"}
    return Search(" ".join(text.split()), _section(words, names), briefs.pop() if len(briefs) == 1 else None)


def _section(words: list[str], names: NameIndex) -> str | None:
    for size in range(min(len(words) - 1, NAME_WORDS_MAX), 0, -1):
        for part in (words[:size], words[-size:]):
            for name in names.exact(" ".join(part)):
                if name.kind == "section":
                    return name.id
    return None


def _names(words: list[str], names: NameIndex) -> Iterator[Name]:
    """The names among words, the longest at each place."""
    at = 0
    while at < len(words):
        sizes = range(min(NAME_WORDS_MAX, len(words) - at), 0, -1)
        size, meanings = next(((n, m) for n in sizes if (m := names.exact(" ".join(words[at : at + n])))), (1, ()))
        yield from meanings
        at += size
