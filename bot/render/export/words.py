"""What the formats that people read have in common: the words around claims and sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.core.answers.answer import Citation, Excerpt
from bot.core.answers.extract import Extract
from bot.core.briefs.brief import Brief
from bot.render.document.citations import source_words
from bot.render.document.document import Line
from bot.render.document.phrases import day

CAVEATS = "Not verified, or reports differ"
LOOKED_FOR = "Looked for in:"
UNSEEN = {"draft": "Draft, not published.", "withdrawn": "This brief was withdrawn."}
"""What stands above a brief that does not answer, by its status."""


@dataclass(frozen=True, slots=True)
class Run:
    """Claims of a section under one title, which may be empty."""

    title: str
    excerpts: tuple[Excerpt, ...]


def runs(excerpts: Sequence[Excerpt]) -> Iterator[Run]:
    """The claims of a section as answers show them: those that lead, then group by group."""
    has_rest = any(not each.place.lead for each in excerpts)

    def title(excerpt: Excerpt) -> str:
        if excerpt.place.lead:
            return "In short" if has_rest else ""
        return excerpt.place.group or "In detail"

    yield from (Run(name, tuple(claims)) for name, claims in groupby(excerpts, key=title))


def head(brief: Brief) -> str:
    """The day up to which a brief is true, and its revision."""
    return f"As of {day(brief.as_of)} · {brief.slug}@{brief.revision}"


def caveats(extract: Extract) -> tuple[str, ...]:
    """The caveats that concern what is exported."""
    return tuple(each.text for each in extract.brief.caveats_of(extract.only))


def citation_words(citation: Citation) -> Line:
    """The source in full, as answers have it."""
    return source_words(citation.source)
